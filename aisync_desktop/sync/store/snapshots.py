"""Snapshots: the latest of a scope is plain JSON; when its child comes, it is packed against that child.

So the state that every start reads needs no unpacking and no key, a year of history costs some 100 bytes per change,
and the oldest snapshots can be dropped without touching others (nothing stands on an older one).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from peewee import Field, SqliteDatabase

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.database.fields import from_json, to_json
from aisync_desktop.database.packing import MAX_DEPTH, pack, unpack
from aisync_desktop.database.prepared_queries import Prepared
from aisync_desktop.database.rows import insert_row
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.store.models import ConfigSnapshot, SnapshotDiff
from aisync_desktop.sync.store.records import NewSnapshot, Payload, Snapshot, SnapshotInfo

_COLUMNS: tuple[Field, ...] = tuple(ConfigSnapshot._meta.sorted_fields)
_LATEST = Prepared(
    lambda scope: (
        ConfigSnapshot.select(*_COLUMNS)
        .where(ConfigSnapshot.scope == scope)
        .order_by(ConfigSnapshot.id.desc())
        .limit(1)
    )
)
_NUMBERED = Prepared(lambda number: ConfigSnapshot.select(*_COLUMNS).where(ConfigSnapshot.id == number))
_SCOPES = Prepared(lambda: ConfigSnapshot.select(ConfigSnapshot.scope).distinct())
_DIFF = Prepared(
    lambda number: SnapshotDiff.select(SnapshotDiff.diff_payload, SnapshotDiff.diff_format).where(
        SnapshotDiff.snapshot == number
    )
)
_REPLACE = Prepared(
    lambda packed, child, number: ConfigSnapshot.update(payload=packed, base=child).where(ConfigSnapshot.id == number)
)


def _row(found: tuple[Any, ...] | None) -> ConfigSnapshot | None:
    if found is None:
        return None
    return ConfigSnapshot(**dict(zip((column.name for column in _COLUMNS), found, strict=True)))


def insert(db: SqliteDatabase, scope: str, new: NewSnapshot, now: dt.datetime) -> int:
    """Add a snapshot as the latest of its scope, with the diff to the one before."""
    parent = latest(db, scope)
    payload = to_json(new.payload)
    row = {
        "scope": scope,
        "parent": parent.id if parent else None,
        "unified_hash": new.unified_hash,
        "payload": payload,
        "depth": 0 if parent is None or parent.depth >= MAX_DEPTH else parent.depth + 1,
        "created_at": now,
        "created_by": new.created_by,
        "restored": new.restored,
    }
    number = insert_row(db, ConfigSnapshot, row)
    if parent is not None and parent.depth < MAX_DEPTH:
        _pack(db, parent, number, payload)
    diff = {"snapshot": number, "diff_payload": new.diff, "diff_format": new.diff_format, "created_at": now}
    insert_row(db, SnapshotDiff, diff)
    return number


def latest(db: SqliteDatabase, scope: str) -> ConfigSnapshot | None:
    """Return the newest row of a scope; its payload is JSON text."""
    return _row(_LATEST.first(db, scope))


def newest_of_each(db: SqliteDatabase, path: Path) -> dict[str, Snapshot]:
    """Return the latest snapshot of every scope, without diffs."""
    rows = [latest(db, scope) for (scope,) in _SCOPES.rows(db)]
    return {row.scope: Snapshot(info(row), _payload(_text(db, row, path), path)) for row in rows if row is not None}


def page(db: SqliteDatabase, limit: int, before: int | None, scope: str | None) -> tuple[SnapshotInfo, ...]:
    """Return snapshots without payload, newest first."""
    columns = (
        ConfigSnapshot.id,
        ConfigSnapshot.scope,
        ConfigSnapshot.parent,
        ConfigSnapshot.unified_hash,
        ConfigSnapshot.created_at,
        ConfigSnapshot.created_by,
        ConfigSnapshot.restored,
    )
    query = ConfigSnapshot.select(*columns).order_by(ConfigSnapshot.id.desc()).limit(limit)
    if before is not None:
        query = query.where(ConfigSnapshot.id < before)
    if scope is not None:
        query = query.where(ConfigSnapshot.scope == scope)
    return tuple(SnapshotInfo(*row) for row in query.tuples().execute(db))


def read(db: SqliteDatabase, number: int, path: Path) -> Snapshot | None:
    """Return one snapshot with payload and diff."""
    row = _row(_NUMBERED.first(db, number))
    if row is None:
        return None
    diff = _DIFF.first(db, number)
    payload = _payload(_text(db, row, path), path)
    if diff is None:
        return Snapshot(info(row), payload)
    return Snapshot(info(row), payload, *diff)


def diffs(db: SqliteDatabase, numbers: Sequence[int]) -> dict[int, Value]:
    """Return what each of these snapshots changed in its parent."""
    columns = (SnapshotDiff.snapshot, SnapshotDiff.diff_payload)
    return dict(SnapshotDiff.select(*columns).where(SnapshotDiff.snapshot.in_(list(numbers))).tuples().execute(db))


def require_all(db: SqliteDatabase, path: Path) -> None:
    """Unpack every snapshot, each against the next newer one of its scope; one that does not come back is damage."""
    newer: dict[str, tuple[int, bytes]] = {}
    for (number,) in raw(db).execute("SELECT id FROM config_snapshot ORDER BY id DESC").fetchall():
        row = _row(_NUMBERED.first(db, number))
        if row is None:
            continue
        base, relative = newer.get(row.scope, (None, b""))
        plain = _unpacked(row.payload, relative, path) if row.base_id == base else _text(db, row, path)
        _payload(plain, path)
        newer[row.scope] = number, plain


def info(row: ConfigSnapshot) -> SnapshotInfo:
    """Return a row without its payload."""
    return SnapshotInfo(
        row.id, row.scope, row.parent_id, row.unified_hash, row.created_at, row.created_by, row.restored_id
    )


def _pack(db: SqliteDatabase, parent: ConfigSnapshot, child: int, relative: str) -> None:
    plain = cast("str", parent.payload).encode()
    packed = len(plain).to_bytes(4, "big") + pack(plain, relative.encode())
    _REPLACE.run(db, packed, child, parent.id)


def _text(db: SqliteDatabase, row: ConfigSnapshot, path: Path) -> bytes:
    stack = [row]
    while stack[-1].base_id is not None:
        below = _row(_NUMBERED.first(db, stack[-1].base_id))
        if below is None or len(stack) > MAX_DEPTH:
            raise DamagedDatabaseError(path)
        stack.append(below)
    plain = b""
    for each in reversed(stack):
        plain = _unpacked(each.payload, plain, path)
    return plain


def _unpacked(payload: object, relative: bytes, path: Path) -> bytes:
    if isinstance(payload, str):
        return payload.encode()
    stored = cast("bytes", payload)
    try:
        return unpack(stored[4:], int.from_bytes(stored[:4], "big"), relative)
    except ValueError as error:
        raise DamagedDatabaseError(path) from error


def _payload(plain: bytes, path: Path) -> Payload:
    try:
        found = from_json(plain.decode())
    except ValueError as error:
        raise DamagedDatabaseError(path) from error
    if not isinstance(found, dict):
        raise DamagedDatabaseError(path)
    return found
