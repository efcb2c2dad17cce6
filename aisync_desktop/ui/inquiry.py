"""An inquiry: something asked of another thread again and again, of which only the last answer counts.

Answers come as futures and are handed over to our thread; one that comes late, after something else was asked, is
dropped, and so is one for who is gone.
"""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from aisync_desktop.ui.outcomes import hand_over, tell_failure

T = TypeVar("T")


class Inquiry(QObject):
    """Signals: answered (what came), refused (a WorldError), stumbled (a fault of ours, which is reported)."""

    answered = Signal(object)
    refused = Signal(object)
    stumbled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = 0

    def follow(self, answer: Future[T]) -> None:
        """Wait for this answer, and for no earlier one any more."""
        self.drop()
        hand_over(answer, partial(self._on_arrival, self._last))

    def drop(self) -> None:
        """Wait for nothing any more."""
        self._last += 1

    def _on_arrival(self, number: int, came: object) -> None:
        if number != self._last or not isValid(self):
            return
        if not tell_failure(came, self.refused.emit, self.stumbled.emit):
            self.answered.emit(came)
