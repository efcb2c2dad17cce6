"""A damaged database is set aside and rebuilt from the files; nothing is deleted for want of a memory."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from aisync_desktop.database.errors import BusyDatabaseError, DamagedDatabaseError
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.lost_database import Remembered
from aisync_desktop.sync.answering.opening import open_engine, recovered, rescue_damaged
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.rescue import Rescued, salvaged
from aisync_desktop.sync.store.retention import Pruned
from aisync_desktop.sync.store.store import Store
from tests.helpers.clients import Clients
from tests.helpers.clock import HandClock
from tests.helpers.killed import killed_at

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
ALL = ["claude-code", "codex", "qwen-code", "rovodev"]


@pytest.fixture
def closed(world: World, clients: Clients) -> World:
    """A world whose engine was adopted, has a setting and is closed."""
    engine = open_engine(world)
    engine.set_setting("history_days", 30)
    engine.adopt("user")
    engine.close()
    return world


def damage(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xff" * 4096)


def opened(world: World, *, doubtful: bool = False) -> Engine:
    return open_engine(world, doubtful=doubtful)


def asides(world: World) -> list[Path]:
    return sorted(world.database.parent.glob("*.damaged-*"))


def test_a_file_that_is_no_database_is_set_aside_and_said_so(closed: World, clients: Clients) -> None:
    closed.database.write_bytes(b"x" * 8192)
    before = clients.bytes()
    engine = opened(closed)
    assert [path.read_bytes()[:1] for path in asides(closed)] == [b"x"]
    assert [problem.title.code for problem in engine.status().problems] == ["store.rebuilt"]
    assert engine.status().health is Health.NEW  # what we were told cannot be read: so the user is asked again
    assert clients.bytes() == before
    engine.close()


def _empty(path: Path) -> None:
    os.truncate(path, 0)


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _be_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("happen", [_empty, _cut, _be_a_folder])
def test_what_is_not_there_any_more_is_said_too(
    closed: World, clients: Clients, happen: Callable[[Path], None]
) -> None:
    happen(closed.database)
    before = clients.bytes()
    with contextlib.closing(opened(closed, doubtful=True)) as engine:
        assert [problem.title.code for problem in engine.status().problems] == ["store.rebuilt"]
    assert asides(closed)
    assert clients.bytes() == before


def test_what_the_safe_keeps_is_taken_over_with_its_key(world: World, clients: Clients) -> None:
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}},'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry}')
    engine = open_engine(world)
    engine.adopt("user")
    engine.close()
    clients.replace("claude-code", entry, "")  # it stands in no file any more
    with contextlib.closing(Reader.of(world)) as reader:
        (before,) = reader.kept_secrets()
    damage(world.database, world.database.read_bytes().index(b"first-sight") // 4096 * 4096)
    opened(world, doubtful=True).close()
    assert asides(world)
    with contextlib.closing(Reader.of(world)) as reader:
        (kept,) = reader.kept_secrets()
        assert (kept.reference, kept.since) == (before.reference, before.since)
        assert world.safe(reader).get(kept.reference) == CANARY


def test_what_can_be_read_is_taken_over(closed: World, clients: Clients) -> None:
    damage(closed.database, closed.database.read_bytes().index(b"first-sight") // 4096 * 4096)
    clients.add("codex", "fresh")
    engine = opened(closed, doubtful=True)
    assert asides(closed)
    assert engine.adopted
    engine.sync("watch")
    assert all("fresh" in clients.servers(client) for client in ALL)
    assert ProgramReader.of(closed).settings() == {"history_days": 30}
    engine.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("adopted_at", '"some day"'),
        ("adopted_at", "{"),
        ("projects", '["not/absolute"]'),
        ("data_key", '{"id": "x", "place": "elsewhere"}'),
        ("reach", '{"off": [["user", "nonsense/x"]]}'),
    ],
)
def test_what_makes_no_sense_is_not_taken_over(closed: World, name: str, value: str) -> None:
    with contextlib.closing(sqlite3.connect(closed.database)) as db, db:
        db.execute("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)", (name, value))
    Store.begin_anew(closed.database, closed.clock, closed.keys(), salvaged(closed.database))
    engine = opened(closed)
    engine.recover()
    assert engine.sync("watch").failed == {}
    assert engine.projects == ()
    engine.close()


def test_a_new_database_that_cannot_be_folded_into_one_file_does_not_take_the_place_of_the_damaged_one(
    closed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = salvaged(closed.database)
    closed.database.write_bytes(b"x" * 8192)
    take_over = Store.take_over
    readers: list[sqlite3.Connection] = []

    def while_read(store: Store, rescued: Rescued, aside: str) -> None:
        reader = sqlite3.connect(store.path, isolation_level=None)  # what a full disk does, too: the log stays beside
        reader.execute("BEGIN").execute("SELECT * FROM fact").fetchall()
        readers.append(reader)
        take_over(store, rescued, aside)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "take_over", while_read)
        with pytest.raises(BusyDatabaseError):
            Store.begin_anew(closed.database, closed.clock, closed.keys(), found)
    assert closed.database.read_bytes() == b"x" * 8192
    readers[0].close()
    Store.begin_anew(closed.database, closed.clock, closed.keys(), found)
    with contextlib.closing(opened(closed)) as engine:
        assert engine.adopted


def test_differences_are_asked_about_when_the_memory_is_gone(closed: World, clients: Clients) -> None:
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    closed.database.write_bytes(b"x" * 8192)
    engine = opened(closed)
    engine.adopt("user")
    assert [decision.kind for decision in engine.status().decisions] == ["conflict"]
    assert clients.commands()["codex"]["github"] == "deno"
    engine.close()


@pytest.mark.parametrize("table", ["journal", "sync_event"])
def test_damage_that_shows_only_when_the_last_run_is_cleared_up_is_mended_too(
    closed: World, clients: Clients, table: str
) -> None:
    with contextlib.closing(sqlite3.connect(closed.database)) as db:
        query = "SELECT rootpage FROM sqlite_master WHERE tbl_name = ?"
        pages = [page for (page,) in db.execute(query, (table,)) if page]
    for page in pages:
        damage(closed.database, (page - 1) * 4096)
    with contextlib.closing(recovered(partial(open_engine, closed))) as engine:
        clients.add("codex", "fresh")
        engine.sync("watch")
        assert all("fresh" in clients.servers(client) for client in ALL)
        assert asides(closed)


@pytest.mark.parametrize("mended", [True, False])
def test_damage_that_opening_does_not_show_has_it_opened_once_more_and_not_for_ever(
    closed: World, monkeypatch: pytest.MonkeyPatch, mended: bool
) -> None:
    doubts: list[bool] = []

    def open_it(*, doubtful: bool = False, remembered: Remembered | None = None) -> Engine:
        engine = open_engine(closed, doubtful=doubtful, remembered=remembered)
        doubts.append(doubtful)
        if not (doubtful and mended):
            monkeypatch.setattr(engine, "recover", partial(_stumble, closed.database))
        return engine

    if mended:
        recovered(open_it).close()
    else:
        with pytest.raises(DamagedDatabaseError):
            recovered(open_it)
    assert doubts == [False, True]


def _stumble(database: Path) -> None:
    raise DamagedDatabaseError(database)


def test_what_was_rescued_before_the_settings_were_read_is_told_by_the_engine(closed: World, clients: Clients) -> None:
    closed.database.write_bytes(b"x" * 8192)
    before = clients.bytes()
    for _ in range(2):
        rescue_damaged(closed)
    with contextlib.closing(open_engine(closed)) as engine:
        (problem,) = engine.status().problems
        assert (problem.title.code, problem.path) == ("store.rebuilt", str(asides(closed)[0]))
    assert clients.bytes() == before


def test_maintenance_tells_of_a_broken_database(world: World, clients: Clients) -> None:
    engine = open_engine(world)
    for number in range(40):
        engine._store.log("info", "a line" * 200, {"number": number})
    engine.close()
    damage(world.database, world.database.read_bytes().index(b"a line" * 200) // 4096 * 4096)
    engine = open_engine(world)
    with pytest.raises(DamagedDatabaseError):
        engine.maintain()
    engine.close()


def test_maintenance_drops_what_the_settings_say(world: World, clients: Clients) -> None:
    clock = HandClock()
    engine = open_engine(replace(world, clock=clock))
    engine.adopt("user")
    for name in ("one", "two", "three"):
        clients.add("codex", name)
        engine.sync("watch")
    pruned: list[Pruned] = []
    for _ in range(22):
        pruned.append(engine.maintain())
        clock.sleep(dt.timedelta(days=20).total_seconds())
    lines, history = (one for one in pruned if one != Pruned())
    assert (pruned.index(lines), lines.log_lines, lines.versions) == (5, 4, 0)  # after 90 days
    assert (pruned.index(history), history.snapshots) == (19, 3)  # after 365
    assert history.versions > 0
    assert engine.sync("watch").written == ()
    engine.close()


def test_a_key_that_is_not_there_any_more_is_no_trouble_after_a_rescue(closed: World, clients: Clients) -> None:
    with contextlib.closing(sqlite3.connect(closed.database)) as db, db:
        db.execute('UPDATE fact SET value = \'{"id": "gone", "place": "file"}\' WHERE name = \'data_key\'')
    damage(closed.database, closed.database.read_bytes().index(b"first-sight") // 4096 * 4096)
    engine = opened(closed, doubtful=True)
    assert asides(closed)
    assert engine.adopted
    clients.add("codex", "fresh")
    engine.sync("watch")
    assert all("fresh" in clients.servers(client) for client in ALL)
    engine.close()


@pytest.mark.parametrize(
    "last",
    [
        "sync.store.store.Store.take_over",
        "sync.store.store.move_aside",
        "sync.store.store.put_in_place",
        "sync.store.store.thin_out",
        "sync.answering.engine.Engine.rebuild",
        "sync.answering.engine.Engine.close",
    ],
)
def test_whoever_is_killed_in_a_rescue_loses_nothing_of_it(closed: World, clients: Clients, last: str) -> None:
    damage(closed.database, closed.database.read_bytes().index(b"first-sight") // 4096 * 4096)
    before = clients.bytes()
    with killed_at(last):
        opened(closed, doubtful=True).close()
    with contextlib.closing(opened(closed, doubtful=True)) as engine:
        assert engine.adopted
        assert [problem.title.code for problem in engine.status().problems] == ["store.rebuilt"]
        assert ProgramReader.of(closed).settings() == {"history_days": 30}
    with contextlib.closing(opened(closed)) as engine:
        assert engine.status().problems == ()  # it was told
    assert asides(closed)
    assert clients.bytes() == before
    assert not list(closed.database.parent.glob("*.rescued*"))


def test_damage_in_what_nobody_needs_is_found_within_an_hour(closed: World, clients: Clients) -> None:
    clock = HandClock()
    with contextlib.closing(open_engine(replace(closed, clock=clock))) as engine:
        engine.sync("watch")
        damage(closed.database, closed.database.read_bytes().index(b"first-sight") // 4096 * 4096)
        engine.require_readable()
        clock.sleep(3600)
        with pytest.raises(DamagedDatabaseError):
            engine.require_readable()
    assert all(clients.bytes())
