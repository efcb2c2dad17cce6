"""The forms that an entry can take: variables by fields of their own, lists, one line of words, constants, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.items import ItemKey, Kind, McpServer, Transport, item_of
from aisync_desktop.clients.lens import NoRootError
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Document, SetValue
from tests.helpers.one_file import read, server_lenses, write

LENSES = server_lenses()
CODEX, CONTINUE, GOOSE, OPENCODE = (LENSES[name] for name in ("codex", "continue", "goose", "opencode"))
A, B, C = (ItemKey(Kind.MCP, name) for name in "abc")

values = st.sampled_from(["plain", "${A}", "${B}", "${TOKEN}", "Bearer ${TOKEN}", ""])
environments = st.dictionaries(st.sampled_from(["A", "B", "TOKEN"]), values, max_size=3)
header_maps = st.dictionaries(st.sampled_from(["Authorization", "X-A", "X-B"]), values, max_size=3)


def toml(text: str) -> Document:
    return parse(f"[mcp_servers.a]\n{text}\n".encode(), CODEX.endpoint.format)


def entry(document: Document) -> Mapping[str, Any]:
    found = document.get(("mcp_servers", "a"))
    assert isinstance(found, dict)
    return found


def http(**headers: str) -> McpServer:
    return McpServer(
        transport=Transport.HTTP, url="https://x", headers={n.replace("_", "-"): v for n, v in headers.items()}
    )


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (McpServer(command="x", env={"K": "${K}", "L": "l"}), {"command": "x", "env_vars": ["K"], "env": {"L": "l"}}),
        (http(X_A="${V}", X_B="b"), {"env_http_headers": {"X-A": "V"}, "http_headers": {"X-B": "b"}}),
        (http(Authorization="Bearer ${V}"), {"bearer_token_env_var": "V"}),
        (http(Authorization="${V}"), {"env_http_headers": {"Authorization": "V"}}),
    ],
)
def test_a_variable_is_said_by_its_own_field(item: McpServer, said: dict[str, Any]) -> None:
    written = write(CODEX, empty(CODEX.endpoint.format), {}, {A: item})
    assert {**said, **entry(written)} == entry(written)
    assert read(CODEX, written).items == {A: item}


@pytest.mark.parametrize(
    "item",
    [
        McpServer(command="x", env={"K": "${OTHER}"}),
        McpServer(command="x", env={"K": "${K:-d}"}),
        McpServer(command="x", env={"K": "a ${K}"}),
        McpServer(command="${K}"),
        http(X_A="token ${V}"),
        http(authorization="Bearer ${V}"),
        http(Authorization="Bearer ${V}", authorization="x"),
    ],
)
def test_any_other_reference_is_not_written_where_nothing_is_expanded(item: McpServer) -> None:
    projection = CODEX.project(A, item)
    assert projection.item is None
    assert projection.losses[0].reason.code == "loss.reference"


@pytest.mark.parametrize(
    "text",
    [
        'command = "x"\nenv_vars = [{ name = "K", source = "remote" }]',
        'command = "x"\nenv_vars = [{ name = "K" }]',
        'command = "x"\nenv_vars = ["not-a-name"]',
        'command = "x"\nenv_vars = ["K"]\nenv = { K = "1" }',
        'command = "x"\nenv_vars = ["K", "K"]',
        'command = "x"\nenv = { K = "${K}" }',
        'url = "https://x"\nbearer_token_env_var = "T"\nhttp_headers = { authorization = "x" }',
        'url = "https://x"\nenv_http_headers = { A = "${V}" }',
    ],
)
def test_what_is_not_understood_for_sure_stays(text: str) -> None:
    assert [reason.code for reason in read(CODEX, toml(text)).opaque.values()] == ["lens.reference-stays"]


@pytest.mark.parametrize("text", ['env_vars = "K"', 'env_vars = ["K"]\nenv = []', 'env = "K"'])
def test_a_field_of_another_type_stays(text: str) -> None:
    assert [reason.code for reason in read(CODEX, toml(f'command = "x"\n{text}')).opaque.values()] == ["lens.bad-value"]


@given(one=environments, two=environments)
def test_a_changed_environment_reads_back(one: dict[str, str], two: dict[str, str]) -> None:
    before, after = (CODEX.project(A, McpServer(command="x", env=env)).item for env in (one, two))
    if before and after:
        written = write(CODEX, empty(CODEX.endpoint.format), {}, {A: before})
        assert read(CODEX, write(CODEX, written, {A: before}, {A: after})).items == {A: after}


@given(one=header_maps, two=header_maps)
def test_changed_headers_read_back(one: dict[str, str], two: dict[str, str]) -> None:
    items = (McpServer(transport=Transport.HTTP, url="https://x", headers=headers) for headers in (one, two))
    before, after = (CODEX.project(A, item).item for item in items)
    if before and after:
        written = write(CODEX, empty(CODEX.endpoint.format), {}, {A: before})
        assert read(CODEX, write(CODEX, written, {A: before}, {A: after})).items == {A: after}


def test_one_variable_comes_and_goes_beside_the_others() -> None:
    there = toml('command = "x"\nenv_vars = [ "A", {name = "B", source = "local"}, ] # mine')
    before = read(CODEX, there).items
    assert McpServer.of(before[A]).env == {"A": "${A}", "B": "${B}"}
    more = {A: McpServer(command="x", env={**McpServer.of(before[A]).env, "C": "${C}"})}
    added = write(CODEX, there, before, more)
    assert b'{name = "B", source = "local"}' in added.dump()
    assert write(CODEX, added, more, before).dump() == there.dump()
    without = write(CODEX, there, before, {A: McpServer(command="x", env={"A": "${A}"})})
    assert entry(without)["env_vars"] == ["A"]


def test_the_last_variable_takes_the_list_along() -> None:
    there = toml('command = "x"')
    before, after = {A: McpServer(command="x")}, {A: McpServer(command="x", env={"K": "${K}", "L": "${L}"})}
    added = write(CODEX, there, before, after)
    assert entry(added)["env_vars"] == ["K", "L"]
    assert write(CODEX, added, after, before).dump() == there.dump()


def test_entries_of_a_list_are_found_by_name_and_taken_from_it() -> None:
    there = parse(
        b"x: 1\nmcpServers:\n  - name: a\n    command: x # mine\n  - command: nameless\n", CONTINUE.endpoint.format
    )
    one, two, three = McpServer(command="x"), McpServer(command="y", args=("z",)), McpServer(command="q")
    assert read(CONTINUE, there).items == {A: one}
    more = write(CONTINUE, there, {A: one}, {A: one, B: two, C: three})
    assert read(CONTINUE, more).items == {A: one, B: two, C: three}
    assert write(CONTINUE, more, {A: one, B: two, C: three}, {A: one}).dump() == there.dump()
    assert read(CONTINUE, write(CONTINUE, more, {A: one, B: two, C: three}, {B: three})).items == {B: three}


def test_a_name_that_stands_twice_in_a_list_is_left_alone() -> None:
    data = b"mcpServers:\n  - {name: a, command: x}\n  - {name: a, command: y}\n  - {name: a, command: z}\n"
    view = read(CONTINUE, parse(data, CONTINUE.endpoint.format))
    assert not view.items
    assert {key: reason.code for key, reason in view.opaque.items()} == {A: "lens.twice"}


def test_a_map_where_a_list_belongs_is_left_alone() -> None:
    with pytest.raises(NoRootError) as caught:
        read(CONTINUE, parse(b"mcpServers:\n  a: {command: x}\n", CONTINUE.endpoint.format))
    assert caught.value.message.code == "lens.root-not-a-map"


def test_a_command_and_its_arguments_are_one_list() -> None:
    item = McpServer(command="npx", args=("-y", "${V}"), env={"K": "${V}"})
    written = write(OPENCODE, empty(OPENCODE.endpoint.format), {}, {A: item})
    assert written.get(("mcp", "a")) == {
        "type": "local",
        "command": ["npx", "-y", "{env:V}"],
        "environment": {"K": "{env:V}"},
    }
    assert read(OPENCODE, write(OPENCODE, written, {A: item}, {A: McpServer(command="uvx")})).items == {
        A: McpServer(command="uvx")
    }


def test_an_entry_that_names_itself_and_says_its_defaults() -> None:
    item = McpServer(command="npx", timeout_ms=9000)
    written = write(GOOSE, empty(GOOSE.endpoint.format), {}, {A: item})
    assert written.get(("extensions", "a")) == {
        "name": "a",
        "type": "stdio",
        "description": "",
        "cmd": "npx",
        "args": [],
        "enabled": True,
        "timeout": 9,
        "available_tools": [],
    }
    switched = McpServer(command="npx", timeout_ms=9000, enabled=False)
    off = write(GOOSE, written, {A: item}, {A: switched})
    assert off.get(("extensions", "a", "enabled")) is False
    assert write(GOOSE, off, {A: switched}, {A: item}).dump() == written.dump()


def test_what_the_client_brings_along_stays() -> None:
    data = b"extensions:\n  memory: {type: builtin, enabled: true}\n  a: {type: stdio, cmd: x, env_keys: [K]}\n"
    view = read(GOOSE, parse(data, GOOSE.endpoint.format))
    assert {key.name: reason.code for key, reason in view.opaque.items()} == {
        "memory": "lens.unknown-shape",
        "a": "lens.unmapped",
    }


@pytest.mark.parametrize(
    ("client", "tools"), [("goose", ()), ("crush", ()), ("copilot-cli", ("*",)), ("copilot-cli", ("a", "*"))]
)
def test_a_list_that_would_mean_every_tool_is_not_written(client: str, tools: tuple[str, ...]) -> None:
    projection = LENSES[client].project(A, McpServer(command="x", only_tools=tools))
    assert projection.item is None
    assert projection.losses[0].reason.code == "loss.everything"


def test_a_list_that_means_every_tool_is_written_only_where_the_client_wants_it() -> None:
    every = McpServer(command="x")
    written = {
        name: write(LENSES[name], empty(LENSES[name].endpoint.format), {}, {A: every}) for name in ("crush", "goose")
    }
    assert written["crush"].get(("mcp", "a")) == {"type": "stdio", "command": "x"}
    assert written["goose"].get(("extensions", "a", "available_tools")) == []


def test_the_tools_of_a_server_are_freed_again() -> None:
    lens = LENSES["copilot-cli"]
    few, every = McpServer(command="x", only_tools=("a",)), McpServer(command="x")
    written = write(lens, empty(lens.endpoint.format), {}, {A: few})
    assert write(lens, written, {A: few}, {A: every}).get(("mcpServers", "a", "tools")) == ["*"]


@pytest.mark.parametrize(
    ("client", "milliseconds", "crosses"),
    [
        ("cline", 1000, True),
        ("cline", 3_600_000, True),
        ("cline", 1500, False),
        ("cline", 999, False),
        ("cline", 3_601_000, False),
        ("goose", 3_601_000, True),
        ("codex", 1500, True),
    ],
)
def test_a_time_is_exact_or_lost_and_never_rounded(client: str, milliseconds: int, crosses: bool) -> None:
    projection = LENSES[client].project(A, McpServer(command="x", timeout_ms=milliseconds))
    assert projection.item is not None
    assert McpServer.of(projection.item).timeout_ms == (milliseconds if crosses else None)
    assert [loss.reason.code for loss in projection.losses] == ([] if crosses else ["loss.number"])


@pytest.mark.parametrize(
    ("client", "env", "why"),
    [
        ("copilot-cli", {"T": "SECRET_TOK"}, "loss.bare-name"),
        ("goose", {"path": "/x"}, "loss.refused-name"),
        ("goose", {"LD_PRELOAD": "/x"}, "loss.refused-name"),
        ("opencode", {"T": "{file:/etc/passwd}"}, "loss.reference"),
        ("continue", {"T": "${{ secrets.X }}"}, "loss.reference"),
        ("crush", {"T": "$(cat ~/.netrc)"}, "loss.shell"),
        ("crush", {"T": "`id`"}, "loss.shell"),
        ("crush", {"T": "$HOME"}, "loss.reference"),
    ],
)
def test_a_value_that_the_client_would_act_upon_is_not_written(client: str, env: dict[str, str], why: str) -> None:
    projection = LENSES[client].project(A, McpServer(command="x", env=env))
    assert projection.item is None
    assert projection.losses[0].reason.code == why


def test_a_value_that_cannot_be_said_can_stay_while_another_one_changes() -> None:
    lens = LENSES["qoder-cli"]
    there = parse(b'{"mcpServers": {"a": {"command": "x", "args": ["${env:V}"]}}}', lens.endpoint.format)
    before = read(lens, there).items
    after = {A: before[A].model_copy(update={"env": {"K": "v"}})}
    assert read(lens, write(lens, there, before, after)).items == after


@pytest.mark.parametrize("word", ["a b", "$HOME", "$(date)", "a;b", "", "it's", "*"])
def test_a_word_that_a_shell_would_change_is_not_written(word: str) -> None:
    lens = LENSES["auggie"]
    projection = lens.project(A, McpServer(command="npx", args=("-y", word)))
    assert projection.item is None
    assert projection.losses[0].reason.code in {"loss.shell", "loss.reference"}
    there = empty(lens.endpoint.format).edit(SetValue(("mcpServers", "a"), {"command": "npx", "args": [word]}))
    assert [reason.code for reason in read(lens, there).opaque.values()] == ["lens.reference-stays"]


def test_a_word_that_a_shell_leaves_alone_is_written() -> None:
    item = McpServer(command="npx", args=("-y", "@scope/pkg@1.2", "--port=80"), env={"K": "a b ${V}"})
    assert LENSES["auggie"].project(A, item).item == item


@pytest.mark.parametrize("name", sorted(LENSES))
def test_an_entry_of_another_transport_keeps_no_field_of_the_one_it_had(name: str) -> None:
    """Not even an empty one: Codex refuses its whole file for `env = {}` beside a URL."""
    lens = LENSES[name]
    command = lens.project(A, McpServer(command="x", args=("y",), env={"K": "k"}, cwd="/w")).item
    remote = lens.project(A, McpServer(transport=Transport.HTTP, url="https://x", headers={"H": "h"})).item
    if command is None or remote is None:
        pytest.skip("it knows one transport")
    for before, after, emptied in ((command, remote, "env"), (remote, command, "headers")):
        fields = {key: value for key, value in before.fields().items() if key != emptied}
        bare = item_of(A, fields)
        there = write(lens, empty(lens.endpoint.format), {}, {A: before})
        there = write(lens, there, {A: before}, {A: bare})
        new = write(lens, empty(lens.endpoint.format), {}, {A: after})
        assert write(lens, there, {A: bare}, {A: after}).value() == new.value()


def test_a_part_of_a_mapped_field_is_mapped_wherever_it_stands() -> None:
    for way in (("env",), ("env", "K"), ("http_headers", "X", "deep")):
        assert CODEX.maps(("mcp_servers", "a", *way))
    assert CONTINUE.maps(("mcpServers", 0, "requestOptions"))
    for stranger in (("mcp_servers", "a", "mine"), ("mcp_servers", "a"), ("mcp_servers",), ("other", "a", "env")):
        assert not CODEX.maps(stranger)
    assert not CONTINUE.maps(("mcpServers", 0, "requestOptions", "verifySsl"))
