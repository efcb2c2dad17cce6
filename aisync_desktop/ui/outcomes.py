"""What comes of work that a window has others do: it is brought into our thread, and no failure of it is lost.

Futures come from the engine's thread, or from one that looks. Every one of them goes through `hand_over`, and what
arrives through `tell_failure`: what the world refused is for the user to hear, with its next step; a fault of ours is
reported as if nobody had caught it, and the user hears that there is a report.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import partial
from itertools import count
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from shiboken6 import isValid

from aisync_desktop.kernel.errors import WorldError

T = TypeVar("T")


class _Hands(QObject):
    """Where what other threads have done arrives. One lives as long as the application.

    What it is done for stays in this thread and is known there by a number alone. A thread that held a window, or what
    belongs to one, could be the last to do so, and would take it apart; or tell it something while it goes.
    """

    _came = Signal(int, object)

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._numbers = count()
        self._waiting: dict[int, Callable[[object], None]] = {}
        self._came.connect(self._pass_on)

    def wait(self, answer: Future[T], arrived: Callable[[object], None]) -> None:
        number = next(self._numbers)
        self._waiting[number] = arrived
        answer.add_done_callback(partial(self._take, number))

    def _take(self, number: int, future: Future[T]) -> None:
        came = CancelledError() if future.cancelled() else future.exception() or future.result()
        self._came.emit(number, came)

    @Slot(int, object)
    def _pass_on(self, number: int, came: object) -> None:
        arrived = self._waiting.pop(number)
        if not isinstance(came, CancelledError):
            arrived(came)


class _Held:
    hands: _Hands | None = None


def hand_over(answer: Future[T], arrived: Callable[[object], None]) -> None:
    """Have what comes of it, result or error, brought to this thread; of what is cancelled nothing comes."""
    if _Held.hands is None or not isValid(_Held.hands):
        _Held.hands = _Hands(QCoreApplication.instance())
    _Held.hands.wait(answer, arrived)


def tell_failure(came: object, refused: Callable[[WorldError], None], stumbled: Callable[[], None]) -> bool:
    """Tell of what failed, in our own thread; return whether it did."""
    match came:
        case WorldError():
            refused(came)
        case BaseException():
            sys.excepthook(type(came), came, came.__traceback__)
            stumbled()
        case _:
            return False
    return True
