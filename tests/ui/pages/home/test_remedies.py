"""The buttons of a problem: the last good version comes back as it was shown, and a protected file may be written."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.errors import Remedy
from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.going_back import UndoPreviewRequest
from aisync_desktop.service.operations.remedies import (
    RestoreFileRequest,
    RestorePreview,
    RestorePreviewRequest,
    WritableRequest,
)
from aisync_desktop.sync.planning.last_good import NoGoodVersionError
from aisync_desktop.sync.terms.errors import NotWritingError
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.pages.home.problem_note import ProblemNote
from aisync_desktop.ui.pages.home.remedies import RestoreDialog
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.state import State
from tests.ui.asks import NeverAnsweredError
from tests.ui.clashes import PREVIEW
from tests.ui.frames import FakeFrame
from tests.ui.samples import PROBLEM, WAITING

pytestmark = pytest.mark.usefixtures("languages")

PATH = PROBLEM.path
FOUND = RestorePreview(
    path=PATH, version=7, over="ab", at=dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.UTC), files=PREVIEW.files[:1]
)


class Files:
    """Answers what the buttons ask."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.error: Exception | None = None

    def __call__(self, request: Any) -> Any:
        self.asked.append(request)
        if isinstance(request, RestorePreviewRequest):
            return FOUND
        if isinstance(request, UndoPreviewRequest):
            raise NeverAnsweredError
        if self.error is not None:
            raise self.error
        return SyncAnswer(written=(PATH,), failed=(), status=WAITING)


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def framed(files: Files) -> FakeFrame:
    return FakeFrame(files)


@pytest.fixture
def note(framed: FakeFrame, qtbot: QtBot) -> QWidget:
    problem = PROBLEM.model_copy(update={"actions": (Remedy.RESTORE_VERSION, Remedy.MAKE_WRITABLE)})
    note = ProblemNote("bad", problem, framed.frame)
    qtbot.addWidget(note)
    note.show()
    note.activateWindow()
    qtbot.waitUntil(note.isActiveWindow)
    return note


def _press(note: QWidget, words: str) -> None:
    (button,) = [one for one in note.findChildren(QPushButton) if one.text() == words]
    button.click()


def _dialog() -> RestoreDialog:
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, RestoreDialog) and one.isVisible()]
    return dialog


def test_the_version_is_seen_before_it_comes_back_and_can_be_undone(
    note: QWidget, framed: FakeFrame, files: Files
) -> None:
    _press(note, "Restore version")
    dialog = _dialog()
    assert dialog.header.title() == f"Put back {PATH}"
    assert any(one.text().startswith("As it was last seen in order, ") for one in dialog.header.findChildren(Label))
    assert list(dialog.files.files) == [FOUND.files[0].path]
    assert files.asked == [RestorePreviewRequest(path=PATH)]
    dialog.do.click()
    assert files.asked[-1] == RestoreFileRequest(path=PATH, version=7, over=FOUND.over)
    (toast,) = framed.toasts
    assert (toast.words, toast.action) == (f"{PATH} put back", "Undo")
    assert toast.on_action is not None
    toast.on_action()
    assert isinstance(files.asked[-1], UndoPreviewRequest)


def test_what_cannot_be_put_back_is_told_in_the_dialog(note: QWidget, framed: FakeFrame, files: Files) -> None:
    _press(note, "Restore version")
    dialog = _dialog()
    files.error = NoGoodVersionError(FOUND.files[0].path)  # type: ignore[arg-type]  # only its words count
    dialog.do.click()
    assert dialog.error.isVisible()
    assert framed.toasts == []
    dialog.reject()


def test_a_file_is_made_writable_at_once(note: QWidget, framed: FakeFrame, files: Files) -> None:
    _press(note, "Make writable")
    assert files.asked == [WritableRequest(path=PATH)]
    (toast,) = framed.toasts
    assert (toast.words, toast.state) == (f"{PATH} can be written again", State.OK)


@pytest.mark.parametrize("error", [NotWritingError(paused=True), RuntimeError("x")])
def test_where_that_fails_it_is_told(
    note: QWidget, framed: FakeFrame, files: Files, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    files.error = error
    _press(note, "Make writable")
    (toast,) = framed.toasts
    assert (toast.state, toast.stays) == (State.BAD, True)


def test_the_dialog_speaks_the_new_language(note: QWidget, languages: Languages, qtbot: QtBot) -> None:
    _press(note, "Restore version")
    dialog = _dialog()
    languages.use("ko")
    qtbot.waitUntil(lambda: dialog.do.text() == "이 버전으로 되돌리기")
    dialog.reject()
