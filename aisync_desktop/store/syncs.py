"""Syncs and their journal: what was meant, written before the first file is touched, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from peewee import EXCLUDED, SqliteDatabase

from aisync_desktop.store.models import Base, ClientEndpoint, Journal, SyncEvent
from aisync_desktop.store.records import (
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
)

_Name = Callable[[str], str]


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
    return int(SyncEvent.insert(row).execute(db))


def finish(db: SqliteDatabase, sync_id: int, status: SyncStatus, now: dt.datetime) -> int:
    """Close a sync; return how many there were of that id."""
    change = SyncEvent.update(status=status.value, finished_at=now).where(SyncEvent.id == sync_id)
    return int(change.execute(db))


def add_targets(db: SqliteDatabase, sync_id: int, targets: Sequence[Target], name: _Name) -> None:
    """Write down what is about to be replaced."""
    rows = [
        {
            "sync_event": sync_id,
            "client": target.client,
            "path": target.path,
            "old_hash": name(target.old_hash),
            "new_hash": name(target.new_hash),
            "state": TargetState.PENDING.value,
            "detail": "",
        }
        for target in targets
    ]
    if rows:
        Journal.insert_many(rows).execute(db)


def finish_target(db: SqliteDatabase, sync_id: int, path: str, state: TargetState, detail: str) -> int:
    """Write down what became of a target; return how many there were."""
    there = (Journal.sync_event == sync_id) & (Journal.path == path)
    count = int(Journal.update(state=state.value, detail=detail).where(there).execute(db))
    if state is TargetState.DONE:
        written = Journal.select(Journal.new_hash).where(there)
        ClientEndpoint.update(hash=written).where(ClientEndpoint.path == path).execute(db)
    return count


def put_bases(db: SqliteDatabase, bases: Sequence[BaseUpdate], now: dt.datetime) -> None:
    """Set what clients agree on."""
    rows = [{"client": base.client, "scope": base.scope, "payload": base.payload, "updated_at": now} for base in bases]
    if rows:
        newer = {Base.payload: EXCLUDED.payload, Base.updated_at: EXCLUDED.updated_at}
        Base.insert_many(rows).on_conflict(conflict_target=[Base.client, Base.scope], update=newer).execute(db)


def bases(db: SqliteDatabase) -> dict[tuple[str, str], Payload]:
    """Return every base by (client, scope)."""
    rows = Base.select(Base.client, Base.scope, Base.payload).tuples().execute(db)
    return {(client, scope): payload for client, scope, payload in rows}


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
    if rows:
        key = [ClientEndpoint.client, ClientEndpoint.scope, ClientEndpoint.path, ClientEndpoint.config_type]
        newer = {ClientEndpoint.hash: EXCLUDED.hash, ClientEndpoint.last_seen: EXCLUDED.last_seen}
        ClientEndpoint.insert_many(rows).on_conflict(conflict_target=key, update=newer).execute(db)


def endpoints(db: SqliteDatabase) -> tuple[Endpoint, ...]:
    """Return every endpoint."""
    columns = (
        ClientEndpoint.client,
        ClientEndpoint.scope,
        ClientEndpoint.path,
        ClientEndpoint.config_type,
        ClientEndpoint.hash,
        ClientEndpoint.last_seen,
    )
    rows = ClientEndpoint.select(*columns).order_by(ClientEndpoint.id).tuples().execute(db)
    return tuple(Endpoint(*row) for row in rows)


def targets(db: SqliteDatabase, sync_id: int | None = None) -> tuple[JournalEntry, ...]:
    """Return the targets of a sync, or those of all syncs that nobody knows the end of."""
    columns = (
        Journal.sync_event,
        Journal.client,
        Journal.path,
        Journal.old_hash,
        Journal.new_hash,
        Journal.state,
        Journal.detail,
    )
    wanted = Journal.state == TargetState.PENDING.value if sync_id is None else Journal.sync_event == sync_id
    rows = Journal.select(*columns).where(wanted).order_by(Journal.id).tuples().execute(db)
    return tuple(_entry(*row) for row in rows)


def _entry(sync_id: int, client: str, path: str, old_hash: str, new_hash: str, state: str, detail: str) -> JournalEntry:
    return JournalEntry(sync_id, client, path, old_hash, new_hash, TargetState(state), detail)


def running(db: SqliteDatabase) -> tuple[int, ...]:
    """Return the syncs without an end."""
    rows = SyncEvent.select(SyncEvent.id).where(SyncEvent.status == SyncStatus.RUNNING.value).order_by(SyncEvent.id)
    return tuple(row[0] for row in rows.tuples().execute(db))


def page(db: SqliteDatabase, limit: int, before: int | None) -> tuple[SyncRecord, ...]:
    """Return syncs, newest first."""
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
    query = SyncEvent.select(*columns).order_by(SyncEvent.id.desc()).limit(limit)
    if before is not None:
        query = query.where(SyncEvent.id < before)
    records = (SyncRecord(*row) for row in query.tuples().execute(db))
    return tuple(replace(record, status=SyncStatus(record.status)) for record in records)
