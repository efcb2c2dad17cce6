"""A reader of sync's store: a connection that cannot write, for any thread, while the writer writes (WAL)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from peewee import SqliteDatabase

from aisync_desktop.database.reader import ReadConnection
from aisync_desktop.program.world import World
from aisync_desktop.secrets.keys import DataKeys, KeyRing, passing_keys
from aisync_desktop.sync.store.migrations import MIGRATIONS
from aisync_desktop.sync.store.reads import Reads, key_ref


class Reader(Reads):
    """The reading methods for any thread; calls of several threads take turns (make one reader each to go at once)."""

    def __init__(self, path: Path, keys: KeyRing) -> None:
        super().__init__(path)
        self._ring = keys
        self._keys: DataKeys | None = None
        self._passing: DataKeys | None = None
        self._connection = ReadConnection(path, MIGRATIONS)

    @classmethod
    def of(cls, world: World) -> Reader:
        """Return a read-only connection, also while the app writes."""
        return cls(world.database, world.keys())

    def close(self) -> None:
        """Close what is open; a later call opens it again."""
        self._connection.close()

    def _data_keys(self) -> DataKeys:
        if self._keys is not None:
            return self._keys
        with self._reading() as db:
            ref = key_ref(db)
        if ref is not None:
            self._keys = self._ring.open(ref)
            return self._keys
        with self._connection.lock:
            self._passing = self._passing or passing_keys()
            return self._passing

    def _reading(self) -> AbstractContextManager[SqliteDatabase]:
        return self._connection.reading()
