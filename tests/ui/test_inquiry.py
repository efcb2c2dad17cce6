from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from aisync_desktop.service.live.looker import Looker
from aisync_desktop.sync.terms.errors import NotWritingError
from aisync_desktop.ui.inquiry import Inquiry
from tests.helpers.patience import PATIENCE


@pytest.fixture
def looker() -> Iterator[Looker]:
    made = Looker()
    yield made
    made.stop()


@pytest.fixture
def answers(qapp: object) -> tuple[Inquiry, list[object]]:
    inquiry, came = Inquiry(), list[object]()
    inquiry.answered.connect(came.append)
    return inquiry, came


def test_a_look_is_taken_in_another_thread_and_its_answer_comes_in_ours(looker: Looker, qtbot: QtBot) -> None:
    inquiry, came_in = Inquiry(), list[int]()
    inquiry.answered.connect(lambda _: came_in.append(threading.get_ident()))
    with qtbot.waitSignal(inquiry.answered) as told:
        inquiry.follow(looker.look(threading.get_ident))
    assert told.args is not None
    assert told.args[0] != threading.get_ident()
    assert came_in == [threading.get_ident()]


def test_an_answer_that_came_late_is_dropped(answers: tuple[Inquiry, list[object]]) -> None:
    inquiry, came = answers
    old, new = Future[str](), Future[str]()
    inquiry.follow(old)
    inquiry.follow(new)
    new.set_result("new")
    old.set_result("old")
    assert came == ["new"]


def test_an_answer_that_was_under_way_when_another_was_asked_for_is_dropped(
    looker: Looker, answers: tuple[Inquiry, list[object]], qtbot: QtBot
) -> None:
    inquiry, came = answers
    go = threading.Event()
    inquiry.follow(old := looker.look(lambda: go.wait(10)))
    go.set()
    old.result()  # it is there, but our thread has not seen it
    with qtbot.waitSignal(inquiry.answered):
        inquiry.follow(looker.look(lambda: "new"))
    assert came == ["new"]


def test_nothing_comes_after_it_was_dropped(answers: tuple[Inquiry, list[object]]) -> None:
    inquiry, came = answers
    inquiry.follow(answer := Future[str]())
    inquiry.drop()
    answer.set_result("late")
    assert came == []


def test_a_look_that_was_called_off_brings_nothing(answers: tuple[Inquiry, list[object]]) -> None:
    inquiry, came = answers
    answer = Future[str]()
    inquiry.follow(answer)
    answer.cancel()
    assert came == []


def test_who_asked_is_not_taken_apart_by_the_thread_that_answers(looker: Looker, qtbot: QtBot) -> None:
    gone_in: list[int] = []
    go = threading.Event()
    inquiry = Inquiry()
    inquiry.destroyed.connect(lambda: gone_in.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)
    inquiry.follow(looker.look(lambda: go.wait(PATIENCE)))
    del inquiry
    go.set()
    qtbot.waitUntil(lambda: bool(gone_in))
    assert gone_in == [threading.get_ident()]


def test_an_answer_for_who_is_gone_is_dropped(qtbot: QtBot) -> None:
    inquiry = Inquiry()
    answer = Future[str]()
    inquiry.follow(answer)
    with qtbot.captureExceptions() as failed:
        delete(inquiry)
        answer.set_result("late")
    assert failed == []


def test_what_the_world_refuses_is_told_apart_from_a_fault_of_ours(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: reported.append(error))
    inquiry = Inquiry()
    refusal, fault = NotWritingError(paused=True), KeyError("x")
    for error, signal in ((refusal, inquiry.refused), (fault, inquiry.stumbled)):
        answer = Future[str]()
        inquiry.follow(answer)
        with qtbot.waitSignal(signal):
            answer.set_exception(error)
    assert reported == [fault]


def test_after_its_end_a_looker_takes_no_look_that_waited(looker: Looker) -> None:
    begun, go = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        go.wait(10)

    first, second = looker.look(slow), looker.look(lambda: None)
    begun.wait(10)
    assert not looker.stop()  # one is being taken
    go.set()
    first.result(PATIENCE)
    assert second.cancelled()
    assert looker.stop()
