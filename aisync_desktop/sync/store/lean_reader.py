"""The least reader: what `aisync exec` needs, by SQLite alone.

It stands in front of every server that a client starts, so it has no time to import what the other readers need. It
sees the file as it is, while somebody else may write it, and changes nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from aisync_desktop.database.read_only import read_only
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.keys import DataKeys, KeyRef, KeyRing, Place
from aisync_desktop.secrets.safe import Kept, Where


class LeanReader:
    """A connection to a database that is there; whatever is wrong with it is a sqlite3.Error or a ValueError."""

    def __init__(self, path: Path, keys: Callable[[], KeyRing]) -> None:
        self._keys = keys
        self._db = read_only(path)
        self._db.execute("PRAGMA query_only = on")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def projects(self) -> tuple[str, ...]:
        """Return the root folders of the projects that are kept in step."""
        found = self._fact("projects")
        return tuple(str(root) for root in found) if isinstance(found, list) else ()

    def item(self, scope: str, key: str) -> dict[str, Value] | None:
        """Return the fields of an item as of the latest snapshot of a scope; that one is never packed."""
        query = "SELECT payload FROM config_snapshot WHERE scope = ? ORDER BY id DESC LIMIT 1"
        row = self._db.execute(query, (scope,)).fetchone()
        items = _read(row[0]) if row else None
        found = items.get(key) if isinstance(items, dict) else None
        return found if isinstance(found, dict) else None

    def agreed(self, scope: str, key: str) -> Value:
        """Return what a launcher may start of an item, as it is stored; None where nobody agreed."""
        consents = self._fact("consents")
        lines = consents.get("lines") if isinstance(consents, dict) else None
        return lines.get(f"{scope}|{key}") if isinstance(lines, dict) else None

    def kept_secrets(self) -> tuple[Kept, ...]:
        """Return what the safe keeps; where it was seen is nobody's question here."""
        rows = self._db.execute("SELECT reference, place, since, enclosed FROM kept_secret")
        return tuple(_kept(*row) for row in rows)

    def fingerprint_key(self) -> bytes:
        """Return the key that references are made with."""
        return self._data_keys.fingerprints

    def value_key(self) -> bytes:
        """Return the key that values are encrypted with."""
        return self._data_keys.values

    @cached_property
    def _data_keys(self) -> DataKeys:
        stored = self._fact("data_key")
        match stored:
            case {"id": str() as name, "place": str() as place}:
                return self._keys().open(KeyRef(name, Place(place)))
            case _:
                raise ValueError("no key")

    def _fact(self, name: str) -> Value:
        row = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return _read(row[0]) if row else None


def _read(stored: object) -> Value:
    """Read JSON; what SQLite gives need not be the text that was put in."""
    if stored is None:
        return None
    if not isinstance(stored, str):
        raise ValueError("no text")  # noqa: TRY004 - of the database, not of a type in our code
    try:
        found: Value = json.loads(stored)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return found


def _kept(*stored: object) -> Kept:
    match stored:
        case str(reference), str(place), str(since), bytes(enclosed):
            return Kept(reference, Where(place), dt.datetime.fromisoformat(since), (), enclosed)
        case _:
            raise ValueError("no secret")
