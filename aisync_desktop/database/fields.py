"""Kinds of columns, for every store.

What a field reads is what it would have written, or a MisreadError: bits on a disk flip, and SQLite checks no types.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TypeVar

import peewee
from peewee import Field

from aisync_desktop.database.errors import MisreadError

_T = TypeVar("_T")


def checked(field: Field, value: object, wanted: type[_T]) -> _T | None:
    """Return what SQLite gave, if it is of the type that the column holds; None where that may be nothing."""
    if isinstance(value, wanted) or (value is None and field.null):
        return value
    raise MisreadError(field.name)


class TextField(peewee.TextField):
    """A column of text."""

    def python_value(self, value: object) -> str | None:
        """Read it."""
        return checked(self, value, str)


class IntegerField(peewee.IntegerField):
    """A column of whole numbers."""

    def python_value(self, value: object) -> int | None:
        """Read it; where a join found no row, there is none."""
        return None if value is None else checked(self, value, int)


class AutoField(peewee.AutoField):
    """A row's number."""

    def python_value(self, value: object) -> int | None:
        """Read it; nothing is what refers to no row."""
        return None if value is None else checked(self, value, int)


class BlobField(peewee.BlobField):
    """A column of bytes."""

    def python_value(self, value: object) -> bytes | None:
        """Read it."""
        return checked(self, value, bytes)


class UtcField(peewee.TextField):
    """A moment in UTC as ISO text of one width: sorts as text, reads as a date."""

    def db_value(self, value: dt.datetime | None) -> str | None:
        """Write it."""
        return None if value is None else value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def python_value(self, value: object) -> dt.datetime | None:
        """Read it."""
        shown = checked(self, value, str)
        return None if shown is None else read_moment(shown)


class JsonField(peewee.TextField):
    """Plain values as JSON, in the order in which they came."""

    def db_value(self, value: object) -> str | None:
        """Write it; no value at all stays NULL."""
        return None if value is None else to_json(value)

    def python_value(self, value: object) -> object:
        """Read it."""
        shown = checked(self, value, str)
        return None if shown is None else from_json(shown)


class ObjectField(JsonField):
    """A JSON object."""

    def python_value(self, value: object) -> object:
        """Read it."""
        found = super().python_value(value)
        if not isinstance(found, dict):
            raise MisreadError(self.name)
        return found


def read_moment(shown: str) -> dt.datetime:
    """Read a moment of time; one at the edge of the calendar could not be shown in every time zone."""
    try:
        found = dt.datetime.fromisoformat(shown)
    except ValueError as error:
        raise MisreadError(shown) from error
    if found.tzinfo is None or not dt.MINYEAR < found.year < dt.MAXYEAR:
        raise MisreadError(shown)
    return found


def from_json(shown: str) -> object:
    """Read what `to_json` wrote: never half of a surrogate pair, nor nested deeper than can be read again."""
    try:
        found: object = json.loads(shown)
        if "\\ud" in shown.lower():
            to_json(found).encode()
    except (ValueError, RecursionError) as error:
        raise MisreadError(shown[:40]) from error
    return found


def to_json(value: object) -> str:
    """Return the one spelling of JSON that the databases hold."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
