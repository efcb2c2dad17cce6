"""Text and places in it: decoding, line and column, and splices, the only way in which any editor changes bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from aisync_desktop.documents.errors import MalformedDocument, UnverifiedEditError
from aisync_desktop.documents.protocol import Location
from aisync_desktop.kernel.dataclass import dataclass

BOM = "\ufeff"
_BOM_BYTES = b"\xef\xbb\xbf"
_EOL = re.compile(r"\r?\n")
_INSIDE = {  # what a string's end need not be looked for in; no repeated groups, so that no text costs memory
    '"': re.compile(r'[^"\\\n]*'),
    "'": re.compile(r"[^'\\\n]*"),
    '"""': re.compile(r'[^"\\]*'),
    "'''": re.compile(r"[^'\\]*"),
}
_INDENT = re.compile(r"[ \t]*")


class Splice(NamedTuple):
    """Put `text` in place of what is between two offsets."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Decoded:
    """The text of a file without its byte order mark."""

    text: str
    bom: bool

    def encode(self, text: str) -> bytes:
        """Return the bytes of another text of the same file."""
        return (_BOM_BYTES if self.bom else b"") + text.encode()


def decode(data: bytes, *, bom_allowed: bool = True) -> Decoded:
    """Decode UTF-8; anything else is malformed, for no client reads anything else."""
    bom = data.startswith(_BOM_BYTES)
    if bom and not bom_allowed:
        raise MalformedDocument(Location(1, 1), "no-bom")
    try:
        return Decoded(data[len(_BOM_BYTES) if bom else 0 :].decode(), bom)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
    raise MalformedDocument(location(before, len(before)), "utf-8")  # behind the handler, whose error holds all bytes


def location(text: str, offset: int) -> Location:
    """Return line and column of an offset."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Location(text.count("\n", 0, offset) + 1, offset - line_start + 1)


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return the text with the splices done; those at one place keep their order, overlapping ones are our bug."""
    parts: list[str] = []
    done = 0
    for splice in sorted(splices, key=lambda one: one.start):
        if splice.start < done or splice.end < splice.start:
            raise UnverifiedEditError("splices overlap")
        parts += (text[done : splice.start], splice.text)
        done = splice.end
    parts.append(text[done:])
    return "".join(parts)


def moved(splices: Iterable[Splice], offset: int) -> int:
    """Return where an offset outside of all splices lies after them."""
    return offset + sum(len(one.text) - (one.end - one.start) for one in splices if one.end <= offset)


def eol_of(text: str, offset: int = 0) -> str:
    """Return the line ending in use after an offset, else anywhere, else a line feed."""
    found = _EOL.search(text, offset) or _EOL.search(text)
    return found.group() if found else "\n"


def string_end(text: str, start: int, quote: str) -> int | None:
    """Return where a string ends whose opening quote ends at an offset; only three quotes reach over lines."""
    place, inside = start, _INSIDE[quote]
    while found := inside.match(text, place):
        place = found.end()
        if text.startswith(quote, place):
            return place + len(quote)
        char = text[place : place + 1]
        if char not in {"\\", quote[0]} or place + 1 >= len(text):
            return None
        place += 2 if char == "\\" else 1
    return None


def indent_at(text: str, offset: int) -> str:
    """Return the white space that the line of an offset begins with."""
    found = _INDENT.match(text, text.rfind("\n", 0, offset) + 1)
    return found.group()[: max(0, offset - found.start())] if found else ""
