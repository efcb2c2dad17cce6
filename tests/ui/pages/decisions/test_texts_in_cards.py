"""Texts in a card: line by line, worked out beside the thread of the windows, only while somebody wants them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.line_diff import DiffLine
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.ui.pages.decisions import facts, result_view
from aisync_desktop.ui.pages.decisions.card import DecisionCard
from aisync_desktop.ui.pages.decisions.result_view import ResultView
from aisync_desktop.ui.parts.diff import DiffView
from aisync_desktop.ui.working_out import work_out
from tests.helpers.patience import PATIENCE
from tests.ui.clashes import PREVIEW
from tests.ui.questions import RULES

pytestmark = pytest.mark.usefixtures("languages")

MakeCard = Callable[[Question], DecisionCard]


@pytest.fixture
def make(qtbot: QtBot) -> MakeCard:
    kept: list[DecisionCard] = []

    def make(question: Question) -> DecisionCard:
        card = DecisionCard()
        kept.append(card)
        card.resize(608, 900)
        qtbot.addWidget(card)
        card.set_question(question)
        with qtbot.waitExposed(card):
            card.show()
        return card

    return make


def _result(card: DecisionCard) -> ResultView:
    assert card.result is not None
    return card.result


def _worked_out(card: DecisionCard, qtbot: QtBot) -> list[DiffView]:
    """Return the differences from top to bottom, once they are there."""
    qtbot.waitUntil(lambda: all(view.lines() for view in card.findChildren(DiffView)))
    return sorted(card.findChildren(DiffView), key=lambda view: view.mapToGlobal(QPoint(0, 0)).y())


def test_a_text_is_shown_line_by_line_against_what_was_agreed(make: MakeCard, qtbot: QtBot) -> None:
    views = _worked_out(make(RULES), qtbot)
    told = [[(line.sign, line.text) for line in view.lines()] for view in views]
    assert told == [[(" ", "one"), ("-", "two"), ("+", "zwei")], [("-", "one"), ("-", "two")]]
    assert all(view.accessibleName() for view in views)


def test_far_lines_that_did_not_change_are_left_out(make: MakeCard, qtbot: QtBot) -> None:
    long = "".join(f"line {number}\n" for number in range(100))
    side = RULES.sides[0].model_copy(update={"fields": {"text": long.replace("line 50\n", "LINE\n")}})
    (view,) = _worked_out(make(RULES.model_copy(update={"base": {"text": long}, "sides": (side,)})), qtbot)
    lines = [(line.sign, line.text) for line in view.lines()]
    assert len(lines) == 10
    assert lines[0] == ("…", "")
    assert {("-", "line 50"), ("+", "LINE")} <= set(lines)


def _nobody(found: object) -> None:
    """Want nothing of what was worked out."""


def _resulting(card: DecisionCard) -> list[str]:
    return [f"{line.sign}{line.text}" for view in _result(card).findChildren(DiffView) for line in view.lines()]


def test_a_text_that_results_is_shown_as_a_diff(make: MakeCard, qtbot: QtBot) -> None:
    card = make(RULES)
    card.take_column(1)
    card.show_preview(PREVIEW.model_copy(update={"result": {"text": "one\nzwei\n"}}))
    qtbot.waitUntil(lambda: _resulting(card) == [" one", "-two", "+zwei"])


def test_no_difference_is_worked_out_by_the_thread_of_the_windows(
    make: MakeCard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def diff_lines(*given: Any) -> Iterator[DiffLine]:
        threads.append(threading.current_thread())
        yield DiffLine("+", "found")

    monkeypatch.setattr(facts, "diff_lines", diff_lines)
    card = make(RULES)
    card.show_preview(PREVIEW.model_copy(update={"result": {"text": "one\nzwei\n"}}))
    qtbot.waitUntil(lambda: _resulting(card) == ["+found"])
    _worked_out(card, qtbot)
    assert len(threads) == 3
    assert threading.main_thread() not in threads


@pytest.mark.parametrize("begun", [True, False])
def test_of_two_results_the_last_is_shown_and_the_other_is_not_worked_out_if_it_did_not_begin(
    begun: bool, make: MakeCard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, began = threading.Event(), threading.Event()
    worked_out: list[str] = []

    def compared(before: str, after: str) -> list[DiffLine]:
        if after == ("first" if begun else "other"):
            began.set()
            go_on.wait(PATIENCE)
        worked_out.append(after)
        return [DiffLine("+", after)]

    monkeypatch.setattr(result_view, "compared", compared)
    card = make(RULES)
    _worked_out(card, qtbot)
    if not begun:
        work_out(partial(compared, "", "other"), _nobody)
    for said in ("first", "second"):
        card.show_preview(PREVIEW.model_copy(update={"result": {"text": said}}))
        assert began.wait(PATIENCE)
    go_on.set()
    qtbot.waitUntil(lambda: _resulting(card) == ["+second"])
    assert ("first" in worked_out) == begun


def test_what_a_card_would_show_is_not_worked_out_once_it_is_gone(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, worked_out = threading.Event(), list[str]()

    def diff_lines(_before: str, after: str, _context: int) -> Iterator[DiffLine]:
        worked_out.append(after)
        yield DiffLine("+", "x")

    monkeypatch.setattr(facts, "diff_lines", diff_lines)
    work_out(lambda: go_on.wait(PATIENCE), _nobody)
    card = DecisionCard()
    card.set_question(RULES)
    card.show_preview(PREVIEW.model_copy(update={"result": {"text": "result"}}))
    with qtbot.waitSignal(card.destroyed):
        card.deleteLater()
    go_on.set()
    qtbot.waitUntil(work_out(lambda: True, _nobody).done)
    assert worked_out == []


def test_the_editor_is_filled_once_somebody_writes_by_hand(make: MakeCard, qtbot: QtBot) -> None:
    result = _result(make(RULES))
    assert result.editor.toPlainText() == ""
    with qtbot.waitSignal(result.edited):
        result.by_hand.click()
    assert result.written == "one\nzwei\n"
