"""kill -9 in a storm: four clients are edited at once while the app is killed, and started again, time after time.

Each client's writer adds one server after another, two of them as editors save (a new file under the old name), two in
place. At the end every server that was ever written stands in every file, nothing waits to be decided, nothing of ours
is left beside the files, and the database is whole.

    python bench/storm.py [--rounds 60] [--seed 1]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from common import CLIENT_FILES, aisync, make_home, row, running, start

PAUSE = 0.7  # seconds between two edits of one client, on the average
LONGEST_LIFE = 3.0  # seconds: some die before they are up, some in their first look, some while they sync
CALM = 60.0  # seconds in which everything must come to agree


def with_member(transport: dict[str, str]) -> Callable[[str, str], str]:
    """Return how a server is added to a JSON file; `transport` is how its client spells a local one."""

    def added(text: str, name: str) -> str:
        data: dict[str, Any] = json.loads(text)
        data["mcpServers"][name] = transport | {"command": "npx", "args": ["-y", name]}
        return json.dumps(data, indent=2)

    return added


def with_table(text: str, name: str) -> str:
    """Add a server to a TOML file."""
    return f'{text}\n[mcp_servers.{name}]\ncommand = "npx"\nargs = ["-y", "{name}"]\n'


ADD = (with_member({"type": "stdio"}), with_table, with_member({}), with_member({"transport": "stdio"}))


class Writer(threading.Thread):
    """Adds servers to one client's file until told to stop; `written` are their names."""

    def __init__(self, number: int, path: Path, stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self._number, self._path, self._ended = number, path, stop
        self._random = Random(seed * 100 + number)  # noqa: S311 - a storm that can be run again
        self.written: list[str] = []

    def run(self) -> None:
        """Add one after another."""
        while not self._ended.wait(self._random.expovariate(1 / PAUSE)):
            name = f"storm-{self._number}-{len(self.written)}"
            with contextlib.suppress(OSError, ValueError):  # it is just being written by somebody else
                self._write(ADD[self._number](self._path.read_text(encoding="utf-8"), name))
                self.written.append(name)

    def _write(self, text: str) -> None:
        if self._number % 2:
            self._path.write_text(text, encoding="utf-8")
            return
        fresh = self._path.with_name(f"{self._path.name}.edit")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self._path)


def storm(home: Path, rounds: int, seed: int) -> list[str]:
    """Kill the app in the middle of edits, time after time; return what was written meanwhile."""
    stop, random = threading.Event(), Random(seed)  # noqa: S311 - the same
    writers = [Writer(number, home / name, stop, seed) for number, name in enumerate(CLIENT_FILES)]
    for writer in writers:
        writer.start()
    for number in range(rounds):
        app = start(home, "--headless")
        time.sleep(random.uniform(0, LONGEST_LIFE))
        if app.poll() is not None:
            raise SystemExit(f"the app ended by itself in round {number}, with {app.returncode}")
        app.kill()
        app.wait()
    stop.set()
    for writer in writers:
        writer.join()
    return [name for writer in writers for name in writer.written]


def settled(home: Path) -> tuple[dict[str, Any], float]:
    """Wait until nothing is left to do; return the last status and how long that took."""
    began, status = time.monotonic(), dict[str, Any]()
    while time.monotonic() - began < CALM:
        status = json.loads(aisync(home, "status", "--json").stdout)
        if status["health"] == "in-step":
            break
        time.sleep(0.2)
    return status, time.monotonic() - began


def missing(home: Path, names: list[str]) -> dict[str, list[str]]:
    """Return what does not stand in a file that should have everything."""
    texts = {name: (home / name).read_text(encoding="utf-8") for name in CLIENT_FILES}
    return {file: gone for file, text in texts.items() if (gone := [name for name in names if f'"{name}"' not in text])}


def leftovers(home: Path) -> list[str]:
    """Return what lies beside the clients' files and is not theirs."""
    own = {home / name for name in CLIENT_FILES}
    beside = (path for folder in {path.parent for path in own} for path in folder.iterdir() if path.is_file())
    return sorted(str(path.relative_to(home)) for path in beside if path not in own)


def database(home: Path) -> tuple[str, int]:
    """Return what SQLite says of the database as a whole, and how many versions it keeps."""
    path = home / "aisync" / "state" / "aisync.sqlite3"
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
        return str(sound), int(connection.execute("SELECT count(*) FROM version").fetchone()[0])


def main() -> int:
    """Print the table; anything that is lost or left is a failure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        aisync(home, "init", "--yes")
        names = storm(home, words.rounds, words.seed)
        with running(home, "--headless"):
            status, took = settled(home)
        gone, left, (sound, versions) = missing(home, names), leftovers(home), database(home)
    print(f"storm: kill -9 {words.rounds} times, {len(names)} servers added by 4 writers, seed {words.seed}")
    row("lost", str(gone or 0), "", "0")
    row("in step", f"{status['health']} after {took:.1f} s", "", "in-step")
    row("decisions, problems", f"{len(status['decisions'])}, {len(status['problems'])}", "", "0 decisions")
    row("left beside the files", str(left or 0), "", "0")
    row("database", f"{sound}, {versions} versions", "", "ok")
    return 0 if (gone, left, sound, status["health"]) == ({}, [], "ok", "in-step") else 1


if __name__ == "__main__":
    raise SystemExit(main())
