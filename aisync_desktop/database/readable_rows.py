"""What can still be read of a database that SQLite cannot make sense of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, cast

from aisync_desktop.database.fields import from_json
from aisync_desktop.database.read_only import read_only
from aisync_desktop.kernel.values import Value

_UNREADABLE = sqlite3.Error, UnicodeDecodeError  # the second where even what SQLite complains of is no text


def readable_rows(path: Path, query: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows up to the first that cannot be read; what is in them may be anything."""
    with suppress(*_UNREADABLE), closing(read_only(path)) as db:
        yield from db.execute(query)


def readable_values(path: Path, table: str) -> Iterator[tuple[str, Value]]:
    """Yield the names and values of a table up to the first that cannot be read; what is no JSON is left out."""
    for name, shown in readable_rows(path, f"SELECT name, value FROM {table}"):  # noqa: S608 - names of our own
        if isinstance(name, str) and isinstance(shown, str):
            with suppress(ValueError):
                yield name, cast("Value", from_json(shown))
