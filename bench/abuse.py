"""What others on the machine cost us, as ratios to the same thing without them in the same run.

An edit while 1,100 idle and half-open connections are held (and come again where they were closed), the lines that this
leaves in the log, a call on a connection that is kept open, and a change beside a file of 60 MB.
"""

from __future__ import annotations

import argparse
import json
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

from common import CLIENT_FILES, Floor, aisync, fill, install, judged, make_home, running, targets_of
from latency import edits

CONNECTIONS, PER_ROUND = 1_100, 100
HALF = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: "
LARGE = 60_000_000


def port_of(home: Path) -> int:
    """Return where the app listens."""
    told = json.loads((home / "aisync" / "state" / "endpoint.json").read_text(encoding="utf-8"))
    return urlsplit(told["url"]).port or 0


@contextmanager
def strangers(port: int) -> Iterator[None]:
    """Hold connections that say nothing, or half of something, and make some of them anew ten times a second."""
    enough, held = Event(), list[socket.socket]()

    def hold() -> None:
        while not enough.is_set():
            for number in range(CONNECTIONS if not held else PER_ROUND):
                try:
                    made = socket.create_connection(("127.0.0.1", port), timeout=1)
                    if number % 2:
                        made.sendall(HALF)
                except OSError:  # closed again already, or none left on our side
                    continue
                held.append(made)
            for old in held[:-CONNECTIONS]:
                old.close()
            del held[:-CONNECTIONS]
            enough.wait(0.1)

    holder = Thread(target=hold)
    holder.start()
    try:
        yield
    finally:
        enough.set()
        holder.join()
        for one in held:
            one.close()


def calls(home: Path, number: int) -> list[float]:
    """Return how long calls on one connection take."""
    token = aisync(home, "token").stdout.strip()
    connection, took = HTTPConnection("127.0.0.1", port_of(home)), []
    for _ in range(number):
        start = time.perf_counter()
        connection.request("GET", "/api/v1/sync/status", headers={"Authorization": f"Bearer {token}"})
        connection.getresponse().read()
        took.append(time.perf_counter() - start)
    connection.close()
    return took


def lines(home: Path) -> int:
    """Return how many lines the logs have."""
    return sum(len(path.read_bytes().splitlines()) for path in (home / "aisync" / "log").glob("aisync.log*"))


@contextmanager
def ready(filler: int = 0) -> Iterator[tuple[Path, Path, list[Path]]]:
    """Run the app over four clients; give its home, the file that is edited, and those that follow."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        install(home, 4)
        fill(home, filler)
        aisync(home, "init", "--yes")
        edited = home / CLIENT_FILES[2]
        targets = [path for path in targets_of(home) if path != edited]
        with running(home, "--headless"):
            time.sleep(1)
            yield home, edited, targets


def connections(runs: int) -> None:
    """Print what connections cost."""
    with ready() as (home, edited, targets):
        quiet = edits(edited, targets, range(runs))
        asked = calls(home, 200)
        with strangers(port_of(home)):
            time.sleep(1)
            before, start = lines(home), time.monotonic()
            found = edits(edited, targets, range(runs, 2 * runs))
            pressed = calls(home, 200)
            minutes = (time.monotonic() - start) / 60
        edit, kept_open = statistics.median(quiet) * 1000, statistics.median(asked) * 1000
        judged("an edit, quiet", edit, "ms")
        pressed_edit = statistics.median(found) * 1000
        judged(f"an edit, {CONNECTIONS:,} connections", pressed_edit, "ms", floor=Floor("quiet", edit, times=2))
        judged("a call, kept open", kept_open, "ms", most=1)
        pressed_call = statistics.median(pressed) * 1000
        judged("a call, while they come and go", pressed_call, "ms", floor=Floor("quiet", kept_open))
        judged("lines in the log", (lines(home) - before) / minutes, "a minute")


def large(runs: int) -> None:
    """Print what a change elsewhere costs beside a large file that it does not concern."""
    took: list[list[float]] = []
    for filler in (0, LARGE):
        with ready(filler) as (home, edited, targets):
            aisync(home, "off", "claude-code")
            others = [path for path in targets if path.name != Path(CLIENT_FILES[0]).name]
            time.sleep(5)
            took.append(edits(edited, others, range(runs)))
    small, beside = (statistics.median(each) * 1000 for each in took)
    judged("an edit, small files", small, "ms")
    judged("an edit beside 60 MB", beside, "ms", floor=Floor("small files", small))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=30)
    runs = parser.parse_args().edits
    print(f"what others on the machine cost, {runs} edits each")
    connections(runs)
    large(runs)


if __name__ == "__main__":
    main()
