"""The world at its worst: full disk, sudden death, damaged and foreign files."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import (
    DamagedDatabaseError,
    DeniedDatabaseError,
    ForeignDatabaseError,
    FullDiskError,
    NewerDatabaseError,
    StoreError,
    converted,
)
from aisync_desktop.database.migrating import Migration, migrate
from aisync_desktop.kernel.errors import BugError
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.migrations import KNOWN, MIGRATIONS
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.records import ClientRecord, NewSnapshot, NewVersion, SyncStart, Target, TargetState
from aisync_desktop.sync.store.store import Store
from tests.helpers.memory_vault import MemoryVault
from tests.helpers.statement_deaths import Mortal, die_at_every_statement
from tests.sync.store.conftest import TickingClock, sql


class DirectoryVault(MemoryVault):
    """A vault that outlives its process."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def get(self, name: str) -> str | None:
        file = self._folder / name.replace(":", "-")
        return file.read_text() if file.exists() else None

    def put(self, name: str, value: str) -> None:
        (self._folder / name.replace(":", "-")).write_text(value)


def begin(store: Store, number: int) -> int:
    """Begin a sync that touches every table a sync touches."""
    store.register_clients([ClientRecord("codex", "Codex CLI")])
    data = b"%d" % number * 5000
    return store.begin_sync(
        SyncStart(
            "user",
            "sync",
            "codex",
            NewSnapshot(str(number), {"mcp/a": {"command": str(number)}}, "codex"),
            tuple(NewVersion(f"/h/{i}", data + b"%d" % i, "seen", "codex") for i in range(3)),
            tuple(Target("codex", f"/h/{i}", "", str(number)) for i in range(3)),
        )
    )


def open_in(folder: Path) -> Store:
    return Store.open(folder / "db", TickingClock(), KeyRing(folder, DirectoryVault(folder)))


def sync_again(folder: Path, mortal: Mortal) -> None:
    """What may be cut off: the second sync."""
    store = open_in(folder)
    begin(store, 1)
    mortal.lives_by(raw(store._writer.db))
    begin(store, 2)


def assert_whole(store: Store, syncs: int) -> None:
    """The database is as after so many whole syncs."""
    assert store.is_sound()
    assert len(store.sync_events()) == len(store.snapshots()) == syncs
    assert len(store.unfinished()) == 3 * syncs
    for path in store.version_paths():
        versions = store.versions(path)
        assert len(versions) == syncs
        for version in versions:
            assert store.blob(version.hash).endswith(path[-1:].encode())
    sql(store, "INSERT INTO log_fts (log_fts) VALUES ('integrity-check')")
    assert sql(store, "PRAGMA foreign_key_check") == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_death_at_any_statement_of_a_sync_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    lives = die_at_every_statement(sync_again, tmp_path)
    assert len(lives) > 10
    for life in lives:
        with closing(open_in(life)) as store:
            assert_whole(store, syncs=2 if life == lives[-1] else 1)
            begin(store, 3)


@pytest.mark.parametrize("spare_pages", [0, 1, 2, 3])
def test_a_full_disk_stops_a_sync_before_it_begins_and_the_store_goes_on(store: Store, spare_pages: int) -> None:
    begin(store, 1)
    sql(store, "PRAGMA wal_checkpoint(TRUNCATE)")
    (pages,) = sql(store, "PRAGMA page_count")[0]
    sql(store, f"PRAGMA max_page_count = {int(str(pages)) + spare_pages}")
    with pytest.raises(FullDiskError) as caught:
        store.keep_version("/h/new", os.urandom(50_000), "seen", "codex")
    assert "space" in caught.value.next_step.english()
    assert str(store.path.parent) in caught.value.message.english()
    assert "/h/new" not in store.version_paths()
    assert_whole(store, syncs=1)
    sql(store, "PRAGMA max_page_count = 100000")
    begin(store, 2)
    assert_whole(store, syncs=2)


@pytest.mark.parametrize("content", [b"not a database " * 99, b"SQLite format 3\0" + b"\xff" * 999])
def test_a_file_that_is_no_database_is_refused_with_advice(
    path: Path, clock: TickingClock, ring: KeyRing, content: bytes
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    for attempt in (lambda: Store.open(path, clock, ring), Reader(path, ring).memory):
        with pytest.raises(DamagedDatabaseError) as caught:
            attempt()
        assert caught.value.path == path
        assert "aisync restore" in caught.value.next_step.english()
    assert path.read_bytes() == content


def test_a_damaged_database_is_a_worlds_error_wherever_it_is_met(store: Store, path: Path, reader: Reader) -> None:
    begin(store, 1)
    store.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    for read in (reader.memory, reader.snapshots, reader.unfinished, reader.logs, reader.version_paths):
        with pytest.raises(StoreError):
            read()


def test_soundness_is_seen_and_its_lack_too(store: Store, path: Path, reader: Reader) -> None:
    begin(store, 1)
    assert store.is_sound()
    store.close()
    data = bytearray(path.read_bytes())
    data[-4096:] = b"\xff" * 4096
    path.write_bytes(data)
    assert not reader.is_sound()


def test_another_programs_database_is_left_alone(path: Path, clock: TickingClock, ring: KeyRing) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (id INTEGER)")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(ForeignDatabaseError):
        Store.open(path, clock, ring)
    with pytest.raises(ForeignDatabaseError):
        Reader(path, ring).memory()
    assert path.read_bytes() == before


def test_a_database_of_the_next_major_version_is_refused_untouched(
    store: Store, path: Path, clock: TickingClock, ring: KeyRing
) -> None:
    sql(store, f"PRAGMA user_version = {KNOWN.major + 1 << 16 | 7}")
    store.close()
    before = path.read_bytes()
    with pytest.raises(NewerDatabaseError) as caught:
        Store.open(path, clock, ring)
    assert f"{KNOWN.major + 1}.7" in caught.value.message.english()
    assert path.read_bytes() == before


def test_a_database_of_a_later_minor_version_is_used_and_stays_one(
    store: Store, path: Path, clock: TickingClock, ring: KeyRing, reader: Reader
) -> None:
    sql(store, "INSERT INTO migration VALUES ('m999_later', '')")
    sql(store, f"PRAGMA user_version = {KNOWN.major << 16 | 7}")
    store.close()
    again = Store.open(path, clock, ring)
    try:
        begin(again, 1)
        assert sql(again, "PRAGMA user_version") == [(KNOWN.major << 16 | 7,)]
        assert len(reader.snapshots()) == 1
    finally:
        again.close()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="modes bind neither Windows nor root")
def test_a_folder_that_cannot_be_written_is_named_in_the_error(
    tmp_path: Path, clock: TickingClock, ring: KeyRing
) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(0o500)
    with pytest.raises(DeniedDatabaseError) as caught:
        Store.open(folder / "db", clock, ring)
    assert caught.value.path == folder / "db"


def test_a_place_that_is_no_folder_is_named_in_the_error(tmp_path: Path, clock: TickingClock, ring: KeyRing) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DeniedDatabaseError) as caught:
        Store.open(tmp_path / "file" / "db", clock, ring)
    assert caught.value.path == tmp_path / "file" / "db"


def test_a_migration_that_fails_leaves_the_file_free(
    path: Path, clock: TickingClock, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (id INTEGER)")
        raise sqlite3.OperationalError

    broken = [*MIGRATIONS, Migration("m999_broken", fail, breaks=False)]
    monkeypatch.setattr(
        "aisync_desktop.database.writer.migrate",
        lambda connection, path, now, _: migrate(connection, path, now, broken),
    )
    with pytest.raises(BugError):
        Store.open(path, clock, ring)
    monkeypatch.undo()
    again = Store.open(path, clock, ring)
    assert_whole(again, syncs=0)
    assert sql(again, "SELECT * FROM sqlite_master WHERE name = 'half'") == []
    again.close()


def test_an_interrupted_sync_is_shown_until_it_is_settled(store: Store) -> None:
    sync_id = begin(store, 1)
    store.finish_target(sync_id, "/h/0", TargetState.DONE)
    assert [entry.path for entry in store.unfinished()] == ["/h/1", "/h/2"]
    assert store.unfinished_syncs() == (sync_id,)


def test_no_room_for_the_file_beside_the_database_is_a_full_disk(tmp_path: Path) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    with pytest.raises(FullDiskError), converted(tmp_path / "aisync.sqlite3"):
        raise error
