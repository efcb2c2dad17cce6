"""Lived time: history grows old by what was lived through, not by what the clock says at the moment.

1. Rows are kept in the order in which they were written, whatever their dates say. Heartbeats, left once a day and at
   starts, stand among them: the time, and how far each table had come.
2. From one of these moments to the next as much was lived as lies between them. More than `MOST_BETWEEN` is no proof (a
   clock that jumped, or a machine that was off) and counts as nothing; less than none does not make anything younger.
3. What has been there for longer than it is to be kept, counted so, may go.

So a clock that is wrong by years makes nothing look old, nor does a row that was written while it was. One that swings
by less than `MOST_BETWEEN` is believed once, not each time.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator

from peewee import SqliteDatabase

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import MisreadError
from aisync_desktop.database.fields import UtcField, read_moment
from aisync_desktop.kernel.dataclass import dataclass

MOST_BETWEEN = dt.timedelta(days=31)
_BETWEEN_HEARTBEATS = dt.timedelta(hours=12)

_BEAT = """
INSERT INTO heartbeat (at, version_id, snapshot_id, log_id) SELECT ?,
    (SELECT coalesce(max(id), 0) FROM version),
    (SELECT coalesce(max(id), 0) FROM config_snapshot),
    (SELECT coalesce(max(id), 0) FROM event_log)
"""
_NEWEST = """
SELECT (SELECT at FROM heartbeat ORDER BY id DESC LIMIT 1),
    (SELECT created_at FROM version ORDER BY id DESC LIMIT 1),
    (SELECT started_at FROM sync_event ORDER BY id DESC LIMIT 1),
    (SELECT timestamp FROM event_log ORDER BY id DESC LIMIT 1)
"""
# Of a table the first row of each day, and the heartbeats: each with the first row that came with it or after it.
_MOMENTS = """
SELECT log_id + 1 AS first, 0, id, at FROM heartbeat
UNION ALL SELECT min(id), 1, 0, timestamp FROM event_log GROUP BY substr(timestamp, 1, 10)
ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Border:
    """The first row of each table that is young enough to stay; 0 is: all are."""

    version: int = 0
    snapshot: int = 0
    log: int = 0


def beat(db: SqliteDatabase, now: dt.datetime) -> dt.timedelta | None:
    """Leave a heartbeat unless the last is a recent one; return by how much the clock jumped since, None if it did not.

    It is compared with what was written last: a start has to come here before it writes anything else.
    """
    connection = raw(db)
    seen = [_read(at) for at in connection.execute(_NEWEST).fetchone() if at is not None]
    last = connection.execute("SELECT at FROM heartbeat ORDER BY id DESC LIMIT 1").fetchone()
    since = now - _read(last[0]) if last else None
    if since is None or not dt.timedelta() <= since < _BETWEEN_HEARTBEATS:
        connection.execute(_BEAT, (UtcField().db_value(now),))
    jump = min((now - at for at in seen), key=abs, default=dt.timedelta())
    return jump if abs(jump) > MOST_BETWEEN else None


def border(db: SqliteDatabase, history: dt.timedelta, log: dt.timedelta) -> Border:
    """Return which rows have been there for longer than history and log lines are kept, as far as that was lived."""
    connection = raw(db)
    return Border(
        version=_first_to_stay(connection, _of("version", "version_id", "created_at"), history),
        snapshot=_first_to_stay(connection, _of("config_snapshot", "snapshot_id", "created_at"), history),
        log=_first_to_stay(connection, _MOMENTS, log),
    )


def first_heartbeat(db: SqliteDatabase, kept: dt.timedelta) -> int:
    """Return the heartbeat from which on everything is younger than that; 0 is: all of it is."""
    return _first_to_stay(raw(db), "SELECT id, 0, id, at FROM heartbeat ORDER BY id", kept)


def _read(moment: object) -> dt.datetime:
    if not isinstance(moment, str):
        raise MisreadError(moment)
    return read_moment(moment)


def _of(table: str, position: str, moment: str) -> str:
    """Return the query for the moments of another table."""
    return _MOMENTS.replace("event_log", table).replace("log_id", position).replace("timestamp", moment)


def _first_to_stay(connection: sqlite3.Connection, moments: str, kept: dt.timedelta) -> int:
    lived = list(_lived((first, _read(at)) for first, _, _, at in connection.execute(moments)))
    all_of_it = lived[-1][1] if lived else dt.timedelta()
    return max((first for first, until in lived if all_of_it - until >= kept), default=0)


def _lived(moments: Iterator[tuple[int, dt.datetime]]) -> Iterator[tuple[int, dt.timedelta]]:
    """Yield for each moment how much had been lived through by then."""
    mark, lived = None, dt.timedelta()
    for first, at in moments:
        step = at - mark if mark else dt.timedelta()
        if mark is None or abs(step) > MOST_BETWEEN:
            mark = at
        elif step > dt.timedelta():
            mark, lived = at, lived + step
        yield first, lived
