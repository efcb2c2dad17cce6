"""The described clients, on files that they wrote themselves and on what is particular to each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aisync_desktop.clients.descriptor import McpEndpoint
from aisync_desktop.clients.items import ItemKey, Kind, McpServer, Transport
from aisync_desktop.clients.lens import MAIN, NoRootError, View
from aisync_desktop.clients.loader import load_catalog
from aisync_desktop.clients.servers import ServerLens
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Document
from tests.clients.written_by_clients import (
    EXAMPLE,
    REMOTE,
    WRITTEN_BY_CLIENTS,
    of_example_com,
    remote,
)
from tests.helpers.one_file import read, reshape_loss, server_lenses, write

FIXTURES = Path(__file__).with_name("fixtures")
LENSES = server_lenses()
CLAUDE = next(descriptor for descriptor in load_catalog().descriptors if descriptor.id == "claude-code")
EVERY_FILE = pytest.mark.parametrize("file", WRITTEN_BY_CLIENTS)


def key(name: str) -> ItemKey:
    return ItemKey(Kind.MCP, name)


def lens_of(file: str) -> ServerLens:
    return LENSES[file.partition(".")[0]]


def document(lens: ServerLens, data: bytes) -> Document:
    return parse(data, lens.endpoint.format, lens.endpoint.accepts)


def with_entry(lens: ServerLens, entry: object) -> Document:
    return empty(lens.endpoint.format) if entry is None else document(lens, _nested(lens.endpoint.root, {"a": entry}))


def _nested(root: tuple[str, ...], content: object) -> bytes:
    for name in reversed(root):
        content = {name: content}
    return json.dumps(content).encode()


def seen(client: str, entry: object) -> McpServer | str:
    """Return what is read of one entry: the server, or why it stays."""
    view = read(LENSES[client], with_entry(LENSES[client], entry))
    item = view.items.get(key("a"))
    return McpServer.of(item) if item else view.opaque[key("a")].code


@EVERY_FILE
def test_a_file_that_the_client_wrote_is_read_as_the_client_reads_it(file: str) -> None:
    servers, opaque = WRITTEN_BY_CLIENTS[file]
    lens = lens_of(file)
    view = read(lens, document(lens, (FIXTURES / file).read_bytes()))
    assert {key.name: server for key, server in view.items.items()} == servers
    assert {key.name: reason.code for key, reason in view.opaque.items()} == opaque


@EVERY_FILE
def test_no_key_that_a_client_wrote_is_strange_to_it(file: str) -> None:
    lens = lens_of(file)
    strange = {way for _, way, _ in lens.strangers({MAIN: document(lens, (FIXTURES / file).read_bytes())})}
    by_hand = {"xAisync", "x-aisync", "disabled"}  # what people put in, to see what becomes of it
    assert {key for way in strange for key in way} <= by_hand


@EVERY_FILE
def test_a_server_comes_and_goes_without_a_trace(file: str) -> None:
    lens, data = lens_of(file), (FIXTURES / file).read_bytes()
    before = read(lens, document(lens, data)).items
    after = {**before, key("new"): McpServer(command="npx", args=("-y", "x"), env={"A": "b"})}
    added = write(lens, document(lens, data), before, after)
    assert read(lens, added).items == after
    assert write(lens, added, after, before).dump() == data


@EVERY_FILE
def test_every_server_can_become_another_one(file: str) -> None:
    lens = lens_of(file)
    there = document(lens, (FIXTURES / file).read_bytes())
    view = read(lens, there)
    for change in (McpServer(command="uvx", args=("q",)), remote("changed"), remote("changed", headers={"A": "b"})):
        after = {**view.items, next(iter(view.items)): change}
        assert read(lens, write(lens, there, view.items, after)) == View(after, view.opaque)


def test_an_entry_keeps_the_form_that_it_has() -> None:
    lens = LENSES["cline"]
    there = with_entry(lens, {"command": "echo", "timeout": 30, "autoApprove": ["a"]})
    wanted = McpServer(command="npx", env={"A": "b"}, timeout_ms=30_000)
    after = write(lens, there, read(lens, there).items, {key("a"): wanted})
    assert after.get(("mcpServers", "a")) == {
        "command": "npx",
        "timeout": 30,
        "autoApprove": ["a"],
        "env": {"A": "b"},
    }


def test_an_entry_that_changes_its_transport_takes_the_newest_form_whole() -> None:
    lens = LENSES["cline"]
    there = with_entry(lens, {"type": "stdio", "command": "echo", "disabled": True})
    after = write(lens, there, read(lens, there).items, {key("a"): remote("x", enabled=False)})
    assert after.get(("mcpServers", "a")) == {
        "disabled": True,
        "transport": {"type": "streamableHttp", "url": f"{REMOTE}x"},
    }


def test_a_field_inside_an_inner_map_that_nobody_knows_holds_the_transport() -> None:
    lens = LENSES["cline"]
    entry = {"transport": {"type": "stdio", "command": "x", "shell": True}}
    loss = reshape_loss(lens, with_entry(lens, entry), key("a"), McpServer(command="x"), remote("x"))
    assert loss is not None
    assert loss.reason.params == {"field": "transport.shell"}


@pytest.mark.parametrize("client", ["cline", "droid", "kiro", "qoder-cli"])
def test_a_server_that_is_off_stays_off_in_the_clients_own_words(client: str) -> None:
    lens = LENSES[client]
    off = McpServer(command="npx", enabled=False)
    written = write(lens, with_entry(lens, None), {}, {key("a"): off})
    entry = written.get((*lens.endpoint.root, "a"))
    assert isinstance(entry, dict)
    assert entry["disabled"] is True
    on = write(lens, written, {key("a"): off}, {key("a"): McpServer(command="npx")})
    assert McpServer.of(read(lens, on).items[key("a")]).enabled


@pytest.mark.parametrize("client", ["amp", "antigravity", "claude-desktop", "cursor", "vscode", "zed"])
def test_a_server_that_is_off_is_not_written_where_it_has_no_switch(client: str) -> None:
    projection = LENSES[client].project(key("a"), McpServer(command="npx", enabled=False))
    assert projection.item is None
    assert (projection.parks, projection.losses[0].reason.code) == (True, "loss.parked")


@pytest.mark.parametrize(
    ("client", "entry", "why"),
    [
        ("droid", {"url": REMOTE}, "lens.unknown-shape"),  # it would never connect
        ("droid", {"command": "x", "disabled": "yes"}, "lens.bad-value"),
        ("droid", {"command": "x", "enabledTools": ["a"]}, "lens.unmapped"),
        ("droid", {"command": "x", "args": ["${V}"]}, "lens.reference-stays"),  # sent literally
        ("cline", {"transport": {"type": "pigeon", "url": REMOTE}}, "lens.unknown-shape"),
        ("cline", {"transport": "stdio", "command": "x"}, "lens.unknown-shape"),
        ("cursor", {"command": "x", "envFile": ".env"}, "lens.unmapped"),
        ("cursor", {"command": "${workspaceFolder}/x"}, "lens.reference-stays"),
        ("vscode", {"command": "x", "env": {"T": "${input:token}"}}, "lens.reference-stays"),
        ("vscode", {"command": "x", "env": {"T": 1}}, "lens.bad-value"),
        ("antigravity", {"command": "x", "disabled": True}, "lens.unmapped"),
        ("claude-desktop", {"url": REMOTE}, "lens.unknown-shape"),
        ("zed", {"source": "extension", "command": "x"}, "lens.unknown-shape"),
        ("kiro", {"command": "x", "args": ["${V}"]}, "lens.reference-stays"),
        ("cline", {"transport": {"type": "stdio", "command": "x"}, "timeout": 1.5}, "lens.bad-value"),
        ("cline", {"transport": {"type": "stdio", "command": "x"}, "timeout": 3601}, "lens.bad-value"),  # it clamps
        ("copilot-cli", {"command": "x", "env": {"T": "SECRET_TOK"}}, "lens.reference-stays"),  # a variable's name
        ("copilot-cli", {"command": "x", "tools": ["*", "a"]}, "lens.bad-value"),
        ("opencode", {"type": "local", "command": ["x", "{file:~/t}"]}, "lens.reference-stays"),
        ("opencode", {"type": "local", "command": "x"}, "lens.bad-value"),  # it would not start
        ("opencode", {"type": "local", "command": []}, "lens.bad-value"),
        ("gemini-cli", {"command": "x", "tcp": "h:1"}, "lens.unmapped"),
        ("amp", {"command": "x", "args": ["${V:-d}"]}, "lens.reference-stays"),
        ("droid", {"command": "${V}"}, "lens.reference-stays"),
        ("droid", {"type": "http", "url": "${V}"}, "lens.reference-stays"),
    ],
)
def test_what_would_mean_something_else_elsewhere_stays(client: str, entry: object, why: str) -> None:
    assert seen(client, entry) == why


def test_a_reference_crosses_in_the_fields_where_the_client_expands_it() -> None:
    in_env, in_args = McpServer(command="x", env={"K": "${V}"}), McpServer(command="x", args=("${V}",))
    assert LENSES["droid"].project(key("a"), in_env).item == in_env
    assert LENSES["droid"].project(key("a"), in_args).item is None
    written = write(LENSES["cursor"], with_entry(LENSES["cursor"], None), {}, {key("a"): in_args})
    assert written.get(("mcpServers", "a", "args")) == ["${env:V}"]


LOCAL, REFERRING = McpServer(command="${V}"), McpServer(transport=Transport.HTTP, url="https://e.com/${V}")
EVERYWHERE = ["amp", "copilot-cli", "gemini-cli", "qoder-cli"]


@pytest.mark.parametrize("client", EVERYWHERE)
@pytest.mark.parametrize("item", [LOCAL, REFERRING], ids=["command", "url"])
def test_a_reference_in_a_command_or_an_address_crosses_where_it_is_expanded(client: str, item: McpServer) -> None:
    lens = LENSES[client]
    assert lens.project(key("a"), item).item == item
    assert read(lens, write(lens, with_entry(lens, None), {}, {key("a"): item})).items == {key("a"): item}


@pytest.mark.parametrize("item", [LOCAL, REFERRING], ids=["command", "url"])
def test_a_reference_in_a_command_or_an_address_does_not_cross_where_it_is_literal(item: McpServer) -> None:
    assert LENSES["droid"].project(key("a"), item).item is None


@pytest.mark.parametrize(
    ("client", "written", "meant"),
    [
        ("qoder-cli", "$V", "${V}"),
        ("copilot-cli", "$V", "${V}"),
        ("gemini-cli", "$V", "${V}"),
        ("amp", "$V", "$V"),
        ("droid", "$V", "$V"),
        ("qoder-cli", "${V:-d}", "${V:-d}"),
        ("copilot-cli", "${V:-d}", "${V:-d}"),
    ],
)
def test_a_command_means_what_the_client_makes_of_it(client: str, written: str, meant: str) -> None:
    assert seen(client, {"command": written}) == McpServer(command=meant)


def test_a_default_crosses_in_the_fields_where_the_client_knows_it() -> None:
    item = of_example_com({"A": "${V:-d}"})
    assert LENSES["droid"].project(key("a"), item).item == item
    assert LENSES["amp"].project(key("a"), item).item is None


def test_a_folder_crosses_where_the_client_starts_the_server_in_it() -> None:
    item = McpServer(command="x", cwd="/srv")
    assert LENSES["qoder-cli"].project(key("a"), item).item == item
    assert LENSES["amp"].project(key("a"), item).losses[0].field == "cwd"


MAYBE_BARE = pytest.mark.parametrize(
    "lens",
    [
        pytest.param(ServerLens(descriptor, endpoint), id=f"{descriptor.id}-{endpoint.scope}")
        for descriptor in load_catalog().descriptors
        for endpoint in descriptor.endpoints
        if isinstance(endpoint, McpEndpoint) and endpoint.bare
    ],
)


def test_the_shared_file_of_projects_can_be_one_of_bare_entries() -> None:
    shared = [each for each in CLAUDE.endpoints if "./.mcp.json" in each.paths]
    assert [isinstance(each, McpEndpoint) and each.bare for each in shared] == [True]


@MAYBE_BARE
@pytest.mark.parametrize(
    "bare", [b'{"a": {"command": "x"}}', b'{"b": 1, "a": {"type": "sse", "url": "https://e.com"}}']
)
def test_a_file_of_bare_entries_is_left_alone(lens: ServerLens, bare: bytes) -> None:
    with pytest.raises(NoRootError) as caught:
        read(lens, document(lens, bare))
    assert caught.value.message.code == "lens.bare"


@MAYBE_BARE
@pytest.mark.parametrize(
    "empty_one", [b"{}", b'{"$schema": "s", "more": {"a": 1}}', b'{"mcpServers": {}, "a": {"url": "u"}}']
)
def test_a_file_without_entries_is_not_one_of_bare_entries(lens: ServerLens, empty_one: bytes) -> None:
    assert read(lens, document(lens, empty_one)) == View()


def test_a_dotted_root_is_one_key() -> None:
    lens = LENSES["amp"]
    written = write(lens, with_entry(lens, None), {}, {key("a"): McpServer(command="x")})
    assert written.value() == {"amp.mcpServers": {"a": {"command": "x"}}}


TOKENS = {"A": "${TOKEN}"}
DESCRIBED: dict[str, tuple[str, dict[str, McpServer]]] = {
    "windsurf": (
        """{"mcpServers": {
            "files": {"command": "npx", "args": ["-y", "x"], "env": {"A": "${env:TOKEN}"}, "disabled": true},
            "remote": {"serverUrl": "https://e.com/mcp", "disabledTools": ["b"]},
            "older": {"url": "https://e.com/mcp", "headers": {"X": "y"}}
        }}""",
        {
            "files": McpServer(command="npx", args=("-y", "x"), env=TOKENS, enabled=False),
            "remote": McpServer(transport=Transport.HTTP, url=EXAMPLE.replace("example", "e"), hidden_tools=("b",)),
            "older": McpServer(transport=Transport.HTTP, url=EXAMPLE.replace("example", "e"), headers={"X": "y"}),
        },
    ),
    "warp": (
        """{"mcpServers": {
            "files": {"command": "npx", "env": {"A": "${TOKEN}"}, "working_directory": "/srv", "start_on_launch": true}
        }}""",
        {"files": McpServer(command="npx", env=TOKENS, cwd="/srv")},
    ),
    "roo-code": (
        """{"mcpServers": {
            "files": {"command": "npx", "timeout": 45, "alwaysAllow": ["a"], "env": {"A": "${env:TOKEN}"}},
            "new": {"type": "streamable-http", "url": "https://e.com/mcp"},
            "old": {"type": "sse", "url": "https://e.com/mcp"}
        }}""",
        {
            "files": McpServer(command="npx", env=TOKENS, timeout_ms=45_000),
            "new": McpServer(transport=Transport.HTTP, url=EXAMPLE.replace("example", "e")),
            "old": McpServer(transport=Transport.SSE, url=EXAMPLE.replace("example", "e")),
        },
    ),
    "junie": ("""{"mcpServers": {"files": {"command": "npx"}}}""", {"files": McpServer(command="npx")}),
    "lm-studio": (
        """{"mcpServers": {"hub": {"url": "https://example.com/mcp"}}}""",
        {"hub": McpServer(transport=Transport.HTTP, url=EXAMPLE)},
    ),
    "trae": (
        """{"mcpServers": {"files": {"command": "npx", "fromGalleryId": "x"}}}""",
        {"files": McpServer(command="npx")},
    ),
}


@pytest.mark.parametrize("client", DESCRIBED)
def test_a_file_as_the_documentation_shows_it_is_understood(client: str) -> None:
    content, meant = DESCRIBED[client]
    view = read(LENSES[client], parse(content.encode(), LENSES[client].endpoint.format))
    assert view == View({ItemKey(Kind.MCP, name): server for name, server in meant.items()})
