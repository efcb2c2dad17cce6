"""The end of a long column, whose content is made as one comes near it.

A widget takes about a millisecond to make, and as long again with every change of colours or text size, seen or not:
hundreds below each other would keep the window from answering. The first are made at once, the next ones when the end
is on the screen, some in each turn of the event loop.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

AT_ONCE = 12


class ColumnEnd(QWidget):
    """Stands below what was made. Each step of `makes` makes one thing and puts it above this."""

    def __init__(self, makes: Iterator[object], at_once: int = AT_ONCE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._makes = makes
        self._at_once = at_once
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self.go_on)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Go on: it is seen. Not before this is painted, as it moves what is painted now."""
        del event
        self._turn.start()

    def go_on(self) -> None:
        """Have the next ones made; with the last it goes. Where it is on the screen still, it moves, and is painted."""
        made = sum(1 for _ in islice(self._makes, self._at_once))
        if made < self._at_once:
            self.hide()
