"""Cutting big files at places that their content chooses, so that an edit changes one chunk and all others are shared.

A cut comes after a line whose checksum says so, on average every 16 KB; lines are never cut unless they are longer
than a chunk may be (a minified file of one line shares little, but is still kept).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

CHUNK_FROM = 1 << 20  # smaller files are packed against their last version instead
_SMALLEST = 4 << 10
_LARGEST = 64 << 10
_AVERAGE = 12 << 10  # beyond the smallest
_WINDOW = 1 << 18  # so much is split into lines at a time: all lines of a big file at once would be many times its size


class Chunk(NamedTuple):
    """A chunk as it is remembered: what it is called, and its size."""

    name: str
    size: int


def cut(data: bytes) -> Iterator[bytes]:
    """Yield the chunks; joined they are the data."""
    start = 0
    for stop in _stops(data):
        while stop - start > _LARGEST:
            fits = data.rfind(b"\n", start, start + _LARGEST) + 1 or start + _LARGEST
            yield data[start:fits]
            start = fits
        if stop - start >= _SMALLEST or stop == len(data) > start:
            yield data[start:stop]
            start = stop


def cut_again(data: bytes, before: Sequence[Chunk], name: Callable[[bytes], str]) -> list[tuple[str, bytes]]:
    """Return the chunks of a newer version, with their names: only what is new in it is looked through for cuts.

    What it begins and ends with as the version before did is cut as that was.
    """
    head, at = list[tuple[str, bytes]](), 0
    for known, size in before:
        piece = data[at : at + size]
        if name(piece) != known:
            break
        head.append((known, piece))
        at += size
    tail, end = list[tuple[str, bytes]](), len(data)
    for known, size in reversed(before[len(head) :]):
        piece = data[max(at, end - size) : end]
        if name(piece) != known:
            break
        tail.append((known, piece))
        end -= size
    return [*head, *((name(piece), piece) for piece in cut(data[at:end])), *reversed(tail)]


def _stops(data: bytes) -> Iterator[int]:
    """Yield the ends of lines that are chosen, by their content alone, with a chance in proportion to their length."""
    at = 0
    while at < len(data):
        until = data.find(b"\n", at + _WINDOW) + 1 or len(data)
        for line in data[at:until].split(b"\n"):
            at += len(line) + 1
            if zlib.crc32(line) % _AVERAGE < len(line) and at < len(data):
                yield at
        at = until
    yield len(data)
