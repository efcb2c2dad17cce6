"""What sync's database carries of ours: it had these tables before the program had a store of its own.

The move has two steps, and a death between them costs nothing:
1. The program's database comes to be with all that sync's carries, in one transaction. Until then sync's is where the
   settings are, for every reader, too (a reader's stand-in takes the same step in memory); from then on it is ours.
2. Whoever opens sync's database to write sees to the first step, and then drops its tables (`hand_over`).

A backup is one file, and carries the tables again: so it brings the settings along, and a restore takes the same way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from aisync_desktop.database.connection import APPLICATION_ID, connect_reader, raw, require_file
from aisync_desktop.database.errors import MisreadError, converted
from aisync_desktop.kernel.dataclass import dataclass

SETTING = "CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value TEXT)"
AUDIT = (
    "CREATE TABLE audit (id INTEGER PRIMARY KEY NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, "
    "target TEXT NOT NULL, detail TEXT NOT NULL, created_at TEXT NOT NULL)"
)
CURSORS = "CREATE TABLE feed_cursor (feed TEXT PRIMARY KEY NOT NULL, epoch TEXT NOT NULL, number INTEGER NOT NULL)"


@dataclass(frozen=True)
class Carried:
    """The rows, as they are written; `cursors` say up to where of each feed the audit trail has them."""

    settings: tuple[tuple[str, str | None], ...] = ()
    audit: tuple[tuple[str, str, str, str, str], ...] = ()
    cursors: tuple[tuple[str, str, int], ...] = ()

    @classmethod
    def of(cls, connection: sqlite3.Connection) -> Carried:
        """Read them from a database that has the tables; what we never wrote so is a MisreadError."""
        settings = connection.execute("SELECT name, value FROM setting")
        audit = connection.execute("SELECT actor, action, target, detail, created_at FROM audit ORDER BY id")
        return cls(tuple(_texts(settings, may_lack=(1,))), tuple(_texts(audit)), tuple(_cursors(connection)))

    def put_into(self, connection: sqlite3.Connection) -> None:
        """Write them, but for what is there already; so it may be done again."""
        self.put_cursors_into(connection)
        connection.executemany("INSERT OR REPLACE INTO setting VALUES (?, ?)", self.settings)
        there = {*Carried.of(connection).audit}
        connection.executemany(
            "INSERT INTO audit (actor, action, target, detail, created_at) VALUES (?, ?, ?, ?, ?)",
            [row for row in self.audit if row not in there],
        )

    def put_cursors_into(self, connection: sqlite3.Connection) -> None:
        """Write how far the trail goes, where there is a table for it yet."""
        if _has_cursors(connection):
            connection.executemany("INSERT OR REPLACE INTO feed_cursor VALUES (?, ?, ?)", self.cursors)


def _has_cursors(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'feed_cursor'").fetchone())


def _cursors(connection: sqlite3.Connection) -> Iterator[tuple[str, str, int]]:
    for row in connection.execute("SELECT * FROM feed_cursor") if _has_cursors(connection) else ():
        if [type(value) for value in row] != [str, str, int]:
            raise MisreadError(row)
        yield row


def _texts(rows: Iterable[tuple[Any, ...]], may_lack: Collection[int] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield rows of texts; some columns may hold none."""
    for row in rows:
        if not all(isinstance(value, str) or (value is None and at in may_lack) for at, value in enumerate(row)):
            raise MisreadError(row)
        yield row


def carries(connection: sqlite3.Connection) -> bool:
    """Whether an open database of sync's has tables of ours."""
    asked = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('setting', 'audit')"
    return bool(connection.execute(asked).fetchone()[0] == len((SETTING, AUDIT)))


def carried_by(database: Path) -> Carried:
    """Return what sync's database carries: nothing where it has no such tables, or is none of ours."""
    require_file(database)
    if not database.exists():
        return Carried()
    with converted(database), closing(connect_reader(database)) as db:
        connection = raw(db)
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        return Carried.of(connection) if ours and carries(connection) else Carried()


def hand_over(connection: sqlite3.Connection) -> None:
    """Drop them from sync's database, where the program's has them by now."""
    connection.execute("DROP TABLE IF EXISTS setting")
    connection.execute("DROP TABLE IF EXISTS audit")
    connection.execute("DROP TABLE IF EXISTS feed_cursor")


def load(copy: sqlite3.Connection, carried: Carried) -> None:
    """Have a copy of sync's database carry these, and nothing else of ours."""
    hand_over(copy)
    copy.execute(SETTING)
    copy.execute(AUDIT)
    copy.execute(CURSORS)
    carried.put_into(copy)
