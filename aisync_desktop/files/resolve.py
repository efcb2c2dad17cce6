"""Where the bytes of a path really are: symbolic links are followed and stay what they are.

A path in a project (bounds.py) is followed step by step, and refused as soon as it leaves the project for good. What
comes of it is no promise: it is to be acted on without following any link (bounded.py).
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from aisync_desktop.files.bounds import Bound
from aisync_desktop.files.errors import LeadsOut, SymlinkLoop
from aisync_desktop.files.syscalls import Syscalls
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import BugError

_MOST_LINKS = 40  # what Linux allows
_NO_LINK = {errno.EINVAL, errno.ENOENT}


@dataclass(frozen=True)
class Place:
    """The real path, which need not exist, and whether the way to it goes over a link that leads to nothing."""

    path: Path
    dangling: bool = False


def resolve(calls: Syscalls, path: Path) -> Place:
    """Follow all links of an absolute path; raises OSError, SymlinkLoop, or LeadsOut."""
    if not path.is_absolute():
        raise BugError(f"relative path {path}")
    bound = calls.bound(path)
    return _anywhere(calls, path) if bound is None else _Beneath(calls, bound, path).resolve()


def _anywhere(calls: Syscalls, path: Path) -> Place:
    dangling = False
    for _ in range(_MOST_LINKS):
        try:
            return Place(calls.realpath(path), dangling)
        except FileNotFoundError:
            folder = _anywhere(calls, path.parent)
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


class _Beneath:
    """One walk along a bound path: `here` is real, `rest` is to come.

    On the way it may stand on a folder above the root (a link to `../project/file` stays inside) but nowhere beside.
    """

    def __init__(self, calls: Syscalls, bound: Bound, path: Path) -> None:
        self._calls = calls
        self._path = path
        self._root, self._outer = str(bound.root), str(bound.outer)
        self._start = bound.outer.parent
        self._here = str(self._start)
        self._rest = [*path.relative_to(self._start).parts]
        self._links = 0
        self._behind_links = len(self._rest) + 1  # when no more steps than these are left, all links are behind us
        self._missing = self._dangling = False

    def resolve(self) -> Place:
        """Walk to the end."""
        while self._rest:
            step = self._rest.pop(0)
            there = os.path.join(self._here, step)
            if step == "..":
                self._here, self._missing = os.path.dirname(self._here), False
            elif there != self._outer and _is_in(self._outer, there):
                self._here = there
            elif _is_in(there, self._root) or _is_in(self._root, there):
                self._take(there)
            else:
                self._come_back(Path(there, *self._rest))
        if not _is_in(self._here, self._root):
            raise LeadsOut(self._path, end=self._here)
        return Place(Path(self._here), self._dangling)

    def _take(self, there: str) -> None:
        """Go one step further: to what is there, or to where a link points."""
        target = None if self._missing else self._target(there)
        if target is None:
            self._here = there
            self._dangling = self._dangling or (self._missing and len(self._rest) >= self._behind_links)
            return
        self._count_link()
        self._here = target.anchor or self._here
        self._rest[:0] = target.parts[1:] if target.anchor else target.parts

    def _target(self, there: str) -> Path | None:
        try:
            return self._calls.readlink(Path(there))
        except FileNotFoundError:
            self._missing = True
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
        return None

    def _count_link(self) -> None:
        self._links += 1
        self._behind_links = min(self._behind_links, len(self._rest))
        if self._links > _MOST_LINKS:
            raise SymlinkLoop(self._path)

    def _come_back(self, way: Path) -> None:
        """Go on inside if a way through the outside ends there (a root has other names, too); else refuse it."""
        end = self._calls.end(way)
        if not _is_in(str(end), self._root):
            raise LeadsOut(self._path, end=str(end))
        self._rest.clear()
        self._count_link()
        self._here, self._rest = str(self._start), [*end.relative_to(self._start).parts]


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))
