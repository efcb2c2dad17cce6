"""Work that the tray and the window start: whatever becomes of it, the user hears of a failure."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.sync.terms.errors import NotWritingError
from aisync_desktop.ui.shell.desktop import Shell
from aisync_desktop.ui.shell.notes import Note

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
def live() -> FailingLive:
    return FailingLive()


@pytest.fixture
def shell(live: FailingLive, qtbot: QtBot) -> Iterator[Shell]:
    made = Shell(cast("LiveEngine", live), cast("World", None), ProgramSettings())
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
    "sync": lambda shell: shell.tray.sync_requested.emit(),
    "pause": lambda shell: shell.window.pause_requested.emit(True),
    "resume": lambda shell: shell.tray.pause_requested.emit(False),
    "propose": lambda shell: shell.window.proposal_requested.emit(),
    "adopt": lambda shell: shell.window.adopt_requested.emit("as it was shown"),
    "undo": lambda shell: shell.notifier.undo_requested.emit(3),
    "switch": lambda shell: shell.window.switch_requested.emit("user", "codex", False),
    "explained": lambda shell: shell.window.close_explained.emit(),
    "shown": lambda shell: shell.window.visibility_changed.emit(True),
    "decision": lambda shell: shell.desk.open("7"),
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


@pytest.mark.parametrize("what", sorted(EVERYTHING.keys() - {"propose"}))  # of which more comes than that it went well
def test_nothing_is_told_of_what_goes_well_or_came_too_late(
    what: str, shell: Shell, live: FailingLive, notes: list[Note], bugs: list[BaseException]
) -> None:
    EVERYTHING[what](shell)
    live.gone = True
    EVERYTHING[what](shell)
    assert (live.calls, notes, bugs) == (2, [], [])
