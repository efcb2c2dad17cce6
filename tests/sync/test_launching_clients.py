"""A launcher's entry in the words of every client that is described: it reads back as the item, and stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.descriptor import McpEndpoint
from aisync_desktop.clients.items import USER, Item, ItemKey, Kind, McpServer, Scope
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.clients.lenses import lens_of
from aisync_desktop.clients.loader import load_catalog
from aisync_desktop.clients.servers import ServerLens
from aisync_desktop.documents.parse import empty
from aisync_desktop.sync.terms.launchers import Launcher, Launching, is_launcher, read_as

LENSES = {
    f"{descriptor.id} {endpoint.scope} {endpoint.paths[-1]}": lens
    for descriptor in load_catalog().descriptors
    for endpoint in descriptor.endpoints
    if isinstance(endpoint, McpEndpoint) and isinstance(lens := lens_of(descriptor, endpoint), ServerLens)
}
PLAIN = ("claude-code", "codex", "qwen-code")
KEY = ItemKey(Kind.MCP, "s")
REFERENCE = "secret:0123456789abcdef"
servers = st.builds(
    McpServer,
    command=st.sampled_from(["npx", "/opt/a b"]),
    args=st.lists(st.sampled_from(["-y", "$x", "a b"]), max_size=2).map(tuple),
    env=st.dictionaries(st.sampled_from(["A", "B"]), st.sampled_from(["1", "${A}"]), max_size=2).map(
        lambda env: {**env, "TOKEN": REFERENCE}
    ),
    timeout_ms=st.none() | st.just(60_000),
)


@pytest.mark.alike(desk=17)
@pytest.mark.parametrize("name", sorted(LENSES))
@given(item=servers)
def test_an_item_reads_back_from_the_entry_of_its_launcher(name: str, item: McpServer) -> None:
    lens = LENSES[name]
    scope = Scope("/repo") if lens.endpoint.scope == "project" else USER
    launching = Launching(Launcher("/usr/bin/aisync"), scope, "", {KEY: item})
    form = launching.form(KEY, item, None, anew=True)
    assert form is not None
    said = lens.project(KEY, form).item
    if said is None:  # a variable of its own that the client has no word for
        assert "${A}" in item.env.values() or lens.client not in PLAIN
        return
    files = {MAIN: lens.endpoint, **lens.endpoint.beside}
    documents = {role: empty(file.format) for role, file in files.items()}
    written = lens.write(documents, {}, {KEY: said})
    assert b"secret:" not in b"".join(document.dump() for document in written.values())
    back: Item = lens.read(written).items[KEY]
    assert back == said
    assert is_launcher(KEY, scope, back)
    seen = launching.seen({KEY: back})
    assert seen.items == {KEY: read_as(KEY, said, item)}
    assert launching.form(KEY, seen.items[KEY], back) == back
