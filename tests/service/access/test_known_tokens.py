"""Which tokens are known is so with each request, whatever has become of the database meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.kernel.access import Access
from aisync_desktop.kernel.bus import Fed
from aisync_desktop.program.events import PROGRAM_FEED
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.program.tokens import NewSecret, Token
from aisync_desktop.program.world import World
from aisync_desktop.service.access.known_tokens import KnownTokens
from tests.helpers.clock import HandClock

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def world(tmp_path: Path, clock: HandClock) -> World:
    places = Places(*(tmp_path / name for name in ("config", "state", "cache", "log")))
    places.create()
    return World(places, tmp_path / "home", {}, RealDisk(clock), clock)


@pytest.fixture
def store(world: World) -> Iterator[ProgramStore]:
    with closing(ProgramStore.open(world.program_database, world.database, world.clock)) as made:
        made.feed.on_told = lambda: world.bus.publish(Fed(PROGRAM_FEED))
        yield made


def add(store: ProgramStore, world: World, name: str = "ci", until: dt.timedelta | None = None) -> tuple[str, Token]:
    secret, now = NewSecret.make(), world.clock.now()
    ends = None if until is None else now + until
    token = Token(secret.id, name, secret.digest, frozenset({Access.READ}), "cli", "", False, now, ends)
    store.token_table.add(token)
    return secret.value, token


def test_one_is_known_from_its_making_to_its_end(store: ProgramStore, world: World) -> None:
    known = KnownTokens(world)
    assert known.find(NewSecret.make().value) is None
    secret, token = add(store, world)
    assert known.find(secret) == token
    store.token_table.revoke(token)
    assert known.find(secret) is None


def test_the_secret_before_the_last_is_good_for_nothing(store: ProgramStore, world: World) -> None:
    known, (secret, token) = KnownTokens(world), add(store, world)
    assert known.find(secret) == token
    again = NewSecret.make(token.id)
    store.token_table.rotate(token, again.digest)
    assert known.find(secret) is None
    assert known.find(again.value)


def test_one_ends_by_the_clock_on_the_wall(store: ProgramStore, world: World, clock: HandClock) -> None:
    known, (secret, token) = KnownTokens(world), add(store, world, until=HOUR)
    clock.sleep(3_599)
    assert known.find(secret) == token
    clock.sleep(1)
    assert known.find(secret) is None
    clock.sleep(-1)  # the clock was wrong, and was set back
    assert known.find(secret) == token


def test_nothing_is_read_again_where_nothing_is_new(
    store: ProgramStore, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, (secret, token) = KnownTokens(world), add(store, world)
    assert known.find(secret) == token
    read = list[object]()
    monkeypatch.setattr("aisync_desktop.service.access.known_tokens.ProgramReader.of", read.append)
    world.bus.publish(Fed("sync"))
    assert known.find(secret) == token
    assert read == []


def test_more_news_than_the_bus_keeps_are_news_all_the_same(store: ProgramStore, world: World) -> None:
    known, (secret, token) = KnownTokens(world), add(store, world)
    assert known.find(secret) == token
    store.token_table.revoke(token)
    for _ in range(1_000):
        world.bus.publish(Fed("sync"))
    assert known.find(secret) is None


def test_a_database_that_was_begun_anew_knows_none_of_those_before(store: ProgramStore, world: World) -> None:
    known, (secret, token) = KnownTokens(world), add(store, world)
    assert known.find(secret) == token
    store.feed.on_told = lambda: None
    ProgramStore.begin_anew(world.program_database, world.clock, {})
    assert known.find(secret) is None


def test_one_that_cannot_be_read_knows_none_until_it_can(store: ProgramStore, world: World) -> None:
    known, (secret, token) = KnownTokens(world), add(store, world)
    sound = world.program_database.with_name("sound")
    store.close()
    world.program_database.rename(sound)
    world.program_database.write_bytes(b"no database" * 1_000)
    assert known.find(secret) is None
    sound.replace(world.program_database)
    assert known.find(secret) == token


@pytest.mark.parametrize("shown", ["", "x", "aisync_000000000000_" + "x" * 43, "../../etc/passwd", "é" * 10_000])
def test_what_is_no_secret_finds_nothing(store: ProgramStore, world: World, shown: str) -> None:
    add(store, world)
    assert KnownTokens(world).find(shown) is None
