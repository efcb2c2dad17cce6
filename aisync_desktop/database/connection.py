"""Opening the file: who may see it, the pragmas, and whether it is ours and of a version that we know.

A database has a version (major, minor) in `PRAGMA user_version`: a program may use a file of its own major version
even when the minor one is ahead (it has more tables or columns than we ask for), and refuses a higher major one.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self

from peewee import SqliteDatabase

from aisync_desktop.database.errors import (
    DamagedDatabaseError,
    DeniedDatabaseError,
    ForeignDatabaseError,
    NewerDatabaseError,
)
from aisync_desktop.files.own import flush_folder

APPLICATION_ID = 0x41495359  # "AISY"
BUSY_SECONDS = 5.0
_PAGES_PER_CHECKPOINT = 1000

# FULL: a version of a file must be on the disk before the file's last name goes, so each commit is flushed.
_WRITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": "on",
    "temp_store": "memory",  # no scratch file outside our folder
    "wal_autocheckpoint": _PAGES_PER_CHECKPOINT,
}
_READ_PRAGMAS = {"query_only": "on", "temp_store": "memory"}


class UserVersion(NamedTuple):
    """The version of a database, packed into the 31 bits of `user_version`."""

    major: int
    minor: int

    def packed(self) -> int:
        """Return it as SQLite keeps it."""
        return self.major << 16 | self.minor

    @classmethod
    def unpack(cls, number: int) -> Self:
        """Read what `packed` wrote."""
        return cls(number >> 16 & 0x7FFF, number & 0xFFFF)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


def make_folder(path: Path) -> None:
    """Make the folder of the database, for the user alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def require_file(path: Path) -> None:
    """Refuse what is no file: a folder, or a pipe that SQLite would wait for without an end."""
    if path.exists() and not path.is_file():
        raise DamagedDatabaseError(path)


def make_private(path: Path) -> None:
    """Make the folder 0700 and the file 0600; SQLite gives its side files the mode of the database.

    A file of ours that somebody took our own rights from gets them back; no file in its place is a broken database.
    """
    try:
        make_folder(path)
        require_file(path)
        with suppress(FileNotFoundError):
            path.chmod(0o600)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
        flush_folder(path.parent)
    except OSError as error:
        raise DeniedDatabaseError(path, reason=error.strerror or type(error).__name__) from error


def connect_writer(path: Path, known: UserVersion) -> SqliteDatabase:
    """Open the one write connection, of this thread; a file that is not ours to change is refused before any pragma."""
    db = SqliteDatabase(str(path), timeout=BUSY_SECONDS, autoconnect=False, thread_safe=False)
    db.connect()
    try:
        check_identity(raw(db), path, known)
        for name, value in _WRITE_PRAGMAS.items():
            db.pragma(name, value)
    except BaseException:
        db.close()
        raise
    return db


def connect_reader(path: Path) -> SqliteDatabase:
    """Open a connection that cannot write, for whichever thread holds its owner's lock."""
    require_file(path)
    db = SqliteDatabase(
        f"{path.absolute().as_uri()}?mode=ro",
        pragmas=_READ_PRAGMAS,
        timeout=BUSY_SECONDS,
        autoconnect=False,
        thread_safe=False,
        uri=True,
        check_same_thread=False,
    )
    db.connect()
    return db


def connect_empty() -> SqliteDatabase:
    """Open a database in memory, in place of a file that is not there yet."""
    db = SqliteDatabase(":memory:", autoconnect=False, thread_safe=False, check_same_thread=False)
    db.connect()
    return db


def raw(db: SqliteDatabase) -> sqlite3.Connection:
    """Return the driver's connection, for what peewee has no word for."""
    connection: sqlite3.Connection = db.connection()  # type: ignore[no-untyped-call]  # peewee's stubs leave it open
    return connection


def version_of(connection: sqlite3.Connection) -> UserVersion:
    """Return the version of an open database; a new one has 0.0."""
    return UserVersion.unpack(connection.execute("PRAGMA user_version").fetchone()[0])


def check_identity(connection: sqlite3.Connection, path: Path, known: UserVersion) -> UserVersion:
    """Refuse a database of another program or of a newer version of this one; return its version."""
    is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if not is_empty and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ForeignDatabaseError(path)
    found = version_of(connection)
    if found.major > known.major:
        raise NewerDatabaseError(path, found=str(found), known=str(known))
    return found
