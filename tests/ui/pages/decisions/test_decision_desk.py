from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.service.operations.syncing import DecideRequest
from aisync_desktop.sync.terms.errors import NoSuchDecisionError, NotWritingError
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


def _left_while_it_is_done(asks: FakeAsks, desk: DecisionDesk, window: QWidget, how: str) -> None:
    """Answer, and leave the card before the engine has said what came of it."""
    desk.open("7")
    (dialog,) = _dialogs(window)
    asks.held = []
    dialog.pane.use.click()
    (dialog.close if how == "closed" else dialog.reject)()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not _dialogs(window)


def _let_go(asks: FakeAsks) -> None:
    held, asks.held = asks.held, None
    for one in held or ():
        one()


@pytest.mark.parametrize("how", ["closed", "left"])
def test_what_came_of_an_answer_is_told_where_its_card_is_closed_meanwhile(
    how: str, engine: Engine, window: QWidget, qtbot: QtBot
) -> None:
    asks = FakeAsks(engine)
    desk = DecisionDesk(asks, window, window)
    _left_while_it_is_done(asks, desk, window, how)
    with qtbot.waitSignal(desk.settled):
        _let_go(asks)
    assert not _dialogs(window)


def test_an_answer_that_is_refused_meanwhile_brings_its_card_back(
    engine: Engine, window: QWidget, qtbot: QtBot
) -> None:
    asks = FakeAsks(engine)
    desk = DecisionDesk(asks, window, window)
    _left_while_it_is_done(asks, desk, window, "left")
    engine.error = NotWritingError(paused=True)
    _let_go(asks)
    qtbot.waitUntil(lambda: len(_dialogs(window)) == 1)
    assert _dialogs(window)[0].pane.card.error.isVisible()


def test_at_the_end_a_card_goes_whatever_it_waits_for(engine: Engine, window: QWidget) -> None:
    asks = FakeAsks(engine)
    desk = DecisionDesk(asks, window, window)
    desk.open("7")
    asks.held = []
    _dialogs(window)[0].pane.use.click()
    desk.close()
    assert not _dialogs(window)


def test_a_question_that_took_the_place_of_another_has_no_second_card(
    desk: DecisionDesk, window: QWidget, engine: Engine
) -> None:
    desk.set_status(WAITING.model_copy(update={"decisions": (MASS,)}))
    desk.open("7")
    again = MASS.model_copy(update={"id": "8"})
    engine.question = again
    desk.set_status(WAITING.model_copy(update={"decisions": (again,)}))
    desk.open("8")
    (dialog,) = _dialogs(window)
    assert dialog.pane.keeper.decision == "8"
