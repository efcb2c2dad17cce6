"""Retention: what is older than it need be goes, in one transaction. What is old, lived_time.py tells.

Of each file these stay: its first version and that of first sight, the one that it held at the moment from which on
history is kept (snapshots of later days need it), its last one, and its last one that is not empty; of each scope the
latest snapshot. Blobs go when no version stands on them any more. Syncs stay: they are small, and say which files are
ours to put back.
"""

from __future__ import annotations

from peewee import SqliteDatabase

from aisync_desktop.database.connection import raw
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.sync.store.blobs import Blobs
from aisync_desktop.sync.store.lived_time import Border
from aisync_desktop.sync.store.records import FIRST_SIGHT

_DROP_VERSIONS = """
DELETE FROM version WHERE id < :border AND id NOT IN (
    SELECT min(id) FROM version GROUP BY path_id
    UNION SELECT max(id) FROM version GROUP BY path_id
    UNION SELECT max(id) FROM version WHERE id < :border GROUP BY path_id
    UNION SELECT max(id) FROM version WHERE reason = :first_sight GROUP BY path_id
    UNION SELECT max(version.id) FROM version JOIN blob ON blob.id = version.blob_id
        WHERE blob.size > 0 GROUP BY version.path_id
)
"""
_OLD_SNAPSHOTS = """
SELECT id FROM config_snapshot
WHERE id < ? AND id NOT IN (SELECT max(id) FROM config_snapshot GROUP BY scope)
"""
_UNTIE_SNAPSHOTS = (
    "UPDATE config_snapshot SET parent_id = NULL WHERE parent_id IN (SELECT id FROM temp.going)",
    # Their own parents are what was undone: without what they are again, there is nothing further back.
    """UPDATE config_snapshot SET restored_id = NULL, parent_id = NULL
    WHERE restored_id IN (SELECT id FROM temp.going)""",
    "UPDATE sync_event SET snapshot_id = NULL WHERE snapshot_id IN (SELECT id FROM temp.going)",
)
# Those that versions have, the chunks of these, and all that they are packed against.
_STANDING = """
WITH RECURSIVE standing (id) AS (
    SELECT blob_id FROM version WHERE blob_id IS NOT NULL
    UNION SELECT id FROM temp.chunk
    UNION SELECT blob.base_id FROM standing JOIN blob ON blob.id = standing.id WHERE blob.base_id IS NOT NULL
) SELECT id FROM blob WHERE id NOT IN (SELECT id FROM standing)
"""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much went."""

    versions: int = 0
    snapshots: int = 0
    blobs: int = 0
    log_lines: int = 0


def prune(db: SqliteDatabase, blobs: Blobs | None, border: Border) -> Pruned:
    """Drop what came before a border, inside the caller's transaction; no `blobs`: none were ever kept."""
    connection = raw(db)
    versions = connection.execute(_DROP_VERSIONS, {"border": border.version, "first_sight": FIRST_SIGHT}).rowcount
    snapshots = _drop(db, "config_snapshot", _OLD_SNAPSHOTS, (border.snapshot,), untie=_UNTIE_SNAPSHOTS)
    connection.execute("CREATE TEMP TABLE chunk (id INTEGER PRIMARY KEY)")
    chunks = blobs.chunks_in_use() if blobs else ()
    connection.executemany("INSERT OR IGNORE INTO temp.chunk VALUES (?)", [(of,) for of in chunks])
    dropped = _drop(db, "blob", _STANDING)
    connection.execute("DROP TABLE temp.chunk")
    lines = connection.execute("DELETE FROM event_log WHERE id < ?", (border.log,)).rowcount
    return Pruned(versions, snapshots, dropped, lines)


def _drop(
    db: SqliteDatabase, table: str, which: str, values: tuple[object, ...] = (), untie: tuple[str, ...] = ()
) -> int:
    """Delete the rows that a query names, after what points at them was told."""
    connection = raw(db)
    connection.execute("CREATE TEMP TABLE going (id INTEGER PRIMARY KEY)")
    connection.execute(f"INSERT INTO temp.going {which}", values)
    for statement in untie:
        connection.execute(statement)
    count = connection.execute(f"DELETE FROM {table} WHERE id IN (SELECT id FROM temp.going)").rowcount  # noqa: S608 - our own table
    connection.execute("DROP TABLE temp.going")
    return count
