"""The one way in which rows are inserted: SQL made once per table, then run by the driver for many rows at once.

peewee would build the statement anew for every row; with twenty clients that is most of a sync's time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from peewee import Field, Model, SqliteDatabase

from aisync_desktop.database.connection import raw

Row: TypeAlias = Mapping[str, object]


def insert_row(db: SqliteDatabase, model: type[Model], row: Row) -> int:
    """Insert a row by field names and return its id."""
    cursor = _run(db, model, [row], ((), ()))
    return int(cursor.lastrowid or 0)


def insert_rows(db: SqliteDatabase, model: type[Model], rows: Sequence[Row]) -> None:
    """Insert rows that all name the same fields."""
    if rows:
        _run(db, model, rows, ((), ()))


def put_rows(
    db: SqliteDatabase, model: type[Model], rows: Sequence[Row], key: tuple[str, ...], update: tuple[str, ...]
) -> None:
    """Insert rows, or where their key is there already, update these fields of it."""
    if rows:
        _run(db, model, rows, (key, update))


def _run(
    db: SqliteDatabase, model: type[Model], rows: Sequence[Row], conflict: tuple[tuple[str, ...], tuple[str, ...]]
) -> sqlite3.Cursor:
    names = tuple(rows[0])
    fields = _fields(model)
    converted = [tuple(_converted(fields[name], row[name]) for name in names) for row in rows]
    statement = _statement(model, names, *conflict)
    if len(converted) == 1:
        return raw(db).execute(statement, converted[0])
    return raw(db).executemany(statement, converted)


@lru_cache
def _statement(model: type[Model], names: tuple[str, ...], key: tuple[str, ...], update: tuple[str, ...]) -> str:
    fields = _fields(model)
    columns = ", ".join(f'"{fields[name].column_name}"' for name in names)
    table = model._meta.table_name
    values = ", ".join("?" for _ in names)
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({values})'  # noqa: S608 - names of our own models
    if not key:
        return statement
    found = ", ".join(f'"{fields[name].column_name}"' for name in key)
    changed = ", ".join(f'"{fields[name].column_name}" = excluded."{fields[name].column_name}"' for name in update)
    return f"{statement} ON CONFLICT ({found}) DO UPDATE SET {changed}"


def _converted(field: Field, value: object) -> object:
    return field.db_value(value)  # type: ignore[no-untyped-call]  # peewee's stubs leave it open


def _fields(model: type[Model]) -> dict[str, Field]:
    fields: dict[str, Field] = model._meta.fields
    return fields
