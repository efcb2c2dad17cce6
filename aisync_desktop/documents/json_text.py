"""Reading JSON text: comments blanked out, values skipped by CPython's C scanner, places of what is wrong.

Comments (and trailing commas) are replaced by spaces, so that the C scanner reads JSONC too and all offsets stay.
Blanking is tried only on texts that are not strict JSON, as its pass over every string costs four times the scan.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from aisync_desktop.core.values import Value
from aisync_desktop.documents.brackets import Box, Member
from aisync_desktop.documents.errors import MalformedDocument
from aisync_desktop.documents.protocol import Strictness
from aisync_desktop.documents.source import location
from aisync_desktop.documents.values import MAX_DEPTH, depth

_SPACE = re.compile(r"[ \t\n\r]*")
# A string or comment without an end runs to the end of its line or of the text: no pattern looks at a place twice.
_STRING = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?'
_COMMENTED = re.compile(rf"{_STRING}|//[^\n]*|/\*(?:.*?\*/|.*)", re.DOTALL)
_COMMAS = re.compile(rf"{_STRING}|,(?=[ \t\n\r]*[}}\]])", re.DOTALL)
_TOKEN = re.compile(rf"{_STRING}|[\[\]{{}}:,]|[^\s\[\]{{}}:,\"]+", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_HIGH_SURROGATES = range(0xD800, 0xDC00)
_LOW_SURROGATES = range(0xDC00, 0xE000)
_BROKEN_COMMENT = re.compile(r"/\*(?!.*\*/)", re.DOTALL)

_EXPECTED = (  # beginnings of CPython's messages
    ("Expecting property name", "key"),
    ("Expecting ':'", "colon"),
    ("Expecting ','", "comma"),
    ("Illegal trailing comma", "no-trailing-comma"),
    ("Unterminated string", "string-end"),
    ("Invalid control character", "no-control-character"),
    ("Invalid \\", "escape"),
)


class _ConstantError(ValueError):
    """NaN or Infinity, which Python would read and no client does."""


def _no_constant(name: str) -> float:
    raise _ConstantError(name)


def _long_integer(digits: str) -> int | float:
    """Read an integer that is longer than Python converts, as JavaScript does."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


_DECODER = json.JSONDecoder(parse_constant=_no_constant)
_PATIENT_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_int=_long_integer)


@dataclass(frozen=True)
class JsonText:
    """One text in three forms of the same length."""

    text: str
    plain: str  # without comments
    strict: str  # without comments and trailing commas

    @property
    def is_strict(self) -> bool:
        """Whether there was nothing to blank out."""
        return self.strict is self.text

    def with_part(self, start: int, end: int, part: JsonText) -> JsonText:
        """Return the text with another part between two offsets."""
        if self.is_strict and part.is_strict:
            text = self.text[:start] + part.text + self.text[end:]
            return JsonText(text, text, text)
        forms = ((self.text, part.text), (self.plain, part.plain), (self.strict, part.strict))
        return JsonText(*(whole[:start] + new + whole[end:] for whole, new in forms))


def as_strict(text: str) -> JsonText:
    """Return the forms of a text in which there is nothing to blank out."""
    return JsonText(text, text, text)


def blanked(text: str, strictness: Strictness) -> JsonText:
    """Return the forms of a text that is not strict JSON."""
    plain = _COMMENTED.sub(_blank_comment, text) if strictness.comments else text
    strict = _COMMAS.sub(_blank_comma, plain) if strictness.trailing_commas else plain
    return JsonText(text, plain, strict)


def _blank_comment(found: re.Match[str]) -> str:
    token = found.group()
    if token[0] == '"' or (token[1] == "*" and (len(token) < len("/**/") or not token.endswith("*/"))):
        return token
    return " " * len(token)


def _blank_comma(found: re.Match[str]) -> str:
    if found.group() != ",":
        return found.group()
    before = found.start() - 1
    while before >= 0 and found.string[before] in " \t\n\r":
        before -= 1
    return " " if before >= 0 and found.string[before] not in "[{,:" else ","


class Reader:
    """Reads values and boxes out of one strict text; every error of it is a MalformedDocument."""

    def __init__(self, forms: JsonText) -> None:
        self._text = forms.text
        self._strict = forms.strict

    def value(self, start: int) -> tuple[Value, int]:
        """Return the value that begins at an offset, and where it ends."""
        try:
            return self._scan(start)
        except _ConstantError:
            raise self._error(self._constant(start), "value") from None
        except RecursionError:
            raise self._error(self._too_deep(start), "less-depth") from None
        except json.JSONDecodeError as error:
            raise self._explained(error) from None

    def _scan(self, start: int) -> tuple[Value, int]:
        try:
            found: tuple[Value, int] = _DECODER.raw_decode(self._strict, start)
        except (_ConstantError, json.JSONDecodeError):
            raise
        except ValueError:
            found = _PATIENT_DECODER.raw_decode(self._strict, start)
        return found

    def checked_value(self, start: int) -> tuple[Value, int]:
        """Return a value and its end as `value` does, after looking at its depth."""
        found, end = self.value(start)
        if end - start > MAX_DEPTH and depth(found) > MAX_DEPTH:
            raise self._error(self._too_deep(start), "less-depth")
        return found, end

    def root(self) -> tuple[int, Box | None]:
        """Return where the root value begins, and its box if it is a container; all of the text is checked."""
        start = self.skip(0)
        if start == len(self._strict):
            raise self._error(start, "content")
        box = self.box(start) if self._strict[start] in "{[" else None
        end = self.skip(box.end if box else self.checked_value(start)[1])
        if end != len(self._strict):
            raise self._error(end, "end")
        self._check_surrogates()
        return start, box

    def box(self, start: int) -> Box:
        """Return the container that begins at an offset with its direct members."""
        members: list[Member] = []
        close = "}" if self._strict[start] == "{" else "]"
        place = self.skip(start + 1)
        if self._at(place) == close:
            return Box(start, place + 1, ())
        while True:
            members.append(self._keyed(place) if close == "}" else self._element(place, len(members)))
            place = self.skip(members[-1].end)
            if self._at(place) == close:
                return Box(start, place + 1, tuple(members))
            if self._at(place) != ",":
                raise self._error(place, "comma")
            place = self.skip(place + 1)

    def _keyed(self, start: int) -> Member:
        if self._at(start) != '"':
            raise self._error(start, "key")
        key, key_end = self.value(start)
        colon = self.skip(key_end)
        if self._at(colon) != ":":
            raise self._error(colon, "colon")
        value = self.skip(colon + 1)
        return Member(str(key), start, key_end, value, self.checked_value(value)[1])

    def _element(self, start: int, index: int) -> Member:
        return Member(index, start, start, start, self.checked_value(start)[1])

    def skip(self, start: int) -> int:
        """Return the offset of the next character that is no white space."""
        found = _SPACE.match(self._strict, start)
        return found.end() if found else start

    def check_unique_keys(self) -> None:
        """Raise for the first key that occurs twice in one object."""
        seen: list[set[str]] = []
        for before, token in pairwise(_TOKEN.finditer(self._strict)):
            kind = before.group()
            if kind in "{[":
                seen.append(set())
            elif kind in "}]":
                seen.pop()
            elif kind[0] == '"' and token.group() == ":":
                key = json.loads(kind)
                if key in seen[-1]:
                    raise self._error(before.start(), "unique-key")
                seen[-1].add(key)

    def _check_surrogates(self) -> None:
        """Raise for half a character: no UTF-8 could hold the text that such an escape stands for."""
        if "\\ud" not in self._strict and "\\uD" not in self._strict:
            return
        high: re.Match[str] | None = None
        for found in _ESCAPE.finditer(self._strict):
            code = int(found.group(1) or "0", 16)
            if high and not (code in _LOW_SURROGATES and high.end() == found.start()):
                break
            if not high and code in _LOW_SURROGATES:
                raise self._error(found.start(), "no-surrogate")
            high = found if code in _HIGH_SURROGATES else None
        if high:
            raise self._error(high.start(), "no-surrogate")

    def _at(self, place: int) -> str:
        return self._strict[place : place + 1]

    def _after_comma(self, place: int) -> bool:
        return self._strict[:place].rstrip(" \t\r\n").endswith(",")

    def _tokens(self, start: int) -> Iterator[re.Match[str]]:
        return _TOKEN.finditer(self._strict, start)

    def _constant(self, start: int) -> int:
        """Return the place of the first NaN or Infinity."""
        return next((one.start() for one in self._tokens(start) if one.group().lstrip("-")[0] in "NI"), start)

    def _too_deep(self, start: int) -> int:
        """Return the place of the first bracket that is nested too deeply."""
        levels = 0
        for token in self._tokens(start):
            levels += (token.group() in "{[") - (token.group() in "}]")
            if levels > MAX_DEPTH:
                return token.start()
        return start

    def _explained(self, error: json.JSONDecodeError) -> MalformedDocument:
        expected = next((code for beginning, code in _EXPECTED if error.msg.startswith(beginning)), "value")
        return self._error(error.pos, expected)

    def _error(self, place: int, expected: str) -> MalformedDocument:
        at = self._at(place)
        if at == "/" and expected in {"value", "key", "comma", "colon", "end"}:
            broken = _BROKEN_COMMENT.match(self._text, place)
            expected = "comment-end" if broken else "no-comment"
        elif at and at in "}]" and expected in {"value", "key"} and self._after_comma(place):
            expected = "no-trailing-comma"
        return MalformedDocument(location(self._text, place), expected)
