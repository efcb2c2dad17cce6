"""Who waits for something to happen hears of it from the running app, and looks every while where nobody says it."""

from __future__ import annotations

import datetime as dt
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from aisync_desktop.files.places import find_places
from aisync_desktop.service.client import AppClient
from aisync_desktop.service.listening import waiting
from tests.helpers.patience import PATIENCE

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNK = b"3\r\n: \n\r\n"


class Clock:
    """Takes note of how long somebody sleeps."""

    def __init__(self) -> None:
        self.slept = list[float]()

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class App:
    """Something in the app's place that says what it is told to."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._caller: socket.socket | None = None
        self.asked = b""

    def answer(self, head: bytes) -> None:
        """Take the next call in a thread, and begin to answer it."""

        def take() -> None:
            with suppress(OSError):
                self._caller, _ = self._listening.accept()
                self.asked = self._caller.recv(65_536)
                self._caller.sendall(head)

        threading.Thread(target=take, daemon=True).start()

    def say(self, more: bytes) -> None:
        assert self._caller
        self._caller.sendall(more)

    def hang_up(self) -> None:
        if self._caller:
            self._caller.close()

    def close(self) -> None:
        self.hang_up()
        self._listening.close()

    @property
    def client(self) -> AppClient:
        return AppClient("127.0.0.1", self._listening.getsockname()[1], "t0ken")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    made = App()
    monkeypatch.setattr(AppClient, "find", lambda _places: made.client)
    monkeypatch.setattr("aisync_desktop.service.listening._BESIDE_APP_SECONDS", PATIENCE)
    yield made
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_without_an_app_there_is_a_look_each_second(isolated_home: object, clock: Clock) -> None:
    with waiting(find_places(os.environ), clock) as wait:
        wait()
        wait()
    assert clock.slept == [1.0, 1.0]


def test_what_the_app_says_ends_the_waiting_at_once(app: App, clock: Clock) -> None:
    app.answer(HEAD + CHUNK)
    with waiting(find_places(os.environ), clock) as wait:
        assert app.asked.startswith(b"GET /api/v1/events ")
        assert b"Bearer t0ken" in app.asked
        for _ in range(3):
            app.say(CHUNK)
            wait()
    assert clock.slept == []


def test_when_the_app_has_gone_there_is_a_look_each_second(app: App, clock: Clock) -> None:
    app.answer(HEAD)
    with waiting(find_places(os.environ), clock) as wait:
        app.hang_up()
        wait()
        assert clock.slept == []
        wait()
    assert clock.slept == [1.0]


def test_an_app_that_says_nothing_is_waited_for_a_while(
    app: App, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aisync_desktop.service.listening._BESIDE_APP_SECONDS", 0.0)
    app.answer(HEAD)
    with waiting(find_places(os.environ), clock) as wait:
        wait()
    assert clock.slept == []


@pytest.mark.parametrize("answer", [b"HTTP/1.1 503 Full\r\nContent-Length: 0\r\n\r\n", b"nonsense\r\n\r\n"])
def test_an_app_that_does_not_tell_is_as_good_as_none(answer: bytes, app: App, clock: Clock) -> None:
    app.answer(answer)
    with waiting(find_places(os.environ), clock) as wait:
        wait()
    assert clock.slept == [1.0]
