"""System calls that fail or die on demand, a clock that only moves when asked to, and what tests do all the time."""

from __future__ import annotations

import datetime as dt
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.syscalls import Syscalls

Hook = Callable[[int, str], None]  # (how many calls came before, which call) before each call


class Watched(Syscalls):
    """Real calls, each announced to a hook that may raise, kill the process, or play another program.

    Only syncing is left out: no test here cuts the power, and it is what takes the time.
    """

    def __init__(self, hook: Hook | None = None) -> None:
        self.trace: list[str] = []
        self.hook = hook

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name not in _CALLS:
            return found

        def announced(*args: Any, **named: Any) -> Any:
            self.trace.append(name)
            try:
                if self.hook is not None:
                    self.hook(len(self.trace) - 1, name)
            except OSError:
                if name == "close":  # a close that fails has closed
                    found(*args)
                raise
            return None if name.startswith("sync_") else found(*args, **named)

        return announced


_CALLS = frozenset(name for name, value in vars(Syscalls).items() if callable(value) and not name.startswith("_"))


def failing(code: int, *, at: int | None = None, call: str | None = None, sticky: bool = False) -> Hook:
    """Make a hook that raises at the Nth call, or at every call of one name."""

    def hook(number: int, name: str) -> None:
        hit = name == call if call is not None else at is not None and (number >= at if sticky else number == at)
        if hit:
            raise OSError(code, os.strerror(code))

    return hook


def killing(at: int) -> Hook:
    """Make a hook that kills this process at the Nth call."""

    def hook(number: int, _name: str) -> None:
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)

    return hook


def meanwhile(call: str, act: Callable[[], object], *, nth: int = 0) -> Hook:
    """Make a hook in which another program acts right before the nth `call`."""
    seen = 0

    def hook(_number: int, name: str) -> None:
        nonlocal seen
        if name == call:
            seen += 1
            if seen - 1 == nth:
                act()

    return hook


class StepClock:
    """Time that moves by sleeping, or by hand."""

    def __init__(self) -> None:
        self.at = 0.0
        self.on_sleep: Callable[[], None] = lambda: None
        self.start = dt.datetime.now(dt.UTC)

    def now(self) -> dt.datetime:
        return self.start + dt.timedelta(seconds=self.at)

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds
        self.on_sleep()


class Kept:
    """A history that remembers, or refuses."""

    def __init__(self, error: Exception | None = None) -> None:
        self.versions: list[bytes] = []
        self.error = error

    def __call__(self, path: Path, data: bytes) -> None:
        if self.error is not None:
            raise self.error
        self.versions.append(data)


class HistoryRefusedError(Exception):
    """The history could not take a version."""


def disk_with(hook: Hook | None = None, clock: StepClock | None = None) -> RealDisk:
    """Make a disk whose calls go past a hook."""
    return RealDisk(clock or StepClock(), calls=Watched(hook))


def names(folder: Path) -> set[str]:
    """Return what is in a folder."""
    return {entry.name for entry in folder.iterdir()}
