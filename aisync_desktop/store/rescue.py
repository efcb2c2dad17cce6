"""Rescue: a database that SQLite cannot make sense of is set aside, never thrown away, and a new one begun.

What can still be read of its settings and facts (which key it was made with, whether we may write) goes into the new
one; items and agreements are rebuilt from the clients' files by the engine.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

_SIDES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Rescued:
    """Where the damaged database is now, and what could be read of it, as JSON text by name."""

    path: Path
    facts: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)


def set_aside(path: Path, now: dt.datetime) -> Rescued:
    """Move a database and its side files out of the way, reading what can be read first."""
    facts, settings = _readable(path, "fact"), _readable(path, "setting")
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}")
    for side in _SIDES:
        with suppress(FileNotFoundError):
            path.with_name(path.name + side).replace(aside.with_name(aside.name + side))
    return Rescued(aside, facts, settings)


def _readable(path: Path, table: str) -> dict[str, str]:
    """Return the rows of a table up to the first that cannot be read."""
    found: dict[str, str] = {}
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(f"SELECT name, value FROM {table}")  # noqa: S608 - two names of our own
        found.update((name, value) for name, value in rows if isinstance(name, str) and isinstance(value, str))
    return found
