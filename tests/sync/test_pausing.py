from __future__ import annotations

import datetime as dt
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.applying.pausing import Pause, stored_pause
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.reports.preview import preview
from tests.helpers.clients import Clients


class HandClock:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC) + dt.timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def world(world: World, clock: HandClock) -> World:
    return replace(world, clock=clock)


def edited(clients: Clients) -> bool:
    return "fresh" in clients.servers("codex")


def test_a_pause_for_some_minutes_ends_by_itself_and_is_caught_up_with(
    engine: Engine, clients: Clients, clock: HandClock
) -> None:
    engine.adopt("user")
    engine.pause_for(30)
    clients.add("rovodev", "fresh")
    clock.seconds = 30 * 60 - 1
    engine.sync("watch")
    assert not edited(clients)
    assert engine.status().headline.code == "status.snoozed"
    clock.seconds += 1
    engine.sync("watch")
    assert edited(clients)
    assert engine.status().health is Health.IN_STEP


@pytest.mark.parametrize("restarted", [False, True])
def test_that_its_time_has_come_is_told_once(
    world: World, clients: Clients, clock: HandClock, *, restarted: bool
) -> None:
    del clients
    with ExitStack() as opened:
        engine = opened.enter_context(closing(open_engine(world)))
        engine.adopt("user")
        with engine.asked_by("window"):
            engine.pause_for(30)
        engine.sync("watch")
        clock.seconds = 30 * 60
        if restarted:
            opened.close()
            engine = opened.enter_context(closing(open_engine(world)))
        engine.sync("watch")
        engine.sync("watch")
        told = [(one.type, one.actor) for one in engine._store.happened().entries if one.type in {"paused", "resumed"}]
        assert told == [("paused", "window"), ("resumed", "aisync")]
        assert not preview(world).status.paused


@pytest.mark.parametrize("restarted", [False, True])
def test_a_clock_that_is_set_back_by_years_does_not_make_minutes_into_years(
    world: World, clients: Clients, clock: HandClock, *, restarted: bool
) -> None:
    with ExitStack() as opened:
        engine = opened.enter_context(closing(open_engine(world)))
        engine.adopt("user")
        engine.pause_for(30)
        clients.add("rovodev", "fresh")
        clock.seconds -= dt.timedelta(days=4_000).total_seconds()
        if restarted:
            opened.close()
            engine = opened.enter_context(closing(open_engine(world)))
        assert engine.paused
        assert preview(world).status.paused
        clock.seconds += 30 * 60
        engine.sync("watch")
        assert edited(clients)


@pytest.mark.parametrize("minutes", [0, 30])
def test_a_pause_survives_a_restart(world: World, clients: Clients, clock: HandClock, minutes: int) -> None:
    before = open_engine(world)
    before.adopt("user")
    before.pause_for(minutes)
    before.close()
    clients.add("rovodev", "fresh")
    assert preview(world).status.paused
    after = open_engine(world)
    after.sync("watch")
    assert not edited(clients)
    after.resume()
    assert edited(clients)
    after.close()
    assert not preview(world).status.paused


def test_what_the_store_keeps_is_read_again(clock: HandClock) -> None:
    for pause in (Pause(), Pause(clock.now()), Pause(clock.now() + dt.timedelta(minutes=3), clock.now())):
        assert stored_pause(pause.stored) == pause


@pytest.mark.parametrize("nonsense", [None, "", "soon", 7, "2026-01-01T12:00:00", "2026-01-01/2026-01-02"])
def test_nonsense_in_the_store_is_no_pause(nonsense: str | int | None) -> None:
    assert stored_pause(nonsense) is None
