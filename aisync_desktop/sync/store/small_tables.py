"""The small tables: facts, clients, decisions, exports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from peewee import SqliteDatabase

from aisync_desktop.database.prepared_queries import Prepared
from aisync_desktop.database.rows import insert_row, put_rows
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.store.models import Client, Decision, Export, Fact
from aisync_desktop.sync.store.records import ClientRecord, DecisionRecord, NewDecision

if TYPE_CHECKING:
    from aisync_desktop.sync.model.events import DecisionClosed, DecisionOpened

_OPEN, _CLOSED = "open", "closed"

_FACT = Prepared(lambda name: Fact.select(Fact.value).where(Fact.name == name))
_DECISIONS = Prepared(
    lambda: (
        Decision.select(
            Decision.id, Decision.kind, Decision.item, Decision.scope, Decision.payload, Decision.created_at
        )
        .where(Decision.state == _OPEN)
        .order_by(Decision.created_at, Decision.id)
    )
)
_CLIENTS = Prepared(
    lambda: Client.select(Client.id, Client.name, Client.type, Client.status, Client.priority).order_by(
        Client.priority, Client.id
    )
)
_CLOSE = Prepared(lambda gone: Decision.update(state=_CLOSED).where(Decision.id.in_(gone)))
_DATE_CLOSED = Prepared(lambda now: Decision.update(created_at=now).where(Decision.state == _CLOSED))


def fact(db: SqliteDatabase, name: str) -> Value:
    """Return what the store remembers under a name, None for nothing."""
    row = _FACT.first(db, name)
    return cast("Value", row[0]) if row else None


def pairs(db: SqliteDatabase, name: str) -> frozenset[tuple[str, str]]:
    """Return what the store remembers as pairs of texts; what makes no sense as such is left out."""
    stored = fact(db, name)
    found = stored if isinstance(stored, list) else []
    return frozenset((str(one[0]), str(one[1])) for one in found if isinstance(one, list) and len(one) == 2)  # noqa: PLR2004 - a pair


def put_fact(db: SqliteDatabase, name: str, value: Value) -> None:
    """Remember something."""
    put_rows(db, Fact, [{"name": name, "value": value}], key=("name",), update=("value",))


def put_clients(db: SqliteDatabase, records: Sequence[ClientRecord], now: dt.datetime) -> None:
    """Register clients; those that are known are updated."""
    rows = [
        {
            "id": each.id,
            "name": each.name,
            "type": each.type,
            "status": each.status,
            "priority": each.priority,
            "created_at": now,
            "updated_at": now,
        }
        for each in records
    ]
    put_rows(db, Client, rows, key=("id",), update=("name", "type", "status", "priority", "updated_at"))


def clients(db: SqliteDatabase) -> tuple[ClientRecord, ...]:
    """Return the registered clients in the order of their priority."""
    return tuple(ClientRecord(*row) for row in _CLIENTS.rows(db))


def put_decisions(
    db: SqliteDatabase, derived: Sequence[NewDecision], now: dt.datetime
) -> tuple[DecisionOpened | DecisionClosed, ...]:
    """Make exactly these decisions the open ones; a question that comes up again has its old id.

    Return what that means of those that were not open before, and of those that are no more.
    """
    from aisync_desktop.sync.model.events import DecisionClosed, DecisionOpened  # who only reads has nothing to tell

    rows = [
        {
            "kind": each.kind,
            "item": each.item,
            "scope": each.scope,
            "payload": each.payload,
            "state": _OPEN,
            "created_at": now,
        }
        for each in derived
    ]
    asked = {(each.scope, each.item, each.kind) for each in derived}
    before = {(each.scope, each.item, each.kind): each for each in open_decisions(db)}
    gone = [each for question, each in before.items() if question not in asked]
    new = [each for each in derived if (each.scope, each.item, each.kind) not in before]
    _CLOSE.run(db, [each.id for each in gone])
    _DATE_CLOSED.run(db, now)  # what is asked again is asked now
    put_rows(db, Decision, rows, key=("scope", "item", "kind"), update=("payload", "state"))
    return (*(DecisionOpened(**_named(each)) for each in new), *(DecisionClosed(**_named(each)) for each in gone))


def _named(one: NewDecision | DecisionRecord) -> dict[str, str]:
    """Return what an event says of a decision: which it is, and nothing of what is asked."""
    return {"target": one.item, "id": str(one.payload.get("id", "")), "kind": one.kind, "scope": one.scope}


def open_decisions(db: SqliteDatabase) -> tuple[DecisionRecord, ...]:
    """Return what waits for the user, oldest question first."""
    return tuple(DecisionRecord(*row) for row in _DECISIONS.rows(db))


def add_export(
    db: SqliteDatabase, kind: str, file_format: str, path: str, row_count: int, created_by: str, now: dt.datetime
) -> None:
    """Write down that something left the database."""
    row = {
        "kind": kind,
        "format": file_format,
        "path": path,
        "row_count": row_count,
        "created_by": created_by,
        "created_at": now,
    }
    insert_row(db, Export, row)
