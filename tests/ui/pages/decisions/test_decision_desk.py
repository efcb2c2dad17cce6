from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.world import World
from aisync_desktop.service.live.asking import LiveAsking
from aisync_desktop.sync.answering.deciding import Answer
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.model.status import DecisionStatus, Status
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.terms.errors import NoSuchDecisionError, NotWritingError
from aisync_desktop.ui.pages.decisions.decision_desk import DecisionDesk
from aisync_desktop.ui.pages.decisions.decision_dialog import DecisionDialog
from tests.ui.questions import MASS, SERVER, SERVERS, WIDER
from tests.ui.samples import IN_STEP, WAITING

pytestmark = pytest.mark.usefixtures("languages")


class FakeEngine:
    """Answers in the caller's thread, or when it is told to."""

    def __init__(self) -> None:
        self.question_now: Question | None = SERVER
        self.decided: list[tuple[str, ...]] = []
        self.error: Exception | None = None
        self.waiting: list[Callable[[], None]] | None = None
        self.alike = False
        self.items: tuple[str, ...] = ()
        self.gone = False

    def submit(self, call: Callable[[Any], Any]) -> Future[Any]:
        answer: Future[Any] = Future()

        def run() -> None:
            try:
                answer.set_result(call(self))
            except Exception as error:  # noqa: BLE001 - as the engine's thread does
                answer.set_exception(error)

        if self.gone:
            answer.cancel()
            answer.set_running_or_notify_cancel()
        elif self.waiting is None:
            run()
        else:
            self.waiting.append(run)
        return answer

    def asked_by(self, actor: str) -> AbstractContextManager[None]:
        del actor
        return nullcontext()

    def question(self, decision: str) -> Question:
        if self.question_now is None:
            raise NoSuchDecisionError(decision)
        return self.question_now

    def proposal(self, decision: str) -> None:
        """Know of nothing that an assistant asked for."""

    def settle(self, answer: Answer) -> Receipt:
        self.decided.append((answer.decision, answer.take, answer.edit, answer.revision))
        self.alike, self.items = answer.alike, answer.items
        if self.error:
            raise self.error
        return Receipt("user", Plan())

    def status(self) -> Status:
        return IN_STEP


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def desk(engine: FakeEngine, window: QWidget) -> DecisionDesk:
    return DecisionDesk(LiveAsking(engine, cast("World", None)), window, window)


def _card(window: QWidget) -> DecisionDialog:
    (card,) = _cards(window)
    return card


def _cards(window: QWidget) -> list[DecisionDialog]:
    return [card for card in window.findChildren(DecisionDialog) if card.isVisible()]


def _asking(question: DecisionStatus, sequence: int = 0) -> Status:
    return WAITING.model_copy(update={"decisions": (question,), "sequence": sequence})


def test_a_decision_is_opened_once(desk: DecisionDesk, window: QWidget) -> None:
    desk.open("7")
    desk.open("7")
    assert _card(window).question == SERVER


def test_an_answer_goes_to_the_engine_with_what_was_seen_and_is_told(
    desk: DecisionDesk, window: QWidget, engine: FakeEngine, qtbot: QtBot
) -> None:
    desk.open("7")
    with qtbot.waitSignal(desk.settled) as told:
        _card(window).buttons["codex"].click()
    assert engine.decided == [("7", "codex", "", "r1")]
    assert told.args == ["github: Take Codex CLI's · 0 files written"]
    assert not _cards(window)


def test_what_is_written_by_hand_is_told_as_such(desk: DecisionDesk, window: QWidget, qtbot: QtBot) -> None:
    desk.open("7")
    card = _card(window)
    card.by_hand.click()
    with qtbot.waitSignal(desk.settled) as told:
        card.send.click()
    assert told.args == ["github: written by hand · 0 files written"]


def test_a_refusal_is_told_on_the_card_which_shows_the_question_of_now(
    desk: DecisionDesk, window: QWidget, engine: FakeEngine
) -> None:
    desk.open("7")
    engine.error = NotWritingError(paused=True)
    engine.question_now = SERVER.model_copy(update={"revision": "r2"})
    card = _card(window)
    card.buttons["codex"].click()
    assert card.isVisible()
    assert card.error.isVisible()
    assert card.question.revision == "r2"
    assert card.buttons["codex"].isEnabled()


def test_a_card_closes_when_its_question_is_settled_elsewhere(desk: DecisionDesk, window: QWidget) -> None:
    desk.open("7")
    desk.set_status(_asking(SERVER))
    assert _cards(window)
    desk.set_status(IN_STEP)
    assert not _cards(window)


def test_a_card_follows_its_question(desk: DecisionDesk, window: QWidget, engine: FakeEngine) -> None:
    desk.open("7")
    engine.question_now = SERVER.model_copy(update={"revision": "r2"})
    desk.set_status(_asking(SERVER, 2))
    assert _card(window).question.revision == "r2"


def test_a_question_that_is_another_one_by_now_is_shown_in_its_place(
    desk: DecisionDesk, window: QWidget, engine: FakeEngine
) -> None:
    desk.open("7")
    engine.question_now = SERVER.model_copy(update={"id": "8"})
    desk.set_status(_asking(engine.question_now))
    assert _card(window).question.id == "8"


def test_a_question_that_is_gone_already_is_refused(
    desk: DecisionDesk, window: QWidget, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.question_now = None
    with qtbot.waitSignal(desk.refused) as told:
        desk.open("7")
    assert isinstance(told.args[0], WorldError)
    assert not _cards(window)


def test_while_the_engine_works_no_second_answer_can_be_given(
    desk: DecisionDesk, window: QWidget, engine: FakeEngine
) -> None:
    desk.open("7")
    card = _card(window)
    engine.waiting = []
    card.buttons["codex"].click()
    assert not any(button.isEnabled() for button in card.buttons.values())
    assert card.later.isEnabled()
    card.reject()
    (run,) = engine.waiting
    run()
    assert engine.decided == [("7", "codex", "", "r1")]
    assert not _cards(window)


def test_a_fault_of_ours_is_reported_and_the_card_can_be_used_again(
    desk: DecisionDesk, window: QWidget, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: reported.append(error))
    desk.open("7")
    engine.error = KeyError("x")
    card = _card(window)
    card.buttons["codex"].click()
    assert reported == [engine.error]
    assert "Something went wrong" in card.error.text()
    assert card.buttons["codex"].isEnabled()


def test_an_engine_that_is_gone_leaves_the_card_alone(desk: DecisionDesk, window: QWidget, engine: FakeEngine) -> None:
    engine.question_now = MASS
    desk.open("7")
    engine.gone = True
    _card(window).buttons["base"].click()
    assert _cards(window)
    desk.close()
    assert not _cards(window)


def test_one_answer_for_all_of_a_kind_goes_to_the_engine_as_such(
    desk: DecisionDesk, window: QWidget, engine: FakeEngine, qtbot: QtBot
) -> None:
    engine.question_now = WIDER
    others = [WIDER.model_copy(update=change) for change in ({"id": "8"}, {"id": "9", "scope": "project:/h/shop"})]
    desk.set_status(WAITING.model_copy(update={"decisions": (WIDER, *others, SERVER)}))
    desk.open("7")
    card = _card(window)
    assert "2 questions" in card.alike.text()
    card.alike.click()
    with qtbot.waitSignal(desk.settled) as told:
        card.buttons["copy"].click()
    assert engine.decided == [("7", "copy", "", "r1")]
    assert engine.alike
    assert told.args == ["all of this kind: Loosen it there, too · 0 files written"]


def test_only_the_servers_that_are_ticked_are_answered_for(
    desk: DecisionDesk, engine: FakeEngine, window: QWidget, qtbot: QtBot
) -> None:
    engine.question_now = SERVERS
    desk.open("7")
    (card,) = window.findChildren(DecisionDialog)
    (names,) = card.findChildren(QListWidget)
    names.item(0).setCheckState(Qt.CheckState.Unchecked)
    with qtbot.waitSignal(desk.settled) as settled:
        card.buttons["allow"].click()
    assert (engine.decided, engine.items) == ([("7", "allow", "", "r1")], ("web",))
    assert settled.args == ["web: Allow what is ticked · 0 files written"]
