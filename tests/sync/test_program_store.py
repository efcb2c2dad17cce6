"""The engine and the program's store: either database may break, and the other one is none the worse for it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.store.reads import ProgramReader, stored_settings
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine, recovered, rescue_damaged
from aisync_desktop.sync.reports.preview import preview
from tests.helpers.clients import Clients
from tests.helpers.clock import HandClock
from tests.helpers.killed import killed_at
from tests.helpers.old_database import ACTIONS, OLD_VERSIONS, SETTINGS, make_old

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]


@pytest.fixture
def closed(world: World, clients: Clients) -> World:
    """A world whose engine was adopted, has a setting and is closed."""
    del clients
    with closing(open_engine(world)) as engine:
        engine.set_setting("history_days", 30)
        engine.set_setting("language", "ko")
        engine.adopt("user")
    return world


def told(engine: Engine) -> list[str]:
    return [problem.title.code for problem in engine.status().problems]


def settings(world: World) -> dict[str, object]:
    with closing(ProgramReader.of(world)) as reader:
        return reader.settings()


def goes_on(engine: Engine, clients: Clients) -> bool:
    """Whether what is added at one client comes to all."""
    clients.add("codex", "fresh")
    engine.sync("watch")
    return all("fresh" in clients.servers(client) for client in ALL)


def _overwrite(path: Path) -> None:
    path.write_bytes(b"x" * 8192)


def _empty(path: Path) -> None:
    os.truncate(path, 0)


def _be_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _be_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _be_a_link_to_nothing_of_ours(path: Path) -> None:
    path.unlink()
    (path.parent / "theirs").write_text("not a database" * 99)
    path.symlink_to(path.parent / "theirs")


@pytest.mark.skipif(os.name != "posix", reason="pipes and links as POSIX has them")
@pytest.mark.parametrize("happen", [_overwrite, _empty, _be_a_folder, _be_a_pipe, _be_a_link_to_nothing_of_ours])
def test_sync_goes_on_with_defaults_and_says_so(
    closed: World, clients: Clients, happen: Callable[[Path], None]
) -> None:
    happen(closed.program_database)
    with closing(recovered(lambda **how: open_engine(closed, **how))) as engine:
        assert engine.adopted
        assert told(engine) == ["store.settings-lost"]
        assert goes_on(engine, clients)
        engine.set_setting("history_days", 60)
    assert settings(closed) == {"history_days": 60}
    assert list(closed.program_database.parent.glob("program.sqlite3.damaged-*"))
    with closing(open_engine(closed)) as again:
        assert told(again) == []


def test_of_a_damaged_one_all_is_kept_that_can_be_read_and_makes_sense(closed: World, clients: Clients) -> None:
    with closing(sqlite3.connect(closed.program_database)) as db, db:
        db.execute("INSERT INTO setting VALUES ('log_days', '\"ever\"'), ('port', '{'), ('unheard', '1')")
        rows = [("user", "reach", "x" * 3000, "{}", "2026-01-01T00:00:00.000000Z")] * 20
        db.executemany("INSERT INTO audit (actor, action, target, detail, created_at) VALUES (?, ?, ?, ?, ?)", rows)
    held = bytearray(closed.program_database.read_bytes())
    held[-8192:] = b"\xff" * 8192
    closed.program_database.write_bytes(held)
    with closing(open_engine(closed, doubtful=True)) as engine:
        assert told(engine) == ["store.settings-lost"]
        assert goes_on(engine, clients)
    assert settings(closed) == {"history_days": 30, "language": "ko"}


def test_a_damaged_database_of_syncs_costs_no_setting(closed: World) -> None:
    _overwrite(closed.database)
    with closing(open_engine(closed)) as engine:
        assert told(engine) == ["store.rebuilt"]
    assert settings(closed) == {"history_days": 30, "language": "ko"}


def test_both_may_be_damaged(closed: World, clients: Clients) -> None:
    _overwrite(closed.database)
    _overwrite(closed.program_database)
    with closing(open_engine(closed)) as engine:
        assert sorted(told(engine)) == ["store.rebuilt", "store.settings-lost"]
        engine.adopt("user")
        assert goes_on(engine, clients)


def test_what_was_set_aside_before_the_settings_were_read_is_told_by_the_engine(closed: World) -> None:
    _overwrite(closed.program_database)
    with pytest.raises(DamagedDatabaseError):
        stored_settings(closed, ProgramSettings)
    rescue_damaged(closed)
    assert stored_settings(closed, ProgramSettings) == ProgramSettings()
    (aside,) = closed.program_database.parent.glob("program.sqlite3.damaged-*")
    with closing(open_engine(closed)) as engine:
        (problem,) = engine.status().problems
        assert (problem.title.code, problem.path) == ("store.settings-lost", str(aside))


def test_one_that_stays_damaged_is_not_set_aside_for_ever(closed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(self: ProgramStore) -> dict[str, object]:
        del self
        raise DamagedDatabaseError(closed.program_database)

    monkeypatch.setattr(ProgramStore, "settings", stumble)
    with pytest.raises(DamagedDatabaseError):
        open_engine(closed)


@pytest.mark.parametrize("happen", [_overwrite, _empty])
def test_what_is_in_memory_outlives_a_file_that_cannot_be_read_any_more(
    closed: World, clients: Clients, happen: Callable[[Path], None]
) -> None:
    engine = open_engine(closed)
    engine.sync("watch")
    with closing(sqlite3.connect(closed.program_database)) as folding:
        folding.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    happen(closed.program_database)
    with pytest.raises(DamagedDatabaseError):
        engine.require_readable()
    remembered = engine.remembered()
    engine.close()
    with closing(open_engine(closed, doubtful=True, remembered=remembered)) as again:
        assert again.adopted
        assert told(again) == ["store.settings-lost"]
        assert goes_on(again, clients)
    assert settings(closed) == {"history_days": 30, "language": "ko"}


def test_what_is_in_memory_is_not_put_over_a_file_that_is_whole(closed: World) -> None:
    engine = open_engine(closed)
    engine.sync("watch")
    engine.set_setting("history_days", 90)  # and no look since
    remembered = engine.remembered()
    engine.close()
    open_engine(closed, doubtful=True, remembered=remembered).close()
    assert settings(closed)["history_days"] == 90


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody delete a file that is open")
def test_it_is_there_again_when_somebody_deletes_it_while_we_run(closed: World, clients: Clients) -> None:
    with closing(open_engine(closed)) as engine:
        closed.program_database.unlink()
        engine.sync("watch")
        assert told(engine) == ["store.displaced"]
        assert settings(closed) == {"history_days": 30, "language": "ko"}
        assert goes_on(engine, clients)


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_an_engine_brings_every_older_database_up_to_date(world: World, clients: Clients, version: int) -> None:
    make_old(world.database, version)
    with closing(open_engine(world)) as engine:
        assert told(engine) == []
        engine.adopt("user")
        assert goes_on(engine, clients)
        engine.set_setting("language", "en")
    with closing(ProgramReader.of(world)) as reader:
        assert reader.settings() == {**SETTINGS, "language": "en"}
        assert [entry.action for entry in reversed(reader.audit_trail())][: len(ACTIONS)] == ACTIONS


def test_a_look_at_the_last_older_version_needs_no_writer(world: World, clients: Clients) -> None:
    del clients
    make_old(world.database, max(OLD_VERSIONS))
    assert dict(preview(world).looked.settings) == SETTINGS
    assert not world.program_database.exists()


def test_of_an_older_one_that_is_damaged_the_settings_are_read_too(world: World) -> None:
    make_old(world.database, max(OLD_VERSIONS), log_days='"ever"')
    with closing(sqlite3.connect(world.database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((page,),) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'audit'")
    held = bytearray(world.database.read_bytes())
    held[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    world.database.write_bytes(held)
    with closing(open_engine(world)) as engine:
        assert told(engine) == ["store.rebuilt"]
    assert settings(world) == SETTINGS


def test_leaving_keeps_settings_and_trail(closed: World) -> None:
    with closing(open_engine(closed)) as engine:
        engine.leave()
        assert not engine.adopted
    with closing(ProgramReader.of(closed)) as reader:
        assert reader.settings() == {"history_days": 30, "language": "ko"}
        assert "left" in [entry.action for entry in reader.audit_trail()]


@pytest.mark.parametrize(
    "last",
    [
        "program.store.store.ProgramStore.take_over",
        "program.store.store.move_aside",
        "program.store.store.put_in_place",
        "program.store.store.thin_out",
        "sync.answering.engine.Engine.close",
    ],
)
def test_whoever_is_killed_while_they_are_rescued_loses_nothing_of_them(closed: World, last: str) -> None:
    with closing(sqlite3.connect(closed.program_database)) as db, db:
        db.execute("INSERT INTO setting VALUES ('log_days', '\"ever\"')")
    with killed_at(last):
        open_engine(closed).close()
    with closing(open_engine(closed)) as engine:
        assert told(engine) == ["store.settings-lost"]
    with closing(open_engine(closed)) as engine:
        assert told(engine) == []  # it was told
    assert settings(closed) == {"history_days": 30, "language": "ko"}
    assert not list(closed.program_database.parent.glob("*.rescued*"))


@pytest.mark.parametrize("last", ["sync.store.store.Store.begin_anew", "sync.store.store.put_in_place"])
def test_whoever_is_killed_while_an_older_one_is_rescued_loses_no_setting(world: World, last: str) -> None:
    make_old(world.database, max(OLD_VERSIONS), log_days='"ever"')
    with closing(sqlite3.connect(world.database)) as db:
        db.execute("UPDATE fact SET value = '{'")
        db.execute("INSERT INTO fact VALUES ('adopted_at', '7')")
        db.execute("UPDATE audit SET target = x'00'")
        db.commit()
    with killed_at(last):
        open_engine(world).close()
    with closing(open_engine(world)) as engine:
        assert told(engine) == ["store.rebuilt"]
    assert settings(world) == SETTINGS


def test_damage_in_what_nobody_needs_is_found_within_an_hour(closed: World) -> None:
    with closing(sqlite3.connect(closed.program_database)) as db, db:
        rows = [("user", "reach", "x" * 3000, "{}", "2026-01-01T00:00:00.000000Z")] * 20
        db.executemany("INSERT INTO audit (actor, action, target, detail, created_at) VALUES (?, ?, ?, ?, ?)", rows)
    clock = HandClock()
    with closing(open_engine(replace(closed, clock=clock))) as engine:
        engine.sync("watch")
        with closed.program_database.open("r+b") as file:
            file.seek(-8192, os.SEEK_END)
            file.write(b"\xff" * 8192)
        engine.require_readable()
        clock.sleep(3600)
        with pytest.raises(DamagedDatabaseError):
            engine.require_readable()
