"""Copies of files, found by globs of their names: bounded in number and in size, and only looked at."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

_MOST_NAMES = 10_000  # of one folder
_MOST_BYTES = 16_000_000  # of one copy


class Copy(NamedTuple):
    """A copy, what it holds, and who may read it."""

    path: Path
    data: bytes
    mode: int = 0


def find_copies(globs: Iterable[Path], most: int) -> Iterator[Copy]:
    """Yield the newest files whose names match, in the folders of the globs; what cannot be read is left out."""
    found = {path: status for glob in globs for path, status in _matching(glob)}
    for path in sorted(found, key=lambda one: (-found[one].st_mtime_ns, one))[:most]:
        data = _read(path)
        if data:
            yield Copy(path, data, stat.S_IMODE(found[path].st_mode))


def _matching(glob: Path) -> Iterator[tuple[Path, os.stat_result]]:
    try:
        with os.scandir(glob.parent) as entries:
            for entry, _ in zip(entries, range(_MOST_NAMES), strict=False):
                status = _status(entry) if fnmatchcase(entry.name, glob.name) else None
                if status and stat.S_ISREG(status.st_mode) and status.st_size <= _MOST_BYTES:
                    yield Path(entry.path), status
    except OSError:
        return


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except OSError:
        return None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES)
    except OSError:
        return b""
