"""A look into a database by SQLite alone: for who has no time to import more, and for what is broken."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_BUSY_SECONDS = 5.0


def read_only(path: Path) -> sqlite3.Connection:
    """Open a database to read; what is no file is a sqlite3.Error (a pipe would be waited for without an end)."""
    if not path.is_file():
        raise sqlite3.OperationalError("not a regular file")
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)
