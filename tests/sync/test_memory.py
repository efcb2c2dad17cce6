"""An engine that is never left alone remembers no more than one that is."""

from __future__ import annotations

import gc

import pytest

from aisync_desktop.clients.items import McpServer
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.applying import applier
from tests.helpers.clients import Clients


def _servers() -> int:
    gc.collect()
    return sum(type(thing) is McpServer for thing in gc.get_objects())


def test_edits_without_a_pause_between_them_pile_nothing_up(
    timed_engine: Engine, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applier, "MOST_HELD", 4)
    clients.add("codex", "tug", "command-0")
    timed_engine.adopt("user")
    counts = []
    for number in range(24):
        clients.replace("codex", f'"command-{number}"', f'"command-{number + 1}"')
        timed_engine.sync("watch")
        if number in {11, 23}:
            counts.append(_servers())
    first, last = counts
    assert last <= first
