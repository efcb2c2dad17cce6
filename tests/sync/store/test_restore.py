from __future__ import annotations

import datetime as dt
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.database.errors import NewerDatabaseError
from aisync_desktop.files.places import PROGRAM_DATABASE
from aisync_desktop.program.store.carried import carries, hand_over
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.backups import (
    BackupKeyError,
    BadBackupError,
    NoBackupError,
    NothingToBackUpError,
    make_backup,
    restore,
)
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.store import Store
from tests.helpers.feeds import audit
from tests.helpers.memory_vault import MemoryVault
from tests.sync.store.conftest import TickingClock

NOW = dt.datetime(2026, 5, 6, 7, 8, 9, tzinfo=dt.UTC)


@pytest.fixture
def backup(store: Store, program: ProgramStore, tmp_path: Path) -> Path:
    """A backup of a store with one version and a pause, and of one setting, which both change afterwards."""
    store.keep_version("/h/a", b"old bytes", "seen", "user")
    store.set_pause("old")
    program.set_setting("level", "old")
    audit(program, "trigger")
    target = tmp_path / "backup"
    make_backup(store.path, target, program)
    store.set_pause("new")
    program.set_setting("level", "new")
    store.close()
    program.close()
    return target


def held(path: Path, ring: KeyRing) -> tuple[object, object]:
    """The pause and the setting of the stores that are at a path, or were set aside with it."""
    program = path.with_name(path.name.replace("aisync", "program"))
    with closing(Reader(path, ring)) as reader, closing(ProgramReader(program, path)) as settings:
        return reader.pause(), settings.settings().get("level")


@pytest.fixture
def store(path: Path, clock: TickingClock, ring: KeyRing) -> Store:
    return Store.open(path, clock, ring)


def test_a_backup_is_one_private_file(backup: Path, tmp_path: Path) -> None:
    assert os.name != "posix" or backup.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "state"]


def test_a_restore_brings_everything_back_and_keeps_what_was(backup: Path, path: Path, ring: KeyRing) -> None:
    kept = restore(backup, path, ring, NOW)
    assert kept is not None
    assert (held(path, ring), held(kept, ring)) == (("old", "old"), ("new", "new"))
    with closing(Reader(path, ring)) as reader:
        (version,) = reader.versions("/h/a")
        assert reader.blob(version.hash) == b"old bytes"
    assert backup.exists()
    assert not list(path.parent.glob("*.restored"))


def test_what_was_not_folded_into_the_old_file_is_kept_with_it(
    backup: Path, path: Path, ring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aisync_desktop.database.connection.BUSY_SECONDS", 0.0)  # who reads does not leave
    with closing(sqlite3.connect(path)) as other, closing(sqlite3.connect(path)) as writing:
        other.execute("BEGIN").execute("SELECT * FROM fact").fetchall()
        writing.execute("UPDATE fact SET value = '\"newest\"' WHERE name = 'pause'")
        writing.commit()
        kept = restore(backup, path, ring, NOW)
        assert kept is not None
        assert held(kept, ring) == ("newest", "new")
        assert held(path, ring) == ("old", "old")


def test_a_broken_database_is_kept_as_it_is(backup: Path, path: Path, ring: KeyRing) -> None:
    path.write_bytes(b"no database")
    kept = restore(backup, path, ring, NOW)
    assert kept is not None
    assert kept.read_bytes() == b"no database"
    assert held(path, ring) == ("old", "old")


def test_without_a_database_a_restore_makes_one(backup: Path, path: Path, ring: KeyRing) -> None:
    path.unlink()
    assert restore(backup, path, ring, NOW) is None
    assert held(path, ring) == ("old", "old")


def test_a_backup_of_another_key_is_refused(backup: Path, path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(BackupKeyError, match="data-key:"):
        restore(backup, path, KeyRing(tmp_path / "elsewhere", MemoryVault()), NOW)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"text", None])
def test_what_is_no_backup_is_refused(backup: Path, path: Path, ring: KeyRing, content: bytes | None) -> None:
    before = path.read_bytes()
    backup.write_bytes(backup.read_bytes()[:40960] if content is None else content)
    with pytest.raises(BadBackupError):
        restore(backup, path, ring, NOW)
    assert path.read_bytes() == before


def test_somebody_elses_database_is_refused(path: Path, ring: KeyRing, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "theirs")) as other:
        other.execute("CREATE TABLE theirs (id)")
    with pytest.raises(BadBackupError):
        restore(tmp_path / "theirs", path, ring, NOW)


def test_a_backup_of_a_newer_program_is_refused(backup: Path, path: Path, ring: KeyRing) -> None:
    with closing(sqlite3.connect(backup)) as newer:
        newer.execute("PRAGMA user_version = 2147418112")
    with pytest.raises(NewerDatabaseError):
        restore(backup, path, ring, NOW)


def test_a_backup_that_is_not_there(path: Path, ring: KeyRing, tmp_path: Path) -> None:
    with pytest.raises(NoBackupError):
        restore(tmp_path / "none", path, ring, NOW)


def test_where_there_is_no_database_there_is_nothing_to_back_up(program: ProgramStore, tmp_path: Path) -> None:
    with pytest.raises(NothingToBackUpError):
        make_backup(tmp_path / "none", tmp_path / "backup", program)
    assert not (tmp_path / "backup").exists()


def test_settings_and_trail_are_the_programs_again_when_it_is_next_opened(
    backup: Path, path: Path, clock: TickingClock, ring: KeyRing
) -> None:
    restore(backup, path, ring, NOW)
    Store.open(path, clock, ring).close()
    with closing(sqlite3.connect(path)) as opened:
        assert not carries(opened)
    with closing(ProgramReader(path.with_name(PROGRAM_DATABASE), path)) as program:
        assert program.settings() == {"level": "old"}
        assert [entry.action for entry in program.audit_trail()] == ["trigger", "setting-changed"]


def test_a_backup_that_brings_no_settings_leaves_those_that_are(backup: Path, path: Path, ring: KeyRing) -> None:
    with closing(sqlite3.connect(backup)) as without:
        hand_over(without)
    restore(backup, path, ring, NOW)
    assert held(path, ring) == ("old", "new")
