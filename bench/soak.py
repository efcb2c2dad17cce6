"""Hours in minutes: writers edit four clients' files, each its own, at random and now and then the same thing at once.

At the end: all in step, nothing that was written lost from history, memory flat, no watch and no descriptor left over.

    python bench/soak.py [--minutes 5] [--pause 0.1] [--seed 1]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import sqlite3
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from common import CLIENT_FILES, aisync, make_home, row, running

SHARED = 0.1  # of the edits are of an item that others edit too
FLAT = 20  # megabytes that the second half may add
CALM = 60.0  # seconds in which everything must come to agree
_FLAG = re.compile(r"--(?:flag|w)[-0-9a-z]*")


@dataclass(frozen=True)
class Body:
    """What a process holds."""

    rss_mb: float
    fds: int
    watches: int
    threads: int


def body(pid: int) -> Body:
    """Look at a process from outside."""
    folder = Path(f"/proc/{pid}")
    status = dict(line.split(":", 1) for line in (folder / "status").read_text(encoding="utf-8").splitlines())
    watches = 0
    for info in (folder / "fdinfo").iterdir():
        with contextlib.suppress(OSError):
            watches += info.read_text(encoding="utf-8").count("inotify wd:")
    fds = sum(1 for _ in (folder / "fd").iterdir())
    return Body(int(status["VmRSS"].split()[0]) / 1024, fds, watches, int(status["Threads"]))


class Writer(threading.Thread):
    """Edits one client's file as an editor saves it, until told to stop."""

    def __init__(self, number: int, path: Path, pause: float, stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self._number, self._path, self._pause, self._ended = number, path, pause, stop
        self._random = Random(seed * 100 + number)  # noqa: S311 - a soak that can be run again
        self.edits = 0

    def run(self) -> None:
        """Edit; mostly an item of its own, one time in ten one that the others may be editing too."""
        while not self._ended.is_set():
            shared = self._random.random() < SHARED
            server = self._random.randrange(3) if shared else 4 + 4 * self._random.randrange(4) + self._number
            with contextlib.suppress(OSError):
                self._edit(f"server-{server:02}", f"--w{self._number}-{self.edits}")
            self._ended.wait(self._random.expovariate(1 / self._pause))

    def _edit(self, server: str, word: str) -> None:
        text = self._path.read_text(encoding="utf-8")
        at = text.find(f"@scope/{server}")
        found = _FLAG.search(text, at) if at >= 0 else None
        if found is None:
            return
        fresh = self._path.with_name(f"{self._path.name}.edit{self._number}")
        fresh.write_text(text[: found.start()] + word + text[found.end() :], encoding="utf-8")
        fresh.replace(self._path)
        self.edits += 1


def settle(home: Path) -> tuple[float, int, int]:
    """Answer each open decision until nothing is left; return how long it took, how many there were, and remain."""
    start, decided = time.monotonic(), 0
    while time.monotonic() - start < CALM:
        status = json.loads(aisync(home, "status", "--json").stdout)
        for decision in status["decisions"]:
            decided += aisync(home, "decide", decision["id"], "--take", "base").returncode in {0, 3}
        if status["health"] == "in-step":
            return time.monotonic() - start, decided, 0
        time.sleep(0.5)
    return CALM, decided, len(json.loads(aisync(home, "decisions", "--json").stdout)["decisions"])


def in_step(home: Path) -> bool:
    """Whether the four files hold the same words."""
    return len({tuple(sorted(_FLAG.findall((home / name).read_text(encoding="utf-8")))) for name in CLIENT_FILES}) == 1


def history(home: Path) -> tuple[int, int]:
    """Return the number of versions and the size of the database."""
    database = home / "aisync" / "state" / "aisync.sqlite3"
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        versions = connection.execute("SELECT count(*) FROM version").fetchone()[0]
    beside = database.with_name(database.name + "-wal")
    return int(versions), database.stat().st_size + (beside.stat().st_size if beside.exists() else 0)


def soak(home: Path, pid: int, minutes: float, pause: float, seed: int) -> tuple[list[Body], int]:
    """Let the writers write; return what the process held at each of ten times, and the number of edits."""
    stop = threading.Event()
    writers = [Writer(number, home / name, pause, stop, seed) for number, name in enumerate(CLIENT_FILES)]
    for writer in writers:
        writer.start()
    bodies = []
    for _ in range(10):
        time.sleep(minutes * 6)
        bodies.append(body(pid))
    stop.set()
    for writer in writers:
        writer.join()
    return bodies, sum(writer.edits for writer in writers)


def main() -> int:
    """Print the table; an unflat or unfinished run is a failure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--pause", type=float, default=0.25)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        aisync(home, "init", "--yes")
        with running(home, "--headless") as app:
            before = history(home)
            bodies, edits = soak(home, app.pid, words.minutes, words.pause, words.seed)
            took, decided, left = settle(home)
            after, agreed = body(app.pid), in_step(home)
        versions, size = history(home)
    print(f"soak: {words.minutes:g} minutes, {edits} edits by 4 writers, seed {words.seed}")
    row("RSS", " ".join(f"{one.rss_mb:.0f}" for one in (*bodies, after)) + " MB", "", "second half < 20 MB more")
    row("watches, descriptors, threads", f"{bodies[0].watches}, {bodies[0].fds}, {bodies[0].threads} before")
    row("", f"{after.watches}, {after.fds}, {after.threads} after", "", "no more than before")
    grown = (size - before[1]) / max(versions - before[0], 1)
    row("history", f"{versions - before[0]} versions, {grown:.0f} B each", "", ">= the edits that were seen")
    row("decisions answered, left", f"{decided}, {left}", "", "0 left")
    row("in step", f"{agreed} after {took:.1f} s", "", "True")
    flat = after.rss_mb - bodies[4].rss_mb < FLAT and after.watches <= bodies[0].watches + 1
    return 0 if flat and agreed and not left else 1


if __name__ == "__main__":
    raise SystemExit(main())
