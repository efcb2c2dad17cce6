"""The one write connection to a database, owned by the thread that opened it.

Each `writing` is one transaction that is on the disk when it ends, or did not happen. Before it, the file is looked
for under its name: where somebody deleted or replaced it while we run, all that it held is written anew from the open
connection (in_place.py), and what was put in its place is kept aside.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeAlias

from peewee import SqliteDatabase

from aisync_desktop.database.asides import SIDES, Kind, set_aside, thin_out, with_side
from aisync_desktop.database.connection import connect_writer, make_private, raw
from aisync_desktop.database.errors import BusyDatabaseError, DamagedDatabaseError, converted
from aisync_desktop.database.in_place import InPlace, copy_of, finish, put_in_place
from aisync_desktop.database.migrating import Migration, migrate, transaction, version_after
from aisync_desktop.files.errors import file_problems
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import BugError
from aisync_desktop.kernel.ports import Clock

BeforeSteps: TypeAlias = Callable[[SqliteDatabase], None]


@dataclass(frozen=True)
class Displaced:
    """The database was gone from its place, and was written anew; `theirs` is where that is which was there instead."""

    theirs: Path | None


def _nobody_else() -> None:
    """Whoever holds no lock has nobody to ask whether the place is still theirs."""


class Writer:
    """A write connection, of the thread that made it.

    Attributes: `claim` (called before each write; raises where the state folder is another program's by now),
    `on_moved` (called with the connection when that is a new one).
    """

    def __init__(self, path: Path, clock: Clock, migrations: Sequence[Migration], db: SqliteDatabase) -> None:
        self.path = path
        self.db = db
        self.claim: Callable[[], object] = _nobody_else
        self.on_moved: Callable[[SqliteDatabase], None] = lambda _db: None
        self._clock = clock
        self._migrations = migrations
        self._known = version_after(migrations)
        self._owner = threading.get_ident()
        self._in_place = InPlace(path)
        self._displaced: list[Displaced] = []

    def close(self) -> None:
        """Close the connection; the side files go with it."""
        self.check_thread()
        with converted(self.path):
            self.db.close()

    def keep_place(self) -> tuple[Displaced, ...]:
        """Be under our name again, if somebody took the file away; return each time that was so since the last call."""
        with converted(self.path):
            self._put_back()
        told, self._displaced = tuple(self._displaced), []
        return told

    @contextmanager
    def reading(self) -> Iterator[SqliteDatabase]:
        """Give the connection, to read only."""
        self.check_thread()
        with converted(self.path):
            yield self.db

    @contextmanager
    def writing(self) -> Iterator[SqliteDatabase]:
        """Give the connection for one transaction."""
        self.check_thread()
        with converted(self.path):
            self._put_back()
            with transaction(raw(self.db)):
                yield self.db

    def fold(self) -> None:
        """Have all that was written in the one file, or raise.

        Closing does the same, but says nothing where the disk is full: then what was written stays in the log beside.
        """
        with self.reading() as db:
            _, logged, folded = raw(db).execute("PRAGMA wal_checkpoint").fetchone()
        if logged != folded:
            raise BusyDatabaseError(self.path)

    def require_filled(self) -> None:
        """Refuse a file that was emptied under us: to whoever opens it now it is a new one."""
        self.check_thread()
        self.claim()
        if _is_emptied(self.path):
            raise DamagedDatabaseError(self.path)

    def check_thread(self) -> None:
        """Refuse every thread but the one that opened it."""
        if threading.get_ident() != self._owner:
            raise BugError("the store belongs to the thread that opened it")

    def _put_back(self) -> None:
        """Where the file was deleted or replaced, write all that it held anew; what is in its place is kept aside.

        Not where another program has the place by now: what is there is theirs, and `claim` raises.
        """
        self.claim()
        if self._in_place.holds():
            return
        with file_problems(self.path):
            fresh = copy_of(self.db, self.path, self._known)
            theirs = None if self._in_place.is_ours() else set_aside(self.path, Kind.REPLACED, self._clock.now())
            put_in_place(fresh, self.path)
        old, self.db = self.db, opened(self.path, self._clock, self._migrations)
        old.close()  # SQLite sees that its file has moved, and leaves those of the new one alone
        self._in_place = InPlace(self.path)
        self._displaced.append(Displaced(theirs))
        self.on_moved(self.db)
        thin_out(self.path, Kind.REPLACED, self._known, theirs)


class WritingStore:
    """What each store can do that has the one write connection, whatever is in its tables; it sets `_writer`."""

    _writer: Writer

    def close(self) -> None:
        """Close the connection; the side files go with it."""
        self._writer.close()

    def claim_by(self, claim: Callable[[], object]) -> None:
        """Have this called before each write and look: it raises where the state folder is another program's by now."""
        self._writer.claim = claim

    def keep_place(self) -> tuple[Displaced, ...]:
        """Be under our name again, if somebody took the file away; return each time that was so since the last call."""
        return self._writer.keep_place()

    def _reading(self) -> AbstractContextManager[SqliteDatabase]:
        return self._writer.reading()

    def _writing(self) -> AbstractContextManager[SqliteDatabase]:
        return self._writer.writing()


def opened(
    path: Path, clock: Clock, migrations: Sequence[Migration], before: BeforeSteps | None = None
) -> SqliteDatabase:
    """Open or make a database and bring it up to date; `before` is called with it before its first step."""
    known = version_after(migrations)
    with file_problems(path):
        finish(path, known)
    if _is_emptied(path):
        raise DamagedDatabaseError(path)
    make_private(path)
    with converted(path):
        db = connect_writer(path, known)
        try:
            if before is not None:
                before(db)
            migrate(raw(db), path, clock.now(), migrations)
        except BaseException:
            db.close()
            raise
    thin_out(path, Kind.UPDATED, known)
    return db


def _is_emptied(path: Path) -> bool:
    """Whether a database lost all that it held: SQLite would take it for a new one, in silence."""
    held = [part.stat().st_size for side in SIDES[:2] if (part := with_side(path, side)).is_file()]
    return bool(held) and path.exists() and not any(held)
