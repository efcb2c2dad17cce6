"""How long a sync took is written down with it: from the edit that was seen, or from when it was asked for."""

from __future__ import annotations

from typing import Any

import pytest

from aisync_desktop.sync.answering.engine import Engine
from tests.helpers.clients import Clients
from tests.helpers.clock import HandClock
from tests.sync.store.conftest import sql
from tests.sync.store.test_metrics import ALWAYS


@pytest.fixture
def engine(timed_engine: Engine, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Each look of it takes half a second, and each writing a quarter."""
    timed_engine.adopt("user")
    timed_engine.sync("watch")  # the first one looks twice
    rounds = timed_engine._rounds
    look, replace_all = rounds.looking.look, rounds.applier._disk.replace_all

    def slow_look(*args: Any, **options: Any) -> Any:
        clock.sleep(0.5)
        return look(*args, **options)

    def slow_replace(*args: Any) -> Any:
        clock.sleep(0.25)
        return replace_all(*args)

    monkeypatch.setattr(rounds.looking, "look", slow_look)
    monkeypatch.setattr(rounds.applier._disk, "replace_all", slow_replace)
    return timed_engine


def took(engine: Engine) -> int | None:
    last = engine._store.figures(*ALWAYS).last
    return max(last.values(), key=lambda one: one.at).took


def test_it_counts_from_the_edit_that_was_seen(engine: Engine, clients: Clients, clock: HandClock) -> None:
    clients.add("codex", "fresh")
    seen = clock.monotonic()
    clock.sleep(2)
    engine.sync("watch", seen=seen)
    assert took(engine) == 2_750_000


def test_where_none_was_seen_it_counts_from_the_look(engine: Engine, clients: Clients) -> None:
    clients.add("codex", "fresh")
    engine.sync("watch")
    assert took(engine) == 750_000


def test_what_somebody_asks_for_has_no_edit_before_it(engine: Engine, clients: Clients, clock: HandClock) -> None:
    clients.add("codex", "fresh")
    engine.sync("watch", seen=clock.monotonic())
    engine.going_back.undo()
    assert took(engine) == 250_000


@pytest.mark.parametrize(("rows", "added"), [(100, 0), (1, 1)])
def test_it_is_added_up_beside_the_audit_trail_where_there_is_enough(
    engine: Engine, clients: Clients, monkeypatch: pytest.MonkeyPatch, rows: int, added: int
) -> None:
    monkeypatch.setattr("aisync_desktop.sync.answering.engine._ROWS_TO_ADD", rows)
    clients.add("codex", "fresh")
    engine.sync("watch")
    engine.catch_up_audit()
    assert sql(engine._store, "SELECT count(*) FROM metric_hour") == [(added,)]


def test_maintenance_adds_up_whatever_there_is(engine: Engine, clients: Clients) -> None:
    clients.add("codex", "fresh")
    engine.sync("watch")
    engine.maintain()
    assert sql(engine._store, "SELECT count(*) FROM metric_hour") == [(1,)]
