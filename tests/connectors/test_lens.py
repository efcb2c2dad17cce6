from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.connectors.descriptor import McpEndpoint
from aisync_desktop.connectors.lens import View
from aisync_desktop.connectors.loader import load_catalog
from aisync_desktop.connectors.servers import ServerLens
from aisync_desktop.core.items import Item, ItemKey, Items, Kind, McpServer, Transport
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Document, Format
from tests.helpers.one_file import read, reshape_loss, write

LENSES = {
    descriptor.id: ServerLens(descriptor, endpoint)
    for descriptor in load_catalog().descriptors
    for endpoint in descriptor.endpoints
}
EVERY_LENS = pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)

# What stands in a user's file around our entries, and must not move.
AROUND = {
    Format.JSON: b'{\r\n\t"numStartups": 1.0, "big": 12345678901234567890,\r\n\t"other": {"mcpServers": {"x": 1}}\r\n}',
    Format.TOML: b'model = "o3"  # mine\n\n[profiles.x]\nn = 0xFF\n',
}

words = st.text(st.characters(codec="utf-8", exclude_characters="$\\\x00", exclude_categories=["Cs"]), max_size=8)
references = st.sampled_from(["", "${HOME}", "a ${TOKEN} b", "$HOME", "${A:-b}", "${", "$", "\\$X"])
texts = words | references
names = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)
keys = names.map(lambda name: ItemKey(Kind.MCP, name))
maps = st.dictionaries(names, texts, max_size=2)
tools = st.lists(names, max_size=2, unique=True).map(tuple)
stdio = st.builds(
    McpServer,
    command=texts,
    args=st.lists(texts, max_size=3).map(tuple),
    env=maps,
    cwd=st.none() | words,
    enabled=st.booleans(),
    timeout_ms=st.none() | st.integers(1, 10**7),
    startup_timeout_ms=st.none() | st.integers(1, 10**7),
    only_tools=st.none() | tools,
    hidden_tools=tools,
)
remote = st.builds(
    McpServer,
    transport=st.sampled_from([Transport.HTTP, Transport.SSE, Transport.WS]),
    url=texts,
    headers=maps,
    enabled=st.booleans(),
    timeout_ms=st.none() | st.integers(1, 10**7),
)
items = st.dictionaries(keys, stdio | remote, max_size=3)


def expressible(lens: ServerLens, wanted: Items) -> dict[ItemKey, Item]:
    projected = {key: lens.project(key, item).item for key, item in wanted.items()}
    return {key: item for key, item in projected.items() if item is not None}


def document(lens: ServerLens, data: bytes | None = None) -> Document:
    endpoint: McpEndpoint = lens.endpoint
    return empty(endpoint.format) if data is None else parse(data, endpoint.format, lens.endpoint.accepts)


@EVERY_LENS
@given(wanted=items, then=items)
def test_what_is_written_is_what_is_read(lens: ServerLens, wanted: Items, then: Items) -> None:
    for start in (document(lens), document(lens, AROUND[lens.endpoint.format])):
        first = expressible(lens, wanted)
        written = write(lens, start, {}, first)
        assert read(lens, written) == View(first)
        second = expressible(lens, then)
        again = write(lens, written, first, second)
        assert read(lens, document(lens, again.dump())) == View(second)


@EVERY_LENS
@given(wanted=items)
def test_writing_what_is_there_changes_no_byte(lens: ServerLens, wanted: Items) -> None:
    written = write(lens, document(lens, AROUND[lens.endpoint.format]), {}, expressible(lens, wanted))
    view = read(lens, written).items
    assert write(lens, written, view, view).dump() == written.dump()


@EVERY_LENS
@given(key=keys, item=stdio | remote)
def test_adding_and_removing_an_item_gives_the_bytes_back(lens: ServerLens, key: ItemKey, item: Item) -> None:
    around = write(lens, document(lens, AROUND[lens.endpoint.format]), {}, {_other(key): McpServer(command="x")})
    wanted = expressible(lens, {key: item})
    added = write(lens, around, {}, wanted)
    assert write(lens, added, wanted, {}).dump() == around.dump()


def _other(key: ItemKey) -> ItemKey:
    return ItemKey(Kind.MCP, f"other-{key.name}")


@EVERY_LENS
@given(key=keys, item=stdio | remote)
def test_every_loss_is_foretold_and_every_foretold_loss_is_real(lens: ServerLens, key: ItemKey, item: Item) -> None:
    projection = lens.project(key, item)
    said = item.fields()
    if projection.item is None:
        assert [loss.field for loss in projection.losses] == [""]
        return
    back = read(lens, write(lens, document(lens), {}, {key: projection.item})).items[key].fields()
    missing = {name for name, value in said.items() if back.get(name) != value}
    assert missing == {loss.field for loss in projection.losses}


@EVERY_LENS
@given(key=keys, item=stdio)
def test_a_projection_is_expressed_without_loss(lens: ServerLens, key: ItemKey, item: Item) -> None:
    projected = lens.project(key, item).item
    if projected is not None:
        again = lens.project(key, projected)
        assert (again.item, again.losses) == (projected, ())


@pytest.mark.parametrize("client", ["claude-code", "qwen-code", "rovodev"])
def test_a_server_that_is_off_is_not_written_where_it_would_start(client: str) -> None:
    off = McpServer(command="npx", enabled=False)
    projection = LENSES[client].project(ItemKey(Kind.MCP, "a"), off)
    assert projection.item is None
    assert projection.losses[0].reason.code == "loss.essential"


def test_unknown_fields_of_an_entry_survive_an_edit() -> None:
    lens = LENSES["claude-code"]
    entry = {"type": "stdio", "command": "npx", "alwaysLoad": True, "x": [1]}
    before = document(lens, json.dumps({"mcpServers": {"a": entry}}, indent=2).encode())
    key = ItemKey(Kind.MCP, "a")
    after = write(lens, before, read(lens, before).items, {key: McpServer(command="uvx", args=("q",))})
    assert after.get(("mcpServers", "a")) == {**entry, "command": "uvx", "args": ["q"]}


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"type": "carrier-pigeon", "command": "x"}, "lens.unknown-shape"),
        ({"args": ["x"]}, "lens.unknown-shape"),
        ({"command": "x", "env": {"A": 1}}, "lens.bad-value"),
        ({"command": "x", "timeout": "soon"}, "lens.bad-value"),
        ({"command": "x", "timeout": -1}, "lens.bad-value"),
        ("npx", "lens.entry-not-a-map"),
    ],
)
def test_an_entry_that_the_client_would_refuse_is_opaque(entry: object, code: str) -> None:
    lens = LENSES["claude-code"]
    view = read(lens, document(lens, json.dumps({"mcpServers": {"a": entry, "b": {"command": "y"}}}).encode()))
    assert {key.name: reason.code for key, reason in view.opaque.items()} == {"a": code}
    assert [key.name for key in view.items] == ["b"]


def test_a_reference_means_the_same_or_stays() -> None:
    key = ItemKey(Kind.MCP, "a")
    braced, default, bare = (McpServer(command="x", env={"K": value}) for value in ("${V}", "${V:-d}", "$V"))
    assert LENSES["qwen-code"].project(key, braced).item == braced
    assert LENSES["qwen-code"].project(key, default).item is None
    assert LENSES["qwen-code"].project(key, bare).item is None  # plain text at Claude's would be expanded by Qwen
    assert LENSES["codex"].project(key, bare).item == bare  # Codex expands nothing: plain text stays plain text
    assert LENSES["codex"].project(key, braced).item is None


def test_the_same_reference_in_two_dialects_is_one_value() -> None:
    lens = LENSES["qwen-code"]
    view = read(lens, document(lens, b'{"mcpServers": {"a": {"command": "x", "env": {"K": "$V"}}}}'))
    assert view.items[ItemKey(Kind.MCP, "a")].env == {"K": "${V}"}


def test_seconds_and_milliseconds_are_one_value() -> None:
    lens = LENSES["codex"]
    view = read(lens, document(lens, b'[mcp_servers.a]\ncommand = "x"\ntool_timeout_sec = 1.5\n'))
    assert view.items[ItemKey(Kind.MCP, "a")].timeout_ms == 1500


@pytest.mark.parametrize("value", ["inf", "nan", "-inf", "1e400"])
def test_a_number_that_is_none_makes_the_entry_opaque(value: str) -> None:
    lens = LENSES["codex"]
    view = read(lens, document(lens, f'[mcp_servers.a]\ncommand = "x"\ntool_timeout_sec = {value}\n'.encode()))
    assert [key.name for key in view.opaque] == ["a"]


@pytest.mark.parametrize("field", ['bearer_token_env_var = "T"', 'default_tools_approval_mode = "prompt"'])
def test_an_entry_whose_restrictions_cannot_cross_stays_where_it_is(field: str) -> None:
    lens = LENSES["codex"]
    view = read(lens, document(lens, f'[mcp_servers.a]\nurl = "https://x"\n{field}\n'.encode()))
    assert [reason.code for reason in view.opaque.values()] == ["lens.unmapped"]


@pytest.mark.parametrize(
    ("lists", "off"), [({"excluded": ["a"]}, "a"), ({"excluded": ["b*"]}, "b"), ({"allowed": ["a"]}, "b")]
)
def test_a_server_that_a_side_list_switches_off_is_not_started_elsewhere(lists: object, off: str) -> None:
    lens = LENSES["qwen-code"]
    content = {"mcpServers": {"a": {"command": "x"}, "b": {"command": "y"}}, "mcp": lists}
    view = read(lens, document(lens, json.dumps(content).encode()))
    assert [key.name for key in view.opaque] == [off]


def test_an_entry_of_another_transport_moves_its_fields() -> None:
    lens = LENSES["qwen-code"]
    key = ItemKey(Kind.MCP, "a")
    http = McpServer(transport=Transport.HTTP, url="https://x", headers={"A": "b"})
    before = write(lens, document(lens), {}, {key: http})
    sse = http.model_copy(update={"transport": Transport.SSE})
    after = write(lens, before, {key: http}, {key: sse})
    assert after.get(("mcpServers", "a")) == {"url": "https://x", "headers": {"A": "b"}}


def test_an_entry_with_fields_of_its_own_does_not_change_its_transport() -> None:
    lens = LENSES["codex"]
    key = ItemKey(Kind.MCP, "a")
    there = document(lens, b'[mcp_servers.a]\ncommand = "x"\nrequired = true\n')
    stdio, http = McpServer(command="x"), McpServer(transport=Transport.HTTP, url="https://x")
    loss = reshape_loss(lens, there, key, stdio, http)
    assert loss is not None
    assert loss.reason.params == {"field": "required"}
    assert reshape_loss(lens, there, key, stdio, McpServer(command="y")) is None
