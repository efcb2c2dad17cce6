"""The test harness keeps its own promises."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.clients import Clients
from tests.helpers.isolation import NetworkUsedError
from tests.helpers.logfail import ExpectLog
from tests.helpers.program import aisync, aisync_cold

ROOT = Path(__file__).parents[2]


def test_home_is_scratch_and_empty_of_clients(isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Path.home() == isolated_home
    assert Path(os.environ["AISYNC_HOME"]).is_relative_to(isolated_home)
    assert "CLAUDE_CONFIG_DIR" not in os.environ


def test_connections_beyond_loopback_are_refused() -> None:
    with socket.socket() as sock, pytest.raises(NetworkUsedError):
        sock.connect(("192.0.2.1", 80))


def test_loopback_connections_work() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())


def test_the_machine_has_no_keyring() -> None:
    import keyring
    from keyring.errors import NoKeyringError

    with pytest.raises(NoKeyringError):
        keyring.get_password("aisync", "key")


def test_memory_keyring_keeps_passwords(memory_keyring: dict[tuple[str, str], str]) -> None:
    import keyring

    keyring.set_password("aisync", "key", "value")
    assert keyring.get_password("aisync", "key") == "value"
    assert memory_keyring == {("aisync", "key"): "value"}


@given(st.integers())
def test_properties_work_beside_the_isolation(number: int) -> None:
    assert number == number + 0


def test_an_announced_warning_is_fine(expect_log: ExpectLog) -> None:
    with expect_log("WARNING", "announced"):
        logging.getLogger("aisync_desktop.test").warning("this was %s", "announced")


_LOUD = """
import logging
import warnings
from PySide6.QtCore import qWarning

def test_log(): logging.getLogger("x").warning("boo")
def test_python(): warnings.warn("boo")
def test_qt(): qWarning("boo")
def test_silence(expect_log):
    with expect_log("ERROR", "boo"): pass
"""


def test_tests_that_are_not_as_quiet_as_they_should_be_fail(tmp_path: Path) -> None:
    inner = tmp_path / "test_loud.py"
    inner.write_text(_LOUD, encoding="utf-8")
    ours = ["-p", "tests.helpers.isolation", "-p", "tests.helpers.logfail"]
    others = [f"-pno:{name}" for name in ("cov", "hypothesispytest", "randomly", "xdist", "xvfb")]  # slow to load
    command = [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "-o", "addopts=", *ours, *others, str(inner)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "4 failed" in done.stdout
    assert "logged without being expected" in done.stdout
    assert "UserWarning: boo" in done.stdout
    assert "Qt messages with level WARNING or above emitted" in done.stdout
    assert "no ERROR with 'boo' was logged" in done.stdout


@pytest.mark.parametrize(
    "words", [("status",), ("status", "--json"), ("show", "9"), ("--no-such-option",), ("--version",)]
)
def test_a_forked_command_says_and_returns_what_one_from_nothing_does(
    isolated_home: Path, words: tuple[str, ...]
) -> None:
    Clients.make(isolated_home)
    forked, cold = aisync(*words, COLUMNS="70"), aisync_cold(*words, COLUMNS="70")
    assert (forked.returncode, forked.stdout, forked.stderr) == (cold.returncode, cold.stdout, cold.stderr)
