"""The files of a folder that is an endpoint: those that match a glob, in folders inside it too where the glob says so.

Links to folders are not followed, so that no loop has an end to be found; depth and number are bounded, as somebody
may have put such a folder above everything that they own.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from aisync_desktop.files.errors import FileProblem
from aisync_desktop.files.syscalls import Syscalls
from aisync_desktop.files.watch_targets import is_sidecar

_DEEPEST, _MOST = 8, 5_000


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
