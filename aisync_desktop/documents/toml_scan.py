"""Where things are in a TOML text: lines, statements, keys and values, each with its offsets.

The text is known to be valid (`tomllib` has read it), so that this scanner only finds boundaries. An entry is a blank
line, a comment line, or a statement with all of its lines: a table header, an array-of-tables header, or a pair.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from aisync_desktop.documents.brackets import Box, Member
from aisync_desktop.documents.errors import EditRefusedError, UnverifiedEditError
from aisync_desktop.documents.source import location
from aisync_desktop.kernel.values import KeyPath

_BASIC = r'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*"'
_LITERAL = r"'[^'\n]*+'"
_STRINGS = (
    r'"""[^"\\]*+(?:(?:\\.|"{1,2}(?!"))[^"\\]*+)*"{3,5}'
    r"|'''[^']*+(?:'{1,2}(?!')[^']*+)*'{3,5}"
    rf"|{_BASIC}|{_LITERAL}"
)
_KEY = re.compile(rf"[A-Za-z0-9_-]+|{_BASIC}|{_LITERAL}")
_SPACE = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_SCALAR = re.compile(rf"{_STRINGS}|\d{{4}}-\d\d-\d\d \d\d:[^\s,\]}}#]*|[^\s,\]}}#]+", re.DOTALL)
_PIECE = re.compile(rf"{_STRINGS}|#[^\n]*|[\[\]{{}}]|[^\[\]{{}}\"'#]+", re.DOTALL)
_COMMENT = re.compile(rf"{_STRINGS}|#[^\n]*", re.DOTALL)
_NUMBER = re.compile(
    rf"{_STRINGS}|#[^\n]*|[^\s,=\[\]{{}}\"'#]+(?![ \t]*[=.])", re.DOTALL
)  # or what is to be passed over
_DIGITS = re.compile(r"[+-]?[0-9][0-9a-fA-FoxX_.+-]*|[+-]?(?:inf|nan)")
_BASIC_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_SHORT_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


class Kind(Enum):
    """What an entry is."""

    BLANK = auto()
    COMMENT = auto()
    TABLE = auto()
    ELEMENT = auto()  # [[array of tables]]
    PAIR = auto()


class Segment(NamedTuple):
    """One part of a key: where it is written and which part of the entry's path it is."""

    start: int
    end: int
    level: int


class Entry(NamedTuple):
    """One or more whole lines; `path` has the indexes of array elements in it."""

    kind: Kind
    start: int
    end: int  # behind the line ending
    path: KeyPath = ()
    segments: tuple[Segment, ...] = ()
    value: tuple[int, int] = (0, 0)
    section: int = -1  # the index of the header that a pair is under

    @property
    def is_header(self) -> bool:
        """Whether a section begins here."""
        return self.kind is Kind.TABLE or self.kind is Kind.ELEMENT

    @property
    def is_statement(self) -> bool:
        """Whether this is more than a blank or comment line."""
        return self.is_header or self.kind is Kind.PAIR


Later: TypeAlias = "tuple[int, Sequence[Entry]]"  # entries behind a change, and the index that the first of them had


class Scanned(NamedTuple):
    """A text with all of its entries, from its first to its last byte."""

    text: str
    entries: tuple[Entry, ...]


class _Scan:
    """One pass over the lines, or over those between entries that are known: at the beginning, and from some places on.

    What is `known` later on stands there in the section in which the first entries end, unless a header comes before.
    """

    def __init__(self, text: str, known: Sequence[Entry] = (), later: Mapping[int, Later] | None = None) -> None:
        self.text = text
        self.later = later or {}
        self.entries = [*known]
        headers = [index for index, one in enumerate(known) if one.is_header]
        self.section_index = headers[-1] if headers else -1
        self.section: KeyPath = known[headers[-1]].path if headers else ()
        self.elements = {
            one.path[:-1]: one.path[-1] for one in known if one.kind is Kind.ELEMENT and isinstance(one.path[-1], int)
        }

    def run(self) -> Scanned:
        place, section = self.entries[-1].end if self.entries else 0, self.section_index
        while place < len(self.text):
            if place in self.later and self.section_index == section:
                self.entries += _moved(*self.later[place], place, len(self.entries), section)
                break
            entry = self._entry(place)
            self.entries.append(entry)
            place = entry.end
        return Scanned(self.text, tuple(self.entries))

    def _entry(self, start: int) -> Entry:
        place = _end(_SPACE, self.text, start)
        char = self.text[place : place + 1]
        if char in {"\n", "\r", ""}:
            return Entry(Kind.BLANK, start, self._line_end(place))
        if char == "#":
            return Entry(Kind.COMMENT, start, self._line_end(place))
        return self._header(start, place) if char == "[" else self._pair(start, place)

    def _header(self, start: int, place: int) -> Entry:
        double = self.text.startswith("[[", place)
        keys, spans, end = keys_at(self.text, place + 1 + double)
        path: KeyPath = ()
        segments: list[Segment] = []
        for number, (key, span) in enumerate(zip(keys, spans, strict=True), 1):
            path = (*path, key)
            segments.append(Segment(*span, len(path) - 1))
            if double and number == len(keys):
                self.elements[path] = self.elements.get(path, -1) + 1
            if path in self.elements:
                path = (*path, self.elements[path])
        self.section, self.section_index = path, len(self.entries)
        kind = Kind.ELEMENT if double else Kind.TABLE
        return Entry(kind, start, self._line_end(end), path, tuple(segments), section=self.section_index)

    def _pair(self, start: int, place: int) -> Entry:
        keys, spans, end = keys_at(self.text, place)
        base = len(self.section)
        segments = tuple(Segment(*span, base + number) for number, span in enumerate(spans))
        value = _end(_SPACE, self.text, self.text.index("=", end) + 1)
        value_end = end_of_value(self.text, value)
        path = (*self.section, *keys)
        return Entry(
            Kind.PAIR, start, self._line_end(value_end), path, segments, (value, value_end), self.section_index
        )

    def _line_end(self, place: int) -> int:
        found = self.text.find("\n", place)
        return len(self.text) if found < 0 else found + 1


def scan(text: str) -> Scanned:
    """Return all entries of a valid text."""
    return _Scan(text).run()


def rescan(before: Scanned, text: str) -> Scanned:
    """Return all entries of a valid text that begins, and ends, as one that was scanned: only what is between is."""
    alike = _length_alike(before.text, text)
    kept = bisect_right(before.entries, alike, key=lambda entry: entry.end)
    if kept and before.text[before.entries[kept - 1].end - 1] != "\n":  # its line may go on now
        kept -= 1
    return _Scan(text, before.entries[:kept], _later(before, kept, text)).run()


def _later(before: Scanned, kept: int, text: str) -> dict[int, Later]:
    """Return the entries behind those that are kept from which on all is alike, by where they would be in a text.

    None behind the next header: whether that is still there decides in which section they are.
    """
    start = before.entries[kept - 1].end if kept else 0
    alike = _length_alike(before.text[start:][::-1], text[start:][::-1])
    by = len(text) - len(before.text)
    later: dict[int, Later] = {}
    for index, entry in enumerate(before.entries[kept:], kept):
        if entry.start >= len(before.text) - alike:
            later[entry.start + by] = index, before.entries[index:]
        if entry.is_header:
            break
    return later


def _moved(was: int, entries: Sequence[Entry], place: int, index: int, section: int) -> Iterator[Entry]:
    """Yield entries as they are from another place on, of which the first has another index now.

    Their sections have other indexes, too, but for the one in which they begin.
    """
    by, later = place - entries[0].start, index - was
    for kind, start, end, path, segments, (value, value_end), of in entries:
        yield Entry(
            kind,
            start + by,
            end + by,
            path,
            tuple(Segment(one.start + by, one.end + by, one.level) for one in segments),
            (value + by, value_end + by) if kind is Kind.PAIR else (0, 0),
            of + later if of > section else of,
        )


def _length_alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    length, most = 0, min(len(one), len(other))
    while length < most:
        middle = (length + most + 1) // 2
        if one[length:middle] == other[length:middle]:
            length = middle
        else:
            most = middle - 1
    return length


def keys_at(text: str, start: int) -> tuple[tuple[str, ...], list[tuple[int, int]], int]:
    """Return the parts of a dotted key, their spans, and the end of the last one."""
    keys: list[str] = []
    spans: list[tuple[int, int]] = []
    place = _end(_SPACE, text, start)
    while True:
        end = _end(_KEY, text, place)
        keys.append(_key_name(text[place:end]))
        spans.append((place, end))
        dot = _DOT.match(text, end)
        if not dot:
            return tuple(keys), spans, end
        place = dot.end()


def _key_name(written: str) -> str:
    if written[:1] == "'":
        return written[1:-1]
    if written[:1] == '"':
        return _BASIC_ESCAPE.sub(_unescaped, written[1:-1])
    return written


def _unescaped(found: re.Match[str]) -> str:
    code = found.group(1) or found.group(2)
    if code:
        return chr(int(code, 16))
    return _SHORT_ESCAPES.get(found.group(3), found.group(3))


def end_of_value(text: str, start: int) -> int:
    """Return where the value ends that begins at an offset."""
    if text[start] not in "[{":
        return _end(_SCALAR, text, start)
    levels = 0
    for piece in _PIECE.finditer(text, start):
        levels += (piece.group() in "[{") - (piece.group() in "]}")
        if levels == 0:
            return piece.end()
    raise UnverifiedEditError("a TOML value has no end")


def box_at(text: str, start: int) -> Box:
    """Return the array or inline table that begins at an offset with its direct members."""
    keyed = text[start] == "{"
    members: list[Member] = []
    place = _end(_GAP, text, start + 1)
    while text[place] not in "]}":
        member = _keyed(text, place) if keyed else _element(text, place, len(members))
        members.append(member)
        place = _end(_GAP, text, member.end)
        if text[place] == ",":
            place = _end(_GAP, text, place + 1)
    return Box(start, place + 1, tuple(members))


def _keyed(text: str, start: int) -> Member:
    keys, _, end = keys_at(text, start)
    if len(keys) > 1:
        raise EditRefusedError("shape", location(text, start))
    value = _end(_SPACE, text, text.index("=", end) + 1)
    return Member(keys[0], start, end, value, end_of_value(text, value))


def _element(text: str, start: int, index: int) -> Member:
    return Member(index, start, start, start, end_of_value(text, start))


def comments_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each comment with the top-level table that it is in or above ("" for none): what is rewritten at once."""
    waiting: list[str] = []
    for entry in scan(text).entries:
        written = text[entry.start : entry.end]
        found = [one.group().strip() for one in _COMMENT.finditer(written) if one.group()[0] == "#"]
        if not entry.is_statement:
            waiting += found
            continue
        section = str(entry.path[0]) if entry.section >= 0 else ""
        yield from ((section, one) for one in (*waiting, *found))
        waiting = []
    yield from (("", one) for one in waiting)


def numbers_in(text: str) -> Iterator[str]:
    """Yield the numbers among the values, as they are spelled."""
    for entry in scan(text).entries:
        tokens = _NUMBER.findall(text, *entry.value) if entry.kind is Kind.PAIR else ()
        yield from (token for token in tokens if _DIGITS.fullmatch(token))


def without_comments(text: str, start: int, end: int) -> str:
    """Return the text with the comments between two offsets blanked out."""
    return text[:start] + _COMMENT.sub(_blank, text[start:end]) + text[end:]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group()) if found.group()[0] == "#" else found.group()


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    if found is None:
        raise UnverifiedEditError("the TOML scanner lost its way")
    return found.end()
