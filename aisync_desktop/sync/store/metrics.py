"""Metrics: what the rows of syncs, their files and the log come to, hour by hour.

Nothing is counted while a sync runs: it only writes down how long it took. Now and then what is new since the last time
is added to its hours, in one transaction with the mark of how far that has come, so that a kill between two rows is no
matter; who asks adds in memory what has not been added yet. A sync that has no end yet, and all after it, waits.

Hours are those of UTC, so that no change of the clocks makes one longer, and by what the clock said at the time. How
long an hour is kept is counted in lived time, by heartbeats (lived_time.py): a clock that jumps makes nothing go early.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import field, replace
from itertools import starmap, takewhile
from typing import NamedTuple

from peewee import SqliteDatabase

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import MisreadError
from aisync_desktop.database.prepared_queries import Prepared
from aisync_desktop.database.rows import put_rows
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.observe.tallies import Durations, Tallies, Tally, joined
from aisync_desktop.sync.store.lived_time import first_heartbeat
from aisync_desktop.sync.store.models import Journal, MetricHour, SyncEvent
from aisync_desktop.sync.store.records import SyncStatus, TargetState
from aisync_desktop.sync.store.small_tables import clients
from aisync_desktop.sync.store.stored_tallies import (
    LastSync,
    Mark,
    making_sense,
    payload,
    put_mark,
    read_mark,
    read_tallies,
)

KEPT = dt.timedelta(days=90)
SYNCS, LOG = "syncs", "log"  # the tallies, beside those of clients: CLIENT and the client
OVERTAKEN, EDITS, RETRIES = "overtaken", "edits", "retries"
CLIENT = "client/"
_TOGETHER = 2_000  # syncs
_HOUR = dt.timedelta(hours=1)

_SYNC_ROWS = Prepared(
    lambda after, limit: (
        SyncEvent.select(SyncEvent.id, SyncEvent.status, SyncEvent.started_at, SyncEvent.finished_at, SyncEvent.took)
        .where(SyncEvent.id > after)
        .order_by(SyncEvent.id)
        .limit(limit)
    )
)
_FILE_ROWS = Prepared(
    lambda first, last: (
        Journal.select(Journal.sync_event, Journal.client, Journal.path, Journal.state)
        .where(Journal.sync_event >= first, Journal.sync_event <= last)
        .order_by(Journal.id)
    )
)
_BETWEEN = Prepared(
    lambda since, until: MetricHour.select(MetricHour.hour, MetricHour.tallies).where(
        MetricHour.hour >= since, MetricHour.hour <= until
    )
)
_OF = Prepared(lambda hours: MetricHour.select(MetricHour.hour, MetricHour.tallies).where(MetricHour.hour.in_(hours)))
# What a snapshot holds that is new came from whoever made it, with the first sync that led to it.
_AUTHORS = """
SELECT s.id, c.created_by FROM sync_event s JOIN config_snapshot c ON c.id = s.snapshot_id
WHERE s.id BETWEEN ? AND ?
    AND s.id = (SELECT min(e.id) FROM sync_event e WHERE e.snapshot_id = s.snapshot_id)
"""
_LINES = "SELECT substr(timestamp, 1, 13), level, count(*) FROM event_log WHERE id > ? AND id <= ? GROUP BY 1, 2"
_LAST_LINE = "SELECT ifnull(max(id), 0) FROM event_log"
_LAST_ROWS = "SELECT (SELECT ifnull(max(id), 0) FROM sync_event), (SELECT ifnull(max(id), 0) FROM event_log)"
_HAS_TABLE = "SELECT 1 FROM sqlite_master WHERE name = 'metric_hour'"


def of_client(client: str) -> str:
    """Return what a client's tally is called."""
    return f"{CLIENT}{client}"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted: ever, in the hours that were asked for, and the last sync of each client."""

    ever: Tallies = field(default_factory=dict)
    hours: Mapping[dt.datetime, Tallies] = field(default_factory=dict)
    last: Mapping[str, LastSync] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Step:
    """The mark after some more rows, what they come to, and whether there are more."""

    mark: Mark
    hours: Mapping[dt.datetime, Tallies]
    more: bool


class _SyncRow(NamedTuple):
    id: int
    status: SyncStatus
    at: dt.datetime
    end: dt.datetime | None
    took: int | None


@dataclass
class _Counted:
    counts: Counter[str] = field(default_factory=Counter)
    took: list[int] = field(default_factory=list)


class _Counting:
    """Counts rows, in the order of their numbers."""

    def __init__(self, mark: Mark) -> None:
        self.unmet = set(mark.unmet)
        self.last = dict(mark.last)
        self._found: defaultdict[tuple[dt.datetime, str], _Counted] = defaultdict(_Counted)

    def at(self, hour: dt.datetime, name: str) -> _Counted:
        """Return where something of that hour is counted."""
        return self._found[hour, name]

    def file(self, hour: dt.datetime, client: str, path: int, state: TargetState) -> None:
        """Count one file that was written, or could not be."""
        counts = self.at(hour, of_client(client)).counts
        counts[OVERTAKEN if state is TargetState.FOREIGN else state.value] += 1
        counts[RETRIES] += path in self.unmet
        if state is TargetState.DONE:
            self.unmet.discard(path)
        else:
            self.unmet.add(path)

    def sync(self, hour: dt.datetime, ended: str, took: int | None, written: set[str], end: dt.datetime) -> None:
        """Count one sync: how it ended, and how long it took to reach these clients."""
        whole = self.at(hour, SYNCS)
        whole.counts[ended] += 1
        for client in written:
            self.last[client] = LastSync(end, took)
        if took is not None:
            whole.took.append(took)
            for client in written:
                self.at(hour, of_client(client)).took.append(took)

    def hours(self) -> dict[dt.datetime, Tallies]:
        """Return what it all comes to."""
        hours: dict[dt.datetime, dict[str, Tally]] = {}
        for (hour, name), counted in self._found.items():
            hours.setdefault(hour, {})[name] = Tally(+counted.counts, Durations.of(counted.took))
        return dict(hours)


def unread(db: SqliteDatabase) -> int:
    """Return how many rows have come since the last time that they were added up."""
    mark = read_mark(db)
    sync, line = map(int, raw(db).execute(_LAST_ROWS).fetchone())
    return max(0, sync - mark.sync) + max(0, line - mark.line)


def roll_up(db: SqliteDatabase) -> bool:
    """Add what is new to its hours, inside the caller's transaction; return whether there is more."""
    step = _step(db, read_mark(db))
    (heartbeat,) = raw(db).execute("SELECT ifnull(max(id), 0) FROM heartbeat").fetchone()
    for hour, tallies in step.hours.items():  # mostly one or two
        before = [read_tallies(stored) for _, stored in _OF.rows(db, [hour])]
        row = {"hour": hour, "heartbeat_id": heartbeat, "tallies": payload(joined([*before, tallies]))}
        put_rows(db, MetricHour, [row], key=("hour",), update=("heartbeat_id", "tallies"))
    put_mark(db, step.mark)
    return step.more


def drop_old(db: SqliteDatabase) -> None:
    """Drop the hours that are older than they are kept; where log lines went, their numbers may come again."""
    raw(db).execute("DELETE FROM metric_hour WHERE heartbeat_id < ?", (first_heartbeat(db, KEPT),))
    mark = read_mark(db)
    (last,) = raw(db).execute(_LAST_LINE).fetchone()
    if last < mark.line:
        put_mark(db, replace(mark, line=last))


def figures(db: SqliteDatabase, since: dt.datetime, until: dt.datetime) -> Figures:
    """Return what was counted ever, and in the hours that begin between two moments."""
    if not raw(db).execute(_HAS_TABLE).fetchone():  # an older program's database
        return Figures()
    step = _Step(read_mark(db), {}, more=True)
    found: dict[dt.datetime, Tallies] = {hour: read_tallies(stored) for hour, stored in _BETWEEN.rows(db, since, until)}
    while step.more:
        step = _step(db, step.mark)
        for hour, tallies in step.hours.items():
            if since <= hour <= until:
                found[hour] = joined([found.get(hour, {}), tallies])
    return Figures(step.mark.ever, found, step.mark.last)


def _step(db: SqliteDatabase, mark: Mark) -> _Step:
    """Count the next rows after a mark."""
    counting = _Counting(mark)
    rows = starmap(_SyncRow, _SYNC_ROWS.rows(db, mark.sync, _TOGETHER))
    ended = list(takewhile(lambda row: row.status is not SyncStatus.RUNNING, rows))
    if ended:
        _count_syncs(db, counting, ended)
    line = _count_lines(db, counting, mark.line)
    hours = counting.hours()
    sync = ended[-1].id if ended else mark.sync
    ever = joined([mark.ever, *hours.values()])
    return _Step(Mark(sync, line, frozenset(counting.unmet), ever, counting.last), hours, len(ended) == _TOGETHER)


def _count_syncs(db: SqliteDatabase, counting: _Counting, rows: list[_SyncRow]) -> None:
    first, last = rows[0].id, rows[-1].id
    known = {client.id for client in clients(db)}
    authors = dict(raw(db).execute(_AUTHORS, (first, last)).fetchall())
    files: defaultdict[object, list[tuple[str, int, TargetState]]] = defaultdict(list)
    for sync, *file in _FILE_ROWS.rows(db, first, last):
        files[sync].append((file[0], file[1], file[2]))
    for row in rows:
        _count_sync(counting, row, files[row.id], known.intersection(_names(authors.get(row.id, ""))))


def _count_sync(
    counting: _Counting, row: _SyncRow, files: list[tuple[str, int, TargetState]], authors: set[str]
) -> None:
    hour = row.at.replace(minute=0, second=0, microsecond=0)
    for client in authors:
        counting.at(hour, of_client(client)).counts[EDITS] += 1
    for client, path, state in files:
        counting.file(hour, client, path, state)
    written = {client for client, _, state in files if state is TargetState.DONE}
    whole = row.status is SyncStatus.DONE and bool(written)
    ended = _ended(row.status, {state for _, _, state in files})
    counting.sync(hour, ended, row.took if whole else None, written, row.end or row.at)


def _ended(status: SyncStatus, states: set[TargetState]) -> str:
    """Return how a sync ended: where others only wrote meanwhile, nothing failed."""
    if status is not SyncStatus.PARTIAL:
        return status.value
    return SyncStatus.FAILED.value if TargetState.FAILED in states else OVERTAKEN


def _count_lines(db: SqliteDatabase, counting: _Counting, after: int) -> int:
    last = int(raw(db).execute(_LAST_LINE).fetchone()[0])
    for hour, level, count in raw(db).execute(_LINES, (after, last)):
        with making_sense():
            counting.at(dt.datetime.fromisoformat(f"{hour}:00:00+00:00"), LOG).counts[str(level)] += count
    return max(last, after)


def _names(authors: object) -> list[str]:
    if not isinstance(authors, str):
        raise MisreadError("created_by")
    return authors.split(",")
