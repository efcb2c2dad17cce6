"""A client and an engine that rewrite one file at the same time, as fast as they can; who loses whose versions?

Each client write adds a number of its own to the numbers that it read. A number is lost if it is neither in the file at
the end nor in any version that the engine read, kept or found late. Run as a program, this file is the client:
`python racing.py STYLE FILE COUNT SEED`; it imports nothing of ours, so that it starts and writes fast.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_END = b"end\n"
_MOST_LINES = 1500  # old numbers leave the file long after the engine has seen them
STYLES = ("rename", "rename-away", "in-place")


def encode(lines: list[bytes]) -> bytes:
    """Make a version."""
    return b"".join(line + b"\n" for line in lines[-_MOST_LINES:]) + _END


def decode(data: bytes | None) -> list[bytes] | None:
    """Return the lines of a version, None if it is not whole."""
    if not data or not data.endswith(_END):
        return None
    return data.split()[:-1]


def _rename(path: Path, data: bytes) -> None:
    side = path.with_name(f"client.tmp.{os.getpid()}")
    side.write_bytes(data)
    side.replace(path)


def _rename_away(path: Path, data: bytes) -> None:
    side, away = path.with_name("client.tmp"), path.with_name("client.orig")
    side.write_bytes(data)
    path.replace(away)
    side.replace(path)
    away.unlink()


def _in_place(path: Path, data: bytes) -> None:
    with path.open("r+b", buffering=0) as file:
        file.truncate(0)
        half = len(data) // 2
        file.write(data[:half])
        file.write(data[half:])


_SAVES: dict[str, Callable[[Path, bytes], None]] = dict(zip(STYLES, (_rename, _rename_away, _in_place), strict=True))


def client(style: str, path: Path, count: int, seed: int) -> None:
    """Write `count` versions, with pauses of up to two milliseconds."""
    chance, save = random.Random(seed), _SAVES[style]
    for number in range(count):
        lines = None
        while lines is None:
            lines = decode(path.read_bytes())
        save(path, encode([*lines, b"c%d" % number]))
        time.sleep(chance.uniform(0, 0.002))


class Seen:
    """The numbers that the engine knows of."""

    def __init__(self) -> None:
        self.lines: set[bytes] = set()

    def note(self, data: bytes | None) -> list[bytes] | None:
        """Remember a version, and return its lines."""
        lines = decode(data)
        self.lines.update(lines or ())
        return lines

    def lost(self, count: int) -> int:
        """Count the client's writes that are nowhere."""
        return sum(b"c%d" % number not in self.lines for number in range(count))


@contextmanager
def running_client(style: str, path: Path, count: int) -> Iterator[Callable[[], bool]]:
    """Start a client in a process of its own; yields whether it still runs."""
    path.write_bytes(encode([]))
    arguments = [sys.executable, "-S", "-E", __file__, style, str(path), str(count), "7"]
    with subprocess.Popen(arguments) as process:
        yield lambda: process.poll() is None
    if process.returncode != 0:
        raise ChildProcessError(process.returncode)


if __name__ == "__main__":
    client(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
