"""kill -9 in a storm: four clients are edited at once while the app is killed, and started again, time after time.

Each client's writer adds servers of its own and changes them, two of them as editors save (a new file under the old
name), two in place. At the end what each wrote last stands in every file, nothing waits to be decided, nothing of ours
is left beside the files, and the database is whole.

    python bench/storm.py [--rounds 60] [--seed 1]
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
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from common import CLIENT_FILES, aisync, make_home, row, running, start, wait_for

OWN = 12  # servers that each writer has
PAUSE = 0.7  # seconds between two edits of one client, on the average
LONGEST_LIFE = 2.0  # seconds from the announcement on: some die as they clear up, some in a look, some while they write
CALM = 60.0  # seconds in which everything must come to agree


def in_json(transport: dict[str, str]) -> Callable[[str, str, str], str]:
    """Return how a server is put into a JSON file; `transport` is how its client spells a local one."""

    def put(text: str, name: str, word: str) -> str:
        data: dict[str, Any] = json.loads(text)
        data["mcpServers"][name] = transport | {"command": "npx", "args": ["-y", name, word]}
        return json.dumps(data, indent=2)

    return put


def in_toml(text: str, name: str, word: str) -> str:
    """Put a server into a TOML file."""
    there, fresh = rf'args = \["-y", "{name}", "[^"]*"\]', f'args = ["-y", "{name}", "{word}"]'
    changed, found = re.subn(there, fresh, text)
    return changed if found else f'{text}\n[mcp_servers.{name}]\ncommand = "npx"\n{fresh}\n'


PUT = (in_json({"type": "stdio"}), in_toml, in_json({}), in_json({"transport": "stdio"}))


class Writer(threading.Thread):
    """Edits one client's file until told to stop; `last` is what it wrote last, by server."""

    def __init__(self, number: int, path: Path, stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self._number, self._path, self._ended = number, path, stop
        self._random = Random(seed * 100 + number)  # noqa: S311 - a storm that can be run again
        self.last: dict[str, str] = {}
        self.edits = 0

    def run(self) -> None:
        """Edit one server after another."""
        while not self._ended.wait(self._random.expovariate(1 / PAUSE)):
            name, word = f"storm-{self._number}-{self._random.randrange(OWN)}", f"--w{self._number}-{self.edits}"
            with contextlib.suppress(OSError, ValueError):  # it is just being written by somebody else
                self._write(PUT[self._number](self._path.read_text(encoding="utf-8"), name, word))
                self.last[name] = word
                self.edits += 1

    def _write(self, text: str) -> None:
        if self._number % 2:
            self._path.write_text(text, encoding="utf-8")
            return
        fresh = self._path.with_name(f"{self._path.name}.edit")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self._path)


def storm(home: Path, rounds: int, seed: int) -> list[Writer]:
    """Kill the app in the middle of edits, time after time; return those who wrote meanwhile."""
    stop, random = threading.Event(), Random(seed)  # noqa: S311 - the same
    writers = [Writer(number, home / name, stop, seed) for number, name in enumerate(CLIENT_FILES)]
    for writer in writers:
        writer.start()
    endpoint = home / "aisync" / "state" / "endpoint.json"
    for _ in range(rounds):
        endpoint.unlink(missing_ok=True)
        app = start(home, "--headless")
        wait_for(endpoint, app)
        time.sleep(random.uniform(0, LONGEST_LIFE))
        if app.poll() is not None:
            raise SystemExit(f"the app ended by itself with {app.returncode}")
        app.kill()
        app.wait()
    stop.set()
    for writer in writers:
        writer.join()
    return writers


def settled(home: Path) -> tuple[dict[str, Any], float]:
    """Wait until nothing is left to do; return the last status and how long that took."""
    began, status = time.monotonic(), dict[str, Any]()
    while time.monotonic() - began < CALM:
        status = json.loads(aisync(home, "status", "--json").stdout)
        if status.get("health") == "in-step":
            break
        time.sleep(0.2)
    return status, time.monotonic() - began


def missing(home: Path, writers: list[Writer]) -> dict[str, list[str]]:
    """Return what does not stand in a file that should have everything."""
    texts = {name: (home / name).read_text(encoding="utf-8") for name in CLIENT_FILES}
    words = [word for writer in writers for word in writer.last.values()]
    return {file: gone for file, text in texts.items() if (gone := [word for word in words if f'"{word}"' not in text])}


def leftovers(home: Path) -> list[str]:
    """Return what lies beside the clients' files and is not theirs."""
    own = {home / name for name in CLIENT_FILES}
    beside = (path for folder in {path.parent for path in own} for path in folder.iterdir() if path.is_file())
    return sorted(str(path.relative_to(home)) for path in beside if path not in own)


def database(home: Path) -> tuple[str, int, int]:
    """Return what SQLite says of the database as a whole, how many versions it keeps, and syncs that were cut off."""
    path = home / "aisync" / "state" / "aisync.sqlite3"
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
        versions = connection.execute("SELECT count(*) FROM version").fetchone()[0]
        cut = connection.execute("SELECT count(*) FROM sync_event WHERE status = 'interrupted'").fetchone()[0]
        return str(sound), int(versions), int(cut)


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
        writers = storm(home, words.rounds, words.seed)
        with running(home, "--headless"):
            status, took = settled(home)
        gone, left, (sound, versions, cut) = missing(home, writers), leftovers(home), database(home)
    edits, servers = sum(writer.edits for writer in writers), sum(len(writer.last) for writer in writers)
    print(f"storm: kill -9 {words.rounds} times, {edits} edits of {servers} servers by 4 writers, seed {words.seed}")
    row("lost", str(gone or 0), "", "0")
    row("in step", f"{status.get('health')} after {took:.1f} s", "", "in-step")
    row("decisions, problems", f"{len(status.get('decisions', ()))}, {len(status.get('problems', ()))}", "", "0, 0")
    row("left beside the files", str(left or 0), "", "0")
    row("database", f"{sound}, {versions} versions, {cut} syncs cut off", "", "ok")
    return 0 if (gone, left, sound, status.get("health")) == ({}, [], "ok", "in-step") else 1


if __name__ == "__main__":
    raise SystemExit(main())
