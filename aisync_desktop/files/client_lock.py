"""The lock that a client takes by making a folder (proper-lockfile), taken the same way.

It only keeps a well-behaved client from colliding with us; what keeps versions safe is the swap. A lock that nobody
refreshed for `stale_seconds` was left behind by a crash, and is taken over as the clients do it themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aisync_desktop.files.errors import LockHeld
from aisync_desktop.files.protocol import ClientLock
from aisync_desktop.files.resolve import resolve
from aisync_desktop.files.syscalls import Syscalls
from aisync_desktop.kernel.ports import Clock

_FIRST_PAUSE = 0.005
_LONGEST_PAUSE = 0.05


@contextmanager
def client_lock(calls: Syscalls, clock: Clock, path: Path, lock: ClientLock | None) -> Iterator[None]:
    """Hold the client's lock on `path`, or raise LockHeld after `wait_seconds`; without a lock do nothing."""
    if lock is None:
        yield
        return
    folder = resolve(calls, path.parent).path / (path.name + lock.suffix)
    mine = _acquire(calls, clock, folder, lock)
    if mine is None:
        raise LockHeld(path)
    try:
        yield
    finally:
        _release(calls, folder, mine)


def _acquire(calls: Syscalls, clock: Clock, folder: Path, lock: ClientLock) -> int | None:
    """Make the folder and return its inode number; None when it stayed somebody else's."""
    end = clock.monotonic() + lock.wait_seconds
    pause = _FIRST_PAUSE
    while (mine := _make(calls, folder)) is None:
        left = end - clock.monotonic()
        if left <= 0:
            return None
        if not _take_away_stale(calls, clock, folder, lock):
            clock.sleep(min(pause, left))
            pause = min(pause * 2, _LONGEST_PAUSE)
    return mine


def _make(calls: Syscalls, folder: Path) -> int | None:
    try:
        calls.mkdir(folder, 0o755)
    except FileExistsError:
        return None
    try:
        return calls.lstat(folder).st_ino
    except OSError:
        calls.rmdir(folder)
        raise


def _take_away_stale(calls: Syscalls, clock: Clock, folder: Path, lock: ClientLock) -> bool:
    """Remove a lock that was left behind; True when it is worth trying to take it at once."""
    try:
        age = clock.now().timestamp() - calls.lstat(folder).st_mtime
        if abs(age) > lock.stale_seconds:  # one of the future was left before the clock was set back
            calls.rmdir(folder)
            return True
    except FileNotFoundError:  # released, or taken away by another
        return True
    except OSError:  # no lock of a client at all (a file, a full folder): it stays, and so do we
        return False
    return False


def _release(calls: Syscalls, folder: Path, mine: int) -> None:
    """Remove our lock, unless a client held it for stale and has its own there by now.

    Tried twice; a folder that cannot be removed grows stale by itself.
    """
    for _ in range(2):
        with suppress(OSError):
            if calls.lstat(folder).st_ino == mine:
                calls.rmdir(folder)
            return
