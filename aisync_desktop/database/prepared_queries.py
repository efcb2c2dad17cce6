"""Queries that are spelled once: peewee takes longer to spell one than SQLite to run it.

A query is made of the models as ever, with slots where its values go; its SQL is kept, one for each number of values
in its lists. What comes back are plain tuples, read as the models' fields read them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from peewee import Context, Field, Model, Node, SqliteDatabase

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import MisreadError
from aisync_desktop.kernel.dataclass import dataclass

Converter: TypeAlias = Callable[[Any], Any]
Make: TypeAlias = Callable[..., Any]


@dataclass(frozen=True)
class _Place:
    """Where a value goes, and how the field that it is compared with writes it."""

    which: int
    converter: Converter | None


class _Slot(Node):
    def __init__(self, which: int) -> None:
        self._which = which

    def __sql__(self, ctx: Context) -> Context:
        place = _Place(self._which, ctx.state.converter)
        ctx.value(place, converter=False)
        return ctx


class _Spelled(NamedTuple):
    """A query's SQL, its values or where they come from, and how the columns are read."""

    sql: str
    values: tuple[object, ...]
    readers: tuple[Converter | None, ...]


class Prepared:
    """A query; `make` is given a slot for each value, or a list of them where the value is one."""

    def __init__(self, make: Make) -> None:
        self._make = make

    def rows(self, db: SqliteDatabase, *given: object) -> list[tuple[Any, ...]]:
        """Run it and return what it found."""
        spelled, values = self._bound(given)
        found = raw(db).execute(spelled.sql, values).fetchall()
        if not any(spelled.readers):
            return found
        return [
            tuple(read(one) if read else one for read, one in zip(spelled.readers, row, strict=True)) for row in found
        ]

    def first(self, db: SqliteDatabase, *given: object) -> tuple[Any, ...] | None:
        """Run it and return the first of what it found."""
        return next(iter(self.rows(db, *given)), None)

    def run(self, db: SqliteDatabase, *given: object) -> int:
        """Run it and return how many rows it changed."""
        spelled, values = self._bound(given)
        return raw(db).execute(spelled.sql, values).rowcount

    def _bound(self, given: Sequence[object]) -> tuple[_Spelled, list[object]]:
        shape = tuple(len(one) if isinstance(one, list) else None for one in given)
        flat = [value for one in given for value in (one if isinstance(one, list) else [one])]
        spelled = _spelled(self._make, shape)
        return spelled, [_written(value, flat) for value in spelled.values]


def read_all(db: SqliteDatabase, model: type[Model]) -> None:
    """Read every row of a table as its fields read it; what is encrypted or packed tells by itself of damage."""
    columns = model._meta.sorted_fields
    readers = [_reader(column) for column in columns]
    sql, values = model.select(*columns).sql()
    for row in raw(db).execute(sql, values):
        for column, read, value in zip(columns, readers, row, strict=True):
            if value is None and not column.null:  # what a field takes for "no such row" where tables are joined
                raise MisreadError(column.name)
            if read is not None:
                read(value)


@lru_cache(maxsize=512)
def _spelled(make: Make, shape: tuple[int | None, ...]) -> _Spelled:
    slots = iter(map(_Slot, range(sum(1 if count is None else count for count in shape))))
    query = make(*(next(slots) if count is None else [next(slots) for _ in range(count)] for count in shape))
    sql, values = query.sql()
    columns = getattr(query, "_returning", None) or ()
    return _Spelled(sql, tuple(values), tuple(_reader(column) for column in columns))


def _written(value: object, flat: Sequence[object]) -> object:
    if not isinstance(value, _Place):
        return value
    given = flat[value.which]
    return value.converter(given) if value.converter and given is not None else given


def _reader(column: object) -> Converter | None:
    """Return how a field reads what SQLite gives; None where it is that."""
    field = getattr(column, "rel_field", column)
    if not isinstance(field, Field) or type(field).__module__ == Field.__module__:
        return None
    reader: Converter = field.python_value
    return reader
