"""Copies of files, found by globs of their names: bounded in number and in size, and only looked at."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from aisync_desktop.files.errors import FileProblem
from aisync_desktop.files.peek import peek
from aisync_desktop.files.protocol import Copy
from aisync_desktop.files.resolve import resolve
from aisync_desktop.files.syscalls import Syscalls

_MOST_NAMES = 10_000  # of one folder
_MOST_BYTES = 16_000_000  # of one copy


def find_copies(calls: Syscalls, globs: Iterable[Path], most: int) -> Iterator[Copy]:
    """Yield the newest files whose names match, in the folders of the globs; what cannot be read is left out."""
    found = {path: status for glob in globs for path, status in _matching(calls, glob)}
    for path in sorted(found, key=lambda one: (-found[one].st_mtime_ns, one))[:most]:
        data = peek(calls, path, _MOST_BYTES)
        if data:
            yield Copy(path, data, stat.S_IMODE(found[path].st_mode))


def _matching(calls: Syscalls, glob: Path) -> Iterator[tuple[Path, os.stat_result]]:
    try:
        folder = resolve(calls, glob.parent).path
        for name in calls.names(folder)[:_MOST_NAMES]:
            status = _status(calls, folder / name) if fnmatchcase(name, glob.name) else None
            if status and stat.S_ISREG(status.st_mode) and status.st_size <= _MOST_BYTES:
                yield folder / name, status
    except (OSError, FileProblem):
        return


def _status(calls: Syscalls, path: Path) -> os.stat_result | None:
    try:
        return calls.lstat(path)
    except OSError:
        return None
