"""A reader: a connection that cannot write, for any thread, while the writer writes (WAL).

Before the first sync there is no file: then an empty database in memory stands in, so that a reader never makes one.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import SqliteDatabase

from aisync_desktop.database.connection import UserVersion, check_identity, connect_empty, connect_reader, raw
from aisync_desktop.database.errors import OlderDatabaseError, converted
from aisync_desktop.database.in_place import Identity, identity
from aisync_desktop.database.migrating import migrate
from aisync_desktop.program.world import World
from aisync_desktop.secrets.keys import DataKeys, KeyRing, passing_keys
from aisync_desktop.sync.store.migrations import KNOWN, MIGRATIONS
from aisync_desktop.sync.store.reads import Reads, key_ref


class Reader(Reads):
    """The reading methods for any thread; calls of several threads take turns (make one reader each to go at once)."""

    def __init__(self, path: Path, keys: KeyRing) -> None:
        super().__init__(path)
        self._ring = keys
        self._keys: DataKeys | None = None
        self._passing: DataKeys | None = None
        self._db: SqliteDatabase | None = None
        self._opened_as: Identity = None
        self._empty: SqliteDatabase | None = None
        self._lock = threading.Lock()

    @classmethod
    def of(cls, world: World) -> Reader:
        """Return a read-only connection, also while the app writes."""
        return cls(world.database, world.keys())

    def close(self) -> None:
        """Close what is open; a later call opens it again."""
        with self._lock:
            for db in (self._db, self._empty):
                if db is not None:
                    db.close()
            self._db = self._empty = None

    def _data_keys(self) -> DataKeys:
        if self._keys is not None:
            return self._keys
        with self._reading() as db:
            ref = key_ref(db)
        if ref is not None:
            self._keys = self._ring.open(ref)
            return self._keys
        with self._lock:
            self._passing = self._passing or passing_keys()
            return self._passing

    @contextmanager
    def _reading(self) -> Iterator[SqliteDatabase]:
        """Give a connection inside a read transaction, so that several queries see one state."""
        with self._lock, converted(self.path):
            db = self._connected()
            connection = raw(db)
            connection.execute("BEGIN")
            try:
                yield db
            finally:
                if connection.in_transaction:  # a broken file may have ended it
                    connection.execute("ROLLBACK")

    def _connected(self) -> SqliteDatabase:
        there = identity(self.path)
        if self._db is not None and there not in {None, self._opened_as}:  # another file is under the name by now
            self._db.close()
            self._db = None
        if self._db is None:
            self._opened_as, self._db = there, self._opened() if there else None
        if self._db is not None:
            return self._db
        if self._empty is None:
            self._empty = connect_empty()
            migrate(raw(self._empty), self.path, dt.datetime.now(dt.UTC), MIGRATIONS)
        return self._empty

    def _opened(self) -> SqliteDatabase | None:
        """Open the file, unless the writer has only just made it and not put the tables in."""
        db = connect_reader(self.path)
        try:
            if self._is_ready(db):
                return db
        except BaseException:
            db.close()
            raise
        db.close()
        return None

    def _is_ready(self, db: SqliteDatabase) -> bool:
        found = check_identity(raw(db), self.path, KNOWN)
        if UserVersion(0, 0) < found < KNOWN:
            raise OlderDatabaseError(self.path, found=str(found), known=str(KNOWN))
        return found >= KNOWN
