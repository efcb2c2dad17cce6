"""Ten thousand edits of one file as fast as they can be made, while the app runs: what it takes until all agree.

The floor is the time that the edits themselves took: nobody can have converged before the last one.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from common import CLIENT_FILES, Floor, aisync, judged, make_home, running, targets_of
from idle import usage
from latency import arrived, edit

WARM_UP = 20  # edits after which the app has made all that it makes once
CALM = 3.0  # seconds in which nothing may be written any more


def written(paths: list[Path]) -> list[tuple[int, int]]:
    """Return what tells whether files were written."""
    return [(path.stat().st_ino, path.stat().st_mtime_ns) for path in paths]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=10_000)
    edits = parser.parse_args().edits
    print(f"burst: {edits:,} edits of one of 4 files x 20 servers, each a new file under the old name")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        aisync(home, "init", "--yes")
        source = home / CLIENT_FILES[0]
        targets = [path for path in targets_of(home) if path != source]
        with running(home, "--headless") as app:
            for number in range(WARM_UP):
                arrived(targets, f'"--flag{number}"', edit(source, number))
            time.sleep(1)
            before, start = usage(app.pid), time.perf_counter()
            for number in range(WARM_UP, WARM_UP + edits):
                edit(source, number)
            made, last = time.perf_counter() - start, written([source])
            took = made + arrived(targets, f'"--flag{WARM_UP + edits - 1}"', start + made)
            settled = written(targets)
            time.sleep(CALM)
            after, echoes = usage(app.pid), (written([source]) != last) + (written(targets) != settled)
    judged("until all agree", took, "s", floor=Floor("the edits alone", made), most=15)
    judged("after the last edit", (took - made) * 1000, "ms")
    judged("RSS growth", after.rss_mb - before.rss_mb, "MB", most=20)
    judged("files written once more", echoes, "files", most=0)


if __name__ == "__main__":
    main()
