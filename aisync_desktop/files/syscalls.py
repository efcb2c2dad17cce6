"""The one layer between the door and the system: every call on a path or a descriptor of ours goes through it.

Methods are as thin as can be, so that a test can put one in between that fails or dies at the Nth call. What an OS
does not have is either nothing here (owners on Windows) or an OSError that the caller knows how to do without.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from aisync_desktop.files.bounds import Bound

_Rename: TypeAlias = Callable[[Path, Path, "int | None"], None]

READ = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_NONBLOCK", 0)  # opening a pipe must not hang
    | getattr(os, "O_BINARY", 0)
)
READ_NO_LINK = READ | getattr(os, "O_NOFOLLOW", 0)
_LISTED = READ_NO_LINK | getattr(os, "O_DIRECTORY", 0)
FOLDER = (  # to act on names in it: no right to list them is needed
    getattr(os, "O_PATH", os.O_RDONLY)
    | getattr(os, "O_DIRECTORY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_NO_SUCH_SERVICE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


class Syscalls:
    """The real calls. `posix` says whether an open file may be renamed and unlinked, and has owner and mode.

    Where `within` is given, a path is a name in that open folder. Two names of one call are always in the same folder.
    """

    posix = os.name == "posix"

    def bound(self, path: Path) -> Bound | None:
        """Return what a path must not leave; None: it may lead anywhere."""
        del path
        return None

    def realpath(self, path: Path) -> Path:
        """Return the path with every link followed; all of it must exist."""
        return Path(os.path.realpath(path, strict=True))

    def end(self, path: Path) -> Path:
        """Return the path with every link followed, as far as there is anything."""
        return Path(os.path.realpath(path))

    def readlink(self, path: Path) -> Path:
        """Return where a symbolic link points."""
        return path.readlink()

    def stat(self, path: Path) -> os.stat_result:
        """Return the status of the file behind links."""
        return path.stat()

    def lstat(self, path: Path, *, within: int | None = None) -> os.stat_result:
        """Return the status of the name itself."""
        return os.lstat(path, dir_fd=within)

    def names(self, folder: Path, *, within: int | None = None) -> list[str]:
        """Return the names in a folder."""
        if within is None:
            return os.listdir(folder)
        fd = os.open(folder, _LISTED, dir_fd=within)
        try:
            return os.listdir(fd)
        finally:
            os.close(fd)

    def open(self, path: Path, flags: int, mode: int = 0o600, *, within: int | None = None) -> int:
        """Open a file."""
        return os.open(path, flags, mode, dir_fd=within)

    def close(self, fd: int) -> None:
        """Close a descriptor."""
        os.close(fd)

    def read(self, fd: int, size: int) -> bytes:
        """Read at most `size` bytes."""
        return os.read(fd, size)

    def seek(self, fd: int, offset: int) -> None:
        """Go to an offset."""
        os.lseek(fd, offset, os.SEEK_SET)

    def write(self, fd: int, data: memoryview) -> int:
        """Write some of the bytes, and say how many."""
        return os.write(fd, data)

    def fstat(self, fd: int) -> os.stat_result:
        """Return the status of an open file."""
        return os.fstat(fd)

    def chown(self, fd: int, owner: int, group: int) -> None:
        """Give the file to its owner and group."""
        os.fchown(fd, owner, group)

    def chmod(self, fd: int, mode: int) -> None:
        """Set the permission bits."""
        os.fchmod(fd, mode)

    def take_read_only_off(self, path: Path, *, within: int | None = None) -> None:
        """Let a file be written to, where the system marks files as read-only and has no modes."""
        os.chmod(path, stat.S_IREAD | stat.S_IWRITE, dir_fd=within)

    def xattrs(self, fd: int) -> dict[str, bytes]:
        """Return the extended attributes (POSIX ACLs are among them); none where the system has none."""
        if sys.platform != "linux":
            return {}
        try:
            return {name: os.getxattr(fd, name) for name in os.listxattr(fd)}
        except OSError as error:
            if error.errno in _NO_SUCH_SERVICE:
                return {}
            raise

    def set_xattr(self, fd: int, name: str, value: bytes) -> None:
        """Set one extended attribute."""
        if sys.platform == "linux":
            os.setxattr(fd, name, value)

    def sync_file(self, fd: int) -> None:
        """Bring the content to the platter, past the disk's own cache where the system knows how to."""
        if sys.platform == "darwin":
            import fcntl  # not there on Windows

            full_sync = getattr(fcntl, "F_FULLFSYNC", None)
            if full_sync is not None:
                fcntl.fcntl(fd, full_sync)
                return
        _where_supported(os.fsync, fd)

    def sync_folder(self, folder: Path, *, within: int | None = None) -> None:
        """Bring the names of a folder to the platter."""
        if not self.posix:
            return
        fd = os.open(folder, READ | os.O_DIRECTORY if within is None else _LISTED, dir_fd=within)
        try:
            _where_supported(os.fsync, fd)
        finally:
            os.close(fd)

    def mkdir(self, path: Path, mode: int, *, within: int | None = None) -> None:
        """Make one folder."""
        os.mkdir(path, mode, dir_fd=within)

    def rmdir(self, path: Path, *, within: int | None = None) -> None:
        """Remove an empty folder."""
        os.rmdir(path, dir_fd=within)

    def unlink(self, path: Path, *, within: int | None = None) -> None:
        """Remove one name of a file."""
        os.unlink(path, dir_fd=within)

    def link(self, path: Path, name: Path, *, within: int | None = None) -> None:
        """Give the file at `path` a second name."""
        os.link(path, name, src_dir_fd=within, dst_dir_fd=within, follow_symlinks=False)

    def rename(self, path: Path, name: Path, *, within: int | None = None) -> None:
        """Rename over whatever has that name."""
        os.replace(path, name, src_dir_fd=within, dst_dir_fd=within)

    def rename_new(self, path: Path, name: Path, *, within: int | None = None) -> None:
        """Rename to a name that nobody has (FileExistsError), or OSError where the system cannot do that at once."""
        _native()[1](path, name, within)

    def exchange(self, one: Path, other: Path, *, within: int | None = None) -> None:
        """Let two files trade names at one instant, or OSError where the system cannot."""
        _native()[0](one, other, within)


@cache
def _native() -> tuple[_Rename, _Rename]:
    """Return (exchange, rename to a free name) of this OS; loaded at the first write."""
    if sys.platform == "linux":
        from aisync_desktop.files import swap_linux as native  # one of three, and ctypes is not free
    elif sys.platform == "darwin":
        from aisync_desktop.files import swap_macos as native
    elif sys.platform == "win32":
        from aisync_desktop.files import swap_windows as native
    else:
        return _cannot, _cannot
    return native.exchange, native.rename_new


def _cannot(one: Path, other: Path, within: int | None) -> None:
    del within
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one), None, str(other))


def _where_supported(sync: Callable[[int], None], fd: int) -> None:
    """Call fsync; a file system that has none has nothing to promise."""
    try:
        sync(fd)
    except OSError as error:
        if error.errno not in _NO_SUCH_SERVICE:
            raise
