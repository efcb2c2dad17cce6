"""From an editor's rename to the last target in place: the whole running app, 4 and 16 clients x 20 servers.

The floor is raw inotify and the same bytes written with fsync by a process that does nothing else.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from common import CLIENT_FILES, HERE, Floor, aisync, fill, install, judged_spread, make_home, running, targets_of

GIVE_UP = 10.0  # seconds
LOOK = 0.0005  # between two looks whether it has arrived: a busy loop would take one of two cores
REST = 0.15  # between two edits


def edit(path: Path, number: int) -> float:
    """Change one server's argument as an editor saves; return when."""
    text = path.read_text(encoding="utf-8")
    old = f'"--flag{number - 1}"' if number else '"--flag"'
    fresh = path.with_name(path.name + ".edit")
    fresh.write_text(text.replace(old, f'"--flag{number}"', 1), encoding="utf-8")
    start = time.perf_counter()
    fresh.replace(path)
    return start


def arrived(targets: list[Path], word: str, start: float) -> float:
    """Wait until every target holds the word; return the time since `start`."""
    waiting = list(targets)
    while waiting:
        waiting = [path for path in waiting if word not in path.read_text(encoding="utf-8")]
        if time.perf_counter() - start > GIVE_UP:
            raise SystemExit(f"never arrived: {waiting}")
        time.sleep(LOOK if waiting else 0)
    return time.perf_counter() - start


def edits(source: Path, targets: list[Path], numbers: range) -> list[float]:
    """Return how long each of some edits took."""
    found: list[float] = []
    for number in numbers:
        found.append(arrived(targets, f'"--flag{number}"', edit(source, number)))
        time.sleep(REST)
    return found


@contextmanager
def floor(source: Path, targets: list[Path]) -> Iterator[None]:
    """Run the floor's process."""
    command = [sys.executable, str(HERE / "inotify_floor.py"), str(source), *map(str, targets)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        if child.stdout:
            child.stdout.readline()
        yield
    finally:
        child.terminate()
        child.wait(10)


def measure(what: str, runs: int, most_p99: float, *, clients: int = 4, filler: int = 0, source: str = "") -> None:
    """Print the rows of one home: the app, and the floor with the same files."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        install(home, clients)
        fill(home, filler)
        aisync(home, "init", "--yes")
        edited = home / (source or CLIENT_FILES[0])
        targets = [path for path in targets_of(home) if path != edited]
        with running(home, "--headless"):
            time.sleep(1)
            found = edits(edited, targets, range(runs))
        with floor(edited, targets):
            least = edits(edited, targets, range(runs, 2 * runs))
    lowest = Floor("inotify, fsync", statistics.median(least) * 1000, times=4)
    judged_spread(f"{what}, {len(targets) + 1} files", found, floor=lowest, most_p99=most_p99)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=60)
    runs = parser.parse_args().edits
    print(f"edit -> every target durable, {runs} edits, 20 servers; floor: inotify and the same bytes with fsync")
    measure("4 clients", runs, 100)
    measure("16 clients", runs, 250, clients=16)
    measure("4 clients, one file of 5 MB", runs, 300, filler=5_000_000, source=CLIENT_FILES[2])


if __name__ == "__main__":
    main()
