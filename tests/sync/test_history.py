from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.items import ItemKey, McpServer, from_payload, to_payload
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.diff import patched
from aisync_desktop.sync.reports import history
from aisync_desktop.sync.reports.history import difference_of, secrets_in, snapshot_report
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients

names = st.sampled_from(["a", "b", "c"])
servers = st.builds(
    McpServer,
    command=names,
    args=st.lists(names, max_size=2).map(tuple),
    env=st.dictionaries(names, names, max_size=2),
    enabled=st.booleans(),
)
configs = st.dictionaries(names.map(lambda name: ItemKey.parse(f"mcp/{name}")), servers, max_size=3)


@given(configs, configs)
def test_the_changes_lead_from_one_config_to_the_other(
    before: Mapping[ItemKey, McpServer], after: Mapping[ItemKey, McpServer]
) -> None:
    changes = list(history._between(to_payload(before), to_payload(after)))
    made: dict[ItemKey, Any] = dict(before)
    for change in changes:
        key = ItemKey.parse(change.item)
        patch = {tuple(field.field.split(".")): field.after for field in change.fields}
        assert (change.change == "added") == (key not in before)
        if change.change == "removed":
            del made[key]
        else:
            made[key] = patched(key, made.get(key), patch)  # type: ignore[arg-type]  # JSON values are plain ones
    assert made == dict(after)


def test_every_snapshot_follows_from_its_parent(engine: Engine, world: World, clients: Clients) -> None:
    engine.adopt("user")
    for number in range(3):
        clients.add("codex", f"server{number}")
        engine.sync("watch")
    with closing(Reader.of(world)) as reader:
        for number in range(2, 5):
            report = snapshot_report(reader, number)
            assert report.parent == number - 1
            assert report.changes == difference_of(reader, number - 1, number).changes
            assert from_payload(report.config).keys()  # type: ignore[arg-type]  # the same
            assert len(report.files) == len(report.writes) == 3


def test_secrets_of_a_file_are_found_by_its_format() -> None:
    assert secrets_in(b'{"a": {"args": ["--token", "hunter22"]}}', "/h/x.json") == ("hunter22",)
    assert secrets_in(b'[a.env]\nMY_KEY = "hunter22"\n', "/h/x.toml") == ("hunter22",)
    assert secrets_in(b"a:\n  password: hunter22\n", "/h/x.yaml") == ("hunter22",)
    assert secrets_in(b"{", "/h/x.json") == secrets_in(b"a", "/h/AGENTS.md") == ()
