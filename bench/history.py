"""How much a kept version costs: bytes of the database per version of a file of 50 KB and of 5 MB, a line changed each.

The floor is each version packed by zstd alone, which is what a folder of dated copies would take at best.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import zstandard
from common import ROOT, Floor, judged

sys.path.insert(0, str(ROOT))

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.store import Store


def text_of(size: int, random: Random) -> list[str]:
    """Return the lines of a settings file of about that size."""
    lines: list[str] = []
    while size > 0:
        lines.append(f'  "setting-{len(lines)}": {{"enabled": true, "level": {random.randrange(100)}}},\n')
        size -= len(lines[-1])
    return lines


def measure(size: int, versions: int, most: float) -> None:
    """Print the rows of one size."""
    random = Random(1)  # noqa: S311 - the same bytes each time
    lines, took, least = text_of(size, random), list[float](), 0
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "aisync.sqlite3"
        store = Store.open(database, SystemClock(), KeyRing(Path(folder)))
        for number in range(max(versions // 2, 1)):  # a new file of a database grows by whole pages
            lines[random.randrange(len(lines))] = f'  "setting": "first {number}",\n'
            store.keep_version("/settings", "".join(lines).encode(), "bench", "bench")
        store.close()
        before = database.stat().st_size
        store = Store.open(database, SystemClock(), KeyRing(Path(folder)))
        for number in range(versions):
            lines[random.randrange(len(lines))] = f'  "setting": "{number}",\n'
            data = "".join(lines).encode()
            least += len(zstandard.compress(data))
            start = time.process_time()
            store.keep_version("/settings", data, "bench", "bench")
            took.append((time.process_time() - start) * 1000)
        store.close()
        each = (database.stat().st_size - before) / versions
    what = f"{size / 1000:,.0f} KB, {versions} versions"
    judged(f"{what}, each", each, "B", floor=Floor("zstd alone", least / versions), most=most)
    judged(f"{what}, to keep one", statistics.median(took), "ms CPU")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--versions", type=int, default=2000)  # a page of the database is 8 bytes of each of 500
    versions = parser.parse_args().versions
    print("history: bytes of the database per version")
    measure(50_000, versions, 200)
    measure(5_000_000, max(versions // 10, 1), 25_000)


if __name__ == "__main__":
    main()
