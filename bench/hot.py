"""What a client costs us that rewrites its 5 MB file several times a second, with our items in it as they were.

The floor is to read the file and to parse it as JSON, once for each time that it changes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from common import CLIENT_FILES, Floor, aisync, fill, judged, make_home, row, running
from idle import usage


def rewrite(path: Path, number: int) -> None:
    """Change a counter as the client does: a new file under the old name."""
    data = path.read_bytes()
    at = data.index(b'"numStartups": ')
    end = data.index(b",", at)
    fresh = path.with_name(path.name + ".hot")
    fresh.write_bytes(data[:at] + b'"numStartups": %d' % number + data[end:])
    fresh.replace(path)


def floor(path: Path, runs: int) -> float:
    """Return the CPU time of reading and parsing, in milliseconds."""
    start = time.process_time()
    for _ in range(runs):
        json.loads(path.read_bytes())
    return (time.process_time() - start) * 1000 / runs


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rate", type=float, default=4)
    words = parser.parse_args()
    print(f"hot file: 5 MB, {words.rate:g} times a second for {words.seconds:g} s")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        fill(home, 5_000_000)
        aisync(home, "init", "--yes")
        path, changes = home / CLIENT_FILES[0], round(words.seconds * words.rate)
        least = floor(path, 10)
        with running(home, "--headless") as app:
            time.sleep(2)
            before = usage(app.pid)
            for number in range(changes):
                rewrite(path, number)
                time.sleep(1 / words.rate)
            after = usage(app.pid)
    each = (after.cpu_ms - before.cpu_ms) / changes
    judged("our items unchanged, a change", each, "ms CPU", floor=Floor("read and parse", least), most=150)
    row("", f"{each * words.rate / 10:.0f} % of a core, RSS {after.rss_mb:.0f} MB")


if __name__ == "__main__":
    main()
