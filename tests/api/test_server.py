from __future__ import annotations

import asyncio
import errno
import json
import os
import shutil
import socket
import stat
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from aisync_desktop.api.server import ApiServer, NoApiError
from aisync_desktop.files.instance import InstanceLock
from aisync_desktop.files.places import Places
from aisync_desktop.service.client import AppBusyError, AppClient, RelayedError
from aisync_desktop.service.running_app import RunningApp, announce, running_app, withdraw
from aisync_desktop.service.token_file import TokenFile, bearer_token
from tests.helpers.facade import FakeFacade
from tests.helpers.logfail import ExpectLog


def places(folder: Path) -> Places:
    return Places(folder, folder, folder, folder)


def test_a_served_facade_is_found_and_answers(tmp_path: Path) -> None:
    server = ApiServer(FakeFacade(), tmp_path, 0)
    server.start()
    try:
        with InstanceLock(places(tmp_path).lock):
            client = AppClient.find(places(tmp_path))
        assert client is not None
        answer = client.call("GET", "/api/v1/sync/status")
        assert isinstance(answer, dict)
        assert answer["health"] == "in-step"
    finally:
        server.stop()
    assert AppClient.find(places(tmp_path)) is None


def test_one_that_was_stopped_before_it_was_ready_serves_nobody(tmp_path: Path) -> None:
    server = ApiServer(FakeFacade(), tmp_path, 0)
    server.stop()
    asyncio.run(server._run())  # its socket is closed: it could only fail


def test_a_refusal_becomes_a_problem_of_the_world(tmp_path: Path) -> None:
    server = ApiServer(FakeFacade(), tmp_path, 0)
    server.start()
    try:
        stranger = AppClient("127.0.0.1", server.port, "wrong")
        with pytest.raises(RelayedError) as caught:
            stranger.call("GET", "/api/v1/sync/status")
        assert caught.value.title.code == "access.unknown"
    finally:
        server.stop()


def test_where_the_port_is_taken_another_one_is_and_that_is_told(tmp_path: Path, expect_log: ExpectLog) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = ApiServer(FakeFacade(), tmp_path, port)
        with expect_log("WARNING", "of the API"):
            server.start()
        try:
            (note,) = server.notes
            assert note.message.params == {"port": port, "instead": server.port}
            app = running_app(tmp_path)
            assert app is not None
            assert app.url == f"http://127.0.0.1:{server.port}" != f"http://127.0.0.1:{port}"
        finally:
            server.stop()


def test_where_no_port_can_be_had_the_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_socket: socket.socket, _address: object) -> None:
        raise OSError(errno.EADDRNOTAVAIL, "no loopback")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(NoApiError, match="no loopback"):
        ApiServer(FakeFacade(), tmp_path, 8377)


def test_an_app_that_left_its_announcement_behind_is_not_found(tmp_path: Path) -> None:
    server = ApiServer(FakeFacade(), tmp_path, 0)
    server.start()  # somebody listens there, and would be told our token
    try:
        assert AppClient.find(places(tmp_path)) is None
    finally:
        server.stop()
    announce(tmp_path, RunningApp("http://127.0.0.1:9", os.getpid(), "0"))
    with InstanceLock(places(tmp_path).lock):
        assert AppClient.find(places(tmp_path)) is None


@pytest.mark.parametrize("url", ["http://127.0.0.1:99999", "http://127.0.0.1:x", "http://[", "", "x"])
def test_an_announcement_of_no_address_finds_nobody(tmp_path: Path, url: str) -> None:
    announce(tmp_path, RunningApp(url, os.getpid(), "0"))
    with InstanceLock(places(tmp_path).lock):
        assert AppClient.find(places(tmp_path)) is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "[" * 4_000,
        '{"url": 1}',
        '{"url": "x", "pid": "y", "version": "z"}',
        '{"url": "x", "pid": 1e999, "version": "z"}',
    ],
)
def test_a_broken_announcement_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "endpoint.json").write_text(content)
    assert running_app(tmp_path) is None


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_announcement_and_token_are_the_users_alone(tmp_path: Path) -> None:
    app = RunningApp("http://127.0.0.1:9", 1, "0")
    announce(tmp_path, app)
    bearer_token(tmp_path)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"endpoint.json": 0o600, "api-token": 0o600}
    assert json.loads((tmp_path / "endpoint.json").read_text())["pid"] == 1
    withdraw(tmp_path, app)
    withdraw(tmp_path, app)
    assert running_app(tmp_path) is None


def test_the_token_stays_the_same(tmp_path: Path) -> None:
    assert bearer_token(tmp_path) == bearer_token(tmp_path) != ""


def test_the_announcement_of_another_app_is_not_taken_back(tmp_path: Path) -> None:
    theirs = RunningApp("http://127.0.0.1:9", 1, "0")
    announce(tmp_path, theirs)
    withdraw(tmp_path, RunningApp("http://127.0.0.1:10", 2, "0"))
    assert running_app(tmp_path) == theirs


def test_an_announcement_that_was_away_comes_back_until_the_app_stops(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    server = ApiServer(FakeFacade(), state, 0)
    server.start()
    try:
        announced = running_app(state)
        shutil.rmtree(state)
        server.keep_place()  # there is no folder to put it into: nothing to fail by
        state.mkdir()
        server.keep_place()
        assert running_app(state) == announced
        assert (state / "api-token").exists()
    finally:
        server.stop()
    server.keep_place()
    assert running_app(state) is None


def replace_it(token: Path) -> None:
    token.write_text("another-token", encoding="ascii")


def empty_it(token: Path) -> None:
    token.write_text("", encoding="ascii")


def delete_it(token: Path) -> None:
    token.unlink()


def open_it_to_others(token: Path) -> None:
    token.chmod(0o644)


def link_it(token: Path) -> None:
    theirs = token.with_name("theirs")
    theirs.write_text("another-token", encoding="ascii")
    token.unlink()
    token.symlink_to(theirs)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("happen", [replace_it, empty_it, delete_it, open_it_to_others, link_it])
def test_the_token_is_what_its_file_says_now(
    tmp_path: Path, happen: Callable[[Path], None], expect_log: ExpectLog
) -> None:
    token = TokenFile(tmp_path)
    before = token()
    happen(tmp_path / "api-token")
    with expect_log("WARNING", "of the API") if happen not in {replace_it, delete_it} else nullcontext():
        now = token()
    assert now == (tmp_path / "api-token").read_text(encoding="ascii") != before
    assert (now == "another-token") == (happen is replace_it)  # what others could read, or left there, is no secret
    assert (tmp_path / "api-token").lstat().st_mode & 0o777 == 0o600
    assert token() == now


def test_a_token_whose_file_can_be_neither_read_nor_made_is_the_last_one(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    token = TokenFile(state)
    before = token()
    shutil.rmtree(state)
    assert token() == before


def test_a_served_facade_knows_a_token_that_was_replaced(tmp_path: Path) -> None:
    server = ApiServer(FakeFacade(), tmp_path, 0)
    server.start()
    try:
        old = AppClient("127.0.0.1", server.port, bearer_token(tmp_path))
        old.call("GET", "/api/v1/sync/status")
        replace_it(tmp_path / "api-token")
        with pytest.raises(RelayedError):
            old.call("GET", "/api/v1/sync/status")
        AppClient("127.0.0.1", server.port, "another-token").call("GET", "/api/v1/sync/status")
    finally:
        server.stop()


def test_an_app_that_does_not_answer_in_time_is_busy_and_no_fault_of_ours() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = AppClient("127.0.0.1", silent.getsockname()[1], "token")
        with pytest.raises(AppBusyError, match="has not answered within 0 seconds"):
            client.call("GET", "/api/v1/sync/status", timeout=0.05)
