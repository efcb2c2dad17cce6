"""Whether the database that is open is still the one under its name, and how a whole one takes that name.

SQLite goes on with a file that was deleted, or renamed, as if nothing had happened, and what it writes there is gone
with the last descriptor. Its side files belong to it: without its log a database is one of some time ago. While a
connection is open, SQLite itself never makes any of them anew.

A database that takes the place of another is whole before, under a name of its own beside it; whoever is cut off
between the two names is finished by the next start.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from peewee import SqliteDatabase

from aisync_desktop.database.asides import SIDES, with_side
from aisync_desktop.database.connection import UserVersion, make_folder, raw
from aisync_desktop.database.integrity import is_whole, require_whole
from aisync_desktop.database.migrating import back_up
from aisync_desktop.files.errors import file_problems
from aisync_desktop.files.own import flush_folder

AGAIN, RESTORED, RESCUED = ".again", ".restored", ".rescued"  # why a database is made beside the one in use
Identity: TypeAlias = tuple[int, ...] | None  # device and number, of what has the name and of the file; None: no file


def identity(path: Path) -> Identity:
    """Return which file is under a name; the same one behind a link is another: its side files are looked for there."""
    try:
        named, found = path.lstat(), path.stat()
    except OSError:
        return None
    return named.st_dev, named.st_ino, found.st_dev, found.st_ino


class InPlace:
    """The files of an open database, as they were when it was opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = self._now()

    def holds(self) -> bool:
        """Whether they are still there."""
        return self._now() == self._opened

    def is_ours(self) -> bool:
        """Whether the database itself is: then a side file is what is gone."""
        return identity(self._path) == self._opened[0]

    def _now(self) -> tuple[Identity, ...]:
        return tuple(identity(with_side(self._path, side)) for side in SIDES)


def copy_of(db: SqliteDatabase, path: Path, known: UserVersion) -> Path:
    """Write all that an open database holds, wherever its files are, into a whole file beside its name."""
    make_folder(path)
    fresh = with_side(path, AGAIN)
    back_up(raw(db), fresh)
    require_whole(fresh, known)
    return fresh


def clear_away(fresh: Path) -> None:
    """Remove what was left of a database that was to take the place of another."""
    with file_problems(fresh):
        for side in SIDES:
            with_side(fresh, side).unlink(missing_ok=True)


def put_in_place(fresh: Path, path: Path) -> None:
    """Give a whole copy the name of the database; a side file that stayed would be taken for the copy's."""
    for side in SIDES[1:]:
        with_side(path, side).unlink(missing_ok=True)
    fresh.replace(path)
    flush_folder(path.parent)


def finish(path: Path, known: UserVersion) -> None:
    """Where a whole database was to take the place of one that is gone by now, put it there; clear what else is left.

    Only for the one process that holds the instance lock: another one's would look alike.
    """
    for why in (AGAIN, RESTORED, RESCUED):
        fresh = with_side(path, why)
        if not path.exists() and fresh.exists() and is_whole(fresh, known):
            put_in_place(fresh, path)
        for left in path.parent.glob(f"{fresh.name}*"):
            with suppress(OSError):
                left.unlink()
