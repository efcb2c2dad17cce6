"""From every older database to today's: named steps, each one transaction, after a backup.

A step is a function with frozen SQL (never today's models: they will have moved on). Its name is recorded in the
transaction that does it, so a crash or an error leaves the database at the step before; a new database takes all steps
in one, so that it is whole or nothing, and waits for the disk once. `user_version` follows from the list: a step that
older programs can live with raises the minor number, one that `breaks` them the major one.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.core.errors import BugError
from aisync_desktop.store.connection import APPLICATION_ID, UserVersion

Step: TypeAlias = Callable[[sqlite3.Connection], None]


@dataclass(frozen=True)
class Migration:
    """One step. `breaks`: programs without it must refuse the database from here on."""

    name: str
    apply: Step
    breaks: bool


MIGRATIONS: list[Migration] = []


def migration(*, breaks: bool, into: list[Migration] = MIGRATIONS) -> Callable[[Step], Step]:
    """Register a step under its function's name, in the order of definition."""

    def register(step: Step) -> Step:
        into.append(Migration(step.__name__, step, breaks))
        return step

    return register


def version_after(migrations: Sequence[Migration]) -> UserVersion:
    """Return the version of a database that has had these steps."""
    version = UserVersion(0, 0)
    for step in migrations:
        version = UserVersion(version.major + 1, 0) if step.breaks else UserVersion(version.major, version.minor + 1)
    return version


def pending(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> list[Migration]:
    """Return the steps that this database has not had."""
    has_table = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone()
    done = {name for (name,) in connection.execute("SELECT name FROM migration")} if has_table else set()
    return [step for step in migrations if step.name not in done]


def migrate(
    connection: sqlite3.Connection, path: Path, now: dt.datetime, migrations: Sequence[Migration] = MIGRATIONS
) -> None:
    """Bring an open database up to date; an existing one is backed up beside itself first."""
    steps = pending(connection, migrations)
    if not steps:
        return
    is_new = len(steps) == len(migrations)
    if not is_new:
        back_up(connection, path.with_name(f"{path.name}.before-{steps[0].name}"))
    connection.execute("PRAGMA foreign_keys = OFF")  # a step may rebuild a table; the check below makes up for it
    try:
        for together in [steps] if is_new else [[step] for step in steps]:
            _apply(connection, together, now, migrations)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _apply(
    connection: sqlite3.Connection, steps: Sequence[Migration], now: dt.datetime, migrations: Sequence[Migration]
) -> None:
    """Take some steps in one transaction, but for those that another process was faster with."""
    with transaction(connection):
        connection.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL)")
        left = {step.name for step in pending(connection, migrations)}
        for step in [step for step in steps if step.name in left]:
            step.apply(connection)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BugError(step.name)
            connection.execute("INSERT INTO migration VALUES (?, ?)", (step.name, now.isoformat()))
            reached = version_after(migrations[: migrations.index(step) + 1])
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {reached.packed()}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all or nothing; the write lock is taken at once, so that no later statement can find it taken."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk makes SQLite roll back by itself
            connection.execute("ROLLBACK")
        raise


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy an open database, whoever writes to it meanwhile, into a private file that appears when it is whole."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = delete")  # one file, no side files to forget
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


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


@migration(breaks=False)
def m004_sync_of_snapshot(connection: sqlite3.Connection) -> None:
    """Find the syncs that led to a snapshot without reading all of them."""
    connection.execute("CREATE INDEX sync_event_snapshot ON sync_event (snapshot_id, id)")


@migration(breaks=False)
def m005_heartbeats(connection: sqlite3.Connection) -> None:
    """Note when we lived, and how far history had come: what its age is counted by."""
    connection.execute(
        "CREATE TABLE heartbeat (id INTEGER PRIMARY KEY NOT NULL, at TEXT NOT NULL, version_id INTEGER NOT NULL, "
        "snapshot_id INTEGER NOT NULL, log_id INTEGER NOT NULL)"
    )
