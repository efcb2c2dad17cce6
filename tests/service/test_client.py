"""Whatever answers in the app's place, a command tells it in words: another version, nonsense, one that ends."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from aisync_desktop.service.client import ApiRefusedError, AppClient, AppDiffersError, AppGoneError
from aisync_desktop.service.operations.going_back import UndoRequest

Answering = Callable[[bytes], AppClient]


@pytest.fixture
def answering() -> Iterator[Answering]:
    """Have something listen that says these bytes to whoever comes, and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def say(answer: bytes) -> None:
        with suppress(OSError):
            caller, _ = listening.accept()
            with caller:
                caller.recv(65_536)
                caller.sendall(answer)

    def begin(answer: bytes) -> AppClient:
        threading.Thread(target=say, args=(answer,), daemon=True).start()
        return AppClient("127.0.0.1", listening.getsockname()[1], "token")

    yield begin
    listening.close()


def http(status: int, body: bytes) -> bytes:
    return f"HTTP/1.1 {status} So\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


@pytest.mark.parametrize("answer", [None, [], 7, {}, {"written": "all"}, {"written": [], "failed": [], "status": {}}])
def test_an_answer_that_is_another_one_is_told(answering: Answering, answer: Any) -> None:
    with pytest.raises(AppDiffersError):
        answering(http(200, json.dumps(answer).encode())).ask(UndoRequest())


@pytest.mark.parametrize("said", [b"", b"{", b"<html>", b"\xff", b"[" * 100_000])
def test_an_answer_that_is_none_is_told(answering: Answering, said: bytes) -> None:
    with pytest.raises((ApiRefusedError, AppDiffersError)):
        answering(http(200, said)).ask(UndoRequest())


@pytest.mark.parametrize("problem", [None, 7, {}, {"title": {"code": 1}}])
def test_a_refusal_that_is_another_one_is_told_with_its_number(answering: Answering, problem: Any) -> None:
    with pytest.raises(ApiRefusedError, match="409"):
        answering(http(409, json.dumps({"detail": "no", "problem": problem}).encode())).ask(UndoRequest())


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 So\r\nContent-Length: 9\r\n\r\n{", b"SSH-2.0-x\r\n"])
def test_an_app_that_ends_before_it_has_answered_is_told(answering: Answering, said: bytes) -> None:
    with pytest.raises(AppGoneError):
        answering(said).ask(UndoRequest())
