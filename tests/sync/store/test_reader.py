from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import (
    BusyDatabaseError,
    DamagedDatabaseError,
    NewerDatabaseError,
    OlderDatabaseError,
)
from aisync_desktop.database.migrating import Migration
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.lean_reader import LeanReader
from aisync_desktop.sync.store.migrations import MIGRATIONS
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.records import Memory
from aisync_desktop.sync.store.store import Store
from tests.sync.store.conftest import TickingClock, sql


def test_without_a_file_a_reader_sees_an_empty_store_and_makes_none(reader: Reader) -> None:
    assert reader.memory() == Memory()
    assert (reader.logs(), reader.snapshots(), reader.open_decisions(), reader.versions("/h/a")) == ((), (), (), ())
    assert not reader.path.exists()


def test_a_reader_sees_the_file_as_soon_as_it_is_there(reader: Reader, clock: TickingClock, ring: KeyRing) -> None:
    assert reader.pause() is None
    store = Store.open(reader.path, clock, ring)
    store.set_pause("a")
    assert reader.pause() == "a"
    store.close()
    assert reader.pause() == "a"


def test_a_file_that_the_writer_has_only_just_made_is_empty(reader: Reader) -> None:
    reader.path.parent.mkdir()
    reader.path.touch()
    assert reader.memory() == Memory()


def test_a_reader_cannot_write(store: Store, reader: Reader) -> None:
    store.set_pause("a")
    assert reader.pause() == "a"
    with reader._reading() as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        raw(db).execute("DELETE FROM fact")


def test_a_reader_gives_bytes_back_with_the_key_of_the_database(store: Store, reader: Reader) -> None:
    store.keep_version("/h/a", b"bytes", "seen", "user")
    (version,) = reader.versions("/h/a")
    assert reader.blob(version.hash) == b"bytes"
    assert reader.fingerprint_key() == store.fingerprint_key()


def test_without_a_database_the_fingerprint_key_holds_for_the_run_and_leaves_no_trace(
    reader: Reader, tmp_path: Path
) -> None:
    assert reader.fingerprint_key() == reader.fingerprint_key()
    assert list(tmp_path.iterdir()) == []


def test_many_threads_read_whole_states_while_the_writer_writes(store: Store, reader: Reader) -> None:
    """Each write changes two values together; no reader may ever see one without the other."""
    torn: list[object] = []
    done = threading.Event()
    store.set_pause([0, 0])

    def read() -> None:
        while not done.is_set():
            seen = reader.pause()
            if not isinstance(seen, list) or seen[0] != seen[1]:
                torn.append(seen)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for i in range(100):
        store.set_pause([i, i])
    done.set()
    for thread in threads:
        thread.join()
    assert torn == []
    assert reader.pause() == [99, 99]


def test_a_method_of_several_queries_sees_one_state(store: Store, reader: Reader) -> None:
    with reader._reading() as db:
        assert raw(db).execute("SELECT * FROM fact").fetchall() == []
        store.set_pause("a")
        assert raw(db).execute("SELECT * FROM fact").fetchall() == []
    assert reader.pause() == "a"


def test_a_writer_that_another_process_keeps_from_writing_says_so(store: Store, path: Path) -> None:
    sql(store, "PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyDatabaseError):
            store.set_pause("a")
    store.set_pause("a")
    assert store.pause() == "a"


def test_a_reader_refuses_a_database_of_the_next_major_version(store: Store, reader: Reader) -> None:
    sql(store, f"PRAGMA user_version = {9 << 16}")
    with pytest.raises(NewerDatabaseError):
        reader.memory()


def test_a_reader_that_needs_more_than_the_database_has_asks_for_the_writer(
    store: Store, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = Migration("m999_more", lambda connection: None, breaks=False)
    monkeypatch.setattr("aisync_desktop.sync.store.reader.MIGRATIONS", [*MIGRATIONS, more])
    with closing(Reader(store.path, ring)) as reader, pytest.raises(OlderDatabaseError) as caught:
        reader.memory()
    assert "aisync sync" in caught.value.next_step.english()


def test_a_step_that_readers_can_do_without_is_not_waited_for(
    store: Store, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = Migration("m999_more", lambda connection: None, breaks=True, unread=True)
    monkeypatch.setattr("aisync_desktop.sync.store.reader.MIGRATIONS", [*MIGRATIONS, more])
    store.set_pause("paused")
    with closing(Reader(store.path, ring)) as reader:
        assert reader.pause() == "paused"


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
def test_a_pipe_in_the_place_of_the_database_is_told_and_not_waited_for(
    reader: Reader, clock: TickingClock, ring: KeyRing
) -> None:
    reader.path.parent.mkdir()
    os.mkfifo(reader.path)
    with pytest.raises(DamagedDatabaseError):
        reader.pause()
    with pytest.raises(DamagedDatabaseError):
        Store.open(reader.path, clock, ring)
    with pytest.raises(sqlite3.OperationalError):
        LeanReader(reader.path, lambda: ring)
