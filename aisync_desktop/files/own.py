"""Small files of our own (token, key, log, locks), opened so that nobody can have put something else in their place.

Whoever can write into a folder of ours, or once could, can leave a link to another file there, a pipe that nobody
reads, or a file that they can read. None of these is followed, waited for or trusted: only a regular file that belongs
to us, and where we write has no second name, is a file of ours. (Some file systems give everything to one owner: what
belongs to the owner of our folder is ours, too.)
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.files.errors import NotOurs

Stamp: TypeAlias = tuple[int, ...] | None  # of a file as it is now; None where there is none

_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_FILE = {errno.ELOOP, errno.EMLINK, errno.ENXIO, errno.EISDIR, errno.ENODEV}
_OTHERS = 0o077


def open_own(path: Path, flags: int) -> int:
    """Open a file of ours, or make it for us alone; raises OSError, or NotOurs."""
    try:
        fd = os.open(path, flags | _SAFE, 0o600)
    except OSError as error:
        if error.errno in _NO_FILE:
            raise NotOurs(path) from error
        raise
    status = os.fstat(fd)
    written_elsewhere = status.st_nlink != 1 and flags & (os.O_WRONLY | os.O_RDWR)
    if not stat.S_ISREG(status.st_mode) or written_elsewhere or not _belongs_to_us(path, status):
        os.close(fd)
        raise NotOurs(path)
    return fd


def read_own(path: Path, most: int) -> tuple[bytes, bool]:
    """Return at most `most` bytes of a file of ours, and whether it has one name, and nobody else any right to it."""
    fd = open_own(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    with os.fdopen(fd, "rb") as file:
        status = os.fstat(fd)
        alone = os.name != "posix" or (status.st_nlink == 1 and not status.st_mode & _OTHERS)
        return file.read(most), alone


def write_own(path: Path, content: str) -> None:
    """Write a file of our own whole or not at all, mode 0600 from its first byte on."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)  # else a power cut may leave the name with nothing in it
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def stamp_of(path: Path) -> Stamp:
    """Return what tells a file from any other that had its name, without reading it."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mode, found.st_uid, found.st_nlink, found.st_size, found.st_ctime_ns


def set_aside(path: Path) -> Path:
    """Give what is not ours another name, and return it."""
    aside = path.with_name(f"{path.name}.not-ours")
    path.replace(aside)
    return aside


def flush_folder(path: Path) -> None:
    """Make the names in a folder survive a power cut; Windows does it by itself and has no handle for it."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _belongs_to_us(path: Path, status: os.stat_result) -> bool:
    return os.name != "posix" or status.st_uid in {os.geteuid(), path.parent.stat().st_uid}
