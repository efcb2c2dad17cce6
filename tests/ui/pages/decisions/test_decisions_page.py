from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.service.operations.changes import AnsweredRequest
from aisync_desktop.service.operations.standing import Decisions, DecisionsRequest
from aisync_desktop.service.operations.syncing import DecideRequest
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.model.status import Status
from aisync_desktop.sync.reports.answered import Answered, AnsweredDecisions
from aisync_desktop.sync.terms.errors import NoSuchDecisionError
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.pages.decisions.field_grid import FieldGrid
from aisync_desktop.ui.pages.decisions.page import ANSWERED, DecisionsPage
from aisync_desktop.ui.parts.state import State
from tests.ui.clashes import POSTGRES
from tests.ui.frames import FakeFrame
from tests.ui.pages.decisions.test_card_keeper import Engine
from tests.ui.questions import MASS, PROPOSED, WIDER
from tests.ui.samples import WAITING

pytestmark = pytest.mark.usefixtures("languages")

_GONE = MASS.model_copy(update={"id": "8"})
_WIDER = WIDER.model_copy(update={"id": "9"})
_AT = dt.datetime(2026, 2, 1, 9, 0, tzinfo=dt.UTC)
PAST = Answered(
    number=3,
    at=_AT,
    id="1",
    kind="conflict",
    item="mcp/files",
    item_kind="mcp",
    name="files",
    scope="user",
    take="codex",
    clients=("codex",),
    by="user",
)


class Asked(Engine):
    """An engine with several questions."""

    def __init__(self, *questions: Question) -> None:
        super().__init__(None)
        self.questions = {one.id: one for one in questions}  # all that is asked
        self.answered: tuple[Answered, ...] = (PAST,)

    @property
    def status(self) -> Status:
        return WAITING.model_copy(update={"decisions": tuple(self.questions.values())})

    def __call__(self, request: Any) -> Any:
        match request:
            case DecisionsRequest():
                return Decisions(decisions=tuple(self.questions.values()))
            case AnsweredRequest():
                return AnsweredDecisions(answered=self.answered, count=len(self.answered))
        return super().__call__(request)


class Opened:
    """A page in a window, and what it asks."""

    def __init__(self, qtbot: QtBot, *questions: Question, width: int = 1000) -> None:
        self.engine = Asked(*questions)
        self.framed = FakeFrame(self.engine)
        self.page = DecisionsPage(self.framed.frame)
        qtbot.addWidget(self.page)
        self.page.resize(width, 640)
        self.page.set_status(self.engine.status)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def shown(self) -> str:
        question = self.page.pane.card.question
        return question.id if question is not None and self.page.pane.isVisible() else ""

    def publish(self) -> None:
        self.page.set_status(self.engine.status.model_copy(update={"sequence": 9}))


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    return Opened(qtbot, POSTGRES, _GONE, _WIDER)


def _titles(opened: Opened) -> list[tuple[str, str]]:
    return [(row.title, row.line) for row in opened.page.rows.rows()]


def test_questions_are_listed_by_what_they_are_about_and_the_first_is_open(opened: Opened) -> None:
    assert _titles(opened) == [
        ("postgres", "Changed in different ways"),
        ("Codex CLI", "Were these meant to go?"),
        ("shell: git push", "Allow it in more clients?"),
    ]
    assert [row.glyph for row in opened.page.rows.rows()] == ["server", "trash", "shield"]
    assert opened.shown() == "7"
    assert [row.trail for row in opened.page.rows.rows()] == ["3/1/26", "", ""]


def test_keys_go_through_the_questions(opened: Opened) -> None:
    opened.page.pane.focus_first()
    QTest.keyClick(opened.page.focusWidget(), Qt.Key.Key_J)
    assert opened.shown() == "8"
    QTest.keyClick(opened.page.focusWidget(), Qt.Key.Key_K)
    assert opened.shown() == "7"


def test_a_question_is_settled_by_keys_alone_and_the_next_one_opens(opened: Opened) -> None:
    opened.page.rows.setFocus()
    QTest.keyClick(opened.page.rows, Qt.Key.Key_2)
    QTest.keyClick(opened.page.rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (decided,) = opened.engine.of(DecideRequest)
    assert (decided.decision, decided.fields, decided.agreed) == ("7", {"args": "codex"}, "what-was-shown")
    assert opened.shown() == "8"
    (toast,) = opened.framed.toasts
    assert (toast.words, toast.action, toast.state) == ("postgres: 2 files written", "Undo", State.OK)


def test_a_question_is_settled_by_the_actions_of_a_screen_reader(opened: Opened, qtbot: QtBot) -> None:
    body = opened.page.pane.card.body
    assert isinstance(body, FieldGrid)
    for widget, action in ((body.rows[0].cells[2], "Toggle"), (opened.page.pane.use, "Press")):
        actions = QAccessible.queryAccessibleInterface(widget).actionInterface()
        assert action in actions.actionNames()
        actions.doAction(action)
    qtbot.waitUntil(lambda: bool(opened.engine.of(DecideRequest)))  # a button is seen to be pressed first
    (decided,) = opened.engine.of(DecideRequest)
    assert decided.fields == {"args": "cursor"}
    assert opened.shown() == "8"


def test_the_focus_is_in_the_list_when_the_card_gives_way_to_another(opened: Opened) -> None:
    for key in (Qt.Key.Key_J, Qt.Key.Key_S):
        opened.page.pane.focus_first()
        assert opened.page.pane.isAncestorOf(opened.page.focusWidget())
        QTest.keyClick(opened.page.focusWidget(), key)
        assert opened.page.focusWidget() is opened.page.rows
    opened.page.open_route("7")
    opened.page.pane.focus_first()
    QTest.keyClick(opened.page.focusWidget(), Qt.Key.Key_2)
    QTest.keyClick(opened.page.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened.engine.of(DecideRequest)
    assert opened.page.focusWidget() is opened.page.rows


def test_a_digit_with_shift_takes_a_column_for_all_fields(opened: Opened) -> None:
    opened.page.rows.setFocus()
    QTest.keyClick(opened.page.rows, Qt.Key.Key_3, Qt.KeyboardModifier.ShiftModifier)
    assert opened.page.pane.card.answer().fields == {"args": "cursor"}


def test_digits_are_written_where_one_writes(opened: Opened) -> None:
    result = opened.page.pane.card.result
    assert result is not None
    result.by_hand.click()
    QTest.keyClicks(result.editor, "s1j")
    assert result.editor.toPlainText().startswith("s1j")
    assert opened.shown() == "7"


def test_a_question_can_be_left_for_later(opened: Opened) -> None:
    QTest.keyClick(opened.page.rows, Qt.Key.Key_S)
    assert opened.shown() == "8"
    assert not opened.engine.of(DecideRequest)


def test_a_route_opens_its_card(opened: Opened) -> None:
    opened.page.open_route("9")
    assert opened.shown() == "9"
    opened.page.open_route("")
    assert opened.shown() == "9"


def test_a_route_to_what_is_gone_is_told(opened: Opened) -> None:
    opened.page.open_route("none")
    (toast,) = opened.framed.toasts
    assert toast.state is State.BAD
    assert NoSuchDecisionError("none").title.english() in toast.words


def test_what_is_settled_elsewhere_leaves_the_list_and_the_next_one_opens(opened: Opened) -> None:
    del opened.engine.questions["7"]
    opened.publish()
    assert [title for title, _ in _titles(opened)] == ["Codex CLI", "shell: git push"]
    assert opened.shown() == "8"


def test_a_question_that_came_is_listed_and_the_card_stays(opened: Opened) -> None:
    opened.page.pane.card.take_column(2)
    opened.engine.questions[PROPOSED.id] = PROPOSED
    opened.publish()
    assert _titles(opened)[-1] == (
        "Claude Code",
        "Claude Code asks to keep the project /home/me/<b>shop</b> in step, too",
    )
    assert opened.shown() == "7"
    assert opened.page.pane.card.answer().fields == {"args": "codex"}


def test_an_empty_page_says_when_it_fills(qtbot: QtBot) -> None:
    opened = Opened(qtbot)
    assert not opened.shown()
    assert opened.page.empty.isVisible()
    assert opened.page.empty.accessibleName() == "No question is open"
    opened.engine.questions["7"] = POSTGRES
    opened.publish()
    assert opened.shown() == "7"


def test_nothing_is_asked_for_a_page_that_nobody_sees(opened: Opened) -> None:
    opened.page.hide()
    before = len(opened.engine.asked)
    opened.publish()
    assert len(opened.engine.asked) == before
    opened.page.show()
    assert len(opened.engine.asked) > before


def test_what_was_answered_is_listed_and_can_be_read(opened: Opened) -> None:
    opened.page.segments.choose(ANSWERED)
    opened.page.segments.changed.emit(ANSWERED)
    assert _titles(opened) == [("files", "Taken from Codex CLI")]
    assert opened.page.past.isVisible()
    assert opened.page.past.header.title() == "files"


def test_keys_answer_nothing_while_the_card_is_out_of_sight(opened: Opened) -> None:
    opened.page.pane.card.take_column(2)
    opened.page.segments.choose(ANSWERED)
    opened.page.segments.changed.emit(ANSWERED)
    QTest.keyClick(opened.page.rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not opened.engine.of(DecideRequest)


def test_where_nothing_was_answered_it_says_so(opened: Opened) -> None:
    opened.engine.answered = ()
    opened.publish()
    opened.page.segments.choose(ANSWERED)
    opened.page.segments.changed.emit(ANSWERED)
    assert opened.page.empty.accessibleName() == "Nothing was answered yet"


def test_in_a_narrow_window_list_and_card_are_two_steps(qtbot: QtBot) -> None:
    opened = Opened(qtbot, POSTGRES, _GONE, width=740)
    assert opened.page.rows.isVisible()
    assert not opened.page.pane.isVisible()
    QTest.keyClick(opened.page.rows, Qt.Key.Key_Return)
    assert opened.shown() == "7"
    assert not opened.page.rows.isVisible()
    opened.page.pane.card.take_column(2)
    assert opened.page.pane.effect.text() == "Writes 4 files"
    QTest.keyClick(opened.page.focusWidget(), Qt.Key.Key_J)
    assert opened.shown() == "8"
    QTest.keyClick(opened.page.focusWidget(), Qt.Key.Key_K)
    assert opened.shown() == "7"
    QTest.keyClick(opened.page.focusWidget(), Qt.Key.Key_Escape)
    assert opened.page.rows.isVisible()


def test_in_a_narrow_window_an_empty_list_says_so_itself(qtbot: QtBot) -> None:
    opened = Opened(qtbot, width=740)
    qtbot.waitUntil(opened.page.none.isVisible)
    assert opened.page.none.accessibleName() == "No question is open"
    opened.engine.questions["7"] = POSTGRES
    opened.publish()
    assert not opened.page.none.isVisible()
    assert opened.page.rows.isVisible()


def test_what_was_before_can_be_kept_by_a_button_where_it_has_room(qtbot: QtBot) -> None:
    for width, has_button in ((912, True), (744, True)):
        opened = Opened(qtbot, POSTGRES, width=width)
        opened.page.open_route("7")
        assert opened.page.pane.as_before.isVisible() is has_button


def test_other_answers_stand_in_a_menu(opened: Opened) -> None:
    pane = opened.page.pane
    pane.others.click()
    (menu,) = [one for one in pane.findChildren(QWidget) if one.isVisible() and one.isWindow()]
    assert [action.text() for action in menu.actions()] == ["Keep different in each client", "Always prefer Codex CLI"]
    menu.actions()[0].trigger()
    menu.close()
    assert [toast.words for toast in opened.framed.toasts] == ["postgres: each client keeps its own"]


def test_all_clashes_can_be_taken_from_one_client(qtbot: QtBot) -> None:
    opened = Opened(qtbot, POSTGRES, POSTGRES.model_copy(update={"id": "8", "item": "mcp/github"}))
    pane = opened.page.pane
    pane.others.click()
    (menu,) = [one for one in pane.findChildren(QMenu) if one.isVisible()]
    offered = {action.text(): action for action in menu.actions()}
    offered["Take all 2 from Cursor"].trigger()
    menu.close()
    (decided,) = opened.engine.of(DecideRequest)
    assert (decided.take, decided.alike) == ("cursor", True)


def test_the_page_speaks_the_new_language(opened: Opened, languages: Languages, qtbot: QtBot) -> None:
    languages.use("ko")
    qtbot.waitUntil(lambda: opened.page.pane.decide_later.text() == "나중에 결정")
    assert opened.page.rows.rows()[0].line == "서로 다르게 바뀜"


def test_what_has_no_room_beside_the_others_is_in_the_menu(opened: Opened, qtbot: QtBot) -> None:
    pane = opened.page.pane
    assert pane.as_before.isVisible()
    pane.setFixedWidth(360)
    qtbot.waitUntil(lambda: pane.width() == 360)
    assert not pane.as_before.isVisible()
    pane.others.click()
    (menu,) = [one for one in pane.findChildren(QWidget) if one.isVisible() and one.isWindow()]
    assert menu.actions()[0].text() == "Keep as before"
    menu.actions()[0].trigger()
    menu.close()
    (decided,) = [one for one in opened.engine.asked if isinstance(one, DecideRequest)]
    assert decided.take == "base"
