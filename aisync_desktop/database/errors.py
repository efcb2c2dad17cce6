"""What can be wrong with the database, as advice; everything else that SQLite says is our bug.

WorldError
└── StoreError
    ├── NewerDatabaseError     made by a newer program
    ├── OlderDatabaseError     a reader met it before the writer migrated it
    ├── ForeignDatabaseError   tables that we did not make
    ├── DamagedDatabaseError   not a database, or a broken one
    ├── DamagedBlobError       one stored version is broken, missing or of another key
    ├── BusyDatabaseError      somebody else holds the lock
    ├── FullDiskError          nothing was written
    └── DeniedDatabaseError    permissions, read-only disk, I/O error
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from aisync_desktop.kernel.errors import BugError, Remedy, WorldError
from aisync_desktop.kernel.messages import text


class StoreError(WorldError):
    """The root of what the world can do to the database; `code` names the texts."""

    code = "store.damaged"

    def __init__(self, path: Path, **params: str | int) -> None:
        super().__init__(text(self.code), text(f"{self.code}.what", **params), text(f"{self.code}.next"), path)


class NewerDatabaseError(StoreError):
    """Its version is beyond what this program knows."""

    code = "store.newer"


class OlderDatabaseError(StoreError):
    """Only the writer migrates, so a reader cannot go on."""

    code = "store.older"


class ForeignDatabaseError(StoreError):
    """A good database, but not ours."""

    code = "store.foreign"


class DamagedDatabaseError(StoreError):
    """SQLite cannot make sense of it."""

    code = "store.damaged"


class DamagedBlobError(StoreError):
    """A version that does not come back as it went in."""

    code = "store.blob"


class BusyDatabaseError(StoreError):
    """The lock did not come free within the busy timeout."""

    actions = (Remedy.TRY_AGAIN,)

    code = "store.busy"


class FullDiskError(StoreError):
    """No space: the transaction was rolled back as a whole."""

    actions = (Remedy.TRY_AGAIN,)

    code = "store.full"

    def __init__(self, path: Path) -> None:
        super().__init__(path, folder=str(path.parent))


class DeniedDatabaseError(StoreError):
    """The system refused to open, read or write it."""

    code = "store.denied"


_KINDS: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: BusyDatabaseError,
    sqlite3.SQLITE_LOCKED: BusyDatabaseError,
    sqlite3.SQLITE_CORRUPT: DamagedDatabaseError,
    sqlite3.SQLITE_NOTADB: DamagedDatabaseError,
    sqlite3.SQLITE_FULL: FullDiskError,
    sqlite3.SQLITE_PERM: DeniedDatabaseError,
    sqlite3.SQLITE_READONLY: DeniedDatabaseError,
    sqlite3.SQLITE_IOERR: DeniedDatabaseError,
    sqlite3.SQLITE_CANTOPEN: DeniedDatabaseError,
    sqlite3.SQLITE_AUTH: DeniedDatabaseError,
}


class MisreadError(ValueError):
    """A value in a row that we never write so: a date that is none, an unknown word, NULL where text belongs.

    Raised by what reads rows, and by that alone: a wrong value on its way into the database is a bug of ours.
    """


_FULL = {sqlite3.SQLITE_IOERR_SHMSIZE}  # an I/O error by its primary code: no room for the file beside the database
_NO_UTF8 = "Could not decode to UTF-8"  # the driver's own words: SQLite has no code for it


@contextmanager
def converted(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about the database at `path` into a StoreError or a BugError.

    A page can be whole to SQLite and its text none any more: what we wrote is UTF-8, and where it should be, JSON.
    """
    try:
        yield
    except (MisreadError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DamagedDatabaseError(path) from error
    except (sqlite3.Error, peewee.PeeweeException) as error:
        raise _of(error, path) from error


@contextmanager
def understood(path: Path) -> Iterator[None]:
    """Take for damage what the database at `path` gave, and whoever reads its meaning cannot; nothing is written here.

    Around pure reading of stored values only: there a ValueError says that they are not what was put in.
    """
    try:
        yield
    except (ValueError, OverflowError, RecursionError) as error:
        raise DamagedDatabaseError(path) from error


def _of(error: Exception, path: Path) -> StoreError | BugError:
    cause = getattr(error, "orig", None) or error  # peewee wraps the driver's error
    code: int = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    kind = DamagedDatabaseError if _NO_UTF8 in str(cause) else _KINDS.get(code & 0xFF)  # its low byte: the primary code
    if code in _FULL:
        kind = FullDiskError
    if kind is None:
        return BugError(f"SQL: {type(cause).__name__} {getattr(cause, 'sqlite_errorname', '')}")
    reason = getattr(cause, "sqlite_errorname", "")
    return kind(path, reason=reason) if kind is DeniedDatabaseError else kind(path)
