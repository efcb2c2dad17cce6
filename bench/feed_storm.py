"""kill -9 in a storm, and what was told of it: the feeds, the audit trail and a listener, compared to the receipts.

Four clients are edited while the app is killed and started again, time after time. Meanwhile exports are written down
over HTTP, each under a name of its own, and a listener follows the events, going on after each kill where it was. At
the end: each sync that ended is told once, with what the journal says of each file; each request that was answered is
told once, and one that was cut off not twice; the audit trail has just what the feed has, in order; the listener has
heard just that, with no word of anything missed.

    python bench/feed_storm.py [--rounds 100] [--seed 1]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from abuse import port_of
from common import CLIENT_FILES, aisync, make_home, row, running, start, wait_for
from storm import Writer, settled

PAUSE = 0.1  # seconds between two requests
LONGEST_LIFE = 2.0  # seconds, from the announcement on, or for most from its first look on
SERVED = 0.75
ANSWER = 5.0


class Row(NamedTuple):
    """What was told: its type, what it is about, who asked, and more."""

    type: str
    target: str
    actor: str
    detail: str


class Asker(threading.Thread):
    """Asks one thing after the other of whichever app runs; `answered` and `cut` are the names of what it asked."""

    def __init__(self, home: Path, token: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self._home, self._token, self._ended = home, token, stop
        self.answered: list[str] = []
        self.cut: list[str] = []

    def run(self) -> None:
        """Ask."""
        number = 0
        while not self._ended.wait(PAUSE):
            number += 1
            name = f"/receipt-{number}"
            try:
                self._ask(name)
            except (OSError, HTTPException, ValueError):  # no app, or no more
                self.cut.append(name)
            else:
                self.answered.append(name)

    def _ask(self, name: str) -> None:
        connection = HTTPConnection("127.0.0.1", port_of(self._home), timeout=ANSWER)
        with contextlib.closing(connection):
            body = json.dumps({"kind": "logs", "format": "csv", "path": name, "rows": 1})
            headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
            connection.request("POST", "/api/v1/exports", body, headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != HTTPStatus.OK:
                raise ValueError(answer.status)


class Listener(threading.Thread):
    """Follows the events; `heard` is what came, in order, `missed` how often something was said to be missed."""

    def __init__(self, home: Path, token: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self._home, self._token, self._ended = home, token, stop
        self.where = ""
        self.heard: list[Row] = []
        self.missed = self.calls = 0

    def run(self) -> None:
        """Listen to whichever app runs."""
        while not self._ended.wait(0.02):
            with contextlib.suppress(OSError, HTTPException, ValueError):
                self._follow()

    def _follow(self) -> None:
        connection = HTTPConnection("127.0.0.1", port_of(self._home), timeout=ANSWER)
        with contextlib.closing(connection):
            headers = {"Authorization": f"Bearer {self._token}"} | ({"Last-Event-ID": self.where} if self.where else {})
            connection.request("GET", "/api/v1/events", headers=headers)
            answer = connection.getresponse()
            self.calls += 1
            lines: list[str] = []
            while line := answer.readline().decode():
                if line != "\n":
                    lines.append(line.rstrip("\n"))
                    continue
                self._take(dict(part.split(": ", 1) for part in lines if not part.startswith(":")))
                lines = []

    def _take(self, fields: dict[str, str]) -> None:
        if "id" not in fields:
            return
        self.where = fields["id"]
        if fields.get("event") == "resync":
            self.missed += 1
        elif "data" in fields:
            told: dict[str, Any] = json.loads(fields["data"])
            if told["feed"] == "sync":
                self.heard.append(Row(told["type"], told["target"], told["actor"], _json(told["detail"])))


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def rows_of(home: Path, database: str, query: str) -> list[tuple[Any, ...]]:
    """Return what a database says."""
    path = home / "aisync" / "state" / database
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def told(home: Path, database: str, query: str) -> list[Row]:
    """Return what a feed, or the trail, says in order."""
    return [
        Row(kind, target, actor, _json(json.loads(detail)))
        for kind, target, actor, detail in rows_of(home, database, query)
    ]


def storm(home: Path, rounds: int, seed: int) -> tuple[Asker, Listener, list[Writer]]:
    """Kill the app time after time; return those who asked, listened and wrote meanwhile."""
    stop, heard_enough, random = threading.Event(), threading.Event(), Random(seed)  # noqa: S311 - can be run again
    token = aisync(home, "token").stdout.strip()
    writers = [Writer(number, home / name, stop, seed) for number, name in enumerate(CLIENT_FILES)]
    asker, listener = Asker(home, token, stop), Listener(home, token, heard_enough)
    for thread in (*writers, asker, listener):
        thread.start()
    endpoint = home / "aisync" / "state" / "endpoint.json"
    for _ in range(rounds):
        endpoint.unlink(missing_ok=True)
        app = start(home, "--headless")
        wait_for(endpoint, app)
        if random.random() < SERVED:
            until_served(home, token)
        time.sleep(random.uniform(0, LONGEST_LIFE))
        if app.poll() is not None:
            raise SystemExit(f"the app ended by itself with {app.returncode}")
        app.kill()
        app.wait()
    stop.set()
    for thread in (*writers, asker):
        thread.join()
    with running(home, "--headless"):
        settled(home)
        time.sleep(2)  # the trail catches up a second after
    heard_enough.set()
    listener.join()
    return asker, listener, writers


def until_served(home: Path, token: str) -> None:
    """Wait until the app says how things stand: its engine has looked for the first time."""
    while True:
        with contextlib.suppress(OSError, HTTPException):
            connection = HTTPConnection("127.0.0.1", port_of(home), timeout=ANSWER)
            with contextlib.closing(connection):
                connection.request("GET", "/api/v1/sync/status", headers={"Authorization": f"Bearer {token}"})
                answer = connection.getresponse()
                answer.read()
                if answer.status == HTTPStatus.OK:
                    return
        time.sleep(0.02)


def receipts_that_differ(home: Path, feed: list[Row]) -> list[int]:
    """Return the syncs that ended and are not told once, or not as the journal says."""
    files: dict[int, Counter[tuple[str, str, str]]] = {}
    ended = rows_of(home, "aisync.sqlite3", "SELECT id FROM sync_event WHERE finished_at IS NOT NULL")
    journal = (
        """SELECT sync_event_id, client, path, state FROM journal JOIN watched_path ON watched_path.id = path_id"""
    )
    for sync, *file in rows_of(home, "aisync.sqlite3", journal):
        files.setdefault(sync, Counter())[tuple(file)] += 1
    found: dict[int, list[Counter[tuple[str, str, str]]]] = {}
    for one in feed:
        if one.type == "synced":
            detail = json.loads(one.detail)
            written = Counter(
                (client, file["path"], file["outcome"]) for client, every in detail["files"].items() for file in every
            )
            found.setdefault(detail["sync"], []).append(written)
    return [sync for (sync,) in ended if found.pop(sync, []) != [files.get(sync, Counter())]] + list(found)


def main() -> int:
    """Print the table; anything that is missed, told twice or told otherwise is a failure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        aisync(home, "init", "--yes")
        asker, listener, writers = storm(home, words.rounds, words.seed)
        columns = "target, actor, detail FROM"
        feed = told(home, "aisync.sqlite3", f"SELECT type, {columns} feed ORDER BY number")
        trail = told(home, "program.sqlite3", f"SELECT action, {columns} audit ORDER BY id")
        differ = receipts_that_differ(home, feed)
    exported = Counter(one.target for one in feed if one.type == "exported")
    lacking = [name for name in asker.answered if exported[name] != 1]
    twice = [name for name, times in exported.items() if times > 1]
    began = next((at for at, one in enumerate(feed) if listener.heard and one == listener.heard[0]), 0)
    print(f"feed storm: kill -9 {words.rounds} times, {sum(one.edits for one in writers)} edits, seed {words.seed}")
    syncs = sum(one.type == "synced" for one in feed)
    row("syncs told otherwise than the journal", str(differ or 0), f"{syncs} syncs", "0")
    row("answered requests not told once", str(lacking or 0), f"{len(asker.answered)} answered", "0")
    row("requests told twice", str(twice or 0), f"{len(asker.cut)} cut off", "0")
    row("feed and audit trail", "alike" if feed == trail else "differ", f"{len(feed)} rows, {len(trail)} rows", "alike")
    alike = listener.heard == feed[began:]
    row(
        "what the listener heard",
        "alike" if alike else "differs",
        f"{len(listener.heard)} in {listener.calls} calls",
        "alike",
    )
    row("told that it missed something", str(listener.missed), "", "0")
    good = not differ and not lacking and not twice and feed == trail and alike and not listener.missed
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
