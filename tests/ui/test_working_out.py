"""Work in a thread of its own: what comes of it is handed to whoever is still there, in the thread of the windows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from aisync_desktop.service.live.looker import Looker
from aisync_desktop.ui.inquiry import Inquiry
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


def _waiting(qapp: QObject) -> int:
    return len(qapp.findChildren(Inquiry))


def test_it_comes_from_another_thread_and_is_told_in_ours(qtbot: QtBot, qapp: QObject) -> None:
    told: list[tuple[object, threading.Thread]] = []
    wants = _Wants(told)
    work_out(threading.current_thread, wants.take)
    qtbot.waitUntil(lambda: bool(told))
    ((found, taken),) = told
    assert (found is threading.main_thread(), taken) == (False, threading.main_thread())
    qtbot.waitUntil(lambda: _waiting(qapp) == 0)


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


def test_who_is_gone_is_told_nothing(qtbot: QtBot, qapp: QObject) -> None:
    told: list[tuple[object, threading.Thread]] = []
    go_on = threading.Event()
    wants = _Wants(told)
    work_out(lambda: go_on.wait(PATIENCE), wants.take)
    with qtbot.waitSignal(wants.destroyed):
        wants.deleteLater()
    go_on.set()
    qtbot.waitUntil(lambda: _waiting(qapp) == 0)
    assert told == []


def test_what_is_cancelled_before_it_begins_is_never_done(qtbot: QtBot, qapp: QObject) -> None:
    told: list[tuple[object, threading.Thread]] = []
    go_on = threading.Event()
    wants = _Wants(told)
    work_out(lambda: go_on.wait(PATIENCE), wants.take)
    assert work_out(lambda: 2, wants.take).cancel()
    go_on.set()
    qtbot.waitUntil(lambda: _waiting(qapp) == 0)
    assert [found for found, _ in told] == [True]
