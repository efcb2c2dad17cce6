"""Cutting big files at places that their content chooses, so that an edit changes one chunk and all others are shared.

A cut comes after a line whose checksum says so, on average every 16 KB; lines are never cut unless they are longer
than a chunk may be (a minified file of one line shares little, but is still kept).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

CHUNK_FROM = 1 << 20  # smaller files are packed against their last version instead
_SMALLEST = 4 << 10
_LARGEST = 64 << 10
_AVERAGE = 12 << 10  # beyond the smallest
_WINDOW = 1 << 18  # so much is split into lines at a time: all lines of a big file at once would be many times its size


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
