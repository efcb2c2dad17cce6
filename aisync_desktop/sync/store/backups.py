"""Backups: one whole file that is checked, and the way back from it.

A restore looks at the backup first: ours, whole, of a version that we know, and its data key within reach, be it that
the backup brings it along, wrapped by a passphrase (portable.py). Then the
old database is moved beside as it is, with what SQLite keeps next to it, and the copy takes its name in one step. In
between there is no database, which is a fresh start to whoever looks: nothing is written to any client. The next
start finishes what is cut off there.

A backup carries the rows of the program's store (program/store/carried.py). Where it does, that is moved beside, too,
before the copy takes its name: so it is made anew of what is carried, whoever opens it next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.database.asides import Kind, set_aside, thin_out, with_side
from aisync_desktop.database.connection import UserVersion, check_identity, connect_reader, connect_writer, raw
from aisync_desktop.database.errors import DamagedDatabaseError, ForeignDatabaseError, converted
from aisync_desktop.database.feed import begin_epoch, has_feed
from aisync_desktop.database.in_place import RESTORED, put_in_place
from aisync_desktop.database.integrity import require_whole
from aisync_desktop.database.migrating import back_up
from aisync_desktop.files.errors import file_problems
from aisync_desktop.files.places import PROGRAM_DATABASE
from aisync_desktop.kernel.errors import AISyncError, WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.program.store import migrations
from aisync_desktop.program.store.carried import carries, load
from aisync_desktop.program.store.reads import ProgramReads
from aisync_desktop.secrets.errors import KeyLostError, SecretsError
from aisync_desktop.secrets.keys import KeyRef, KeyRing
from aisync_desktop.sync.store.migrations import KNOWN
from aisync_desktop.sync.store.portable import Luggage, changing, put_into, settle, wrapped_key
from aisync_desktop.sync.store.reads import key_ref

Ask: TypeAlias = Callable[[], str]


class NothingToBackUpError(WorldError):
    """There is no database yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(text("backup.nothing"), text("backup.nothing.message"), text("backup.nothing.next"), path)


class BadBackupError(WorldError):
    """The file cannot take the database's place."""

    def __init__(self, path: Path) -> None:
        super().__init__(text("backup.bad"), text("backup.bad.message"), text("backup.bad.next"), path)


class NoBackupError(WorldError):
    """There is no file of that name."""

    def __init__(self, path: Path) -> None:
        message = text("backup.missing.message", path=str(path))
        super().__init__(text("backup.missing"), message, text("backup.missing.next"), path)


class BackupKeyError(WorldError):
    """The backup's data key is not on this machine, so the versions in it could not be read."""

    def __init__(self, path: Path, key: str) -> None:
        message = text("backup.key.message", key=key)
        super().__init__(text("backup.key"), message, text("backup.key.next", key=key), path)


def make_backup(database: Path, target: Path, program: ProgramReads, luggage: Luggage | None = None) -> None:
    """Copy the database, also while it is written to, into `target`, and make sure that the copy is whole.

    It carries what the program's store holds: a backup is one file.
    """
    require_database(database)
    carried = program.carried()  # first: its trail may end before what sync's feed tells, and never after it
    with converted(database), closing(connect_reader(database)) as db, file_problems(target):
        check_identity(raw(db), database, KNOWN)
        back_up(raw(db), target)
    with changing(target) as copy:
        load(raw(copy), carried)
    if luggage is not None:
        put_into(target, luggage)
    require_whole(target, KNOWN)


def require_database(database: Path) -> None:
    """Refuse to back up what is not there."""
    if not database.exists():
        raise NothingToBackUpError(database)


def require_backup(source: Path) -> None:
    """Refuse to restore from what is not there."""
    if not source.exists():
        raise NoBackupError(source)


def restore(source: Path, database: Path, keys: KeyRing, now: dt.datetime, ask: Ask | None = None) -> Path | None:
    """Put a backup in the database's place; return where the old database is now, None if there was none.

    Nobody else may have the database open: the caller holds the instance lock. `ask` is called for the passphrase of a
    backup that brings along a key that is not here.
    """
    require_backup(source)
    key = _key_of(source, keys, ask)
    fresh = with_side(database, RESTORED)
    with converted(source), closing(connect_reader(source)) as db, file_problems(fresh):
        back_up(raw(db), fresh)
    with changing(fresh) as copy:
        if key is not None:
            settle(copy, key)
        if has_feed(raw(copy)):
            begin_epoch(raw(copy))
    require_whole(fresh, KNOWN)
    with file_problems(database):
        kept = _put_aside(database, now, KNOWN)
        _make_way(fresh, database.with_name(PROGRAM_DATABASE), now)
        put_in_place(fresh, database)
    thin_out(database, Kind.RESTORED, KNOWN, kept)
    return kept


def _make_way(fresh: Path, program: Path, now: dt.datetime) -> None:
    """Set the program's database aside where the backup carries one: it is made of that when it is next opened."""
    with converted(fresh), closing(connect_reader(fresh)) as db:
        is_carried = carries(raw(db))
    if is_carried:
        aside = _put_aside(program, now, migrations.KNOWN)
        thin_out(program, Kind.RESTORED, migrations.KNOWN, aside)


def _key_of(source: Path, keys: KeyRing, ask: Ask | None) -> KeyRef | None:
    """Return where the key of a backup is on this machine, None if it needs none.

    What is no whole database of ours, is newer than we are, or has a key that cannot be had here is refused.
    """
    try:
        require_whole(source, KNOWN)
        with converted(source), closing(connect_reader(source)) as db:
            ref, wrapped = key_ref(db), wrapped_key(db)
    except (DamagedDatabaseError, ForeignDatabaseError) as error:
        raise BadBackupError(source) from error
    if ref is None:
        return None
    try:
        return keys.open(ref).ref
    except SecretsError as error:
        if wrapped and ask:
            return keys.unwrap(ref.id, wrapped, ask())
        if isinstance(error, KeyLostError):
            raise BackupKeyError(source, ref.id) from error
        raise


def _put_aside(database: Path, now: dt.datetime, known: UserVersion) -> Path | None:
    """Move a database with its side files; a side file that stayed would be taken for the new one's."""
    if database.exists():
        with suppress(AISyncError):  # it may be what is broken; then it is kept as it is
            _fold(database, known)
    return set_aside(database, Kind.RESTORED, now)


def _fold(database: Path, known: UserVersion) -> None:
    """Have SQLite put all that was written into the one file."""
    with converted(database), closing(connect_writer(database, known)) as db:
        raw(db).execute("PRAGMA wal_checkpoint(TRUNCATE)")
