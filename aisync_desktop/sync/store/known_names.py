"""The names that a completion offers, by SQLite alone: it is asked for with each Tab, and changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from aisync_desktop.database.read_only import read_only

ABOUT_COPIES = frozenset({"secret", "wider", "project-servers"})  # kinds of decisions whose choices are no sides
_MOST = 100  # of what there can be many of


class KnownNames:
    """A connection to a database that is there; whatever is wrong with it is a sqlite3.Error or a ValueError."""

    def __init__(self, path: Path) -> None:
        self._db = read_only(path)
        self._db.execute("PRAGMA query_only = on")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def clients(self) -> Iterator[tuple[str, str]]:
        """Yield the clients that are on the machine, by id, with their names."""
        query = "SELECT id, name FROM client WHERE id IN (SELECT client_id FROM client_endpoint) ORDER BY name"
        yield from self._db.execute(query)

    def items(self) -> Iterator[tuple[str, str]]:
        """Yield the items of all scopes as of their latest snapshots, each with where it is."""
        query = (
            "SELECT scope, payload FROM config_snapshot "
            "WHERE id IN (SELECT max(id) FROM config_snapshot GROUP BY scope) ORDER BY scope DESC"
        )
        for scope, payload in self._db.execute(query):
            place = scope.removeprefix("project:") if scope != "user" else ""
            yield from ((str(key), place) for key in _mapping(payload))

    def decisions(self) -> Iterator[tuple[str, str]]:
        """Yield what waits for the user, by id, with the item that it is about."""
        for decision in self._open():
            yield str(decision["id"]), str(decision.get("key") or decision.get("kind", ""))

    def answers(self, decision: str) -> Iterator[tuple[str, str]]:
        """Yield what can be taken of a decision."""
        for one in self._open():
            if one["id"] == decision:
                yield from ((str(take), "") for take in _choices(one))

    def snapshots(self) -> Iterator[tuple[str, str]]:
        """Yield the last snapshots by number, newest first, each with its time."""
        query = "SELECT id, created_at FROM config_snapshot ORDER BY id DESC LIMIT ?"
        for number, at in self._db.execute(query, (_MOST,)):
            yield str(number), str(at)[:16].replace("T", " ")

    def secrets(self) -> Iterator[tuple[str, str]]:
        """Yield the references of the secrets that are kept."""
        yield from self._db.execute("SELECT reference, place FROM kept_secret ORDER BY reference")

    def projects(self) -> Iterator[tuple[str, str]]:
        """Yield the root folders of the projects that are kept in step."""
        row = self._db.execute("SELECT value FROM fact WHERE name = 'projects'").fetchone()
        found = json.loads(row[0]) if row else []
        yield from ((str(root), "") for root in found if isinstance(found, list))

    def _open(self) -> Iterator[dict[str, Any]]:
        for (payload,) in self._db.execute("SELECT payload FROM decision WHERE state = 'open' ORDER BY id"):
            with suppress(ValueError, TypeError):
                decision = _mapping(payload)
                if "id" in decision:
                    yield decision


def _choices(decision: Mapping[str, Any]) -> Iterator[str]:
    """Yield what `Decision.choices` (sync/terms/decisions.py) says, which takes a sixth of a second to import."""
    if decision["kind"] in ABOUT_COPIES:
        yield from decision["takes"]
        return
    yield from sorted(decision["sides"])
    if decision["base"] or decision["kept"]:
        yield "base"
    if decision["kind"] == "conflict":
        yield "merged"
    elif decision.get("restorable"):
        yield "restore"


def _mapping(payload: object) -> dict[str, Any]:
    """Return JSON that is an object; where it is none, or packed, nothing."""
    found = json.loads(payload) if isinstance(payload, str) else None
    return found if isinstance(found, dict) else {}
