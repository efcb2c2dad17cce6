"""One AISync at a time: an OS file lock that the kernel releases when its holder dies, however it dies.

Two files: `aisync.lock` is held for a whole life, `aisync.lock.gate` for the microseconds in which somebody takes the
lock, gives it back or asks who holds it. So an asker never makes a taker fail, and a taker's process id is always
written before it can be asked for. We never remove either: a removed lock file can be locked twice. Where somebody
else does, or moves the folder away, the holder comes back under the name (`keep_place`), or finds it taken.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Self

from aisync_desktop.files.errors import AlreadyRunning, DiskFull, PlaceTaken, StateUnusable, file_problems
from aisync_desktop.files.own import open_own

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # Windows locks ranges, and nobody else may read them: not where the process id stands

    def _lock(fd: int, *, wait: bool) -> bool:
        os.lseek(fd, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(fd: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True


class InstanceLock:
    """The lock of one state folder. Closing its file, or the end of the process, releases it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._gate = path.with_name(path.name + ".gate")
        self._fd: int | None = None

    def acquire(self) -> bool:
        """Take the lock if nobody holds it; never waits for its holder. StateUnusable where the disk is full."""
        if self._fd is not None:
            return True
        with self._gated():
            fd = _open(self.path)
            if not _lock(fd, wait=False):
                os.close(fd)
                return False
            self._hold(fd)
            return True

    def _hold(self, fd: int) -> None:
        """Say in a file that is locked who holds it: whoever cannot be told apart from nobody must not."""
        try:
            _write_pid(fd, str(os.getpid()))
        except OSError:
            os.close(fd)
            raise
        self._fd = fd

    def keep_place(self) -> bool:
        """Hold the lock under its name again, if somebody took its file away; return whether that was so.

        Raises PlaceTaken where another program holds it there meanwhile.
        """
        if self._fd is None or self._is_there(self._fd):
            return False
        with file_problems(self.path):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._gated():
            fd = _open(self.path)
            if not _lock(fd, wait=False):
                pid = _read_pid(fd)
                os.close(fd)
                raise PlaceTaken(self.path, pid=pid or 0)
            away = self._fd
            self._hold(fd)
            os.close(away)
        return True

    def _is_there(self, fd: int) -> bool:
        try:
            return os.path.samestat(os.fstat(fd), self.path.lstat())
        except OSError:
            return False

    def release(self) -> None:
        """Give the lock back."""
        if self._fd is None:
            return
        fd, self._fd = self._fd, None
        try:
            with self._gated() if self._is_there(fd) else nullcontext():  # nobody asks for one that is away
                _write_pid(fd, "")
        finally:
            os.close(fd)

    def holder(self) -> int | None:
        """Return the process id of the one that holds the lock now."""
        if self._fd is not None:
            return os.getpid()
        with self._gated():
            fd = _open(self.path)
            try:
                return None if _lock(fd, wait=False) else _read_pid(fd)
            finally:
                os.close(fd)

    def __enter__(self) -> Self:
        if not self.acquire():
            raise AlreadyRunning(self.path, pid=self.holder() or 0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    @contextmanager
    def _gated(self) -> Iterator[None]:
        try:
            with file_problems(self.path):
                fd = _open(self._gate)
                try:
                    _lock(fd, wait=True)
                    yield
                finally:
                    os.close(fd)
        except DiskFull as error:
            raise StateUnusable(self.path.parent) from error


def _open(path: Path) -> int:
    return open_own(path, os.O_RDWR | os.O_CREAT)


def _write_pid(fd: int, text: str) -> None:
    os.ftruncate(fd, 0)
    os.lseek(fd, 0, os.SEEK_SET)
    os.write(fd, text.encode())


def _read_pid(fd: int) -> int | None:
    os.lseek(fd, 0, os.SEEK_SET)
    written = os.read(fd, 32).decode("ascii", "replace").strip()
    return int(written) if written.isdecimal() else None
