"""Commands in this process, in the test's scratch home with the four clients in step."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from aisync_desktop.cli.app import app
from aisync_desktop.cli.output import Output
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.opening import open_engine
from tests.helpers.clients import Clients
from tests.helpers.clock import LeapingClock

_built = cache(get_command)  # the whole command line; a process builds it once, as a user's does


@pytest.fixture(autouse=True)
def _command_line_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.testing._get_command", _built)


def run(*words: str, stdin: str = "") -> Any:
    """Run a command to its end, at a terminal if somebody says something there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Output, "can_ask", bool(stdin))
        return CliRunner().invoke(app, words, input=stdin, catch_exceptions=False)


def answer(*words: str) -> Any:
    """Run a command that must go well and return its JSON answer."""
    done = run(*words, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


def one_line(*words: str, stdin: str = "") -> str:
    """Run a command that must fail for a reason of the world, and return the one line that says it."""
    done = run(*words, stdin=stdin)
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    return str(line)


def engine() -> Any:
    """Open the engine of the scratch home, for a `with`."""
    clock = LeapingClock()
    return closing(open_engine(replace(World.real(os.environ), clock=clock, disk=RealDisk(clock))))


@pytest.fixture
def clients(isolated_home: Path) -> Clients:
    """The four clients, with two snapshots: the beginning, and a server that Codex added."""
    made = Clients.make(isolated_home)
    with engine() as opened:
        opened.adopt("user")
        made.add("codex", "fresh")
        opened.sync("watch")
    return made
