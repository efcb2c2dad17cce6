"""Files that we took from their name, watched for a moment more: a client that opened one before the swap writes there.

Each is held open without a name (on Windows under our hidden name), looked at after 60 ms, 120 ms, ... and let go after
2 s. Writers that truncate and write again are given time until they hold still: no half version is reported.
"""

from __future__ import annotations

import threading
from pathlib import Path

from aisync_desktop.files.protocol import LateWrite, content_hash
from aisync_desktop.files.reading import Look, close_quietly, read_all, stamp
from aisync_desktop.files.syscalls import READ_NO_LINK, Syscalls
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.ports import Clock

FIRST_LOOK = 0.06
LET_GO = 2.0
STILL = 0.02  # this long without a change, and a version is whole
MOST_HELD = 128  # descriptors are finite: a burst lets the oldest go early


@dataclass
class _Held:
    path: Path
    side: Path
    fd: int
    since: float
    hash: str
    stamp: tuple[int, ...]
    next_look: float
    moving: tuple[int, ...] | None = None


class DisplacedFiles:
    """All files that are held, and what was found in them; safe to call from several threads."""

    def __init__(self, calls: Syscalls, clock: Clock) -> None:
        self._calls = calls
        self._clock = clock
        self._mutex = threading.RLock()
        self._held: list[_Held] = []
        self._found: list[LateWrite] = []
        self._litter: set[Path] = set()

    def hold(self, path: Path, side: Path, last: Look) -> None:
        """Take the name of a displaced file away, and watch its content for changes since `last`."""
        with self._mutex:
            try:
                fd = self._calls.open(side, READ_NO_LINK)
            except OSError:  # no regular file, or gone: nobody writes into it in place
                self.drop(side)
                return
            now = self._clock.monotonic()
            self._held.append(_Held(path, side, fd, now, last.hash, last.stamp, now + FIRST_LOOK))
            if self._calls.posix:
                self.drop(side)
            if len(self._held) > MOST_HELD:
                self._let_go(self._held.pop(0))

    def drop(self, side: Path) -> None:
        """Remove a name of ours; what cannot be removed now is removed later."""
        with self._mutex:
            self._litter.discard(side)
            try:
                self._calls.unlink(side)
            except FileNotFoundError:
                return
            except OSError:
                self._litter.add(side)

    def surface(self, path: Path, data: bytes) -> None:
        """Report a foreign version that could not be put back in place, as if it had been written late."""
        with self._mutex:
            self._found.append(LateWrite(path, data))

    def late_writes(self, *, closing: bool = False) -> tuple[LateWrite, ...]:
        """Return what was found since the last call; `closing` waits for the first look at all, and lets all go."""
        with self._mutex:
            if closing and self._held:
                self._clock.sleep(max(0.0, self._held[-1].since + FIRST_LOOK - self._clock.monotonic()))
            now = self._clock.monotonic()
            self._held = [held for held in self._held if not self._look(held, now, closing=closing)]
            for side in tuple(self._litter):
                self.drop(side)
            found, self._found = tuple(self._found), []
            return found

    def late_in(self) -> float | None:
        """Return in how many seconds `late_writes` is worth a call; None while nothing is held."""
        with self._mutex:
            if self._found:
                return 0.0
            due = min((held.next_look for held in self._held), default=None)
            return None if due is None else max(0.0, due - self._clock.monotonic())

    def _look(self, held: _Held, now: float, *, closing: bool) -> bool:
        """Look at one held file and say whether it was let go."""
        if closing or now >= held.since + LET_GO:
            self._let_go(held)
            return True
        if now < held.next_look:
            return False
        try:
            if self._came_to_rest(held, now):
                self._report(held)
        except OSError:  # its device failed; the version that was displaced is in history
            self._close(held)
            return True
        return False

    def _came_to_rest(self, held: _Held, now: float) -> bool:
        """Whether there was a change, and none since the last look; says when to look again, ever more rarely."""
        seen, before = stamp(self._calls.fstat(held.fd)), held.moving
        held.moving = None if seen == held.stamp else seen
        pause = now - held.since if held.moving is None else STILL
        held.next_look = min(now + pause, held.since + LET_GO)
        return held.moving is not None and held.moving == before

    def _let_go(self, held: _Held) -> None:
        """Look a last time, at the bytes themselves: a coarse clock can hide a change from the status."""
        try:
            self._report(held)
        except OSError:
            pass
        finally:
            self._close(held)

    def _report(self, held: _Held) -> None:
        status = self._calls.fstat(held.fd)
        self._calls.seek(held.fd, 0)
        data = read_all(self._calls, held.fd, status.st_size)
        found = content_hash(data)
        held.stamp, held.moving = stamp(status), None
        if found != held.hash and data:  # truncated and left so: there is no version to save
            self._found.append(LateWrite(held.path, data, held.hash))
            held.hash = found

    def _close(self, held: _Held) -> None:
        close_quietly(self._calls, held.fd)
        if not self._calls.posix:
            self.drop(held.side)
