"""The laws of every endpoint that is described, tried on documents with something of the user's around our entries.

Hypothesis takes longer to think of an example than a lens to try it: each example is tried on every lens.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import DIALECT
from aisync_desktop.clients.items import Item, ItemKey, Items, Kind, McpServer, Transport
from aisync_desktop.clients.lens import MAIN, Documents, View
from aisync_desktop.clients.lenses import lens_of
from aisync_desktop.clients.loader import load_catalog
from aisync_desktop.clients.servers import ServerLens
from aisync_desktop.documents.parse import empty, parse
from aisync_desktop.documents.protocol import Document, Format, SetValue
from tests.helpers.one_file import read, reshape_loss, write

EVERY = [
    lens
    for descriptor in load_catalog().descriptors
    for endpoint in descriptor.endpoints
    if isinstance(lens := lens_of(descriptor, endpoint), ServerLens)
]


def _said(lens: ServerLens) -> str:
    """Return all that the lens itself goes by: two endpoints in which this is equal behave alike."""
    said = lens.endpoint.model_dump(mode="json", include={*DIALECT, "off", "only"})
    return json.dumps([lens.client, said], sort_keys=True)


DISTINCT = list({_said(lens): lens for lens in reversed(EVERY)}.values())[::-1]
LENSES = {lens.client: lens for lens in reversed(EVERY)}  # the user's one of each client

# What stands in a user's files around what is ours, and must not move.
AROUND = {
    Format.JSON: b'{\r\n\t"numStartups": 1.0, "big": 12345678901234567890,\r\n\t"other": {"mcpServers": {"x": 1}}\r\n}',
    Format.TOML: b'model = "o3"  # mine\n\n[profiles.x]\nn = 0xFF\n',
    Format.YAML: b"# mine\nversion: 1\n\nmodels:\n  - name: 'a'   # quoted\n    roles: [chat]\nagent:\n    on: 0x1F\n",
}
OTHER = ItemKey(Kind.MCP, "other")

names = st.text("abAB019_-", min_size=1, max_size=6)
variables = st.sampled_from(["HOME", "TOKEN", "a", "_1", "PATH"])
words = st.text("aZ9 _-\"'#{}:/é\n\u2028", max_size=6) | st.text(
    st.characters(codec="utf-8", exclude_characters="$\\\x00", exclude_categories=["Cs"]), max_size=2
)
references = st.sampled_from(
    [
        "",
        "${HOME}",
        "a ${TOKEN} b",
        "$HOME",
        "${A:-b}",
        "${",
        "$",
        "\\$X",
        "HOME",
        "{env:X}",
        "${{ secrets.X }}",
        "${a}",
    ]
)
texts = words | references | variables.map("Bearer ${{{}}}".format) | variables.map("${{{}}}".format)
keys = names.map(lambda name: ItemKey(Kind.MCP, name))
env = st.dictionaries(variables | names, texts, max_size=2)
headers = st.dictionaries(st.sampled_from(["Authorization", "X-Key", "authorization"]) | names, texts, max_size=2)
tools = st.lists(names | st.just("*"), max_size=2, unique=True).map(tuple)
times = st.none() | st.integers(1, 10**7) | st.sampled_from([1000, 60_000, 3_600_000, 3_601_000])
stdio = st.builds(
    McpServer,
    command=texts,
    args=st.lists(texts, max_size=3).map(tuple),
    env=env,
    cwd=st.none() | words,
    enabled=st.booleans(),
    timeout_ms=times,
    startup_timeout_ms=times,
    only_tools=st.none() | tools,
    hidden_tools=tools,
)
remote = st.builds(
    McpServer,
    transport=st.sampled_from([Transport.HTTP, Transport.SSE, Transport.WS]),
    url=texts,
    headers=headers,
    enabled=st.booleans(),
    timeout_ms=times,
)
items = st.dictionaries(keys, stdio | remote, max_size=3)


def expressible(lens: ServerLens, wanted: Items) -> dict[ItemKey, Item]:
    projected = {key: lens.project(key, item).item for key, item in wanted.items()}
    return {key: item for key, item in projected.items() if item is not None}


def documents(lens: ServerLens, *, around: bool) -> Documents:
    """Return the documents of an endpoint: of files that are not there, or that hold other things already."""
    files = {MAIN: lens.endpoint, **lens.endpoint.beside}
    return _with_the_places_that_the_client_makes(
        lens,
        {
            role: parse(AROUND[file.format], file.format, file.accepts) if around else empty(file.format)
            for role, file in files.items()
        },
    )


def _with_the_places_that_the_client_makes(lens: ServerLens, documents: Documents) -> Documents:
    off = lens.endpoint.off
    if off is None or not off.within:
        return documents
    return {**documents, off.beside: documents[off.beside].edit(SetValue(off.within, {}))}


def bytes_of(documents: Documents) -> dict[str, bytes]:
    return {role: document.dump() for role, document in documents.items()}


def reread(lens: ServerLens, documents: Documents) -> View:
    """Read what would be on disk."""
    files = {MAIN: lens.endpoint, **lens.endpoint.beside}
    parsed = {role: parse(data, files[role].format, files[role].accepts) for role, data in bytes_of(documents).items()}
    return lens.read(parsed)


@given(wanted=items, then=items)
@pytest.mark.parametrize("around", [False, True])
def test_what_is_written_is_what_is_read(around: bool, wanted: Items, then: Items) -> None:
    for lens in DISTINCT:
        note(f"{lens.client}, {lens.endpoint.scope}")
        first, second = expressible(lens, wanted), expressible(lens, then)
        written = lens.write(documents(lens, around=around), {}, first)
        assert lens.read(written) == View(first)
        assert reread(lens, lens.write(written, first, second)) == View(second)


@given(wanted=items)
def test_writing_what_is_there_changes_no_byte(wanted: Items) -> None:
    for lens in DISTINCT:
        note(f"{lens.client}, {lens.endpoint.scope}")
        written = lens.write(documents(lens, around=True), {}, expressible(lens, wanted))
        view = lens.read(written).items
        assert bytes_of(lens.write(written, view, dict(view))) == bytes_of(written)


@given(key=keys, item=stdio | remote, first_that_is_off=st.booleans())
def test_adding_and_removing_an_item_gives_the_bytes_back(key: ItemKey, item: Item, first_that_is_off: bool) -> None:
    on, off = McpServer(command="x"), McpServer(command="x", enabled=False)
    for lens in DISTINCT:
        note(f"{lens.client}, {lens.endpoint.scope}")
        other = expressible(lens, {OTHER: on if first_that_is_off else off}) or {OTHER: on}
        around = lens.write(documents(lens, around=True), {}, other)
        around = _with_the_lists_that_the_client_keeps(lens, around)
        wanted = expressible(lens, {key: item})
        added = lens.write(around, {}, wanted)
        assert bytes_of(lens.write(added, wanted, {})) == bytes_of(around)


def _with_the_lists_that_the_client_keeps(lens: ServerLens, documents: Documents) -> Documents:
    off = lens.endpoint.off
    if off is None or not off.stays or isinstance(documents[off.beside].get(off.way), list):
        return documents
    return {**documents, off.beside: documents[off.beside].edit(SetValue(off.way, []))}


@given(key=keys, item=stdio | remote)
def test_every_loss_is_foretold_and_every_foretold_loss_is_real(key: ItemKey, item: McpServer) -> None:
    for lens in DISTINCT:
        note(f"{lens.client}, {lens.endpoint.scope}")
        projection = lens.project(key, item)
        if projection.item is None:
            assert [loss.field for loss in projection.losses] == [""]
            continue
        back = lens.read(lens.write(documents(lens, around=False), {}, {key: projection.item})).items[key].fields()
        missing = {name for name, value in item.fields().items() if back.get(name) != value}
        if {back["transport"], item.transport} <= lens.left_open:  # the client finds out itself
            missing -= {"transport"}
        assert missing == {loss.field for loss in projection.losses}
        again = lens.project(key, projection.item)
        assert (again.item, again.losses) == (projection.item, ())


@given(key=keys, one=stdio, two=stdio)
def test_a_changed_item_leaves_its_neighbours_and_their_files_alone(key: ItemKey, one: Item, two: Item) -> None:
    for lens in DISTINCT:
        note(f"{lens.client}, {lens.endpoint.scope}")
        both = expressible(lens, {key: one, OTHER: McpServer(command="x", args=("y",))})
        changed = expressible(lens, {key: two})
        if key not in both or not changed:
            continue
        there = lens.write(documents(lens, around=True), {}, both)
        after = lens.write(there, both, {**both, **changed})
        assert reread(lens, after).items == {**both, **changed}
        assert reread(lens, lens.write(after, {**both, **changed}, both)).items == both


NEW = ItemKey(Kind.MCP, "brand-new")


@given(key=keys, item=stdio | remote)
def test_a_new_name_is_given_in_place_and_can_be_taken_back(key: ItemKey, item: Item) -> None:
    """What stands in the entry besides stays, and where it stands; nothing else of the file moves."""
    for lens in DISTINCT:
        note(f"{lens.client}, {lens.endpoint.scope}")
        before = expressible(lens, {OTHER: McpServer(command="x"), key: item})
        after = expressible(lens, {OTHER: McpServer(command="x"), NEW: item})
        if len(before) != len(after) or key not in before:
            continue
        there = lens.write(documents(lens, around=True), {}, before)
        spot = lens.where(there, key)
        assert spot is not None
        there = {**there, MAIN: there[MAIN].edit(SetValue((*spot.path, "zz"), ["mine", 1.5]))}
        renamed = lens.write(there, before, after, frozenset({(key, NEW)}))
        now = lens.where(renamed, NEW)
        assert now is not None
        assert renamed[MAIN].get((*now.path, "zz")) == ["mine", 1.5]
        assert reread(lens, renamed).items == after
        assert bytes_of(lens.write(renamed, after, before, frozenset({(NEW, key)}))) == bytes_of(there)


def test_an_endpoint_that_is_like_another_differs_from_it_in_nothing_but_the_file() -> None:
    for lens in EVERY:
        assert any(_said(lens) == _said(one) for one in DISTINCT)
        if lens.endpoint.like:
            user = LENSES[lens.client].endpoint
            assert lens.endpoint.shapes == user.shapes
            assert lens.endpoint.root == user.root


def document(lens: ServerLens, data: bytes | None = None) -> Document:
    endpoint = lens.endpoint
    return empty(endpoint.format) if data is None else parse(data, endpoint.format, endpoint.accepts)


@pytest.mark.parametrize("client", ["claude-code", "continue"])
def test_a_server_that_is_off_is_not_written_where_it_would_start(client: str) -> None:
    off = McpServer(command="npx", enabled=False)
    projection = LENSES[client].project(ItemKey(Kind.MCP, "a"), off)
    assert projection.item is None
    assert (projection.parks, projection.losses[0].reason.code) == (True, "loss.parked")


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
    assert McpServer.of(view.items[ItemKey(Kind.MCP, "a")]).env == {"K": "${V}"}


def test_seconds_and_milliseconds_are_one_value() -> None:
    lens = LENSES["codex"]
    view = read(lens, document(lens, b'[mcp_servers.a]\ncommand = "x"\ntool_timeout_sec = 1.5\n'))
    assert McpServer.of(view.items[ItemKey(Kind.MCP, "a")]).timeout_ms == 1500


@pytest.mark.parametrize("value", ["inf", "nan", "-inf", "1e400"])
def test_a_number_that_is_none_makes_the_entry_opaque(value: str) -> None:
    lens = LENSES["codex"]
    view = read(lens, document(lens, f'[mcp_servers.a]\ncommand = "x"\ntool_timeout_sec = {value}\n'.encode()))
    assert [key.name for key in view.opaque] == ["a"]


@pytest.mark.parametrize("field", ['auth = "oauth"', 'scopes = ["read"]'])
def test_an_entry_whose_restrictions_cannot_cross_stays_where_it_is(field: str) -> None:
    lens = LENSES["codex"]
    view = read(lens, document(lens, f'[mcp_servers.a]\nurl = "https://x"\n{field}\n'.encode()))
    assert [reason.code for reason in view.opaque.values()] == ["lens.unmapped"]


@pytest.mark.parametrize(
    ("lists", "off"), [({"excluded": ["b*"]}, "b"), ({"excluded": ["b", "?"]}, "b"), ({"allowed": ["a"]}, "b")]
)
def test_a_server_that_a_side_list_switches_off_is_not_started_elsewhere(lists: object, off: str) -> None:
    lens = LENSES["qwen-code"]
    content = {"mcpServers": {"a": {"command": "x"}, "b": {"command": "y"}}, "mcp": lists}
    view = read(lens, document(lens, json.dumps(content).encode()))
    assert off in {key.name for key in view.opaque}


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


def test_a_server_that_is_looked_at_again_says_what_the_list_beside_it_says() -> None:
    lens = next(one for one in DISTINCT if one.endpoint.off and not one.endpoint.off.within)
    on = expressible(lens, {OTHER: McpServer(command="x")})
    off = expressible(lens, {OTHER: McpServer(command="x", enabled=False)})
    first = lens.write(documents(lens, around=False), {}, on)
    assert lens.read(first).items[OTHER].fields().get("enabled", True)
    assert lens.read(lens.write(first, on, off)).items[OTHER].fields()["enabled"] is False
