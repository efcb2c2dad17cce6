"""Work in a thread of its own: what comes of it is handed to whoever is still there, in the thread of the windows."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from types import CellType, FunctionType, MethodType

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from aisync_desktop.service.live.looker import Looker
from aisync_desktop.ui.working_out import work_out
from tests.helpers.patience import PATIENCE

pytestmark = pytest.mark.usefixtures("qapp")


class _Wants(QObject):
    """Takes what was worked out."""

    def __init__(self, told: list[tuple[object, threading.Thread]]) -> None:
        super().__init__()
        self._told = told

    def take(self, found: object) -> None:
        self._told.append((found, threading.current_thread()))


def test_it_comes_from_another_thread_and_is_told_in_ours(qtbot: QtBot) -> None:
    told: list[tuple[object, threading.Thread]] = []
    wants = _Wants(told)
    work_out(threading.current_thread, wants.take)
    qtbot.waitUntil(lambda: bool(told))
    ((found, taken),) = told
    assert (found is threading.main_thread(), taken) == (False, threading.main_thread())


def test_what_is_there_at_once_is_told_after_it_is_known_what_it_is_of(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_once(_self: Looker, work: Callable[[], int]) -> Future[int]:
        answer = Future[int]()
        answer.set_result(work())
        return answer

    monkeypatch.setattr(Looker, "look", at_once)
    told: list[tuple[object, threading.Thread]] = []
    wants = _Wants(told)
    work_out(lambda: 1, wants.take)
    assert told == []
    qtbot.waitUntil(lambda: [found for found, _ in told] == [1])


def test_the_thread_that_works_holds_nothing_of_qt_but_where_it_hands_over(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Future[int]()
    monkeypatch.setattr(Looker, "look", lambda *_: answer)
    work_out(lambda: 1, _Wants([]).take)
    held = [(), *vars(answer)["_done_callbacks"]]
    seen: list[QObject] = []
    while held:
        one = held.pop()
        if isinstance(one, QObject):
            seen.append(one)
        elif isinstance(one, partial | MethodType | FunctionType | CellType | tuple):
            held += gc.get_referents(one) if not isinstance(one, FunctionType) else one.__closure__ or ()
    assert [type(one).__name__ for one in seen] == ["_Hands"]
    answer.cancel()


def test_who_is_gone_is_told_nothing(qtbot: QtBot) -> None:
    told: list[tuple[object, threading.Thread]] = []
    go_on = threading.Event()
    wants = _Wants(told)
    work_out(lambda: go_on.wait(PATIENCE), wants.take)
    with qtbot.waitSignal(wants.destroyed):
        wants.deleteLater()
    go_on.set()
    after: list[tuple[object, threading.Thread]] = []
    later = _Wants(after)
    work_out(lambda: 1, later.take)  # in its turn: once this is told, the other would have been
    qtbot.waitUntil(lambda: bool(after))
    assert told == []


def test_what_is_cancelled_before_it_begins_is_never_done(qtbot: QtBot, qapp: QCoreApplication) -> None:
    told: list[tuple[object, threading.Thread]] = []
    go_on = threading.Event()
    wants = _Wants(told)
    work_out(lambda: go_on.wait(PATIENCE), wants.take)
    assert work_out(lambda: 2, wants.take).cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(told))
    qapp.processEvents()
    assert [found for found, _ in told] == [True]
