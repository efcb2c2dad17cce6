"""Files that are found by globs: those of a folder that is an endpoint, and copies of files, which are only looked at.

Depth, number and size are bounded, as somebody may have put such a folder above everything that they own. Links to
folders are not followed, so that no loop has an end to be found.
"""

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
from aisync_desktop.files.watch_targets import is_sidecar

_DEEPEST, _MOST = 8, 5_000
_MOST_NAMES = 10_000  # of one folder that may hold copies
_MOST_BYTES = 16_000_000  # of one copy


def files_in(calls: Syscalls, folder: Path, pattern: str) -> tuple[str, ...]:
    """Return the paths of matching files relative to the folder, with slashes; none where there is no folder."""
    nested = pattern.startswith("**/")
    found = _walk(calls, folder, pattern.removeprefix("**/"), _DEEPEST if nested else 0, "")
    return tuple(sorted(name for name, _ in zip(found, range(_MOST), strict=False)))


def _walk(calls: Syscalls, folder: Path, pattern: str, depth: int, within: str) -> Iterator[str]:
    try:
        names = sorted(calls.names(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in names:
        if fnmatchcase(name, pattern) and not is_sidecar(name) and not _is_folder(calls, folder / name, links=True):
            yield within + name
        elif depth and not name.startswith(".") and _is_folder(calls, folder / name, links=False):
            yield from _walk(calls, folder / name, pattern, depth - 1, f"{within}{name}/")


def _is_folder(calls: Syscalls, path: Path, *, links: bool) -> bool:
    try:
        return stat.S_ISDIR((calls.stat if links else calls.lstat)(path).st_mode)
    except (OSError, FileProblem):  # a link to nothing, or out of a project: reading it will tell
        return False


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
