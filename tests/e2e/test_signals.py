"""How the running app is ended from outside."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.helpers.clients import Clients
from tests.helpers.patience import PATIENCE
from tests.helpers.program import endpoint, running

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@contextmanager
def not_ignored(number: signal.Signals) -> Iterator[None]:
    """Start programs as from a terminal, even if who started the tests told them to outlive theirs."""
    before = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, before)


def test_a_terminal_that_is_closed_ends_the_app_as_a_session_does(isolated_home: Path) -> None:
    Clients.make(isolated_home)
    with not_ignored(signal.SIGHUP), running("--headless", "--port", "0", cold=True) as app:
        app.send_signal(signal.SIGHUP)
        assert app.wait(PATIENCE) == 0
        assert endpoint() == {}


def test_an_app_that_is_to_outlive_its_terminal_does(isolated_home: Path) -> None:
    Clients.make(isolated_home)
    with running("--headless", "--port", "0", through=("nohup",)) as app:
        app.send_signal(signal.SIGHUP)
        assert endpoint()["pid"] == app.pid
