"""The spelling of YAML scalars, flow collections and block lines.

A text stays plain only where no reader of any YAML version could take it for anything else.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re

from aisync_desktop.documents.errors import EditRefusedError
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value

_PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_./@+=$()\\*?|^~<>; :%-]*")
_PLAIN_IN_FLOW = re.compile(r"[A-Za-z_/][A-Za-z0-9_./@+=$()\\*^~<>; %-]*")
_UNSAFE = re.compile(r": | #|[ :]$|^---")
_NOT_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf", "infinity"})
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_SINGLE = re.compile("[^ -~\xa0-\ud7ff]")


def scalar(value: Value, old: str = "", *, flow: bool = False) -> str:
    """Return a scalar (or an empty container) within one line, in the quotes of the text that it replaces."""
    match value:
        case str():
            return _string(value, old, flow=flow)
        case float():
            return _float(value)
        case dt.date():
            return value.isoformat()
        case None | bool() | int():
            return json.dumps(value)
        case dict() | list() if not value:
            return json.dumps(value)
    raise EditRefusedError("value")


def _float(value: float) -> str:
    if math.isfinite(value):
        mantissa, exponent, power = repr(value).partition("e")
        return mantissa + ("" if "." in mantissa else ".0") + exponent + power
    return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"


def _string(text: str, old: str, *, flow: bool) -> str:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise EditRefusedError("value")
    if old[:1] == "'" and not _NOT_SINGLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    plain = (_PLAIN_IN_FLOW if flow else _PLAIN).fullmatch(text)
    if plain and old[:1] != '"' and not _UNSAFE.search(text) and text.lower() not in _NOT_TEXT:
        return text
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(text, ensure_ascii=False))


def flow(value: Value) -> str:
    """Return any value within one line."""
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(flow_member(key, one) for key, one in value.items()) + "}"
    return scalar(value, flow=True)


def flow_member(key: str, value: Value) -> str:
    """Return a member within one line."""
    return f"{_string(key, '', flow=True)}: {flow(value)}"


@dataclass(frozen=True)
class BlockStyle:
    """How deep maps and lists are indented below their key."""

    unit: int = 2
    list_unit: int = 2

    def member(self, key: str, value: Value) -> list[str]:
        """Return the lines of a member."""
        name = _string(key, "", flow=False)
        if isinstance(value, dict | list) and value:
            return [f"{name}:", *self.below(value)]
        return [f"{name}: {scalar(value)}"]

    def below(self, value: Value) -> list[str]:
        """Return the lines of a collection that stands below its key."""
        indent = " " * (self.list_unit if isinstance(value, list) else self.unit)
        return [indent + line for line in self.block(value)]

    def block(self, value: Value) -> list[str]:
        """Return the lines of a value that begins a line of its own."""
        if not value:
            return [scalar(value)]
        if isinstance(value, dict):
            return [line for key, one in value.items() for line in self.member(key, one)]
        if isinstance(value, list):
            return [line for one in value for line in self.element(one)]
        return [scalar(value)]

    def element(self, value: Value) -> list[str]:
        """Return the lines of a list's element."""
        first, *rest = self.block(value)
        return [f"- {first}", *(f"  {line}" for line in rest)]


def literal(text: str, indent: int) -> list[str] | None:
    """Return a text of several lines as it stands after |, or None where that could not hold it."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not body or body.endswith("\n") or _ESCAPED.search(text) or lines[0][:1] in {" ", ""}:
        return None
    if any(line.isspace() or not line.replace("\t", "").isprintable() for line in lines):
        return None
    return ["|" if text.endswith("\n") else "|-", *(" " * indent + line if line else "" for line in lines)]
