"""System calls that do not leave a project, held to it by the folder that is open at the very moment of the call.

A path beneath a root (bounds.py) is never handed to the system as a whole. Its folders are opened one by one from the
root on, each by its name in the one before, and no link is followed; then the call acts on the last name, in the
folder that is open. Who wants links to count asks `resolve` first, which tells where they lead and refuses what leads
out; a link that is put there afterwards makes the call fail, and nothing outside is read or changed.

Only `stat` and `names` follow links, as `resolve` does. Where the system cannot act in an open folder (Windows), each
folder is looked at right before the call: between the two, a link could still be put there.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, TypeVar

from aisync_desktop.files.bounds import Bound, Bounds
from aisync_desktop.files.reading import close_quietly
from aisync_desktop.files.resolve import resolve
from aisync_desktop.files.syscalls import FOLDER, Syscalls
from aisync_desktop.kernel.errors import BugError

_T = TypeVar("_T")
_Way: TypeAlias = tuple[Path, int | None]  # a name, and the open folder that it is in; None: it is a whole path
_ON_DESCRIPTORS = "close read seek write fstat chown chmod xattrs set_xattr sync_file"  # what is open is held already
_ASKED_BY_RESOLVE = "realpath end readlink"  # which judges the answers


class LinkInTheWayError(OSError):
    """Where there was a folder or a file a moment ago, there is a link."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EBUSY, os.strerror(errno.EBUSY), str(path))


class BoundedCalls(Syscalls):
    """The calls of another layer, of which those on paths beneath a root are held to it."""

    def __init__(self, calls: Syscalls, bounds: Bounds) -> None:
        self._calls = calls
        self._bounds = bounds
        self.posix = calls.posix
        for name in f"{_ON_DESCRIPTORS} {_ASKED_BY_RESOLVE}".split():
            setattr(self, name, getattr(calls, name))

    def bound(self, path: Path) -> Bound | None:
        """Return what a path must not leave."""
        return self._bounds.around(path)

    def stat(self, path: Path) -> os.stat_result:
        """Return the status of the file behind links that do not lead out."""
        if self.bound(path) is None:
            return self._calls.stat(path)
        return self.lstat(resolve(self, path).path)

    def names(self, folder: Path, *, within: int | None = None) -> list[str]:
        """Return the names in a folder, which may be behind links that do not lead out."""
        real = folder if self.bound(folder) is None else resolve(self, folder).path
        return self._on(self._calls.names, real, within=within)

    def lstat(self, path: Path, *, within: int | None = None) -> os.stat_result:
        """Return the status of the name itself."""
        return self._on(self._calls.lstat, path, within=within)

    def open(self, path: Path, flags: int, mode: int = 0o600, *, within: int | None = None) -> int:
        """Open a file; beneath a root no link."""
        return self._on(self._open_no_link, path, flags, mode, within=within)

    def sync_folder(self, folder: Path, *, within: int | None = None) -> None:
        """Bring the names of a folder to the platter."""
        self._on(self._calls.sync_folder, folder, within=within)

    def mkdir(self, path: Path, mode: int, *, within: int | None = None) -> None:
        """Make one folder."""
        self._on(self._calls.mkdir, path, mode, within=within)

    def rmdir(self, path: Path, *, within: int | None = None) -> None:
        """Remove an empty folder."""
        self._on(self._calls.rmdir, path, within=within)

    def take_read_only_off(self, path: Path, *, within: int | None = None) -> None:
        """Let a file be written to."""
        self._on(self._calls.take_read_only_off, path, within=within)

    def unlink(self, path: Path, *, within: int | None = None) -> None:
        """Remove one name of a file."""
        self._on(self._calls.unlink, path, within=within)

    def link(self, path: Path, name: Path, *, within: int | None = None) -> None:
        """Give a file a second name in its folder."""
        self._on_both(self._calls.link, path, name, within)

    def rename(self, path: Path, name: Path, *, within: int | None = None) -> None:
        """Rename in the same folder over whatever has that name."""
        self._on_both(self._calls.rename, path, name, within)

    def rename_new(self, path: Path, name: Path, *, within: int | None = None) -> None:
        """Rename in the same folder to a name that nobody has."""
        self._on_both(self._calls.rename_new, path, name, within)

    def exchange(self, one: Path, other: Path, *, within: int | None = None) -> None:
        """Let two files of a folder trade names."""
        self._on_both(self._calls.exchange, one, other, within)

    def _on(self, call: Callable[..., _T], path: Path, *more: object, within: int | None) -> _T:
        """Call with a path that is not bound as it is, else with its name in the folder, held open meanwhile."""
        bound = self._bounds.around(path) if within is None else None
        if bound is None:
            return call(path, *more, within=within)
        name, held = self._way(bound, path)
        try:
            return call(name, *more, within=held)
        finally:
            self._close(held)

    def _on_both(self, call: Callable[..., None], one: Path, other: Path, within: int | None) -> None:
        if one.parent != other.parent:
            raise BugError("two names are not in one folder")
        bound = self._bounds.around(one) if within is None else None
        if bound is None:
            call(one, other, within=within)
            return
        name, held = self._way(bound, one)
        try:
            call(name, other if held is None else Path(other.name), within=held)
        finally:
            self._close(held)

    def _close(self, held: int | None) -> None:
        if held is not None:
            close_quietly(self._calls, held)

    def _way(self, bound: Bound, path: Path) -> _Way:
        """Open the folder of a bound path, step by step, and return its name there."""
        *steps, name = path.parts[len(bound.outer.parts) :] or (".",)
        if ".." in (*steps, name):
            raise BugError(f"{path} was not resolved")
        if not self.posix:
            self._look_at_each(bound.outer, steps, name)
            return path, None
        held = self._open_folder(bound.outer, None)
        try:
            for step in steps:
                above, held = held, self._open_folder(Path(step), held)
                close_quietly(self._calls, above)
        except BaseException:
            close_quietly(self._calls, held)
            raise
        return Path(name), held

    def _open_no_link(self, path: Path, flags: int, mode: int, *, within: int | None) -> int:
        if within is None:
            return self._calls.open(path, flags, mode)
        try:
            return self._calls.open(path, flags | os.O_NOFOLLOW, mode, within=within)
        except OSError as error:
            raise self._understood(error, path, within) from error

    def _open_folder(self, name: Path, within: int | None) -> int:
        try:
            return self._calls.open(name, FOLDER, within=within)
        except OSError as error:
            raise self._understood(error, name, within) from error

    def _understood(self, error: OSError, name: Path, within: int | None) -> OSError:
        """Return an error as what it means: a link is not followed, and systems differ in what they call that."""
        if error.errno in {errno.ENOTDIR, errno.ELOOP, errno.EMLINK}:
            with_link = stat.S_ISLNK(self._calls.lstat(name, within=within).st_mode)
            return LinkInTheWayError(name) if with_link else error
        return error

    def _look_at_each(self, outer: Path, steps: list[str], name: str) -> None:
        """Refuse a way with a link in it; all that can be done where folders cannot be held open."""
        path = outer
        for step in ("", *steps, name):
            path = path / step
            try:
                if stat.S_ISLNK(self._calls.lstat(path).st_mode):
                    raise LinkInTheWayError(path)
            except FileNotFoundError:
                return
