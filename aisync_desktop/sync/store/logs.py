"""Log lines: filtered by index, searched by full text, paged by key; never counted or skipped through."""

from __future__ import annotations

import datetime as dt
from array import array
from typing import Any

from peewee import SQL, AutoField, Expression, Field, IntegerField, ModelSelect, NodeList, SqliteDatabase, fn

from aisync_desktop.database.connection import raw
from aisync_desktop.database.fields import UtcField
from aisync_desktop.database.rows import insert_row
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.shapes import hide_tokens
from aisync_desktop.sync.store.models import EventLog, LogText
from aisync_desktop.sync.store.records import LogEntry, LogQuery, Payload

_SHORTEST_PREFIX = 2
_COLUMNS = (
    EventLog.id,
    EventLog.level,
    EventLog.message,
    EventLog.context,
    EventLog.timestamp,
    EventLog.sync_event,
)


def insert(
    db: SqliteDatabase, level: str, message: str, context: Payload, sync_id: int | None, now: dt.datetime
) -> int:
    """Add a line; the context's `client` is what lines are filtered by.

    Callers hand in what is sealed; that tokens are hidden once more costs little and forgives a slip.
    """
    row = {
        "sync_event": sync_id,
        "client": str(context.get("client", "")),
        "level": level,
        "message": hide_tokens(message),
        "context": {hide_tokens(name): _without_tokens(value) for name, value in context.items()},
        "timestamp": now,
    }
    return insert_row(db, EventLog, row)


def _without_tokens(value: Value) -> Value:
    if isinstance(value, str):
        return hide_tokens(value)
    if isinstance(value, dict):
        return {hide_tokens(name): _without_tokens(inner) for name, inner in value.items()}
    return [_without_tokens(inner) for inner in value] if isinstance(value, list) else value


def page(db: SqliteDatabase, query: LogQuery) -> tuple[LogEntry, ...]:
    """Return lines, newest first."""
    rows = _matching(query, *_COLUMNS).limit(query.limit).tuples().execute(db)
    return tuple(LogEntry(*row) for row in rows)


def ids(db: SqliteDatabase, query: LogQuery) -> array[int]:
    """Return the ids of all lines that match, newest first: 8 bytes each, for a view that scrolls through a million."""
    statement, values = _matching(query, EventLog.id).bind(db).sql()
    return array(
        "q", (number for (number,) in raw(db).execute(statement, values))
    )  # peewee's rows take 20 times longer


def by_ids(db: SqliteDatabase, wanted: list[int]) -> dict[int, LogEntry]:
    """Return lines by id; those that are gone are missing."""
    rows = EventLog.select(*_COLUMNS).where(EventLog.id.in_(wanted)).tuples().execute(db)
    return {row[0]: LogEntry(*row) for row in rows}


def _matching(query: LogQuery, *columns: Any) -> ModelSelect[EventLog]:
    lines = EventLog.select(*columns)
    order: IntegerField[int] | AutoField[int] = EventLog.id
    if words := _words(query.search):
        lines = lines.join(LogText, on=(LogText.rowid == EventLog.id))
        lines = lines.where(Expression(LogText.log_fts, "MATCH", words))
        order = LogText.rowid  # the full-text index streams in this order; sorting by the other table would read all
    for condition in _conditions(query):
        lines = lines.where(condition)
    if query.before is not None:
        lines = lines.where(order < query.before)
    if query.after is not None:
        lines = lines.where(order > query.after)
    return lines.order_by(order.desc())


def _conditions(query: LogQuery) -> list[Expression]:
    found = []
    if query.levels:
        found.append(EventLog.level.in_(query.levels))
    if query.client:
        found.append(EventLog.client == query.client)
    if query.sync_id is not None:
        found.append(EventLog.sync_event == query.sync_id)
    if query.since is not None:
        earliest = _lines.select(fn.MIN(_plus(_lines.id))).where(_lines.timestamp >= query.since)
        found += [EventLog.id >= earliest, _timestamp(">=", query.since)]
    if query.until is not None:
        latest = _lines.select(fn.MAX(_plus(_lines.id))).where(_lines.timestamp < query.until)
        found += [EventLog.id <= latest, _timestamp("<", query.until)]
    return found


_lines = EventLog.alias()


def _timestamp(sign: str, moment: dt.datetime) -> Expression:
    """Compare the time without walking by it, since all that is found would have to be sorted.

    The walk is by id and stops at the bounds on ids; lines written while the clock was wrong are why both are needed.
    """
    return Expression(_plus(EventLog.timestamp), sign, UtcField().db_value(moment))


def _plus(column: Field) -> NodeList:
    """Keep SQLite from choosing this column as the way through a table."""
    return NodeList((SQL("+"), column))


def _words(search: str) -> str:
    """Return a full-text query of the words as typed; nothing in it is an operator.

    The last word may be the beginning of one. Not every word, nor one letter: what a prefix costs grows with all the
    lines that hold such a word, a whole word only with the lines that are shown.
    """
    words = search.replace("\0", " ").split()
    quoted = ['"' + word.replace('"', '""') + '"' for word in words]
    if words and len(words[-1]) >= _SHORTEST_PREFIX and not search[-1].isspace():
        quoted[-1] += "*"
    return " ".join(quoted)
