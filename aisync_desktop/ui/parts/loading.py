"""What shows while one waits: nothing for a moment, then still grey shapes; long work tells how far it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyle, QWidget

from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.paint import fill_box, hairline
from aisync_desktop.ui.parts.state import State, StateShape
from aisync_desktop.ui.theme import restyled, retold, theme

AFTER = 400  # milliseconds; what is there by then was never waited for
_SHAPES = (96, 128, 80, 112)
_ROW, _PADDING, _MARK, _GAP, _TEXT = 40, 16, 24, 12, 12


class Loading(QWidget):
    """Rows of grey shapes in place of a list that is being read."""

    def __init__(self, rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.waiting = QTimer(self)
        self.waiting.setSingleShot(True)
        self.waiting.setInterval(AFTER)
        self.waiting.timeout.connect(self.update)
        self._name()

    def seen(self) -> bool:
        """Return whether one has waited long enough to see it."""
        return self.isVisible() and not self.waiting.isActive()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to wait."""
        self.waiting.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Wait no more."""
        self.waiting.stop()
        super().hideEvent(event)

    def sizeHint(self) -> QSize:
        """Return the size of the rows."""
        return QSize(theme().px(240), self._rows * theme().px(_ROW))

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures and the language."""
        if restyled(event):
            self.updateGeometry()
        elif retold(event):
            self._name()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shapes, once one has waited for them."""
        if not self.seen():
            return
        look = theme()
        painter = QPainter(self)
        height, mark, text = look.px(_ROW), look.px(_MARK), look.px(_TEXT)
        for number in range(self._rows):
            top = number * height
            if number:
                hairline(painter, _PADDING, self.width() - _PADDING, top, look.colour("hairline"))
            square = QRect(_PADDING, top + (height - mark) // 2, mark, mark)
            width = look.px(_SHAPES[number % len(_SHAPES)])
            line = QRect(_PADDING + mark + _GAP, top + (height - text) // 2, width, text)
            for shape in (square, line):
                place = QStyle.visualRect(self.layoutDirection(), self.rect(), shape)
                fill_box(painter, place, 4, look.colour("idle-soft"))

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Loading"))


class Bar(QWidget):
    """How much of something there is, from its start; the number stands beside it."""

    def __init__(self, share: float = 0, width: int = 160, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = share
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float) -> None:
        """Show another share, from 0 to 1."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(self._width, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and share."""
        look = theme()
        painter = QPainter(self)
        fill_box(painter, self.rect(), 3, look.colour("idle-soft"))
        width = round(self.width() * self._share)
        if width:
            part = QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(0, 0, width, self.height()))
            fill_box(painter, part, 3, look.colour("chart-1"))


class Progress(QWidget):
    """Long work: what is done, how far ("9 of 14"), and how to stop it."""

    cancelled = Signal()

    def __init__(self, words: str, *, cancel: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Label(words, elide=True)
        self._bar = Bar()
        self._count = Label("", "body", "text-2")
        self._cancel = Button("", Kind.QUIET, "x", small=True)
        self._cancel.clicked.connect(self.cancelled)
        self._cancel.setVisible(cancel)
        self._done = (0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(StateShape(State.WORKING))
        row.addWidget(self._words, 1)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._count)
        row.addWidget(self._cancel)
        self._render()

    def set_done(self, done: int, of: int) -> None:
        """Tell how far it is."""
        self._done = (done, of)
        self._render()

    def set_words(self, words: str) -> None:
        """Tell what is done now."""
        self._words.setText(words)
        self._render()

    def count(self) -> str:
        """Return how far it is, in words."""
        return self._count.text()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if retold(event):
            self._render()
        super().changeEvent(event)

    def _render(self) -> None:
        done, of = self._done
        self._bar.setVisible(bool(of))
        self._bar.set_share(done / of if of else 0)
        self._count.setText(self.tr("{done} of {all}").format(done=done, all=of) if of else "")
        self._cancel.set_tip(self.tr("Cancel"))
        self.setAccessibleName(" ".join(filter(None, (self._words.text(), self._count.text()))))
