"""Lists beside the entries that switch servers off, in the same file or in another one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from aisync_desktop.clients.descriptor import McpEndpoint
from aisync_desktop.clients.items import ItemKey, Kind, McpServer, Transport
from aisync_desktop.clients.lens import MAIN, Documents, Lens
from aisync_desktop.clients.lenses import lens_of
from aisync_desktop.clients.loader import load_catalog
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Format
from tests.helpers.one_file import server_lenses

LENSES = server_lenses()
FIXTURES = Path(__file__).with_name("fixtures")
A, B = (ItemKey(Kind.MCP, name) for name in "ab")
ON, OFF = McpServer(command="x"), McpServer(command="x", enabled=False)
IN_THE_FILE = pytest.mark.parametrize("client", ["qwen-code", "gemini-cli", "qoder-cli"])
BESIDE = pytest.mark.parametrize(
    ("client", "role", "path"),
    [("rovodev", "config", ("mcp", "disabledMcpServers")), ("copilot-cli", "settings", ("disabledMcpServers",))],
)


def in_one_file(**lists: list[str]) -> Documents:
    content = {"mcpServers": {"a": {"command": "x"}, "b": {"command": "y"}}, "mcp": lists}
    return {MAIN: parse(json.dumps(content, indent=1).encode(), Format.JSON)}


def two_files(lens: Lens, role: str, beside: bytes | None) -> Documents:
    file = lens.endpoint.beside[role]
    main = parse(b'{"mcpServers": {"a": {"command": "x"}}}', lens.endpoint.format)
    return {MAIN: main, role: empty(file.format) if beside is None else parse(beside, file.format, file.accepts)}


def opaque(lens: Lens, documents: Documents) -> dict[str, str]:
    return {key.name: reason.code for key, reason in lens.read(documents).opaque.items()}


@IN_THE_FILE
def test_a_server_that_is_named_is_off(client: str) -> None:
    view = LENSES[client].read(in_one_file(excluded=["a", "gone"]))
    assert {key.name: McpServer.of(item).enabled for key, item in view.items.items()} == {"a": False, "b": True}
    assert not view.opaque


@pytest.mark.parametrize("client", ["qwen-code", "gemini-cli"])
def test_switching_a_server_adds_and_removes_its_name_alone(client: str) -> None:
    lens = LENSES[client]
    there = in_one_file(excluded=["b", "gone"])
    view = dict(lens.read(there).items)
    off = lens.write(there, view, {**view, A: OFF})
    assert off[MAIN].get(("mcp", "excluded")) == ["b", "gone", "a"]
    assert lens.write(off, {**view, A: OFF}, view)[MAIN].dump() == there[MAIN].dump()
    on = lens.write(there, view, {**view, B: McpServer(command="y")})
    assert on[MAIN].get(("mcp", "excluded")) == ["gone"]


def test_a_server_with_a_switch_of_its_own_is_switched_on_in_both_places() -> None:
    lens = LENSES["qoder-cli"]
    there = in_one_file(excluded=["a", "gone"])
    view = dict(lens.read(there).items)
    on = lens.write(there, view, {**view, A: ON})
    assert lens.read(on).items[A] == ON
    assert lens.read(lens.write(on, lens.read(on).items, {**view, A: OFF})).items[A] == OFF


def test_a_server_that_goes_takes_its_name_along() -> None:
    there = in_one_file(excluded=["a", "b"])
    view = LENSES["qwen-code"].read(there).items
    assert LENSES["qwen-code"].write(there, view, {})[MAIN].get(("mcp", "excluded")) is not None
    gone = LENSES["qwen-code"].write(there, view, {B: view[B]})
    assert gone[MAIN].get(("mcp", "excluded")) == ["b"]


def test_several_servers_are_switched_at_once() -> None:
    lens = LENSES["qwen-code"]
    there = in_one_file(excluded=["a", "z", "b", "y", "a"])
    view = dict(lens.read(there).items)
    on = lens.write(there, view, {A: ON, B: McpServer(command="y")})
    assert on[MAIN].get(("mcp", "excluded")) == ["z", "y"]
    none = in_one_file()
    assert lens.write(none, lens.read(none).items, view)[MAIN].get(("mcp", "excluded")) == ["a", "b"]


def test_a_list_that_was_not_there_is_not_left_behind() -> None:
    lens = LENSES["qwen-code"]
    there: Documents = {MAIN: parse(b'{\n  "mcpServers": {"b": {"command": "y"}}\n}\n', Format.JSON)}
    added = lens.write(there, {}, {A: OFF})
    assert added[MAIN].get(("mcp", "excluded")) == ["a"]
    assert lens.write(added, {A: OFF}, {})[MAIN].dump() == there[MAIN].dump()


def test_a_name_left_over_in_the_list_does_not_switch_a_new_server_off() -> None:
    lens = LENSES["qwen-code"]
    there: Documents = {MAIN: parse(b'{"mcp": {"excluded": ["a", "z"]}}', Format.JSON)}
    assert lens.read(lens.write(there, {}, {A: ON})).items == {A: ON}


@pytest.mark.parametrize("lists", [{"excluded": ["?"]}, {"excluded": ["a", "a*"]}, {"allowed": ["b"]}])
def test_what_no_edit_of_a_name_would_switch_on_stays(lists: dict[str, list[str]]) -> None:
    lens = LENSES["qwen-code"]
    assert opaque(lens, in_one_file(**lists))["a"] == "lens.switched-off"
    loss = lens.reshape_loss(in_one_file(**lists), A, None, ON)
    assert loss is not None
    assert loss.reason.code == "lens.switched-off"


def test_a_server_that_is_on_needs_no_list() -> None:
    assert LENSES["qwen-code"].reshape_loss(in_one_file(), A, None, ON) is None


def test_a_server_cannot_be_switched_off_where_the_list_is_something_else() -> None:
    lens = LENSES["qwen-code"]
    there: Documents = {MAIN: parse(b'{"mcp": {"excluded": "a"}}', Format.JSON)}
    loss = lens.reshape_loss(there, A, None, OFF)
    assert loss is not None
    assert loss.reason.code == "loss.essential"


@BESIDE
def test_the_list_can_be_in_a_file_beside(client: str, role: str, path: tuple[str, ...]) -> None:
    lens = LENSES[client]
    there = two_files(lens, role, None)
    off = lens.write(there, {A: ON}, {A: OFF})
    assert off[role].get(path) == ["a"]
    assert off[MAIN].dump() == there[MAIN].dump()
    assert lens.read(off).items == {A: OFF}
    assert lens.read(lens.write(off, {A: OFF}, {A: ON})).items == {A: ON}


@BESIDE
def test_a_file_beside_is_not_touched_by_what_does_not_concern_it(
    client: str, role: str, path: tuple[str, ...]
) -> None:
    lens = LENSES[client]
    there = two_files(lens, role, None)
    written = lens.write(there, {A: ON}, {A: McpServer(command="z"), B: ON})
    assert written[role] is there[role]


@BESIDE
def test_a_file_beside_that_is_not_handed_over_says_nothing(client: str, role: str, path: tuple[str, ...]) -> None:
    lens = LENSES[client]
    assert lens.read({MAIN: two_files(lens, role, None)[MAIN]}).items == {A: ON}


def test_the_clients_own_files_are_read_together() -> None:
    lens = LENSES["copilot-cli"]
    files = {MAIN: "copilot-cli.mcp-config.json", "settings": "copilot-cli.settings.json"}
    view = lens.read({role: parse((FIXTURES / name).read_bytes(), Format.JSON) for role, name in files.items()})
    assert {key.name: McpServer.of(item).enabled for key, item in view.items.items()} == {
        "local1": True,
        "http1": False,
        "sse1": True,
    }


def test_a_whole_configuration_in_yaml_changes_in_one_line() -> None:
    lens = LENSES["rovodev"]
    config = (FIXTURES / "rovodev.config.yml").read_bytes()
    main = parse((FIXTURES / "rovodev.mcp.json").read_bytes(), Format.JSON)
    there: Documents = {MAIN: main, "config": parse(config, Format.YAML)}
    view = dict(lens.read(there).items)
    key = ItemKey(Kind.MCP, "example-http")
    off = lens.write(there, view, {**view, key: view[key].model_copy(update={"enabled": False})})
    changed = config.replace(b"disabledMcpServers: []", b"disabledMcpServers: [example-http]")
    assert off["config"].dump() == changed
    assert lens.write(off, lens.read(off).items, view)["config"].dump() == config


@pytest.mark.parametrize(
    ("listed", "seen"),
    [
        ("stdio:npx:-y x", {"a": "lens.switched-off"}),
        ("stdio:npx:-y", {}),
        ("npx", {}),
    ],
)
def test_a_signature_switches_off_the_server_that_it_describes(listed: str, seen: dict[str, str]) -> None:
    lens = LENSES["rovodev"]
    main = parse(b'{"mcpServers": {"a": {"command": "npx", "args": ["-y", "x"]}}}', Format.JSON)
    config = parse(f"mcp:\n  disabledMcpServers:\n    - '{listed}'\n".encode(), Format.YAML)
    documents = {MAIN: main, "config": config}
    assert opaque(lens, documents) == seen
    assert (lens.reshape_loss(documents, B, None, McpServer(command="npx", args=("-y", "x"))) is None) == (not seen)
    assert lens.reshape_loss(documents, B, None, McpServer(transport=Transport.HTTP, url="https://x")) is None


HIDDEN_TOOLS = pytest.mark.parametrize("client", ["opencode", "kilo"])


def with_tools(tools: object) -> Documents:
    servers = {name: {"type": "local", "command": ["x"]} for name in ("a", "b")}
    return {MAIN: parse(json.dumps({"mcp": servers, "tools": tools}).encode(), Format.JSON)}


@HIDDEN_TOOLS
@pytest.mark.parametrize("pattern", ["a_ping", "a_*", "a*", "*", "a?ping", "a_p*g"])
def test_a_server_whose_tools_are_hidden_beside_it_stays(client: str, pattern: str) -> None:
    lens, there = LENSES[client], with_tools({pattern: False})
    assert opaque(lens, there)["a"] == "lens.tools-hidden"
    loss = lens.reshape_loss(there, A, None, ON)
    assert loss is not None
    assert loss.reason.code == "lens.tools-hidden"


@HIDDEN_TOOLS
@pytest.mark.parametrize("tools", [{"a_ping": True}, {"bash": False, "c_*": False, "a": False}, ["a_ping"], {}])
def test_what_hides_no_tool_of_a_server_holds_nothing(client: str, tools: object) -> None:
    lens, there = LENSES[client], with_tools(tools)
    assert lens.read(there).items == {A: ON, B: ON}
    assert lens.reshape_loss(there, A, None, ON) is None


def test_a_tool_is_called_after_its_server_in_plain_letters() -> None:
    there = parse(
        b'{"mcp": {"a.b c": {"type": "local", "command": ["x"]}}, "tools": {"a_b_c_ping": false}}', Format.JSON
    )
    assert opaque(LENSES["opencode"], {MAIN: there}) == {"a.b c": "lens.tools-hidden"}


PROJECT = "/home/me/re.po"
STATE = ("projects", PROJECT, "disabledMcpServers")


def of_project(known: object) -> tuple[Lens, Documents]:
    """Return the lens of a project's servers, and its file beside one in which the user's client keeps what is off."""
    claude = next(one for one in load_catalog().descriptors if one.id == "claude-code")
    endpoint = next(one for one in claude.endpoints if isinstance(one, McpEndpoint) and one.scope == "project")
    main = parse(b'{"mcpServers": {"a": {"command": "x"}}}', Format.JSON)
    state = parse(json.dumps({"projects": known}, indent=2).encode(), Format.JSON)
    return lens_of(claude, endpoint, PROJECT), {MAIN: main, "state": state}


@pytest.mark.parametrize("known", [{PROJECT: {}}, {PROJECT: {"x": 1}, "/other": {"disabledMcpServers": ["a"]}}])
def test_a_list_of_one_project_in_the_users_file_comes_and_goes_without_a_trace(known: object) -> None:
    lens, there = of_project(known)
    assert lens.read(there).items == {A: ON}
    assert lens.can_say_apart(there)
    off = lens.write(there, {A: ON}, {A: OFF})
    assert off["state"].get(STATE) == ["a"]
    assert lens.read(off).items == {A: OFF}
    back = lens.write(off, {A: OFF}, {A: ON})
    assert {role: document.dump() for role, document in back.items()} == {
        role: document.dump() for role, document in there.items()
    }


@pytest.mark.parametrize("known", [{}, {"/other": {}}, {PROJECT: []}, None])
def test_a_list_of_a_project_that_the_client_does_not_know_has_no_place(known: object) -> None:
    lens, there = of_project(known)
    assert not lens.can_say_apart(there)
    assert not lens.can_say_apart({MAIN: there[MAIN]})


def test_only_a_projects_endpoint_can_speak_of_its_root_folder() -> None:
    claude = next(one for one in load_catalog().descriptors if one.id == "claude-code")
    said = next(one for one in claude.endpoints if isinstance(one, McpEndpoint) and one.scope == "project")
    with pytest.raises(ValidationError, match="root folder"):
        McpEndpoint.model_validate({**said.model_dump(), "scope": "user"})
