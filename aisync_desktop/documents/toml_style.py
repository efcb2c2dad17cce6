"""The spelling of TOML keys, values and whole tables."""

from __future__ import annotations

import datetime as dt
import re

from aisync_desktop.documents.errors import EditRefusedError
from aisync_desktop.kernel.values import Value

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_NOT_LITERAL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f']")
_INTEGERS = range(-(2**63), 2**63)


def key(name: str) -> str:
    """Return one part of a key."""
    return name if _BARE.fullmatch(name) else basic_string(name)


def dotted(names: tuple[str, ...]) -> str:
    """Return a whole key."""
    return ".".join(key(name) for name in names)


def basic_string(text: str) -> str:
    """Return a text in double quotes."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise EditRefusedError("value")
    return '"' + _ESCAPED.sub(lambda found: _SHORT.get(found.group(), f"\\u{ord(found.group()):04X}"), text) + '"'


def like(old: str, value: Value) -> str:
    """Return a value's text in the quotes of the one that it replaces, where it can be in them."""
    literal = old.startswith("'") and not old.startswith("'''")
    if literal and isinstance(value, str) and not _NOT_LITERAL.search(value):
        basic_string(value)
        return f"'{value}'"
    return inline(value)


def inline(value: Value) -> str:
    """Return a value within one line."""
    if isinstance(value, list):
        return "[" + ", ".join(inline(one) for one in value) + "]"
    if isinstance(value, dict):
        members = ", ".join(f"{key(name)} = {inline(one)}" for name, one in value.items())
        return f"{{ {members} }}" if members else "{}"
    return _scalar(value)


def _scalar(value: Value) -> str:
    match value:
        case str():
            return basic_string(value)
        case bool():
            return str(value).lower()
        case int() if value in _INTEGERS:
            return str(value)
        case float():
            return repr(value)
        case dt.date() | dt.time() if getattr(value, "tzinfo", None) is None or isinstance(value, dt.datetime):
            return value.isoformat()
    raise EditRefusedError("value")  # a null, or more than TOML's 64 bits


def table_lines(path: tuple[str, ...], header: str, value: dict[str, Value], blank: list[str]) -> list[str]:
    """Return the lines of a table and of the tables in it; `header` has %s for the key.

    A table that holds only tables needs no header of its own.
    """
    tables = {name: one for name, one in value.items() if isinstance(one, dict) and one}
    pairs = [f"{key(name)} = {inline(one)}" for name, one in value.items() if name not in tables]
    blocks = [[header % dotted(path), *pairs]] if pairs or not tables or header != "[%s]" else []
    for name, one in tables.items():
        if isinstance(one, dict):
            blocks.append(table_lines((*path, name), "[%s]", one, blank))
    lines = blocks[0]
    for block in blocks[1:]:
        lines = [*lines, *blank, *block]
    return lines
