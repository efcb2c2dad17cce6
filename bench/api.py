"""What a call of the local API takes: alone, beside 300 event streams, and beside 300 callers that owe us a head.

The floor is a byte there and back over a socket of the machine.
"""

from __future__ import annotations

import argparse
import json
import resource
import selectors
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Event, Thread

from common import Floor, aisync, judged, judged_spread, make_home, percentile, row, running
from idle import usage

STATUS = "/api/v1/sync/status"
MANY = 300
SETTLE = 10.0
ON_A_MINUTE = 60.0


class Caller:
    """A program that has the token and keeps its connection."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.shown = port, {"Authorization": f"Bearer {token}"}
        self._connection = HTTPConnection("127.0.0.1", port, timeout=30)

    def call(self) -> float:
        """Return how long a call takes, in seconds."""
        start = time.perf_counter()
        self._connection.request("GET", STATUS, headers=self.shown)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 200:  # noqa: PLR2004 - refused
            raise SystemExit(f"{STATUS}: {answer.status}")
        return time.perf_counter() - start

    def times(self, count: int, pause: float = 0.0) -> list[float]:
        """Return how long so many calls took."""
        found = []
        for _ in range(count):
            found.append(self.call())
            time.sleep(pause)
        return found


def floor(count: int) -> float:
    """Return how long a byte takes there and back, in milliseconds."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        here = socket.create_connection(listening.getsockname())
        there, _ = listening.accept()
        with here, there:

            def echo() -> None:
                for _ in range(count):
                    there.sendall(there.recv(1))

            Thread(target=echo, daemon=True).start()
            found = []
            for _ in range(count):
                start = time.perf_counter()
                here.sendall(b"x")
                here.recv(1)
                found.append(time.perf_counter() - start)
    return median(found) * 1000


def streams(caller: Caller, pid: int, seconds: float) -> None:
    """Open 300 event streams, let them rest, and tell all of them something."""
    before = usage(pid)
    with ExitStack() as opened, selectors.DefaultSelector() as heard:
        head = (
            f"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {caller.shown['Authorization']}\r\n\r\n"
        )
        start = time.perf_counter()
        for _ in range(MANY):
            one = opened.enter_context(socket.create_connection(("127.0.0.1", caller.port)))
            one.sendall(head.encode())
            heard.register(one, selectors.EVENT_READ)
        refused = _until_all(heard, b"event: status")
        row("300 streams are open after", f"{(time.perf_counter() - start) * 1000:.0f} ms", f"{refused} refused")
        time.sleep(2)
        _drain(heard)
        there = usage(pid)
        time.sleep(seconds)
        rested = usage(pid)
        judged("300 streams, RSS each", (there.rss_mb - before.rss_mb) * 1000 / MANY, "KB", most=100)
        judged("300 streams at rest, CPU", (rested.cpu_ms - there.cpu_ms) / seconds / 10, "%", most=1)
        _drain(heard)
        start, before_all = time.perf_counter(), usage(pid)
        set_something(caller)
        _until_all(heard, b"setting")
        took = time.perf_counter() - start
        judged("an event to 300 streams, until all have it", took * 1000, "ms", most=1000)
        row("", f"{usage(pid).cpu_ms - before_all.cpu_ms:.0f} ms CPU")
        beside = Caller(caller.port, caller.shown["Authorization"].split()[1])  # the other one rested for too long
        judged_spread("a call beside 300 streams", beside.times(300), most_p99=50)


def set_something(caller: Caller) -> None:
    """Have something happen that a feed tells of."""
    with closing(HTTPConnection("127.0.0.1", caller.port, timeout=30)) as connection:
        body = json.dumps({"name": "rescan_idle_seconds", "value": 31})
        connection.request("PATCH", "/api/v1/settings", body, {**caller.shown, "Content-Type": "application/json"})
        connection.getresponse().read()


def _until_all(heard: selectors.BaseSelector, wanted: bytes) -> int:
    """Read until each has said this; return how many were refused."""
    left, said, refused = set(heard.get_map()), dict[int, bytes](), 0
    end = time.monotonic() + 60
    while left and time.monotonic() < end:
        for key, _ in heard.select(1):
            part = key.fileobj.recv(65536)  # type: ignore[union-attr]
            said[key.fd] = said.get(key.fd, b"") + part
            if b" 503 " in said[key.fd][:40] or not part:
                refused += 1
                heard.unregister(key.fileobj)
                left.discard(key.fd)
            elif wanted in said[key.fd]:
                left.discard(key.fd)
    if left:
        row("", f"{len(left)} have not heard {wanted.decode()}")
    return refused


def _drain(heard: selectors.BaseSelector) -> None:
    while found := heard.select(0):
        for key, _ in found:
            key.fileobj.recv(65536)  # type: ignore[union-attr]


@contextmanager
def half_open(port: int, sent: Callable[[], bytes], cut: list[float]) -> Iterator[None]:
    """Have 300 connections owe the server the rest of what they say; whoever is cut comes again at once."""
    over = Event()

    def hold() -> None:
        with selectors.DefaultSelector() as held:

            def again() -> None:
                one = socket.create_connection(("127.0.0.1", port))
                one.sendall(sent())
                held.register(one, selectors.EVENT_READ, time.monotonic())

            for _ in range(MANY):
                again()
            while not over.is_set():
                for key, _ in held.select(0.5):
                    try:
                        ended = not key.fileobj.recv(65536)  # type: ignore[union-attr]
                    except ConnectionResetError:
                        ended = True
                    if ended:
                        cut.append(time.monotonic() - key.data)
                        held.unregister(key.fileobj)
                        key.fileobj.close()  # type: ignore[union-attr]
                        again()
            for key in list(held.get_map().values()):
                key.fileobj.close()  # type: ignore[union-attr]

    holder = Thread(target=hold)
    holder.start()
    try:
        yield
    finally:
        over.set()
        holder.join()


def strangers(caller: Caller, seconds: float) -> None:
    """Measure calls beside those who never end what they say."""
    count, pause = round(seconds * 20), 0.05
    alone = caller.times(count // 4, pause)
    before = Floor("alone, p95", percentile(alone, 0.95) * 1000, times=2)
    shown = "\r\n".join(f"{name}: {value}" for name, value in caller.shown.items())
    for what, sent in (
        ("a head", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "),
        (
            "a body",
            f"POST /api/v1/sync/pause HTTP/1.1\r\nHost: 127.0.0.1\r\n{shown}\r\nContent-Length: 90\r\n\r\n{{".encode(),
        ),
    ):
        cut = list[float]()
        with half_open(caller.port, lambda sent=sent: sent, cut):  # type: ignore[misc]
            time.sleep(1)
            found = caller.times(count, pause)
        judged(f"a call beside 300 that owe {what}, p95", percentile(found, 0.95) * 1000, "ms", floor=before)
        row("", f"cut after {median(cut):.1f} s" if cut else "never cut", f"{len(cut)} times")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=ON_A_MINUTE)
    words = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4_096)), hard))
    print("local API")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        make_home(home)
        aisync(home, "init", "--yes")
        token = aisync(home, "token").stdout.strip()
        least = Floor("a byte there and back", floor(words.calls))
        with running(home, "--headless") as app:
            port = int(json.loads((home / "aisync/state/endpoint.json").read_text())["url"].rpartition(":")[2])
            time.sleep(SETTLE)
            caller = Caller(port, token)
            caller.times(50)
            judged(
                "a call on a kept connection, p50", median(caller.times(words.calls)) * 1000, "ms", floor=least, most=2
            )
            strangers(caller, words.seconds)
            streams(caller, app.pid, words.seconds / 4)


if __name__ == "__main__":
    main()
