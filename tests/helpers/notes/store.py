"""The store of the wing of notes: a file of its own, with steps of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from peewee import SqliteDatabase

from aisync_desktop.database import migrating
from aisync_desktop.database.connection import connect_reader, connect_writer, make_private, raw
from aisync_desktop.database.errors import converted
from aisync_desktop.database.feed import FeedReads, make_feed
from aisync_desktop.database.migrating import Migration, migrate, transaction, version_after
from aisync_desktop.database.reader import ReadConnection
from aisync_desktop.program.world import World

FILE = "notes.sqlite3"
MIGRATIONS: list[Migration] = []
migration = partial(migrating.migration, into=MIGRATIONS)


@migration(breaks=True)
def m001_initial(connection: sqlite3.Connection) -> None:
    """Make the table of the first release."""
    connection.execute("CREATE TABLE note (text TEXT NOT NULL)")


@migration(breaks=False)
def m002_urgent(connection: sqlite3.Connection) -> None:
    """Some notes are urgent; those of before are not."""
    connection.execute("ALTER TABLE note ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0")


@migration(breaks=False)
def m003_feed(connection: sqlite3.Connection) -> None:
    """Tell of each note."""
    make_feed(connection)


def path_of(world: World) -> Path:
    """Return where the store is, beside those of the other wings."""
    return world.places.state / FILE


@contextmanager
def writing(world: World, migrations: list[Migration] = MIGRATIONS) -> Iterator[sqlite3.Connection]:
    """Give the write connection for one transaction."""
    path = path_of(world)
    make_private(path)
    with converted(path):
        db = connect_writer(path, version_after(migrations))
        try:
            migrate(raw(db), path, world.clock.now(), migrations)
            with transaction(raw(db)):
                yield raw(db)
        finally:
            db.close()


class NotesReader(FeedReads):
    """Reads what happened to notes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = ReadConnection(path, MIGRATIONS)

    @classmethod
    def of(cls, world: World) -> NotesReader:
        """Return a read-only connection."""
        return cls(path_of(world))

    def close(self) -> None:
        """Close what is open."""
        self._connection.close()

    def _reading(self) -> AbstractContextManager[SqliteDatabase]:
        return self._connection.reading()


def notes(world: World) -> list[tuple[str, int]]:
    """Return the notes, each with whether it is urgent."""
    path = path_of(world)
    if not path.exists():
        return []
    with converted(path):
        db = connect_reader(path)
        try:
            return raw(db).execute("SELECT text, urgent FROM note").fetchall()
        finally:
            db.close()
