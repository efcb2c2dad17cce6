"""Reading JSON text: comments blanked out, values skipped by CPython's C scanner, places of what is wrong.

Comments (and trailing commas) are replaced by spaces, so that the C scanner reads JSONC too and all offsets stay.
Blanking is tried only on texts that are not strict JSON, as its pass over every string costs four times the scan.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from aisync_desktop.documents.brackets import Box, Member
from aisync_desktop.documents.errors import MalformedDocument
from aisync_desktop.documents.protocol import Strictness
from aisync_desktop.documents.source import Splice, location, spliced, string_end
from aisync_desktop.documents.values import MAX_DEPTH, depth
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value

_BLANK = " \t\r\n"
_SPACE = re.compile(r"[ \t\n\r]*")
_NOTABLE = re.compile(r'"|//[^\n]*|/\*')  # what matters for comments outside of strings
_QUOTE_OR_COMMA = re.compile('[",]')
_NUMBER = re.compile(r'"|-?[0-9][0-9.eE+-]*')  # or where a string begins, to be passed over
_TOKEN = re.compile(r'"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
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
    plain = _without_comments(text) if strictness.comments else text
    strict = _without_trailing_commas(plain) if strictness.trailing_commas else plain
    return JsonText(text, plain, strict)


def comments_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each comment begins and ends; one without an end is none, and stays to be found as what is wrong."""
    place = 0
    while found := _NOTABLE.search(text, place):
        if found.group() == '"':
            place = string_end(text, found.end(), '"') or len(text)
            continue
        end = found.end() if found.group() != "/*" else text.find("*/", found.end()) + len("*/")
        if end < found.end():
            break
        yield found.start(), end
        place = end


def numbers_in(strict: str) -> Iterator[str]:
    """Yield the numbers of a strict text as they are spelled."""
    place = 0
    while found := _NUMBER.search(strict, place):
        place = found.end()
        if found.group() == '"':
            place = string_end(strict, place, '"') or len(strict)
        else:
            yield found.group()


def _without_comments(text: str) -> str:
    return spliced(text, [Splice(start, end, " " * (end - start)) for start, end in comments_in(text)])


def _without_trailing_commas(text: str) -> str:
    commas: list[Splice] = []
    place = 0
    while found := _QUOTE_OR_COMMA.search(text, place):
        start, place = found.start(), found.end()
        if found.group() == '"':
            place = string_end(text, place, '"') or len(text)
        elif _at(text, _skip(text, place)) in {"]", "}"} and _before(text, start) not in {"[", "{", ",", ":", ""}:
            commas.append(Splice(start, place, " "))
    return spliced(text, commas) if commas else text


def _at(text: str, place: int) -> str:
    return text[place : place + 1]


def _skip(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _before(text: str, place: int) -> str:
    """Return the last character before a place that is no white space."""
    while place > 0 and text[place - 1] in _BLANK:
        place -= 1
    return text[place - 1 : place] if place else ""


class Read:
    """A strict text that was read from its beginning to its end, and where the members of its root stand.

    A client rewrites megabytes of history to change a counter: what stands under the same key in the next text, byte
    for byte, is as sound there. Only values that say themselves where they end count, since 12 begins as 123 does.
    """

    def __init__(self, strict: str, root: Box) -> None:
        self._strict = strict
        self._members = {member.key: member for member in root.members if strict[member.value] in '{["'}

    def end_in(self, strict: str, key: str | int, start: int) -> int | None:
        """Return where a value of another text ends, if it is the one that this text has under the key."""
        member = self._members.get(key)
        said = self._strict[member.value : member.end] if member else ""
        return start + len(said) if said and strict.startswith(said, start) else None


class Reader:
    """Reads values and boxes out of one strict text; every error of it is a MalformedDocument.

    What is the same in a text that was `read` before is passed over.
    """

    def __init__(self, forms: JsonText, read: Read | None = None) -> None:
        self._text = forms.text
        self._strict = forms.strict
        self._read = read
        self._passed: list[tuple[int, int]] = []  # where that stands, from the beginning on

    def value(self, start: int) -> tuple[Value, int]:
        """Return the value that begins at an offset, and where it ends."""
        try:
            return self._scan(start)
        except _ConstantError:
            place, expected = self._constant(start), "value"
        except RecursionError:
            place, expected = self._too_deep(start), "less-depth"
        except json.JSONDecodeError as error:
            place, expected = self._explained(error)
        raise self._error(place, expected)  # not within the handler: the decoder's error holds the whole text

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

    def box(self, start: int, known: Sequence[Member] = ()) -> Box:
        """Return the container that begins at an offset with its direct members, of which the first may be known."""
        members = [*known]
        close = "}" if self._strict[start] == "{" else "]"
        place = self.skip(known[-1].end if known else start + 1)
        if self._at(place) == close:
            return Box(start, place + 1, tuple(members))
        if known:
            place = self.skip(place + 1)
        while True:
            members.append(self._keyed(place) if close == "}" else self._element(place, len(members)))
            place = self.skip(members[-1].end)
            if self._at(place) == close:
                return Box(start, place + 1, tuple(members))
            if self._at(place) != ",":
                raise self._error(place, "comma")
            place = self.skip(place + 1)

    def _end(self, key: str | int, start: int) -> int:
        """Return where the value of a member ends."""
        end = self._read.end_in(self._strict, key, start) if self._read else None
        if end is None:
            return self.checked_value(start)[1]
        self._passed.append((start, end))
        return end

    def _keyed(self, start: int) -> Member:
        if self._at(start) != '"':
            raise self._error(start, "key")
        key, key_end = self.value(start)
        colon = self.skip(key_end)
        if self._at(colon) != ":":
            raise self._error(colon, "colon")
        value = self.skip(colon + 1)
        return Member(str(key), start, key_end, value, self._end(str(key), value))

    def _element(self, start: int, index: int) -> Member:
        return Member(index, start, start, start, self._end(index, start))

    def skip(self, start: int) -> int:
        """Return the offset of the next character that is no white space."""
        return _skip(self._strict, start)

    def check_unique_keys(self) -> None:
        """Raise for the first key that occurs twice in one object."""
        seen: list[set[str]] = []
        for (place, token), (_, following) in pairwise(self._tokens(0)):
            if token in {"{", "["}:
                seen.append(set())
            elif token in {"}", "]"}:
                seen.pop()
            elif token[0] == '"' and following == ":":
                key = json.loads(token)
                if key in seen[-1]:
                    raise self._error(place, "unique-key")
                seen[-1].add(key)

    def _check_surrogates(self) -> None:
        """Raise for half a character: no UTF-8 could hold the text that such an escape stands for."""
        ends = [0, *(place for passed in self._passed for place in passed), len(self._strict)]
        for start, end in zip(ends[::2], ends[1::2], strict=True):
            if any(self._strict.find(half, start, end) >= 0 for half in ("\\ud", "\\uD")):
                self._check_escapes(start, end)

    def _check_escapes(self, start: int, end: int) -> None:
        high: re.Match[str] | None = None
        for found in _ESCAPE.finditer(self._strict, start, end):
            code = int(found.group(1) or "0", 16)
            if high and not (code in _LOW_SURROGATES and high.end() == found.start()):
                break
            if not high and code in _LOW_SURROGATES:
                raise self._error(found.start(), "no-surrogate")
            high = found if code in _HIGH_SURROGATES else None
        if high:
            raise self._error(high.start(), "no-surrogate")

    def _at(self, place: int) -> str:
        return _at(self._strict, place)

    def _after_comma(self, place: int) -> bool:
        return _before(self._strict, place) == ","

    def _tokens(self, start: int) -> Iterator[tuple[int, str]]:
        """Yield the places and texts of all tokens, whole strings among them."""
        while found := _TOKEN.search(self._strict, start):
            start = found.end()
            if found.group() == '"':
                start = string_end(self._strict, start, '"') or len(self._strict)
            yield found.start(), self._strict[found.start() : start]

    def _constant(self, start: int) -> int:
        """Return the place of the first NaN or Infinity."""
        return next((place for place, token in self._tokens(start) if token.lstrip("-")[:1] in {"N", "I"}), start)

    def _too_deep(self, start: int) -> int:
        """Return the place of the first bracket that is nested too deeply."""
        levels = 0
        for place, token in self._tokens(start):
            levels += (token in {"{", "["}) - (token in {"}", "]"})
            if levels > MAX_DEPTH:
                return place
        return start

    def _explained(self, error: json.JSONDecodeError) -> tuple[int, str]:
        expected = next((code for beginning, code in _EXPECTED if error.msg.startswith(beginning)), "value")
        place = self.skip(error.pos + 1) if expected == "no-trailing-comma" else error.pos  # behind the comma
        return place, expected

    def _error(self, place: int, expected: str) -> MalformedDocument:
        at = self._at(place)
        if at == "/" and expected in {"value", "key", "comma", "colon", "end"}:
            broken = _BROKEN_COMMENT.match(self._text, place)
            expected = "comment-end" if broken else "no-comment"
        elif at and at in "}]" and expected in {"value", "key"} and self._after_comma(place):
            expected = "no-trailing-comma"
        return MalformedDocument(location(self._text, place), expected)
