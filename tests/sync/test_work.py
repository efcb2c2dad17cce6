"""How much is done for one edit: counted, as time tells another thing on each machine. What is gained stays gained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from aisync_desktop.database.writer import Writer
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.looking import survey
from aisync_desktop.sync.planning import planner, targets
from tests.files.breaking import Watched
from tests.helpers.clients import Clients
from tests.helpers.clock import LeapingClock
from tests.helpers.counted import Counted

TARGETS = 3  # files besides the one that is edited


@pytest.fixture
def calls() -> Watched:
    return Watched()


@pytest.fixture
def warm(world: World, clients: Clients, calls: Watched) -> Callable[[], object]:
    """Return how an engine syncs that has been in step before, and what is edited for it."""
    engine = open_engine(replace(world, disk=RealDisk(LeapingClock(), calls=calls)))
    engine.adopt("user")
    clients.replace("qwen-code", '"uvx"', '"uv"')
    engine.sync("watch")
    clients.replace("qwen-code", '"uv"', '"uvx"')
    calls.trace.clear()
    return lambda: engine.sync("watch")


def test_a_sync_is_two_transactions(warm: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    writes = Counted(monkeypatch, Writer, "writing")
    warm()
    assert writes.calls == 2


def test_each_file_is_parsed_once_when_it_was_edited_and_once_before_it_is_written(
    warm: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    parses = Counted(monkeypatch, survey, "parse")
    warm()
    assert parses.calls == 1 + TARGETS


def test_only_what_changed_is_thought_about_again(warm: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    plans, changed = Counted(monkeypatch, planner, "_plan_scope"), Counted(monkeypatch, targets, "keeping_closed")
    warm()
    assert plans.calls == 2  # what to do, and what came of it
    assert changed.calls == TARGETS


def test_what_was_written_is_looked_at_again_and_nothing_else(warm: Callable[[], object], calls: Watched) -> None:
    warm()
    counts = Counter(calls.trace)
    assert counts["sync_file"] == TARGETS
    assert counts["exchange"] == TARGETS
    assert counts["sync_folder"] == TARGETS
    calls.trace.clear()
    warm()
    look = Counter(calls.trace)["open"]
    # Besides one look at all: each as it is now, its dress, the new file, what came out, that for late writers, a look.
    assert counts["open"] == look + TARGETS * 6
