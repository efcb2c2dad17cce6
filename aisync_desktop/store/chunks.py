"""Cutting big files at places that their content chooses, so that an edit changes one chunk and all others are shared.

A cut comes after a line whose checksum says so, on average every 16 KB; lines are never cut unless they are longer
than a chunk may be (a minified file of one line shares little, but is still kept).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

CHUNK_FROM = 1 << 20  # smaller files are packed against their last version instead
_SMALLEST = 4 << 10
_LARGEST = 64 << 10
_AVERAGE = 12 << 10  # beyond the smallest
_LINE = re.compile(rb"[^\n]*\n|[^\n]+")


def cut(data: bytes) -> Iterator[bytes]:
    """Yield the chunks; joined they are the data."""
    start = end = 0
    for line in _LINE.finditer(data):
        while line.end() - start > _LARGEST:  # the line does not fit in any more
            stop = end if end > start else start + _LARGEST
            yield data[start:stop]
            start = end = stop
        end = line.end()
        if end - start >= _SMALLEST and _chooses(line.group()):
            yield data[start:end]
            start = end
    if end > start:
        yield data[start:end]


def _chooses(line: bytes) -> bool:
    """Say whether a cut follows this line: a chance in proportion to its length, decided by its content alone."""
    return zlib.crc32(line) % _AVERAGE < len(line)
