"""Versions: what each path held, in the order in which we saw it.

The same bytes twice in a row are one version. All versions of one sync are written together, with as many queries for
twenty files as for one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from peewee import JOIN, ModelSelect, SqliteDatabase, fn

from aisync_desktop.database.connection import raw
from aisync_desktop.database.prepared_queries import Prepared
from aisync_desktop.database.rows import insert_row, insert_rows
from aisync_desktop.files.protocol import ABSENT
from aisync_desktop.sync.store.blobs import Blobs
from aisync_desktop.sync.store.models import Blob, Version, WatchedPath
from aisync_desktop.sync.store.records import FIRST_SIGHT, NewVersion, VersionRecord


def insert(db: SqliteDatabase, blobs: Blobs, new: Sequence[NewVersion], sync_id: int | None, now: dt.datetime) -> None:
    """Add versions; one that its path already ends with is not added again, unless it is first sight once more."""
    if not new:
        return
    ids = path_ids(db, [each.path for each in new])
    newest = _newest(db, list(ids.values()))
    contents = [(each.data, each.hash, newest.get(ids[each.path])) for each in new if each.data is not None]
    blob_ids = iter(blobs.put_all(contents))
    last = {path: blob.id if blob else None for path, blob in newest.items()}
    rows: list[dict[str, object]] = []
    for each in new:
        path, blob = ids[each.path], None if each.data is None else next(blob_ids)
        if path not in last or last[path] != blob or each.reason == FIRST_SIGHT:
            rows.append({"path": path, "blob": blob, "reason": each.reason, "actor": each.actor})
        last[path] = blob
    insert_rows(db, Version, [{**row, "sync_event": sync_id, "created_at": now} for row in rows])


def page(db: SqliteDatabase, path: str, limit: int, before: int | None) -> tuple[VersionRecord, ...]:
    """Return versions of a path, newest first."""
    rows = _PAGE.rows(db, path, limit) if before is None else _OLDER.rows(db, path, limit, before)
    return tuple(_record(row) for row in rows)


def read(db: SqliteDatabase, number: int) -> VersionRecord | None:
    """Return one version without its bytes."""
    row = _ONE.first(db, number)
    return _record(row) if row else None


def _records() -> ModelSelect[Version]:
    return (
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
    )


def _newest_first(path: Any, limit: Any) -> ModelSelect[Version]:
    return _records().where(WatchedPath.path == path).order_by(Version.id.desc()).limit(limit)


_PAGE = Prepared(_newest_first)
_OLDER = Prepared(lambda path, limit, before: _newest_first(path, limit).where(Version.id < before))
_ONE = Prepared(lambda number: _records().where(Version.id == number))


def _record(row: Iterable[Any]) -> VersionRecord:
    record = VersionRecord(*row)
    return replace(record, hash=record.hash or ABSENT, size=record.size or 0)


# The last version of each path before anything that came after a sync; of one that was seen later, its first.
_AS_OF = """
WITH later (id) AS (SELECT ifnull(min(id), 9223372036854775807) FROM version WHERE sync_event_id > ?)
SELECT watched_path.path, blob.name FROM version
JOIN watched_path ON watched_path.id = version.path_id LEFT JOIN blob ON blob.id = version.blob_id
WHERE version.id IN (
    SELECT ifnull(max(CASE WHEN version.id < later.id THEN version.id END), min(version.id))
    FROM version JOIN later GROUP BY path_id
)
"""
# Of each path that we have ever written to: what was there when the user last agreed to that, else its first version.
_FIRST_SIGHT = """
SELECT watched_path.path, blob.name FROM version
JOIN watched_path ON watched_path.id = version.path_id LEFT JOIN blob ON blob.id = version.blob_id
WHERE version.id IN (
    SELECT ifnull(max(CASE WHEN reason = ? THEN id END), min(id)) FROM version GROUP BY path_id
)
AND version.path_id IN (SELECT path_id FROM journal WHERE state = 'done')
"""


def as_of(db: SqliteDatabase, sync_id: int) -> dict[str, str]:
    """Return the name of what each path held when a sync was through, as far as it was seen; ABSENT for no file."""
    return _named(raw(db).execute(_AS_OF, (sync_id,)))


def at_first_sight(db: SqliteDatabase) -> dict[str, str]:
    """Return the name of what each path that we wrote to held at first sight."""
    return _named(raw(db).execute(_FIRST_SIGHT, (FIRST_SIGHT,)))


def _named(rows: Iterable[tuple[str, bytes | None]]) -> dict[str, str]:
    read_path, read_name = WatchedPath.path.python_value, Blob.name.python_value
    return {str(read_path(path)): read_name(name) or ABSENT for path, name in rows}


def paths(db: SqliteDatabase) -> tuple[str, ...]:
    """Return every path that has versions."""
    rows = WatchedPath.select(WatchedPath.path).order_by(WatchedPath.path).tuples().execute(db)
    return tuple(row[0] for row in rows)


_IDS = Prepared(lambda wanted: WatchedPath.select(WatchedPath.path, WatchedPath.id).where(WatchedPath.path.in_(wanted)))
_LAST = Prepared(
    lambda ids: (
        Version.select(Version.path, Blob.id, Blob.name, Blob.depth, Blob.codec)
        .join(Blob, JOIN.LEFT_OUTER)
        .where(Version.id.in_(Version.select(fn.MAX(Version.id)).where(Version.path.in_(ids)).group_by(Version.path)))
    )
)


def path_ids(db: SqliteDatabase, wanted: Sequence[str]) -> dict[str, int]:
    """Return the ids of paths; unknown ones are added."""
    known: dict[str, int] = dict(_IDS.rows(db, list(wanted)))
    for path in wanted:
        if path not in known:
            known[path] = insert_row(db, WatchedPath, {"path": path})
    return known


def _newest(db: SqliteDatabase, ids: Sequence[int]) -> dict[int, Blob | None]:
    """Return the blob, without its data, that each path ends with; None where the last version is "no file"."""
    return {
        path: None if number is None else Blob(id=number, name=name, depth=depth, codec=codec)
        for path, number, name, depth, codec in _LAST.rows(db, list(ids))
    }
