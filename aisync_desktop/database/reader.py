"""A connection that cannot write, for any thread, while the writer writes (WAL).

Where there is no file yet, a database in memory stands in that has taken the same steps as a new one: so a reader
never makes a file, and whatever a step brings along (what an older version kept elsewhere) is seen before it is
written.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from peewee import SqliteDatabase

from aisync_desktop.database.connection import UserVersion, check_identity, connect_empty, connect_reader, raw
from aisync_desktop.database.errors import OlderDatabaseError, converted
from aisync_desktop.database.in_place import Identity, identity
from aisync_desktop.database.migrating import Migration, migrate, version_after, version_read


class ReadConnection:
    """Opens the file when it is first read; calls of several threads take turns."""

    def __init__(self, path: Path, migrations: Sequence[Migration]) -> None:
        self._path = path
        self._migrations = migrations
        self._known = version_after(migrations)
        self._needed = version_read(migrations)
        self._db: SqliteDatabase | None = None
        self._opened_as: Identity = None
        self._empty: SqliteDatabase | None = None
        self.lock = threading.Lock()

    def close(self) -> None:
        """Close what is open; a later call opens it again."""
        with self.lock:
            for db in (self._db, self._empty):
                if db is not None:
                    db.close()
            self._db = self._empty = None

    @contextmanager
    def reading(self) -> Iterator[SqliteDatabase]:
        """Give a connection inside a read transaction, so that several queries see one state."""
        with self.lock, converted(self._path):
            db = self._connected()
            connection = raw(db)
            connection.execute("BEGIN")
            try:
                yield db
            finally:
                if connection.in_transaction:  # a broken file may have ended it
                    connection.execute("ROLLBACK")

    def _connected(self) -> SqliteDatabase:
        if (found := self._found()) is not None:
            return found
        if self._empty is None:
            self._empty = connect_empty()
            migrate(raw(self._empty), self._path, dt.datetime.now(dt.UTC), self._migrations)
        return self._found() or self._empty  # it may have been made meanwhile, of what we only saw half of

    def _found(self) -> SqliteDatabase | None:
        there = identity(self._path)
        if self._db is not None and there not in {None, self._opened_as}:  # another file is under the name by now
            self._db.close()
            self._db = None
        if self._db is None:
            self._opened_as, self._db = there, self._opened() if there else None
        return self._db

    def _opened(self) -> SqliteDatabase | None:
        """Open the file, unless the writer has only just made it and not put the tables in."""
        db = connect_reader(self._path)
        try:
            if self._is_ready(db):
                return db
        except BaseException:
            db.close()
            raise
        db.close()
        return None

    def _is_ready(self, db: SqliteDatabase) -> bool:
        found = check_identity(raw(db), self._path, self._known)
        if UserVersion(0, 0) < found < self._needed:
            raise OlderDatabaseError(self._path, found=str(found), known=str(self._known))
        return found >= self._needed
