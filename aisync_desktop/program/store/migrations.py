"""The steps that led to today's tables, the oldest first; how they are taken is migrating.py's."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from aisync_desktop.database.feed import make_feed
from aisync_desktop.database.migrating import Migration, version_after
from aisync_desktop.program.store.carried import AUDIT, CURSORS, SETTING, carried_by

_TOKENS = (
    "CREATE TABLE access_token (id TEXT PRIMARY KEY NOT NULL, name TEXT UNIQUE NOT NULL, digest TEXT NOT NULL, "
    "access TEXT NOT NULL, made_by TEXT NOT NULL, parent TEXT NOT NULL, login INTEGER NOT NULL, "
    "made_at TEXT NOT NULL, expires_at TEXT)"
)


def migrations(sync_database: Path) -> list[Migration]:
    """Return the steps of a store beside this database of sync's, which may carry its rows."""

    def m001_initial(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE fact (name TEXT PRIMARY KEY NOT NULL, value TEXT)")
        connection.execute(SETTING)
        connection.execute(AUDIT)

    def m002_from_sync(connection: sqlite3.Connection) -> None:
        carried_by(sync_database).put_into(connection)

    def m003_feeds(connection: sqlite3.Connection) -> None:
        make_feed(connection)
        connection.execute(CURSORS)
        carried_by(sync_database).put_cursors_into(connection)

    def m004_tokens(connection: sqlite3.Connection) -> None:
        connection.execute(_TOKENS)

    return [
        Migration(m001_initial.__name__, m001_initial, breaks=True),
        Migration(m002_from_sync.__name__, m002_from_sync, breaks=False),
        Migration(m003_feeds.__name__, m003_feeds, breaks=False, unread=True),
        Migration(m004_tokens.__name__, m004_tokens, breaks=False, unread=True),
    ]


KNOWN = version_after(migrations(Path()))  # what this program can read and write
