"""Work that the tray and the window start: whatever becomes of it, the user hears of a failure."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.service.live.looker import look_apart
from aisync_desktop.service.operations.switching import SwitchRequest
from aisync_desktop.sync.terms.errors import NotWritingError
from aisync_desktop.ui.shell.desktop import Shell
from aisync_desktop.ui.shell.notes import Note
from aisync_desktop.ui.working_out import work_out
from tests.helpers.patience import PATIENCE

pytestmark = pytest.mark.usefixtures("languages")


class FailingLive(QObject):
    """An engine in which everything ends as it is told to."""

    status_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.error: Exception | None = None
        self.gone = False
        self.calls = 0

    def submit(self, call: Callable[[Any], Any]) -> Future[Any]:
        del call
        self.calls += 1
        answer: Future[Any] = Future()
        if self.gone:
            answer.cancel()
            answer.set_running_or_notify_cancel()
        elif self.error:
            answer.set_exception(self.error)
        else:
            answer.set_result(None)
        return answer

    def set_rescan(self, seconds: int) -> Future[None]:
        del seconds
        return self.submit(lambda _: None)


@pytest.fixture
def world(tmp_path: Path) -> World:
    places = Places(*(tmp_path / name for name in ("config", "state", "cache", "log")))
    places.create()
    clock = SystemClock()
    return World(places, tmp_path, {}, RealDisk(clock), clock)


@pytest.fixture
def live() -> FailingLive:
    return FailingLive()


@pytest.fixture
def shell(live: FailingLive, world: World, qtbot: QtBot) -> Iterator[Shell]:
    made = Shell(cast("LiveEngine", live), world, ProgramSettings())
    qtbot.addWidget(made.window)
    yield made
    made.stop()


@pytest.fixture
def notes(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> list[Note]:
    shown: list[Note] = []
    monkeypatch.setattr(shell.notifier, "show", shown.append)
    return shown


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    reported: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: reported.append(error))
    return reported


EVERYTHING: dict[str, Callable[[Shell], None]] = {
    "sync": lambda shell: shell.actions.sync_requested.emit(),
    "pause": lambda shell: shell.actions.pause_requested.emit(30),
    "resume": lambda shell: shell.actions.resume_requested.emit(),
    "undo": lambda shell: shell.notifier.undo_requested.emit(3),
    "redo": lambda shell: shell.actions.redo_requested.emit(),
    "switch": lambda shell: shell.window.frame.have(SwitchRequest(what="codex", scope="user", on=False)),
    "explained": lambda shell: shell.window.close_explained.emit(),
    "shown": lambda shell: shell.window.visibility_changed.emit(True),
}


@pytest.mark.parametrize("what", EVERYTHING)
def test_what_the_world_refuses_is_told_with_its_next_step(
    what: str, shell: Shell, live: FailingLive, notes: list[Note], bugs: list[BaseException]
) -> None:
    live.error = NotWritingError(paused=True)
    EVERYTHING[what](shell)
    (note,) = notes
    assert (note.title, note.important) == ("Nothing is written now", True)
    assert note.body.splitlines() == [live.error.message.english(), live.error.next_step.english()]
    assert bugs == []


@pytest.mark.parametrize("what", EVERYTHING)
def test_a_fault_of_ours_is_reported_and_told(
    what: str, shell: Shell, live: FailingLive, notes: list[Note], bugs: list[BaseException]
) -> None:
    live.error = RuntimeError("a bug")
    EVERYTHING[what](shell)
    assert bugs == [live.error]
    (note,) = notes
    assert "A report was written" in note.body


@pytest.mark.parametrize("what", sorted(set(EVERYTHING) - {"undo", "redo"}))  # these show what they would do
def test_nothing_is_told_of_what_goes_well_or_came_too_late(
    what: str, shell: Shell, live: FailingLive, notes: list[Note], bugs: list[BaseException]
) -> None:
    EVERYTHING[what](shell)
    live.gone = True
    EVERYTHING[what](shell)
    assert (live.calls, notes, bugs) == (2, [], [])


def test_at_the_end_it_is_known_that_something_is_still_worked_out(shell: Shell) -> None:
    """Such a thread may be anywhere, in Qt too: what is taken down around it takes the program with it."""
    begun, go_on = threading.Event(), threading.Event()

    def work() -> bool:
        begun.set()
        return go_on.wait(PATIENCE)

    wanted = work_out(work, lambda _: None)
    queued = work_out(lambda: None, lambda _: None)
    begun.wait(PATIENCE)
    assert not shell.stop()
    assert queued.cancelled()
    go_on.set()
    wait([wanted])
    assert shell.stop()


def test_at_the_end_it_is_known_that_something_is_still_looked_at_or_imported_apart(shell: Shell) -> None:
    go_on = threading.Event()
    wanted = look_apart(lambda: go_on.wait(PATIENCE))
    assert not shell.stop()
    go_on.set()
    wait([wanted])
    assert shell.stop()
