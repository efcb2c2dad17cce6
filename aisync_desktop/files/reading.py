"""Reading a file that holds still: status, bytes, status again; and again from the start while it changes."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from aisync_desktop.files.errors import Busy, HardLinked, IsAFolder, NotAFile, TooLarge, file_problems
from aisync_desktop.files.protocol import ABSENT, Reading, content_hash
from aisync_desktop.files.resolve import resolve
from aisync_desktop.files.syscalls import READ, READ_NO_LINK, Syscalls
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.ports import Clock

MAX_BYTES = 64 * 1024 * 1024
_LARGE = 1024 * 1024  # from here on, reading and hashing take longer than all else of a look
_MOST_LARGE = 16  # files that are remembered
_COARSEST = 2.0  # seconds that the times of the coarsest file system stand still
_RETRY_PAUSES = (0.0, 0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)
SETTLE_PAUSES = (0.02, 0.04, 0.09, 0.25, 0.6, 2.0)  # looks at 20, 60, 150, 400, 1,000 and 3,000 ms


def stamp(status: os.stat_result) -> tuple[int, ...]:
    """Return what changes when the content does (not safe alone: inode numbers and coarse times are used again)."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def require_file(status: os.stat_result, path: Path, limit: int) -> None:
    """Refuse what is no regular file of a sensible size."""
    if stat.S_ISDIR(status.st_mode):
        raise IsAFolder(path)
    if not stat.S_ISREG(status.st_mode):
        raise NotAFile(path)
    if status.st_size > limit:
        raise TooLarge(path)


def is_elsewhere_too(calls: Syscalls, path: Path, status: os.stat_result) -> bool:
    """Whether a file of a project has another name, which may be outside of it."""
    return status.st_nlink > 1 and calls.bound(path) is not None


def read_all(calls: Syscalls, fd: int, size: int) -> bytes:
    """Read `size` bytes to the end, and one more if there is one: enough to see that the file grew."""
    parts = []
    left = size + 1
    while left > 0 and (part := calls.read(fd, left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def read_plain(path: Path, limit: int) -> bytes:
    """Return what a regular file of a sensible size holds; whatever else has its name is a FileProblem, and no wait."""
    calls = Syscalls()
    with file_problems(path):
        fd = calls.open(path, READ)
        try:
            status = calls.fstat(fd)
            require_file(status, path, limit)
            return read_all(calls, fd, limit - 1)
        finally:
            close_quietly(calls, fd)


def close_quietly(calls: Syscalls, fd: int) -> None:
    """Close; a failure here has nothing to say that fsync or read did not."""
    try:
        calls.close(fd)
    except OSError:
        return


@dataclass(frozen=True)
class Look:
    """What one name holds: the bytes if they held still, else None and a hash that no content has."""

    data: bytes | None
    hash: str
    stamp: tuple[int, ...] = ()


UNREADABLE = Look(None, "unreadable")


def look(calls: Syscalls, path: Path, limit: int = MAX_BYTES) -> Look:
    """Read what a name itself holds right now, once; a link, a folder or a file being written has no bytes for us."""
    status = calls.lstat(path)
    moving = Look(None, f"moving:{status.st_ino}")
    if not stat.S_ISREG(status.st_mode) or status.st_size > limit or is_elsewhere_too(calls, path, status):
        return moving
    fd = calls.open(path, READ_NO_LINK)
    try:
        before = calls.fstat(fd)
        data = read_all(calls, fd, before.st_size)
        still = stamp(before) == stamp(calls.fstat(fd)) and len(data) == before.st_size
    finally:
        close_quietly(calls, fd)
    return Look(data, content_hash(data), stamp(before)) if still else moving


@dataclass(frozen=True)
class _Large:
    """A large file as it was read: its status, since when that is known, and whether it can be told by that alone."""

    reading: Reading
    status: tuple[int, ...]
    since: float
    sure: bool


class Reader:
    """Reads stable versions."""

    def __init__(self, calls: Syscalls, clock: Clock, limit: int) -> None:
        self._calls = calls
        self._clock = clock
        self._limit = limit
        self._large: dict[Path, _Large] = {}

    def look(self, path: Path) -> Reading:
        """Read, but no large file again that holds what it held.

        A status tells that only if it was the same some time before the bytes were read: within one tick of a file
        system's clock a file can change twice. Whoever is about to write reads, and does not look.
        """
        known = self._large.pop(path, None)
        if known is not None and known.sure and self._status(path, known) == known.status:
            self._large[path] = known
            return known.reading
        reading = self.read(path)
        if reading.size >= _LARGE and self._calls.posix:
            self._remember(path, reading, known)
        return reading

    def again(self, expected: Reading) -> Reading:
        """Read a file that is to be replaced; a large one that has the status of before counts as what it was.

        That is a guess, and saves whoever wrote meanwhile a moment: what is displaced is looked at after the swap.
        """
        if expected.size >= _LARGE and expected.identity is not None:
            with suppress(OSError):
                status = self._calls.lstat(expected.real_path)
                then = (*expected.identity, expected.size, expected.mtime_ns)
                if stamp(status) == then and resolve(self._calls, expected.path).path == expected.real_path:
                    return expected
        return self.read(expected.path)

    def _remember(self, path: Path, reading: Reading, known: _Large | None) -> None:
        now = self._clock.monotonic()
        found = _Large(reading, (), now, sure=False)
        found = replace(found, status=self._status(path, found))
        if known is not None and (known.status, known.reading.hash) == (found.status, reading.hash):
            found = replace(found, reading=known.reading, since=known.since, sure=now - known.since >= _COARSEST)
        self._large[path] = found
        for oldest in list(self._large)[:-_MOST_LARGE]:
            del self._large[oldest]

    def _status(self, path: Path, known: _Large) -> tuple[int, ...]:
        """Return what changes with every write, and with whoever may read; nothing where the path leads elsewhere."""
        try:
            real = resolve(self._calls, path).path
            status = self._calls.lstat(real)
        except OSError:
            return ()
        return (*stamp(status), status.st_ctime_ns, status.st_nlink) if real == known.reading.real_path else ()

    def read(self, path: Path) -> Reading:
        """Read a version that was whole at one moment; absent is an answer."""
        for pause in _RETRY_PAUSES:
            if pause:
                self._clock.sleep(pause)
            reading = self._attempt(path)
            if reading is not None:
                return reading
        raise Busy(path)

    def read_settled(self, path: Path, wait: float) -> Reading:
        """Read, and give a missing or empty file up to `wait` seconds to come back (clients save that way)."""
        end = self._clock.monotonic() + wait
        reading = self.read(path)
        for pause in SETTLE_PAUSES:
            left = end - self._clock.monotonic()
            if reading.data or left <= 0:
                break
            self._clock.sleep(min(pause, left))
            reading = self.read(path)
        return reading

    def _attempt(self, path: Path) -> Reading | None:
        real = resolve(self._calls, path).path
        try:
            fd = self._calls.open(real, READ)
        except FileNotFoundError:
            return Reading(path, real, None, ABSENT)
        try:
            return self._read_open(path, real, fd)
        finally:
            close_quietly(self._calls, fd)

    def _read_open(self, path: Path, real: Path, fd: int) -> Reading | None:
        before = self._calls.fstat(fd)
        require_file(before, path, self._limit)
        if is_elsewhere_too(self._calls, path, before):
            raise HardLinked(path)
        data = read_all(self._calls, fd, before.st_size)
        after = self._calls.fstat(fd)
        if stamp(before) != stamp(after) or len(data) != after.st_size or not self._still_named(path, real, after):
            return None
        mode = stat.S_IMODE(after.st_mode)
        found = Reading(path, real, data, content_hash(data), after.st_mtime_ns, after.st_size, mode)
        return replace(found, identity=(after.st_dev, after.st_ino))

    def _still_named(self, path: Path, real: Path, status: os.stat_result) -> bool:
        try:
            found = self._calls.stat(path) if self._calls.bound(path) is None else self._calls.lstat(real)
            return stamp(found) == stamp(status)
        except FileNotFoundError:
            return False
