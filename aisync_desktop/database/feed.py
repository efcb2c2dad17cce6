"""A feed: what happened in a store, in order, each row written in the transaction in which it happened.

Readers keep a cursor and ask for what came after it, in batches, as often as they like: so nothing is missed and
nothing is seen twice, whoever is killed in between, as long as a reader's cursor moves in one transaction with what it
makes of the rows. Rows are numbered without a gap and no number is used again, also of rows that were dropped.

A number alone does not say which row is meant: a backup that is restored goes on from the past, and a database that was
begun anew begins again with 1. So a cursor names an epoch, too. Each file begins one, and so does a restore, which
writes down after which number. Of a cursor that cannot be followed the reader is told why (`Gap`).
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Self

from peewee import Model, SqliteDatabase

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import MisreadError
from aisync_desktop.database.fields import AutoField, IntegerField, ObjectField, TextField, UtcField
from aisync_desktop.database.prepared_queries import Prepared
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value

KEPT = 20_000  # rows, which is some 5 MB
BATCH = 200

# As a migration makes it: for ever the same.
_MAKE = (
    "CREATE TABLE feed (number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, type TEXT NOT NULL, target TEXT NOT NULL, "
    "actor TEXT NOT NULL, detail TEXT NOT NULL, at TEXT NOT NULL)"
)
_MAKE_EPOCHS = (
    "CREATE TABLE feed_epoch (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, began_after INTEGER NOT NULL)"
)
_HEAD = "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'feed'), 0)"
_BEGIN_EPOCH = f"INSERT INTO feed_epoch (name, began_after) SELECT lower(hex(randomblob(8))), ({_HEAD})"


class FeedRow(Model):
    """What happened: its type, what it is about, who asked for it, what more there is to say, and when."""

    number = AutoField()
    type = TextField()
    target = TextField()
    actor = TextField()
    detail = ObjectField()
    at = UtcField()

    class Meta:  # noqa: D106 - how peewee is told of the table
        table_name = "feed"


class FeedEpoch(Model):
    """An epoch, and the number after which it began; the last one lasts."""

    id = AutoField()
    name = TextField()
    began_after = IntegerField()

    class Meta:  # noqa: D106 - how peewee is told of the table
        table_name = "feed_epoch"


TABLES: tuple[type[Model], ...] = (FeedRow, FeedEpoch)


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a reader has come."""

    epoch: str
    number: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.number}"

    @classmethod
    def parse(cls, shown: str) -> Self | None:
        """Read what `str` wrote; None for anything else."""
        found = re.fullmatch(r"([0-9a-f]{1,32})\.([0-9]{1,18})", shown)
        return cls(found[1], int(found[2])) if found else None


_BEFORE_ALL = Cursor("0", 0)  # where an older program's database has no feed yet


class Gap(StrEnum):
    """Why a reader cannot just go on where it was."""

    DROPPED = "dropped"  # some rows after its cursor are not kept any more
    ANEW = "anew"  # its cursor is of another feed: this one was begun anew, or goes on from another past
    BACK = "back"  # it has seen rows that are not there any more: an earlier state was put back


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a feed."""

    number: int
    type: str
    target: str
    actor: str
    detail: Mapping[str, Value]
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows in order, where to go on after them, and whether anything was left out before them."""

    entries: tuple[Entry, ...]
    cursor: Cursor
    gap: Gap | None = None


def make_feed(connection: sqlite3.Connection) -> None:
    """Make the tables, in a migration."""
    connection.execute(_MAKE)
    connection.execute(_MAKE_EPOCHS)
    begin_epoch(connection)


def begin_epoch(connection: sqlite3.Connection) -> None:
    """Begin a new epoch: from here on, the rows are not those that others may have seen under these numbers."""
    connection.execute(_BEGIN_EPOCH)


def has_feed(connection: sqlite3.Connection) -> bool:
    """Whether a database has the tables; those of older programs have not."""
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'feed_epoch'").fetchone())


_EPOCHS = Prepared(lambda: FeedEpoch.select(FeedEpoch.name, FeedEpoch.began_after).order_by(FeedEpoch.id))
_ROWS = Prepared(
    lambda after, limit: (
        FeedRow.select(FeedRow.number, FeedRow.type, FeedRow.target, FeedRow.actor, FeedRow.detail, FeedRow.at)
        .where(FeedRow.number > after)
        .order_by(FeedRow.number)
        .limit(limit)
    )
)


_NEWEST = Prepared(
    lambda type_, before, limit: (
        FeedRow.select(FeedRow.number, FeedRow.type, FeedRow.target, FeedRow.actor, FeedRow.detail, FeedRow.at)
        .where(FeedRow.type == type_, FeedRow.number < before)
        .order_by(FeedRow.number.desc())
        .limit(limit)
    )
)
_COUNT = "SELECT count(*) FROM feed WHERE type = ?"
_AFTER_ALL = 2**63 - 1


def head(db: SqliteDatabase) -> Cursor:
    """Return the cursor of who has seen everything."""
    return _BEFORE_ALL if not has_feed(raw(db)) else Cursor(_epochs(db)[-1][0], _last(db))


def read(db: SqliteDatabase, after: Cursor | None, limit: int) -> Batch:
    """Return what came after a cursor; None is before everything."""
    if not has_feed(raw(db)):
        return Batch((), _BEFORE_ALL)
    epochs, last = _epochs(db), _last(db)
    start, gap = _start(epochs, last, after)
    (oldest,) = raw(db).execute("SELECT min(number) FROM feed").fetchone()
    dropped = last if oldest is None else oldest - 1
    if start < dropped:
        start, gap = dropped, gap or Gap.DROPPED
    entries = tuple(Entry(*row) for row in _ROWS.rows(db, start, limit))
    return Batch(entries, Cursor(epochs[-1][0], entries[-1].number if entries else start), gap)


def _epochs(db: SqliteDatabase) -> list[tuple[str, int]]:
    found = [(name, began_after) for name, began_after in _EPOCHS.rows(db)]
    if not found:  # the step that makes the table begins one
        raise MisreadError("feed_epoch")
    return found


def _start(epochs: Sequence[tuple[str, int]], last: int, after: Cursor | None) -> tuple[int, Gap | None]:
    """Return after which number a reader goes on: as far as its epoch is a part of this feed's past."""
    if after is None or not after.number:  # who has seen nothing yet goes on anywhere
        return 0, None
    ends = [*(began_after for _, began_after in epochs[1:]), last]
    end = next((end for (name, _), end in zip(epochs, ends, strict=True) if name == after.epoch), None)
    if end is None:
        return 0, Gap.ANEW
    return (after.number, None) if after.number <= end else (end, Gap.BACK)


def _last(db: SqliteDatabase) -> int:
    return int(raw(db).execute(_HEAD).fetchone()[0])


def drop_oldest(connection: sqlite3.Connection, kept: int = KEPT) -> int:
    """Drop all but so many rows; return how many went."""
    return connection.execute(f"DELETE FROM feed WHERE number <= ({_HEAD}) - ?", (kept,)).rowcount  # noqa: S608 - ours


class FeedReads:
    """The reading methods, for whatever reads a store that has a feed."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[SqliteDatabase]:
        """Give the connection for one method."""

    def happened(self, after: Cursor | None = None, limit: int = BATCH) -> Batch:
        """Return what happened after a cursor, oldest first; None is before everything."""
        with self._reading() as db:
            return read(db, after, limit)

    def newest_of(self, type_: str, limit: int, before: int | None = None) -> tuple[Entry, ...]:
        """Return what happened of one type, newest first; only what came before a number, where one is given."""
        with self._reading() as db:
            if not has_feed(raw(db)):
                return ()
            return tuple(Entry(*row) for row in _NEWEST.rows(db, type_, before or _AFTER_ALL, limit))

    def count_of(self, type_: str) -> int:
        """Return how often something of one type has happened, as far as it is kept."""
        with self._reading() as db:
            return int(raw(db).execute(_COUNT, (type_,)).fetchone()[0]) if has_feed(raw(db)) else 0

    def latest_cursor(self) -> Cursor:
        """Return the cursor of who has seen everything."""
        with self._reading() as db:
            return head(db)
