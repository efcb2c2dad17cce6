"""The steps that led to today's tables, the oldest first; how they are taken is migrating.py's."""

from __future__ import annotations

import sqlite3
from functools import partial

from aisync_desktop.database import migrating
from aisync_desktop.database.feed import make_feed
from aisync_desktop.database.migrating import Migration, version_after
from aisync_desktop.program.store.carried import hand_over

MIGRATIONS: list[Migration] = []
migration = partial(migrating.migration, into=MIGRATIONS)


@migration(breaks=True)
def m001_initial(connection: sqlite3.Connection) -> None:
    """Make the tables of the first release."""
    for statement in _INITIAL.split(";\n\n"):
        connection.execute(statement)


_INITIAL = """
CREATE TABLE fact (name TEXT PRIMARY KEY NOT NULL, value TEXT);

CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value TEXT);

CREATE TABLE client (
    id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL,
    priority INTEGER NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
);

CREATE TABLE client_endpoint (
    id INTEGER PRIMARY KEY NOT NULL,
    client_id TEXT NOT NULL REFERENCES client (id) ON DELETE CASCADE,
    scope TEXT NOT NULL, path TEXT NOT NULL, config_type TEXT NOT NULL, hash BLOB NOT NULL, last_seen TEXT NOT NULL
);

CREATE UNIQUE INDEX client_endpoint_place ON client_endpoint (client_id, scope, path, config_type);

CREATE TABLE config_snapshot (
    id INTEGER PRIMARY KEY NOT NULL, scope TEXT NOT NULL,
    parent_id INTEGER REFERENCES config_snapshot (id),
    unified_hash TEXT NOT NULL, payload BLOB NOT NULL,
    base_id INTEGER REFERENCES config_snapshot (id), depth INTEGER NOT NULL,
    created_at TEXT NOT NULL, created_by TEXT NOT NULL
);

CREATE INDEX config_snapshot_scope ON config_snapshot (scope, id);

CREATE TABLE snapshot_diff (
    id INTEGER PRIMARY KEY NOT NULL,
    snapshot_id INTEGER NOT NULL REFERENCES config_snapshot (id) ON DELETE CASCADE,
    diff_payload TEXT, diff_format TEXT NOT NULL, created_at TEXT NOT NULL
);

CREATE INDEX snapshot_diff_snapshot ON snapshot_diff (snapshot_id);

CREATE TABLE sync_event (
    id INTEGER PRIMARY KEY NOT NULL,
    snapshot_id INTEGER REFERENCES config_snapshot (id),
    scope TEXT NOT NULL, event_type TEXT NOT NULL, status TEXT NOT NULL,
    started_at TEXT NOT NULL, finished_at TEXT, triggered_by TEXT NOT NULL
);

CREATE INDEX sync_event_running ON sync_event (status) WHERE status = 'running';

CREATE TABLE event_log (
    id INTEGER PRIMARY KEY NOT NULL,
    sync_event_id INTEGER REFERENCES sync_event (id) ON DELETE SET NULL,
    client TEXT NOT NULL, level TEXT NOT NULL, message TEXT NOT NULL, context TEXT NOT NULL, timestamp TEXT NOT NULL
);

CREATE INDEX event_log_level ON event_log (level, id);

CREATE INDEX event_log_client ON event_log (client, id);

CREATE INDEX event_log_timestamp ON event_log (timestamp);

CREATE INDEX event_log_sync ON event_log (sync_event_id) WHERE sync_event_id IS NOT NULL;

CREATE VIRTUAL TABLE log_fts USING fts5 (message, context, content = 'event_log', content_rowid = 'id');

CREATE TRIGGER event_log_added AFTER INSERT ON event_log BEGIN
    INSERT INTO log_fts (rowid, message, context) VALUES (new.id, new.message, new.context);
END;

CREATE TRIGGER event_log_removed AFTER DELETE ON event_log BEGIN
    INSERT INTO log_fts (log_fts, rowid, message, context) VALUES ('delete', old.id, old.message, old.context);
END;

CREATE TABLE blob (
    id INTEGER PRIMARY KEY NOT NULL, name BLOB NOT NULL, codec INTEGER NOT NULL,
    base_id INTEGER REFERENCES blob (id), depth INTEGER NOT NULL, size INTEGER NOT NULL, data BLOB NOT NULL
);

CREATE UNIQUE INDEX blob_name ON blob (name);

CREATE TABLE watched_path (id INTEGER PRIMARY KEY NOT NULL, path TEXT NOT NULL);

CREATE UNIQUE INDEX watched_path_path ON watched_path (path);

CREATE TABLE version (
    id INTEGER PRIMARY KEY NOT NULL,
    path_id INTEGER NOT NULL REFERENCES watched_path (id),
    blob_id INTEGER REFERENCES blob (id),
    reason TEXT NOT NULL, actor TEXT NOT NULL,
    sync_event_id INTEGER REFERENCES sync_event (id) ON DELETE SET NULL,
    created_at TEXT NOT NULL
);

CREATE INDEX version_path ON version (path_id, id);

CREATE TABLE base (
    client TEXT NOT NULL, scope TEXT NOT NULL, payload TEXT NOT NULL, updated_at TEXT NOT NULL,
    PRIMARY KEY (client, scope)
);

CREATE TABLE decision (
    id INTEGER PRIMARY KEY NOT NULL, kind TEXT NOT NULL, item TEXT NOT NULL, scope TEXT NOT NULL,
    payload TEXT NOT NULL, state TEXT NOT NULL, created_at TEXT NOT NULL
);

CREATE UNIQUE INDEX decision_question ON decision (scope, item, kind);

CREATE TABLE journal (
    id INTEGER PRIMARY KEY NOT NULL,
    sync_event_id INTEGER NOT NULL REFERENCES sync_event (id) ON DELETE CASCADE,
    client TEXT NOT NULL, path_id INTEGER NOT NULL REFERENCES watched_path (id),
    old_hash BLOB NOT NULL, new_hash BLOB NOT NULL,
    state TEXT NOT NULL, detail TEXT NOT NULL
);

CREATE UNIQUE INDEX journal_target ON journal (sync_event_id, path_id);

CREATE INDEX journal_pending ON journal (state) WHERE state = 'pending';

CREATE TABLE audit (
    id INTEGER PRIMARY KEY NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL,
    detail TEXT NOT NULL, created_at TEXT NOT NULL
);

CREATE TABLE export (
    id INTEGER PRIMARY KEY NOT NULL, kind TEXT NOT NULL, format TEXT NOT NULL, path TEXT NOT NULL,
    row_count INTEGER NOT NULL, created_by TEXT NOT NULL, created_at TEXT NOT NULL
);
"""


@migration(breaks=False)
def m002_restored(connection: sqlite3.Connection) -> None:
    """Let a snapshot say which older one it is again: what an undo goes on from."""
    connection.execute("ALTER TABLE config_snapshot ADD COLUMN restored_id INTEGER REFERENCES config_snapshot (id)")


@migration(breaks=False)
def m003_kept_secrets(connection: sqlite3.Connection) -> None:
    """Let the safe write down where the values of secrets lie; one that no keyring has lies here, encrypted."""
    connection.execute(
        "CREATE TABLE kept_secret (reference TEXT PRIMARY KEY NOT NULL, place TEXT NOT NULL, since TEXT NOT NULL, "
        "seen TEXT NOT NULL, enclosed BLOB NOT NULL)"
    )


@migration(breaks=False, unread=True)
def m004_sync_of_snapshot(connection: sqlite3.Connection) -> None:
    """Find the syncs that led to a snapshot without reading all of them."""
    connection.execute("CREATE INDEX sync_event_snapshot ON sync_event (snapshot_id, id)")


@migration(breaks=False, unread=True)
def m005_heartbeats(connection: sqlite3.Connection) -> None:
    """Note when we lived, and how far history had come: what its age is counted by."""
    connection.execute(
        "CREATE TABLE heartbeat (id INTEGER PRIMARY KEY NOT NULL, at TEXT NOT NULL, version_id INTEGER NOT NULL, "
        "snapshot_id INTEGER NOT NULL, log_id INTEGER NOT NULL)"
    )


@migration(breaks=True, unread=True)
def m006_program_store(connection: sqlite3.Connection) -> None:
    """Leave settings and audit to the program's store, which has them by now (`Store.open` sees to it)."""
    hand_over(connection)


@migration(breaks=False, unread=True)
def m007_feed(connection: sqlite3.Connection) -> None:
    """Tell what happens, for whoever must miss nothing of it."""
    make_feed(connection)


@migration(breaks=False, unread=True)
def m008_version_path(connection: sqlite3.Connection) -> None:
    """Keep the number of each version once in what finds those of a path: SQLite puts it at the end of every entry."""
    connection.execute("DROP INDEX version_path")
    connection.execute("CREATE INDEX version_path ON version (path_id)")


@migration(breaks=False, unread=True)
def m009_metrics(connection: sqlite3.Connection) -> None:
    """Note how long a sync took, and add up what happened in each hour (metrics.py)."""
    connection.execute("ALTER TABLE sync_event ADD COLUMN took INTEGER")
    connection.execute(
        "CREATE TABLE metric_hour (hour TEXT PRIMARY KEY NOT NULL, heartbeat_id INTEGER NOT NULL, "
        "tallies TEXT NOT NULL)"
    )


KNOWN = version_after(MIGRATIONS)  # what this program can read and write
