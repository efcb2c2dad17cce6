"""The foot of a view, where answers stand: what goes back or away at its start, the primary button at its end.

It comes and goes with what can be answered. What lies over the window's lower end, as toasts do, must leave it free:
each change is told to the window by an event, as a layout tells its own.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.paint import hairline
from aisync_desktop.ui.theme import restyled, theme

_HEIGHT = 56
_MARGIN = 24
_QUIET = 12  # the words of a quiet button line up with the margin, not its box, which nobody sees
FOOT_CHANGED = QEvent.Type(QEvent.registerEventType())


class Footer(QWidget):
    """A row of buttons below a line. Its window gets FOOT_CHANGED when it comes, goes or has another height."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_MARGIN, 1, _MARGIN, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._started = 0
        self._dress()

    def left(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget behind those at the start."""
        if not self._started and isinstance(widget, Button) and widget.kind is Kind.QUIET:
            self._row.setContentsMargins(_MARGIN - _QUIET, 1, _MARGIN, 0)
        self._row.insertWidget(self._started, widget, stretch)
        self._started += 1

    def right(self, widget: QWidget) -> None:
        """Put a widget behind those at the end; the primary one comes last."""
        self._row.addWidget(widget)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Have whatever lies over the window make room."""
        super().showEvent(event)
        self._tell()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the room back."""
        super().hideEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line above."""
        hairline(QPainter(self), 0, self.width(), 0, theme().colour("hairline"))

    def _tell(self) -> None:
        QCoreApplication.postEvent(self.window(), QEvent(FOOT_CHANGED))

    def _dress(self) -> None:
        self.setFixedHeight(theme().px(_HEIGHT))
        self._tell()


def foot_of(window: QWidget) -> int:
    """Return how much of a window's lower end is a footer that is seen."""
    return max((footer.height() for footer in window.findChildren(Footer) if footer.isVisible()), default=0)
