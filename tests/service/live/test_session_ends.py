"""The end of another program is told by the kernel, at once and once; a client that has ended is looked at again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aisync_desktop.files.processes import Program, Session
from aisync_desktop.program.world import World
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.service.live.session_ends import SessionEnds
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import ClientState, Status
from tests.helpers.clients import Clients
from tests.helpers.patience import PATIENCE

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells when a process ends")


@pytest.fixture
def child() -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs until its input ends."""
    process = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    yield process
    process.kill()
    process.communicate()


def _open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def end(process: subprocess.Popen[bytes]) -> None:
    process.communicate()


def test_the_end_is_told(qtbot: QtBot, child: subprocess.Popen[bytes]) -> None:
    ends = SessionEnds()
    ends.follow({child.pid})
    with qtbot.waitSignal(ends.ended):
        end(child)
    with qtbot.assertNotEmitted(ends.ended, wait=50):
        ends.follow({child.pid})
    ends.follow(())


@pytest.mark.usefixtures("nothing_collected")
def test_what_is_not_followed_any_more_is_not_told(qtbot: QtBot, child: subprocess.Popen[bytes]) -> None:
    ends = SessionEnds()
    before = _open_files()
    ends.follow({child.pid})
    ends.follow({child.pid})
    ends.follow(())
    assert _open_files() == before
    with qtbot.assertNotEmitted(ends.ended, wait=50):
        end(child)


def test_who_has_ended_before_is_no_trouble(child: subprocess.Popen[bytes]) -> None:
    end(child)
    ends = SessionEnds()
    ends.follow({child.pid})
    ends.follow(())


class _Child:
    """A machine on which Gemini CLI runs as long as a child of ours."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def sessions(self, programs: Collection[Program]) -> Mapping[Program, tuple[Session, ...]]:
        runs = _runs(self._process.pid)
        return {program: (Session(0.0, self._process.pid),) if runs else () for program in programs}


def _runs(pid: int) -> bool:
    """Whether a child of ours runs; `Popen.poll` would say so while another thread still waits for its end."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    except ChildProcessError:  # it has been waited for
        return False


def test_a_client_that_has_ended_is_looked_at_again(
    qtbot: QtBot, world: World, clients: Clients, child: subprocess.Popen[bytes]
) -> None:
    path = clients.home / ".gemini" / "settings.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"mcpServers": {}}))
    live = LiveEngine(partial(open_engine, replace(world, processes=_Child(child))), rescan_seconds=3600)
    with qtbot.waitSignal(live.started):
        live.start()
    live.submit(lambda engine: engine.adopt("user")).result(PATIENCE)

    def is_in(state: ClientState) -> bool:
        return live.status is not None and _state(live.status) is state

    qtbot.waitUntil(lambda: is_in(ClientState.RESTART))
    end(child)
    qtbot.waitUntil(lambda: is_in(ClientState.IN_STEP))
    assert live.stop()


def _state(status: Status) -> ClientState:
    return next(client.state for client in status.clients if client.id == "gemini-cli")
