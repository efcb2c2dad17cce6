"""Versions: what each path held, in the order in which we saw it.

The same bytes twice in a row are one version. All versions of one sync are written together, with as many queries for
twenty files as for one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from peewee import JOIN, SqliteDatabase, fn

from aisync_desktop.store.blobs import Blobs
from aisync_desktop.store.models import Blob, Version, WatchedPath
from aisync_desktop.store.records import NewVersion, VersionRecord


def insert(db: SqliteDatabase, blobs: Blobs, new: Sequence[NewVersion], sync_id: int | None, now: dt.datetime) -> None:
    """Add versions; one that its path already ends with is not added again."""
    if not new:
        return
    paths = _paths(db, [each.path for each in new])
    newest = _newest(db, list(paths.values()))
    rows: list[dict[str, object]] = []
    for each in new:
        path = paths[each.path]
        before = newest.get(path, _NOTHING)
        blob = None if each.data is None else blobs.put(each.data, None if before == _NOTHING else before)
        if blob == before:
            continue
        newest[path] = blob
        rows.append({"path": path, "blob": blob, "reason": each.reason, "actor": each.actor})
    if rows:
        Version.insert_many([{**row, "sync_event": sync_id, "created_at": now} for row in rows]).execute(db)


_NOTHING = -1  # the blob of a path that has no version yet


def page(db: SqliteDatabase, path: str, limit: int, before: int | None) -> tuple[VersionRecord, ...]:
    """Return versions of a path, newest first."""
    query = (
        Version.select(
            Version.id,
            WatchedPath.path,
            Blob.name,
            Blob.size,
            Version.reason,
            Version.actor,
            Version.sync_event,
            Version.created_at,
        )
        .join(WatchedPath)
        .switch(Version)
        .join(Blob, JOIN.LEFT_OUTER)
        .where(WatchedPath.path == path)
        .order_by(Version.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(Version.id < before)
    return tuple(_record(*row) for row in query.tuples().execute(db))


def paths(db: SqliteDatabase) -> tuple[str, ...]:
    """Return every path that has versions."""
    rows = WatchedPath.select(WatchedPath.path).order_by(WatchedPath.path).tuples().execute(db)
    return tuple(row[0] for row in rows)


def _record(
    number: int,
    path: str,
    name: bytes | None,
    size: int | None,
    reason: str,
    actor: str,
    sync_id: int | None,
    created_at: dt.datetime,
) -> VersionRecord:
    shown = bytes(name).hex() if name is not None else ""
    return VersionRecord(number, path, shown, size or 0, reason, actor, sync_id, created_at)


def _paths(db: SqliteDatabase, wanted: Sequence[str]) -> dict[str, int]:
    WatchedPath.insert_many([{"path": path} for path in dict.fromkeys(wanted)]).on_conflict_ignore().execute(db)
    rows = WatchedPath.select(WatchedPath.path, WatchedPath.id).where(WatchedPath.path.in_(list(wanted)))
    return dict(rows.tuples().execute(db))


def _newest(db: SqliteDatabase, path_ids: Sequence[int]) -> dict[int, int | None]:
    newest = Version.select(fn.MAX(Version.id)).where(Version.path.in_(path_ids)).group_by(Version.path)
    rows = Version.select(Version.path, Version.blob).where(Version.id.in_(newest))
    return dict(rows.tuples().execute(db))
