from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.going_back import (
    RedoPreviewRequest,
    RedoRequest,
    UndoPreviewRequest,
    UndoRequest,
)
from aisync_desktop.sync.reports.changed_items import ChangedItem
from aisync_desktop.sync.reports.file_edits import Loosening
from aisync_desktop.sync.reports.steps import StepPreview
from aisync_desktop.sync.terms.errors import NotWritingError
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.pages.history.step_dialog import StepDialog, change_name, open_redo, open_undo
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.state import State
from tests.ui.clashes import PREVIEW
from tests.ui.frames import FakeFrame
from tests.ui.samples import WAITING

pytestmark = pytest.mark.usefixtures("languages")

_ITEM = ChangedItem.model_validate({"item": "mcp/postgres", "kind": "mcp", "name": "postgres", "change": "changed"})
STEP = StepPreview(
    snapshot=12,
    to=11,
    at=dt.datetime(2026, 3, 1, 12, 30, tzinfo=dt.UTC),
    by=("user",),
    event="synced",
    items=(_ITEM,),
    scope="user",
    files=PREVIEW.files,
    loosens=(),
    newest=14,
)
LOOSER = Loosening(
    client="codex",
    name="Codex CLI",
    path="/h",
    item="permissions/shell: rm *",
    before="deny",
    after="allow",
    takes_back_a_denial=True,
)


class History:
    """Answers what a step asks."""

    def __init__(self, preview: StepPreview = STEP) -> None:
        self.preview = preview
        self.asked: list[Any] = []
        self.error: Exception | None = None

    def __call__(self, request: Any) -> Any:
        self.asked.append(request)
        if isinstance(request, UndoPreviewRequest | RedoPreviewRequest):
            return self.preview
        if self.error is not None:
            raise self.error
        return SyncAnswer(written=("/a", "/b"), failed=(), status=WAITING)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def _dialog() -> StepDialog:
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, StepDialog) and one.isVisible()]
    return dialog


@pytest.mark.usefixtures("window")
def test_an_undo_names_its_change_and_every_file_before_it_is_done() -> None:
    history = History()
    framed = FakeFrame(history)
    open_undo(framed.frame, 12)
    dialog = _dialog()
    assert dialog.header.title() == "Undo: postgres changed"
    assert list(dialog.files.files) == [edit.path for edit in STEP.files]
    assert dialog.do.text() == "Put back 4 files"
    assert [type(one) for one in history.asked] == [UndoPreviewRequest]
    dialog.do.click()
    assert history.asked[-1] == UndoRequest(only=14)
    (toast,) = framed.toasts
    assert (toast.words, toast.action) == ("postgres changed: 2 files put back", "Redo")


@pytest.mark.usefixtures("window")
def test_what_was_undone_is_done_again_after_a_look() -> None:
    history = History()
    framed = FakeFrame(history)
    open_redo(framed.frame)
    dialog = _dialog()
    assert (dialog.header.title(), dialog.do.text()) == ("Do again: postgres changed", "Write 4 files again")
    dialog.do.click()
    assert history.asked[-1] == RedoRequest(only=14)
    (toast,) = framed.toasts
    assert (toast.words, toast.action) == ("postgres changed: 2 files written again", "Undo")
    assert toast.on_action is not None
    toast.on_action()
    assert isinstance(history.asked[-1], UndoPreviewRequest)
    _dialog().reject()


@pytest.mark.usefixtures("window")
def test_what_it_would_allow_again_has_to_be_agreed_to() -> None:
    history = History(STEP.model_copy(update={"loosens": (LOOSER,)}))
    open_undo(FakeFrame(history).frame)
    dialog = _dialog()
    assert "Codex CLI: shell: rm * (refused → allowed)" in dialog.looser.accessibleName()
    assert not dialog.do.isEnabled()
    dialog.allow.click()
    dialog.do.click()
    assert history.asked[-1].allow_loosening


@pytest.mark.usefixtures("window")
def test_its_keys_are_those_on_the_button_wherever_the_focus_is(qtbot: QtBot) -> None:
    history = History()
    open_undo(FakeFrame(history).frame, 12)
    dialog = _dialog()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.cancel.setFocus()
    QTest.keyClick(dialog.cancel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert history.asked[-1] == UndoRequest(only=14)


@pytest.mark.usefixtures("window")
def test_nothing_is_done_where_it_is_left() -> None:
    history = History()
    open_undo(FakeFrame(history).frame)
    _dialog().cancel.click()
    assert len(history.asked) == 1


@pytest.mark.usefixtures("window")
def test_a_refusal_is_told_in_the_dialog() -> None:
    history = History()
    history.error = NotWritingError(paused=True)
    open_undo(FakeFrame(history).frame)
    dialog = _dialog()
    dialog.do.click()
    assert dialog.error.isVisible()
    assert dialog.do.isEnabled()
    dialog.reject()


def test_where_there_is_nothing_to_undo_it_is_told_without_a_dialog() -> None:
    def refuse(_: Any) -> Any:
        raise NotWritingError(paused=False)

    framed = FakeFrame(refuse)
    open_undo(framed.frame)
    (toast,) = framed.toasts
    assert toast.state is State.BAD


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"items": (_ITEM,) * 3}, "3 items changed"),
        ({"by": ("codex",)}, "postgres changed in Codex CLI"),
        ({"items": ()}, "Claude Code, Codex CLI, Qwen Code, and Cursor"),
    ],
)
def test_a_change_is_called_as_everywhere(changes: dict[str, Any], name: str) -> None:
    assert change_name(STEP.model_copy(update=changes)) == name


@pytest.mark.usefixtures("window")
def test_a_fault_of_ours_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    history = History()
    framed = FakeFrame(history)
    open_undo(framed.frame)
    history.error = KeyError("x")
    _dialog().do.click()
    assert [toast.state for toast in framed.toasts] == [State.BAD]
    assert "A report was written" in framed.toasts[0].words


@pytest.mark.usefixtures("window")
def test_an_open_dialog_speaks_the_new_language(languages: Languages, qtbot: QtBot) -> None:
    open_undo(FakeFrame(History()).frame)
    dialog = _dialog()
    languages.use("ko")
    qtbot.waitUntil(lambda: dialog.do.text() == "파일 4개 되돌리기")
    dialog.reject()


def test_a_reset_that_was_restored_has_no_author(qtbot: QtBot) -> None:
    dialog = StepDialog(STEP.model_copy(update={"at": None, "by": (), "snapshot": 0}))
    qtbot.addWidget(dialog)
    assert dialog.header.title() == "Undo: postgres changed"
    assert "Changed by" not in "".join(label.text() for label in dialog.findChildren(Label))


@pytest.mark.usefixtures("window")
def test_what_was_agreed_to_is_told_also_when_the_dialog_is_gone_by_then() -> None:
    history = History()
    framed = FakeFrame(history)
    open_undo(framed.frame)
    dialog = _dialog()
    framed.asks.held = []
    dialog.do.click()
    dialog.reject()
    (run,) = framed.asks.held
    run()
    assert [toast.action for toast in framed.toasts] == ["Redo"]


@pytest.mark.usefixtures("window")
def test_what_is_refused_when_the_dialog_is_gone_is_told_as_well() -> None:
    history = History()
    framed = FakeFrame(history)
    open_undo(framed.frame)
    dialog = _dialog()
    framed.asks.held = []
    history.error = NotWritingError(paused=True)
    dialog.do.click()
    dialog.reject()
    (run,) = framed.asks.held
    run()
    assert [toast.state for toast in framed.toasts] == [State.BAD]
