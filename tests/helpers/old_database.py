"""Databases as older versions left them: sync's held the program's settings, and who did what."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

from aisync_desktop.database.migrating import migrate
from aisync_desktop.sync.store.migrations import MIGRATIONS

OLD_VERSIONS = range(1, [step.name for step in MIGRATIONS].index("m006_program_store") + 1)
SETTINGS: dict[str, object] = {"history_days": 30, "language": "ko", "priority": "codex"}
ACTIONS = ["reach", "decide", "decide"]  # the last two are alike in all, but for their number
_AUDIT = [
    ("user", "reach", "", '{"off":[]}', "2026-01-01T00:00:00.000000Z"),
    ("user", "decide", "mcp/a", '{"take":"base"}', "2026-01-01T00:00:01.000000Z"),
    ("user", "decide", "mcp/a", '{"take":"base"}', "2026-01-01T00:00:01.000000Z"),
]


def make_old(path: Path, version: int, **settings: str) -> Path:
    """Make one that has had so many steps; `settings` as JSON, beside the usual ones."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrate(db, path, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), MIGRATIONS[:version])
        usual = {"history_days": "30", "language": '"ko"', "priority": '"codex"'}
        db.executemany("INSERT INTO setting VALUES (?, ?)", (usual | settings).items())
        db.executemany("INSERT INTO audit (actor, action, target, detail, created_at) VALUES (?, ?, ?, ?, ?)", _AUDIT)
        db.execute("INSERT INTO fact VALUES ('pause', '\"kept\"')")
        db.execute("PRAGMA journal_mode = wal")
    return path
