"""How many versions of a client does a replacement lose, and what does it cost? Ours against check-then-rename.

    python bench/replace_races.py [--writes 2000]

Check-then-rename is what file synchronizers do: read again, compare, rename over. Both write, sync and name alike, and
both note every version that they read; ours also notes what it displaced.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).parents[1]))

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.errors import Busy
from aisync_desktop.files.protocol import Outcome, Reading
from tests.files.racing import STYLES, Seen, encode, running_client


class Method(Protocol):
    """One way to replace a file; returns whether it wrote."""

    def read(self) -> bytes | None:
        """Return what is in place."""
        ...

    def replace(self, data: bytes) -> bool:
        """Put data in place of what was read last."""
        ...

    def finish(self) -> None:
        """Look a last time."""
        ...


class Swap:
    """Ours."""

    def __init__(self, path: Path, seen: Seen) -> None:
        self._path, self._seen = path, seen
        self._disk = RealDisk(SystemClock())
        self._last: Reading | None = None

    def read(self) -> bytes | None:
        """Return what is in place, None while it does not hold still."""
        for late in self._disk.late_writes():
            self._seen.note(late.data)
        try:
            self._last = self._disk.read(self._path)
        except Busy:
            return None
        return self._last.data

    def replace(self, data: bytes) -> bool:
        """Swap, and look at what came out."""
        if self._last is None:
            return False
        return self._disk.replace(self._last, data, keep=self._keep).outcome is Outcome.WRITTEN

    def finish(self) -> None:
        """Look a last time at what was displaced."""
        for late in self._disk.late_writes(closing=True):
            self._seen.note(late.data)

    def _keep(self, _path: Path, data: bytes) -> None:
        self._seen.note(data)


class CheckThenRename:
    """What everybody does."""

    def __init__(self, path: Path, _seen: Seen) -> None:
        self._path = path
        self._last: bytes | None = None
        self._count = 0

    def read(self) -> bytes | None:
        """Return what is in place."""
        try:
            self._last = self._path.read_bytes()
        except FileNotFoundError:
            self._last = None
        return self._last

    def replace(self, data: bytes) -> bool:
        """Write beside, look once more, rename."""
        self._count += 1
        side = self._path.with_name(f".side-{self._count}")
        with side.open("xb") as file:
            file.write(data)
            os.fsync(file.fileno())
        if self._last is None or self._now() != self._last:
            side.unlink()
            return False
        side.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
        return True

    def finish(self) -> None:
        """Nothing is held."""

    def _now(self) -> bytes | None:
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return None


_METHODS: dict[str, Callable[[Path, Seen], Method]] = {"swap": Swap, "check-then-rename": CheckThenRename}


def race(make: Callable[[Path, Seen], Method], style: str, writes: int) -> tuple[int, int]:
    """Let a client of a style write against a method; return (lost versions, our writes)."""
    with tempfile.TemporaryDirectory() as folder:
        path, seen = Path(folder) / "settings.json", Seen()
        method, number, done = make(path, seen), 0, 0
        with running_client(style, path, writes) as runs:
            while runs():
                lines = seen.note(method.read())
                if lines is not None:
                    number += 1
                    done += method.replace(encode([*lines, b"e%d" % number]))
        method.finish()
        seen.note(path.read_bytes())
        return seen.lost(writes), done


def cost(make: Callable[[Path, Seen], Method], rounds: int = 300) -> tuple[float, float]:
    """Return the median and the 99th percentile of read and replace, undisturbed, 8 KB, in microseconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.json"
        path.write_bytes(b"x" * 8192)
        method, taken = make(path, Seen()), []
        for number in range(rounds):
            start = time.perf_counter()
            method.read()
            method.replace(b"%8192d" % number)
            taken.append((time.perf_counter() - start) * 1e6)
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def main() -> None:
    """Print one line per method and style."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writes", type=int, default=2000)
    writes = parser.parse_args().writes
    for name, make in _METHODS.items():
        median, late = cost(make)
        print(f"{name:18} undisturbed  {median:7.0f} us/op p50  {late:7.0f} us/op p99")
        for style in STYLES:
            lost, done = race(make, style, writes)
            print(f"{name:18} {style:12} {lost:7} of {writes} client writes lost, {done} of ours")


if __name__ == "__main__":
    main()
