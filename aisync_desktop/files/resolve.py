"""Where the bytes of a path really are: symbolic links are followed and stay what they are."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path

from aisync_desktop.core.errors import BugError
from aisync_desktop.files.errors import SymlinkLoop
from aisync_desktop.files.syscalls import Syscalls

_MOST_LINKS = 40  # what Linux allows
_NO_LINK = {errno.EINVAL, errno.ENOENT}


@dataclass(frozen=True)
class Place:
    """The real path, which need not exist, and whether the way to it goes over a link that leads to nothing."""

    path: Path
    dangling: bool = False


def resolve(calls: Syscalls, path: Path) -> Place:
    """Follow all links of an absolute path; raises OSError or SymlinkLoop."""
    if not path.is_absolute():
        raise BugError(f"relative path {path}")
    dangling = False
    for _ in range(_MOST_LINKS):
        try:
            return Place(calls.realpath(path), dangling)
        except FileNotFoundError:
            folder = resolve(calls, path.parent)
        here = folder.path / path.name
        target = _link_target(calls, here)
        if target is None:
            return Place(here, dangling or folder.dangling)
        dangling = True
        path = folder.path / target
    raise SymlinkLoop(path)


def _link_target(calls: Syscalls, path: Path) -> Path | None:
    try:
        return calls.readlink(path)
    except OSError as error:
        if error.errno in _NO_LINK:
            return None
        raise
