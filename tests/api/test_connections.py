"""What another program of the machine can do to the server by connecting, and what it cannot."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from uvicorn.protocols.http.h11_impl import H11Protocol

from aisync_desktop.api.server import ApiServer
from aisync_desktop.service.client import AppClient
from aisync_desktop.service.token_file import bearer_token
from tests.helpers.facade import FakeFacade
from tests.helpers.logfail import ExpectLog
from tests.helpers.patience import PATIENCE

_MANY = 100
_STATUS = "/api/v1/sync/status"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ApiServer]:
    made = ApiServer(FakeFacade(), tmp_path, 0)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def token(tmp_path: Path) -> str:
    return bearer_token(tmp_path)


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def said(caller: socket.socket) -> bytes:
    """Return all that is answered until the connection ends."""
    answer = b""
    try:
        while part := caller.recv(65536):
            answer += part
    except ConnectionResetError:
        pass
    return answer


def is_closed(caller: socket.socket) -> bool:
    caller.settimeout(0)
    try:
        return caller.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


def asked(connection: HTTPConnection, token: str) -> int:
    connection.request("GET", _STATUS, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


@pytest.mark.skipif(os.name != "posix", reason="descriptors are limited on POSIX")
def test_idle_strangers_never_keep_out_who_has_the_token(
    tmp_path: Path, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aisync_desktop.api.connection.handle_limit", lambda: 64, raising=False)
    server = ApiServer(FakeFacade(), tmp_path, 0)
    server.start()
    with ExitStack() as stack:
        stack.callback(server.stop)
        mine = stack.enter_context(closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)))
        assert asked(mine, token) == 200
        strangers = [stack.enter_context(connected(server.port)) for _ in range(_MANY)]
        assert asked(mine, token) == 200  # the oldest of all, and not closed
        assert AppClient("127.0.0.1", server.port, token).call("GET", "/healthz")
        assert sum(not is_closed(stranger) for stranger in strangers) <= 16


def test_where_all_have_the_token_the_one_that_waits_longest_goes(
    tmp_path: Path, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aisync_desktop.api.connection.handle_limit", lambda: 8, raising=False)
    server = ApiServer(FakeFacade(), tmp_path, 0)
    server.start()
    with ExitStack() as stack:
        stack.callback(server.stop)
        callers = [
            stack.enter_context(closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE))) for _ in range(3)
        ]
        assert [asked(caller, token) for caller in callers] == [200] * 3
        first, *others = (caller.sock for caller in callers)
        assert said(first) == b""
        assert not any(map(is_closed, others))


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "])
def test_a_head_that_does_not_come_ends_the_connection(
    server: ApiServer, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aisync_desktop.api.connection._SECONDS", dict.fromkeys(_phases(), 0.01), raising=False)
    with connected(server.port) as caller:
        caller.sendall(sent)
        assert said(caller) == b""


def test_a_body_that_does_not_come_ends_the_connection(
    server: ApiServer, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aisync_desktop.api.connection._SECONDS", dict.fromkeys(_phases(), 0.01), raising=False)
    with connected(server.port) as caller:
        caller.sendall(_head("POST", "/api/v1/config/apply", f"Authorization: Bearer {token}", "Content-Length: 9"))
        assert b" 200 " not in said(caller)


def _phases() -> list[object]:
    import h11  # what the server counts in

    return [h11.IDLE, h11.SEND_BODY]


def _head(method: str, target: str, *headers: str) -> bytes:
    return "\r\n".join([f"{method} {target} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]).encode()


def test_without_the_token_no_body_is_waited_for(server: ApiServer) -> None:
    with connected(server.port) as caller:
        caller.sendall(_head("POST", "/api/v1/config/apply", "Content-Length: 100"))
        assert caller.recv(65536).startswith(b"HTTP/1.1 401 ")


def test_an_address_without_an_end_is_refused_with_a_problem(server: ApiServer, expect_log: ExpectLog) -> None:
    with connected(server.port) as caller, expect_log("WARNING", "Invalid HTTP"):
        caller.sendall(_head("GET", f"/{'x' * 1_000_000}", "Connection: close"))
        head, _, body = said(caller).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 431 ")
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == int(head.split()[1])


def test_an_address_that_is_too_long_is_a_problem_for_who_has_the_token(server: ApiServer, token: str) -> None:
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        connection.request("GET", f"/{'x' * 70_000}", headers={"Authorization": f"Bearer {token}"})
        assert connection.getresponse().status == 414


def test_what_is_no_http_is_refused_with_a_problem(server: ApiServer, expect_log: ExpectLog) -> None:
    with connected(server.port) as caller, expect_log("WARNING", "Invalid HTTP"):
        caller.sendall(b"\x16\x03\x01\x02\x00\x01\r\n\r\n")
        assert said(caller).startswith(b"HTTP/1.1 400 ")


def test_a_small_answer_is_sent_without_delay(server: ApiServer, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    real = H11Protocol.connection_made

    def noted(protocol: H11Protocol, transport: asyncio.Transport) -> None:
        seen.append(transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        real(protocol, transport)

    monkeypatch.setattr(H11Protocol, "connection_made", noted)
    AppClient("127.0.0.1", server.port, token).call("GET", _STATUS)
    assert seen
    assert all(seen)


def test_a_machine_without_descriptors_for_a_while_is_waited_out(
    server: ApiServer, token: str, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    monkeypatch.setattr("asyncio.constants.ACCEPT_RETRY_DELAY", 0.01)
    client = AppClient("127.0.0.1", server.port, token)
    client.call("GET", "/healthz")
    left = [OSError(errno.EMFILE, "none left")] * 50
    real = socket.socket.accept

    def refusing(listening: socket.socket) -> tuple[socket.socket, object]:
        if left:
            raise left.pop()
        return real(listening)

    monkeypatch.setattr(socket.socket, "accept", refusing)
    with expect_log("WARNING", "the API's loop"):
        assert client.call("GET", "/healthz")
    assert not left
