from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.database.connection import APPLICATION_ID, raw, version_of
from aisync_desktop.database.errors import (
    BusyDatabaseError,
    DamagedDatabaseError,
    ForeignDatabaseError,
    NewerDatabaseError,
)
from aisync_desktop.files.errors import PlaceTaken
from aisync_desktop.kernel.errors import BugError
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.store.migrations import KNOWN
from aisync_desktop.program.store.models import TABLES
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.store.store import ProgramStore
from tests.helpers.feeds import audit
from tests.sync.store.conftest import TickingClock


def test_settings_are_json_and_none_goes_back_to_the_default(store: ProgramStore, reader: ProgramReader) -> None:
    store.set_setting("language", "ko")
    store.set_setting("port", 0)
    store.set_setting("language", "en")
    assert store.settings() == reader.settings() == {"language": "en", "port": 0}
    store.set_setting("language", None)
    assert store.settings() == reader.settings() == {"port": 0}


def test_the_audit_trail_says_who_did_what(store: ProgramStore) -> None:
    audit(store, "trigger", "user", {"from": "127.0.0.1"}, actor="api")
    audit(store, "sync", actor="cli")
    (newest,) = store.audit_trail(limit=1)
    (entry,) = store.audit_trail(before=newest.id)
    assert newest.actor == "cli"
    assert (entry.actor, entry.action, entry.target, entry.detail) == ("api", "trigger", "user", {"from": "127.0.0.1"})


def test_without_a_file_a_reader_sees_an_empty_store_and_makes_none(reader: ProgramReader, tmp_path: Path) -> None:
    assert (reader.settings(), reader.audit_trail()) == ({}, ())
    assert list(tmp_path.iterdir()) == []


def test_the_models_say_what_the_migrations_made(store: ProgramStore) -> None:
    db = store._writer.db
    for model in TABLES:
        meta = model._meta
        columns = {column.name: column for column in db.get_columns(meta.table_name)}
        assert columns.keys() == {field.column_name for field in meta.sorted_fields}, meta.table_name
        for field in meta.sorted_fields:
            assert columns[field.column_name].null == field.null, (meta.table_name, field.name)
    assert raw(db).execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert version_of(raw(db)) == KNOWN


def test_the_file_is_for_the_user_alone(store: ProgramStore, path: Path) -> None:
    assert os.name != "posix" or path.stat().st_mode & 0o777 == 0o600
    assert store.settings() == {}


def test_a_file_that_anybody_could_write_is_the_users_alone_again(
    store: ProgramStore, path: Path, sync_database: Path, clock: TickingClock
) -> None:
    store.set_setting("port", 0)
    store.close()
    path.chmod(0o777)
    with closing(ProgramStore.open(path, sync_database, clock)) as again:
        assert again.settings() == {"port": 0}
    assert os.name != "posix" or path.stat().st_mode & 0o777 == 0o600


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _text(path: Path) -> None:
    path.write_bytes(b"not a database " * 99)


def _torn(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 999)


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
@pytest.mark.parametrize("happen", [_pipe, Path.mkdir, _text, _torn])
def test_what_is_no_database_is_told_and_not_waited_for(
    path: Path, sync_database: Path, clock: TickingClock, happen: Callable[[Path], None]
) -> None:
    path.parent.mkdir()
    happen(path)
    with pytest.raises(DamagedDatabaseError) as caught:
        ProgramStore.open(path, sync_database, clock)
    assert caught.value.path == path
    with closing(ProgramReader(path, sync_database)) as reader, pytest.raises(DamagedDatabaseError):
        reader.settings()


def test_a_database_that_was_emptied_is_damaged(
    store: ProgramStore, path: Path, sync_database: Path, clock: TickingClock
) -> None:
    store.close()
    os.truncate(path, 0)
    with pytest.raises(DamagedDatabaseError):
        ProgramStore.open(path, sync_database, clock)


def test_a_database_that_is_not_ours_or_newer_is_refused_untouched(
    store: ProgramStore, path: Path, sync_database: Path, clock: TickingClock
) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {KNOWN.major + 1 << 16}")
    with pytest.raises(NewerDatabaseError):
        ProgramStore.open(path, sync_database, clock)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA application_id = 7")
    before = path.read_bytes()
    with pytest.raises(ForeignDatabaseError):
        ProgramStore.open(path, sync_database, clock)
    assert path.read_bytes() == before


def _delete(path: Path) -> None:
    for part in path.parent.glob(f"{path.name}*"):
        part.unlink()


def _delete_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody delete a file that is open")
@pytest.mark.parametrize("happen", [Path.unlink, _delete, _delete_folder])
def test_a_file_that_is_deleted_while_we_run_is_there_again(
    store: ProgramStore, reader: ProgramReader, path: Path, happen: Callable[[Path], None]
) -> None:
    store.set_setting("port", 0)
    audit(store, "sync", actor="cli")
    happen(path)
    store.set_setting("language", "ko")
    assert len(store.keep_place()) == 1
    assert reader.settings() == {"port": 0, "language": "ko"}
    assert [entry.action for entry in reader.audit_trail()] == ["setting-changed", "sync", "setting-changed"]


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody replace a file that is open")
def test_what_was_put_in_its_place_is_kept(store: ProgramStore, reader: ProgramReader, path: Path) -> None:
    store.set_setting("port", 0)
    (path.parent / "theirs").symlink_to("elsewhere")
    (path.parent / "theirs").replace(path)
    (displaced,) = store.keep_place()
    assert displaced.theirs is None  # a link that leads nowhere holds nothing
    path.unlink()
    path.write_text("not yours")
    (displaced,) = store.keep_place()
    assert displaced.theirs is not None
    assert displaced.theirs.read_text() == "not yours"
    assert reader.settings() == {"port": 0}


def test_a_file_that_others_cannot_read_is_refused_though_our_own_connection_goes_on(
    store: ProgramStore, path: Path
) -> None:
    store.set_setting("port", 0)
    store.require_readable()
    store.require_sound()
    raw(store._writer.db).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(b"x" * 8192)
    with pytest.raises(DamagedDatabaseError):
        store.require_readable()


def test_a_page_that_is_broken_is_found(
    store: ProgramStore, path: Path, sync_database: Path, clock: TickingClock
) -> None:
    for number in range(200):
        audit(store, "sync", "x" * 200, {"number": number})
    store.close()
    held = bytearray(path.read_bytes())
    held[-4096:] = b"\xff" * 4096
    path.write_bytes(held)
    with closing(ProgramStore.open(path, sync_database, clock)) as again, pytest.raises(DamagedDatabaseError):
        again.require_sound()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO setting VALUES ('port', '{')",
        "INSERT INTO setting VALUES (x'00', '1')",
        "INSERT INTO audit VALUES (7, 'cli', 'x', '', '[]', '2026-01-01T00:00:00.000000Z')",
        "INSERT INTO audit VALUES (7, 'cli', 'x', '', '{}', 'today')",
        "INSERT INTO audit VALUES (7, 'cli', 'x', x'00', '{}', '2026-01-01T00:00:00.000000Z')",
    ],
)
def test_a_row_that_we_never_write_so_is_damage(store: ProgramStore, statement: str) -> None:
    store.require_sound()
    raw(store._writer.db).execute(statement)
    with pytest.raises(DamagedDatabaseError):
        store.require_sound()


def test_a_value_that_no_setting_can_have_is_damage(store: ProgramStore) -> None:
    store.set_setting("port", 0)
    assert store.sound_settings([ProgramSettings]) == {"port": 0}
    store.set_setting("port", "elsewhere")
    with pytest.raises(DamagedDatabaseError):
        store.sound_settings([ProgramSettings])


def test_a_new_one_that_cannot_be_folded_into_one_file_does_not_take_the_place_of_the_damaged_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"x" * 8192)
    take_over = ProgramStore.take_over
    readers: list[sqlite3.Connection] = []

    def while_read(store: ProgramStore, settings: dict[str, object], aside: str) -> None:
        reader = sqlite3.connect(store.path, isolation_level=None)  # what a full disk does, too: the log stays beside
        reader.execute("BEGIN").execute("SELECT * FROM setting").fetchall()
        readers.append(reader)
        take_over(store, settings, aside)

    with monkeypatch.context() as patch:
        patch.setattr(ProgramStore, "take_over", while_read)
        with pytest.raises(BusyDatabaseError):
            ProgramStore.begin_anew(path, TickingClock(), {"port": 1})
    assert path.read_bytes() == b"x" * 8192
    readers[0].close()
    ProgramStore.begin_anew(path, TickingClock(), {"port": 1})
    with closing(ProgramReader(path, path.with_name("none"))) as reader:
        assert reader.settings() == {"port": 1}


def test_another_thread_may_not_touch_the_store(store: ProgramStore) -> None:
    with ThreadPoolExecutor(1) as other:
        for call in (store.settings, lambda: store.set_setting("port", 0), store.require_readable, store.close):
            assert isinstance(other.submit(call).exception(), BugError)
    assert store.settings() == {}


def test_nothing_is_written_where_another_program_has_the_place(store: ProgramStore, path: Path) -> None:
    def taken() -> None:
        raise PlaceTaken(path.parent)

    store.claim_by(taken)
    for call in (lambda: store.set_setting("port", 0), store.keep_place, store.require_readable):
        with pytest.raises(PlaceTaken):
            call()
    assert store.settings() == {}
