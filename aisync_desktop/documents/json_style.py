"""How a JSON file is written, so that what we add looks like what is there."""

from __future__ import annotations

import json
import math
import re

from aisync_desktop.documents.errors import EditRefusedError
from aisync_desktop.documents.source import eol_of
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value

_SAMPLE = 20_000  # characters that are looked at: style shows early, and strings in it mislead only style
_INDENTED = re.compile(r"[\[{][ \t]*\r?\n([ \t]+)\S")
_FIRST_OF_LIST = re.compile(r"[:,\[][ \t]*\[([ \t]*\r?\n)?[ \t]*[^\s\]]")
_FIRST_OF_MAP = re.compile(r"[:,\[][ \t]*\{([ \t]*\r?\n)?[ \t]*\"")
_COLON = re.compile(r"\"([ \t]*:[ \t]*)[^\s:]")


@dataclass(frozen=True)
class JsonStyle:
    """The spelling of new values."""

    eol: str
    unit: str
    colon: str
    inline_maps: bool
    inline_lists: bool

    @property
    def space(self) -> str:
        """What stands behind a comma within a line."""
        return "" if self.colon == ":" else " "

    def member(self, key: str, value: Value, indent: str | None) -> str:
        """Return a member's text; without an indent it stays within a line."""
        return scalar(key) + self.colon + self.render(value, indent)

    def render(self, value: Value, indent: str | None) -> str:
        """Return a value's text; `indent` is that of the line that it begins on."""
        if isinstance(value, dict) and value:
            inner = None if self.inline_maps else self._deeper(indent)
            members = [self.member(key, one, inner) for key, one in value.items()]
            return self._wrapped("{", members, "}", indent, inner)
        if isinstance(value, list) and value:
            inner = None if self.inline_lists else self._deeper(indent)
            return self._wrapped("[", [self.render(one, inner) for one in value], "]", indent, inner)
        return scalar(value)

    def _deeper(self, indent: str | None) -> str | None:
        return None if indent is None else indent + self.unit

    def _wrapped(self, opening: str, parts: list[str], closing: str, outer: str | None, inner: str | None) -> str:
        if inner is None or outer is None:
            return opening + ("," + self.space).join(parts) + closing
        lines = ("," + self.eol + inner).join(parts)
        return opening + self.eol + inner + lines + self.eol + outer + closing


def scalar(value: Value) -> str:
    """Return a scalar's text (or that of an empty container)."""
    if isinstance(value, float) and not math.isfinite(value):
        raise EditRefusedError("value")
    if not isinstance(value, str | int | float | bool | list | dict | None):
        raise EditRefusedError("value")
    try:
        text = json.dumps(value, ensure_ascii=False)
    except ValueError:  # an integer with more digits than Python writes
        raise EditRefusedError("value") from None
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise EditRefusedError("value")
    return text


def style_near(plain: str, start: int, end: int) -> JsonStyle:
    """Return the style of the container between two offsets, filled up from the rest of the document."""
    samples = (plain[start : min(end, start + _SAMPLE)], plain[:_SAMPLE])
    eol = eol_of(plain, start)
    if "\n" not in plain.strip():
        written = plain.strip() not in {"{}", "[]", ""}
        return JsonStyle(eol, "  ", _first(_COLON, samples, ": "), inline_maps=written, inline_lists=written)
    unit = _first(_INDENTED, (plain[:_SAMPLE],), "  ")
    maps = _breaks(_FIRST_OF_MAP, samples, default=True)
    lists = _breaks(_FIRST_OF_LIST, samples, default=maps)
    colon = _first(_COLON, samples, ": ")
    return JsonStyle(eol, unit, colon, inline_maps=not maps, inline_lists=not lists)


def _first(pattern: re.Pattern[str], samples: tuple[str, ...], default: str) -> str:
    return next((found.group(1) for sample in samples if (found := pattern.search(sample))), default)


def _breaks(pattern: re.Pattern[str], samples: tuple[str, ...], *, default: bool) -> bool:
    """Whether the first container with something in it begins with a line break."""
    return next((found.group(1) is not None for sample in samples if (found := pattern.search(sample))), default)
