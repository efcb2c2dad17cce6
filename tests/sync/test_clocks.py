"""A clock that is wrong by years takes no history with it, and is told of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients
from tests.helpers.clock import HandClock


def days(count: float) -> float:
    return dt.timedelta(days=count).total_seconds()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def engine(world: World, clients: Clients, clock: HandClock) -> Iterator[Engine]:
    """An engine with some history of several days: of one, none would look older than the rest."""
    engine = open_engine(replace(world, clock=clock))
    engine.recover()
    engine.adopt("user")
    for name in ("one", "two", "three"):
        clock.sleep(days(1))
        clients.add("codex", name)
        engine.sync("watch")
    yield engine
    engine.close()


def counts(world: World, clients: Clients) -> tuple[int, int, int]:
    with closing(Reader.of(world)) as reader:
        versions = sum(len(reader.versions(str(path))) for path in clients.paths.values())
        return versions, len(reader.snapshots()), len(reader.log_ids())


def notes(engine: Engine) -> list[str]:
    return [note.title.english() for note in engine.status().notes]


@pytest.mark.parametrize("jump", [4_000, 400, 40, -4_000])
def test_a_clock_that_jumps_takes_nothing_with_it_and_is_told_of(
    world: World, clients: Clients, clock: HandClock, engine: Engine, jump: int
) -> None:
    before = counts(world, clients)
    clock.sleep(days(jump))
    pruned = engine.maintain()
    assert (pruned.versions, pruned.snapshots, pruned.log_lines) == (0, 0, 0)
    told = f"{jump} days ahead of" if jump > 0 else f"{-3 - jump} days behind"  # what was written nearest to it
    assert f"The clock is {told}" in notes(engine)[0]
    after = counts(world, clients)
    assert after == (*before[:2], before[2] + 1)  # the line that tells of it


def test_what_was_written_in_the_future_makes_nothing_else_look_old(
    world: World, clients: Clients, clock: HandClock, engine: Engine
) -> None:
    for step in (4_000, -4_001, 4_002, -3_999):
        clock.sleep(days(step))
        assert engine.maintain().versions == 0
        clients.add("codex", f"at{step}".replace("-", "minus"))
        engine.sync("watch")
    for _ in range(5):
        clock.sleep(days(20))
        assert engine.maintain().versions == 0


def test_a_start_says_that_the_clock_jumped(world: World, clock: HandClock, engine: Engine) -> None:
    clock.sleep(days(4_000))
    with closing(open_engine(replace(world, clock=clock))) as again:
        again.recover()
        assert "The clock is 4000 days ahead of" in notes(again)[0]
        assert again.maintain().versions == 0
        assert notes(again)


def test_after_a_jump_time_goes_on_to_count(clock: HandClock, engine: Engine) -> None:
    clock.sleep(days(4_000))
    for _ in range(18):
        assert engine.maintain().versions == 0
        clock.sleep(days(21))
    assert engine.maintain().versions > 0
