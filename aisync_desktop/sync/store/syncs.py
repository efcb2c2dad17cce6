"""Syncs and their journal: what was meant, written before the first file is touched, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from peewee import SQL, ModelSelect, SqliteDatabase

from aisync_desktop.database.connection import raw
from aisync_desktop.database.prepared_queries import Prepared
from aisync_desktop.database.rows import insert_row, insert_rows, put_rows
from aisync_desktop.sync.store.models import Base, ClientEndpoint, Journal, SyncEvent, WatchedPath
from aisync_desktop.sync.store.records import (
    BaseUpdate,
    Endpoint,
    EndpointSeen,
    JournalEntry,
    Payload,
    SyncRecord,
    SyncStart,
    SyncStatus,
    Target,
    TargetState,
    WayTo,
)
from aisync_desktop.sync.store.versions import path_ids

if TYPE_CHECKING:
    from aisync_desktop.sync.model.events import FileWritten, Synced

_Name = Callable[[str], str]

# Spelled out, not bound: only so can SQLite use the indexes that hold nothing but these rows.
_PENDING = Journal.state == SQL("'pending'")
_RUNNING = SyncEvent.status == SQL("'running'")


def begin(db: SqliteDatabase, start: SyncStart, snapshot: int | None, now: dt.datetime) -> int:
    """Add a running sync."""
    row = {
        "snapshot": snapshot,
        "scope": start.scope,
        "event_type": start.event_type,
        "status": SyncStatus.RUNNING.value,
        "started_at": now,
        "triggered_by": start.triggered_by,
    }
    return insert_row(db, SyncEvent, row)


_FINISH = Prepared(
    lambda status, now, took, number: SyncEvent.update(status=status, finished_at=now, took=took).where(
        SyncEvent.id == number
    )
)
_SECOND = 1_000_000  # microseconds


def finish(db: SqliteDatabase, sync_id: int, status: SyncStatus, now: dt.datetime, took: float | None) -> int:
    """Close a sync; return how many there were of that id."""
    return _FINISH.run(db, status.value, now, None if took is None else round(took * _SECOND), sync_id)


_ENDED = Prepared(
    lambda number: SyncEvent.select(
        SyncEvent.snapshot, SyncEvent.scope, SyncEvent.event_type, SyncEvent.status, SyncEvent.triggered_by
    ).where(SyncEvent.id == number)
)


def told(db: SqliteDatabase, sync_id: int) -> Synced:
    """Return a sync that has ended as the event that tells of it."""
    ((snapshot, scope, way, status, asked),) = _ENDED.rows(db, sync_id)
    from aisync_desktop.sync.model.events import FileWritten, Synced  # who only reads has nothing to tell

    files: dict[str, tuple[FileWritten, ...]] = {}
    for entry in targets(db, sync_id):
        file = FileWritten(path=entry.path, outcome=entry.state.value, reason=entry.detail)
        files[entry.client] = (*files.get(entry.client, ()), file)
    return Synced(target=scope, sync=sync_id, snapshot=snapshot, way=way, status=status.value, asked=asked, files=files)


def add_targets(db: SqliteDatabase, sync_id: int, targets: Sequence[Target], name: _Name) -> None:
    """Write down what is about to be replaced."""
    ids = path_ids(db, [target.path for target in targets])
    rows = [
        {
            "sync_event": sync_id,
            "client": target.client,
            "path": ids[target.path],
            "old_hash": name(target.old_hash),
            "new_hash": name(target.new_hash),
            "state": TargetState.PENDING.value,
            "detail": "",
        }
        for target in targets
    ]
    insert_rows(db, Journal, rows)


# Run for every file of every sync: peewee would take longer to spell them than SQLite to run them.
_FINISH_TARGET = """
UPDATE journal SET state = ?, detail = ?
WHERE sync_event_id = ? AND path_id = (SELECT id FROM watched_path WHERE path = ?)
"""
_TAKE_OVER_HASH = """
UPDATE client_endpoint SET hash = (
    SELECT new_hash FROM journal JOIN watched_path ON watched_path.id = journal.path_id
    WHERE sync_event_id = ? AND watched_path.path = client_endpoint.path
) WHERE path = ?
"""


def finish_target(db: SqliteDatabase, sync_id: int, path: str, state: TargetState, detail: str) -> int:
    """Write down what became of a target; return how many there were."""
    connection = raw(db)
    count = connection.execute(_FINISH_TARGET, (state.value, detail, sync_id, path)).rowcount
    if state is TargetState.DONE and count:
        connection.execute(_TAKE_OVER_HASH, (sync_id, path))
    return count


def put_bases(db: SqliteDatabase, bases: Sequence[BaseUpdate], now: dt.datetime) -> None:
    """Set what clients agree on."""
    rows = [{"client": base.client, "scope": base.scope, "payload": base.payload, "updated_at": now} for base in bases]
    put_rows(db, Base, rows, key=("client", "scope"), update=("payload", "updated_at"))


_BASES = Prepared(lambda: Base.select(Base.client, Base.scope, Base.payload))


def bases(db: SqliteDatabase) -> dict[tuple[str, str], Payload]:
    """Return every base by (client, scope)."""
    return {(client, scope): payload for client, scope, payload in _BASES.rows(db)}


def put_endpoints(db: SqliteDatabase, seen: Sequence[EndpointSeen], name: _Name, now: dt.datetime) -> None:
    """Set what endpoints hold."""
    rows = [
        {
            "client": each.client,
            "scope": each.scope,
            "path": each.path,
            "config_type": each.config_type,
            "hash": name(each.hash),
            "last_seen": now,
        }
        for each in seen
    ]
    put_rows(db, ClientEndpoint, rows, ("client", "scope", "path", "config_type"), update=("hash", "last_seen"))


_ENDPOINTS = Prepared(
    lambda: ClientEndpoint.select(
        ClientEndpoint.client,
        ClientEndpoint.scope,
        ClientEndpoint.path,
        ClientEndpoint.config_type,
        ClientEndpoint.hash,
        ClientEndpoint.last_seen,
    ).order_by(ClientEndpoint.id)
)


def endpoints(db: SqliteDatabase) -> tuple[Endpoint, ...]:
    """Return every endpoint."""
    return tuple(Endpoint(*row) for row in _ENDPOINTS.rows(db))


def present(db: SqliteDatabase) -> frozenset[tuple[str, str]]:
    """Return the scope and path of every endpoint's file that was there when it was last seen."""
    return frozenset((seen.scope, seen.path) for seen in endpoints(db) if seen.hash)


_ENTRY = (
    Journal.sync_event,
    Journal.client,
    WatchedPath.path,
    Journal.old_hash,
    Journal.new_hash,
    Journal.state,
    Journal.detail,
)


def _entries(wanted: object) -> ModelSelect[Journal]:
    return Journal.select(*_ENTRY).join(WatchedPath).where(wanted).order_by(Journal.id)


_OPEN_TARGETS = Prepared(lambda: _entries(_PENDING))
_TARGETS = Prepared(lambda number: _entries(Journal.sync_event == number))


def targets(db: SqliteDatabase, sync_id: int | None = None) -> tuple[JournalEntry, ...]:
    """Return the targets of a sync, or those of all syncs that nobody knows the end of."""
    rows = _OPEN_TARGETS.rows(db) if sync_id is None else _TARGETS.rows(db, sync_id)
    return tuple(_entry(*row) for row in rows)


def targets_of(db: SqliteDatabase, snapshots: Sequence[int]) -> dict[int, tuple[JournalEntry, ...]]:
    """Return, by snapshot, the targets of every sync that brought files to it."""
    query = Journal.select(SyncEvent.snapshot, *_ENTRY).join(WatchedPath).switch(Journal).join(SyncEvent)
    found: dict[int, tuple[JournalEntry, ...]] = {}
    for snapshot, *row in (
        query.where(SyncEvent.snapshot.in_(list(snapshots))).order_by(Journal.id).tuples().execute(db)
    ):
        found[snapshot] = (*found.get(snapshot, ()), _entry(*row))
    return found


def ways_to(db: SqliteDatabase, snapshots: Sequence[int]) -> dict[int, WayTo]:
    """Return, by snapshot, how it came to be: by the first sync that led to it."""
    query = SyncEvent.select(SyncEvent.snapshot, SyncEvent.event_type, SyncEvent.triggered_by)
    of_these = query.where(SyncEvent.snapshot.in_(list(snapshots))).order_by(SyncEvent.id.desc())
    return {snapshot: WayTo(way, asked_by) for snapshot, way, asked_by in of_these.tuples().execute(db)}


def _entry(
    sync_id: int, client: str, path: str, old_hash: str, new_hash: str, state: TargetState, detail: str
) -> JournalEntry:
    return JournalEntry(sync_id, client, path, old_hash, new_hash, state, detail)


_UNENDED = Prepared(lambda: SyncEvent.select(SyncEvent.id).where(_RUNNING).order_by(SyncEvent.id))


def running(db: SqliteDatabase) -> tuple[int, ...]:
    """Return the syncs without an end."""
    return tuple(row[0] for row in _UNENDED.rows(db))


def last_with(db: SqliteDatabase, snapshot: int) -> int | None:
    """Return the last sync whose outcome was a snapshot."""
    newest = SyncEvent.select(SyncEvent.id).where(SyncEvent.snapshot == snapshot).order_by(SyncEvent.id.desc())
    row = newest.limit(1).tuples().execute(db)
    return next((number for (number,) in row), None)


def _newest_first(limit: object) -> ModelSelect[SyncEvent]:
    columns = (
        SyncEvent.id,
        SyncEvent.snapshot,
        SyncEvent.scope,
        SyncEvent.event_type,
        SyncEvent.status,
        SyncEvent.started_at,
        SyncEvent.finished_at,
        SyncEvent.triggered_by,
    )
    return SyncEvent.select(*columns).order_by(SyncEvent.id.desc()).limit(limit)


_PAGE = Prepared(_newest_first)
_OLDER = Prepared(lambda limit, before: _newest_first(limit).where(SyncEvent.id < before))


def page(db: SqliteDatabase, limit: int, before: int | None) -> tuple[SyncRecord, ...]:
    """Return syncs, newest first."""
    rows = _PAGE.rows(db, limit) if before is None else _OLDER.rows(db, limit, before)
    return tuple(SyncRecord(*row) for row in rows)
