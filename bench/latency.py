"""From an editor's rename to the last target in place: the whole running app, 4 clients x 20 servers.

The floor is the same bytes written to the same number of files by this process: temp file, fsync, rename.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from common import CLIENT_FILES, aisync, make_home, row, running, spread

GIVE_UP = 10.0  # seconds


def edit(path: Path, number: int) -> float:
    """Change one server's argument as an editor saves; return when."""
    text = path.read_text(encoding="utf-8")
    old = f'"--flag{number - 1}"' if number else '"--flag"'
    fresh = path.with_name(path.name + ".edit")
    fresh.write_text(text.replace(old, f'"--flag{number}"', 1), encoding="utf-8")
    fresh.replace(path)
    return time.perf_counter()


def arrived(targets: list[Path], word: str, start: float) -> float:
    """Wait until every target holds the word; return the time since `start`."""
    waiting = list(targets)
    while waiting:
        waiting = [path for path in waiting if word not in path.read_text(encoding="utf-8")]
        if time.perf_counter() - start > GIVE_UP:
            raise SystemExit(f"never arrived: {waiting}")
    return time.perf_counter() - start


def floor(folder: Path, data: list[bytes], runs: int) -> list[float]:
    """Return the times of writing these bytes durably, and nothing else."""
    found: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        for number, content in enumerate(data):
            path = folder / f"floor{number}"
            with path.with_suffix(".tmp").open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            path.with_suffix(".tmp").replace(path)
        found.append(time.perf_counter() - start)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=60)
    edits = parser.parse_args().edits
    print(f"edit -> every target durable, {edits} edits")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        aisync(home, "init", "--yes")
        source, *targets = (home / name for name in CLIENT_FILES)
        with running(home, "--headless"):
            time.sleep(1)
            found: list[float] = []
            for number in range(edits):
                found.append(arrived(targets, f"--flag{number}", edit(source, number)))
                time.sleep(0.15)
        least = floor(home, [path.read_bytes() for path in targets], edits)
        ratio = statistics.median(found) / statistics.median(least)
        row(
            "4 clients x 20 servers",
            spread(found),
            f"{ratio:.1f} x writing ({spread(least)[:16].strip()})",
            "p50 <= 25 ms, p99 <= 100 ms",
        )


if __name__ == "__main__":
    main()
