"""Settings and trail move out of sync's database: from every older version, and whenever somebody dies on the way."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from peewee import SqliteDatabase

from aisync_desktop.database.connection import UserVersion, connect_writer, raw
from aisync_desktop.database.errors import DamagedDatabaseError, FullDiskError
from aisync_desktop.database.writer import Writer
from aisync_desktop.program.store.carried import carried_by, carries
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.lean_reader import LeanReader
from aisync_desktop.sync.store.store import Store
from tests.helpers.memory_vault import MemoryVault
from tests.helpers.old_database import ACTIONS, OLD_VERSIONS, SETTINGS, make_old
from tests.helpers.statement_deaths import Mortal, die_at_every_statement
from tests.sync.store.conftest import TickingClock


def open_sync(database: Path, clock: TickingClock) -> Store:
    return Store.open(database, clock, KeyRing(database.parent, MemoryVault()))


def open_an_old_one(folder: Path, mortal: Mortal) -> None:
    """What may be cut off: every connection that writes counts."""

    def watched(path: Path, known: UserVersion) -> SqliteDatabase:
        db = connect_writer(path, known)
        mortal.lives_by(raw(db))
        return db

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aisync_desktop.database.writer.connect_writer", watched)
        open_sync(make_old(folder / "aisync.sqlite3", 3), TickingClock()).close()


def has_moved(database: Path, program: Path) -> None:
    """Everything is in the program's database, once, and nothing in sync's any more."""
    with closing(ProgramReader(program, database)) as reader:
        assert reader.settings() == SETTINGS
        assert [entry.action for entry in reversed(reader.audit_trail())] == ACTIONS
    with closing(sqlite3.connect(database)) as db:
        assert not carries(db)
    assert carried_by(database).settings == ()


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_every_older_version_hands_its_settings_over(
    sync_database: Path, path: Path, clock: TickingClock, version: int
) -> None:
    make_old(sync_database, version)
    with closing(open_sync(sync_database, clock)) as store:
        assert store.pause() == "kept"
    has_moved(sync_database, path)
    (copy,) = sync_database.parent.glob("*.before-m*")
    assert len(carried_by(copy).settings) == len(SETTINGS)  # for who goes back to the older program


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_whoever_only_reads_sees_them_before_and_writes_nothing(
    sync_database: Path, path: Path, reader: ProgramReader, version: int
) -> None:
    make_old(sync_database, version)
    before = sync_database.read_bytes()
    assert reader.settings() == SETTINGS
    assert [entry.action for entry in reversed(reader.audit_trail())] == ACTIONS
    with closing(LeanReader(sync_database, lambda: KeyRing(sync_database.parent, MemoryVault()))) as lean:
        assert lean.projects() == ()
    assert sync_database.read_bytes() == before
    assert not path.exists()


def test_the_programs_store_takes_them_over_whoever_opens_it_first(
    sync_database: Path, path: Path, clock: TickingClock
) -> None:
    make_old(sync_database, 2)
    with closing(ProgramStore.open(path, sync_database, clock)) as program:
        assert program.settings() == SETTINGS
        program.set_setting("port", 0)  # from here on it is the program's database that counts
        program.set_setting("priority", "")
    with closing(ProgramReader(path, sync_database)) as reader:
        assert reader.settings() == {**SETTINGS, "port": 0, "priority": ""}


def test_a_reader_that_is_open_goes_on_by_the_new_file(
    sync_database: Path, path: Path, reader: ProgramReader, clock: TickingClock
) -> None:
    make_old(sync_database, 5)
    assert reader.settings() == SETTINGS
    open_sync(sync_database, clock).close()
    with closing(ProgramStore.open(path, sync_database, clock)) as program:
        program.set_setting("language", "en")
    assert reader.settings() == {**SETTINGS, "language": "en"}


def test_a_reader_that_comes_while_they_move_sees_them(
    sync_database: Path, path: Path, clock: TickingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It finds no database of the program's, and in sync's nothing any more: they moved in between."""
    make_old(sync_database, 5)

    def late(database: Path) -> object:
        open_sync(database, clock).close()
        return carried_by(database)

    with closing(ProgramReader(path, sync_database)) as reader:
        with monkeypatch.context() as patch:
            patch.setattr("aisync_desktop.program.store.migrations.carried_by", _once(late))
            assert reader.settings() == SETTINGS
        assert reader.settings() == SETTINGS


def _once(late: object) -> object:
    """Let the first caller be late, and nobody that it calls itself."""
    calls: list[Path] = []

    def first_late(database: Path) -> object:
        calls.append(database)
        return late(database) if len(calls) == 1 else carried_by(database)  # type: ignore[operator]

    return first_late


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_death_at_any_statement_of_the_move_costs_nothing(tmp_path: Path, clock: TickingClock) -> None:
    lives = die_at_every_statement(open_an_old_one, tmp_path)
    assert len(lives) > 20
    halfway = set()
    for life in lives:
        database = life / "aisync.sqlite3"
        program = database.with_name("program.sqlite3")
        with closing(sqlite3.connect(database)) as db:
            halfway.add((carries(db), bool(program.exists() and program.stat().st_size)))
        with closing(ProgramReader(program, database)) as reader:
            assert reader.settings() == SETTINGS
            assert [entry.action for entry in reversed(reader.audit_trail())] == ACTIONS
        with closing(open_sync(database, clock)) as store:
            assert store.pause() == "kept"
        has_moved(database, program)
    assert halfway == {(True, False), (True, True), (False, True)}


def test_a_full_disk_leaves_them_where_they_are(
    sync_database: Path, path: Path, clock: TickingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_old(sync_database, 5)

    def full(self: Writer, *_: object) -> None:
        raise FullDiskError(self.path)

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "writing", full)
        with pytest.raises(FullDiskError):
            open_sync(sync_database, clock)
    assert len(carried_by(sync_database).settings) == len(SETTINGS)
    open_sync(sync_database, clock).close()
    has_moved(sync_database, path)


def test_who_went_back_to_the_older_program_and_comes_again_keeps_what_was_set_there(
    sync_database: Path, path: Path, clock: TickingClock
) -> None:
    make_old(sync_database, 5)
    open_sync(sync_database, clock).close()
    sync_database.unlink()
    make_old(sync_database, 5, port="0")  # the copy from before, with one more setting
    open_sync(sync_database, clock).close()
    with closing(ProgramReader(path, sync_database)) as reader:
        assert reader.settings() == {**SETTINGS, "port": 0}
        assert [entry.action for entry in reversed(reader.audit_trail())] == ACTIONS


def test_a_broken_database_of_syncs_is_not_taken_for_one_without_settings(
    sync_database: Path, path: Path, clock: TickingClock
) -> None:
    sync_database.parent.mkdir()
    sync_database.write_bytes(b"x" * 8192)
    with pytest.raises(DamagedDatabaseError) as caught:
        ProgramStore.open(path, sync_database, clock)
    assert caught.value.path == sync_database


def test_what_another_program_has_there_is_none_of_ours(sync_database: Path, path: Path, clock: TickingClock) -> None:
    sync_database.parent.mkdir()
    with closing(sqlite3.connect(sync_database)) as theirs, theirs:
        theirs.execute("CREATE TABLE setting (name, value)")
        theirs.execute("CREATE TABLE audit (actor)")
        theirs.execute("INSERT INTO setting VALUES ('port', '1')")
    with closing(ProgramStore.open(path, sync_database, clock)) as program:
        assert program.settings() == {}
