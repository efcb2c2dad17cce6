from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.service.operations.syncing import DecideRequest
from aisync_desktop.sync.terms.errors import NoSuchDecisionError
from aisync_desktop.ui.pages.decisions.card_keeper import Settled
from aisync_desktop.ui.pages.decisions.decision_desk import DecisionDesk
from aisync_desktop.ui.pages.decisions.dialog import DecisionDialog
from tests.ui.asks import FakeAsks
from tests.ui.clashes import POSTGRES
from tests.ui.pages.decisions.test_card_keeper import Engine
from tests.ui.questions import MASS
from tests.ui.samples import IN_STEP, WAITING

pytestmark = pytest.mark.usefixtures("languages")


@pytest.fixture
def engine() -> Engine:
    return Engine(MASS)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def desk(engine: Engine, window: QWidget) -> DecisionDesk:
    return DecisionDesk(FakeAsks(engine), window, window)


def _dialogs(window: QWidget) -> list[DecisionDialog]:
    return [dialog for dialog in window.findChildren(DecisionDialog) if dialog.isVisible()]


def test_a_question_is_opened_once_and_blocks_its_window_only(desk: DecisionDesk, window: QWidget) -> None:
    desk.open("7")
    desk.open("7")
    (dialog,) = _dialogs(window)
    assert dialog.pane.card.question == MASS
    assert dialog.windowModality() is Qt.WindowModality.WindowModal
    assert dialog.windowTitle() == "2 items are gone from Codex CLI"


def test_a_card_without_a_window_has_the_programs_own_icon(engine: Engine, qapp: QApplication) -> None:
    desk = DecisionDesk(FakeAsks(engine), None)
    desk.open("7")
    (dialog,) = [one for one in qapp.topLevelWidgets() if isinstance(one, DecisionDialog)]
    assert not dialog.windowIcon().isNull()
    desk.close()


def test_an_answer_closes_the_dialog_and_is_told_with_what_it_is_undone_by(
    desk: DecisionDesk, window: QWidget, engine: Engine, qtbot: QtBot
) -> None:
    desk.open("7")
    (dialog,) = _dialogs(window)
    with qtbot.waitSignal(desk.settled) as told:
        dialog.pane.use.click()
    assert told.args == [Settled("7", "Codex CLI: 2 files written", snapshot=12, title="Codex CLI")]
    assert [one.take for one in engine.of(DecideRequest)] == ["base"]
    assert not _dialogs(window)


def test_keys_alone_answer(desk: DecisionDesk, window: QWidget, engine: Engine, qtbot: QtBot) -> None:
    desk.open("7")
    (dialog,) = _dialogs(window)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_1)
    with qtbot.waitSignal(desk.settled):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.take for one in engine.of(DecideRequest)] == ["codex"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_S])
def test_it_can_be_left_for_later(
    key: Qt.Key, desk: DecisionDesk, window: QWidget, engine: Engine, qtbot: QtBot
) -> None:
    desk.open("7")
    (dialog,) = _dialogs(window)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, key)
    qtbot.waitUntil(lambda: not _dialogs(window))
    assert not engine.of(DecideRequest)


def test_a_dialog_closes_when_its_question_is_settled_elsewhere(desk: DecisionDesk, window: QWidget) -> None:
    desk.set_status(WAITING.model_copy(update={"decisions": (MASS,)}))
    desk.open("7")
    desk.set_status(WAITING.model_copy(update={"decisions": (MASS, POSTGRES)}))
    assert _dialogs(window)
    desk.set_status(IN_STEP)
    assert not _dialogs(window)


def test_a_question_that_is_gone_already_is_refused_and_shows_nothing(
    desk: DecisionDesk, window: QWidget, engine: Engine, qtbot: QtBot
) -> None:
    engine.question = None
    with qtbot.waitSignal(desk.refused) as told:
        desk.open("7")
    assert isinstance(told.args[0], NoSuchDecisionError)
    assert not _dialogs(window)


def test_a_fault_of_ours_before_anything_is_shown_is_told(
    desk: DecisionDesk, window: QWidget, engine: Engine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(engine, "question", property())  # no question at all
    monkeypatch.setattr(Engine, "__call__", lambda *_: 1 / 0)
    with qtbot.waitSignal(desk.stumbled):
        desk.open("7")
    assert not _dialogs(window)


def test_all_dialogs_can_be_taken_off_the_screen(desk: DecisionDesk, window: QWidget) -> None:
    desk.open("7")
    desk.close()
    assert not _dialogs(window)
