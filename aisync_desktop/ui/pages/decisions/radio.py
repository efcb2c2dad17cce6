"""Radios of a card, painted: a value that a field can have, and an answer as a whole.

Both are real radio buttons, so that keys, screen readers and AT-SPI find them as such; what they say comes from files
and is drawn as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from aisync_desktop.kernel.texts import shortened
from aisync_desktop.ui.parts.choice import paint_radio
from aisync_desktop.ui.parts.label import MOST
from aisync_desktop.ui.parts.paint import fill_box
from aisync_desktop.ui.style import by_keyboard, draw_ring, note_mouse
from aisync_desktop.ui.theme import restyled, theme

_RADIUS = 6
_PAD = 8
_RADIO = 16
_LEAST = 36
_NARROWEST, _USUAL = 72, 160
Spans = Sequence[tuple[int, int]]


class CardRadio(QRadioButton):
    """A radio that fills its place, with words of one font and a quieter caption; the whole of it can be clicked."""

    def __init__(self, words: str, caption: str = "", *, kind: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._caption, self._kind = shortened(words, MOST), caption, kind
        self._spans: Spans = ()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(", ".join(filter(None, (self._words, caption))))
        self.toggled.connect(self._on_toggled)

    def words(self) -> str:
        """Return what it says."""
        return self._words

    def caption(self) -> str:
        """Return what it says below that."""
        return self._caption

    def mark(self, spans: Spans) -> None:
        """Mark the words that are others than before."""
        self._spans = spans
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        """Return that all of it is the button."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Return its size where it has the room that it usually has."""
        width = theme().px(_USUAL)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return that long words wrap."""
        return QSize(theme().px(_NARROWEST), theme().px(_LEAST))

    def hasHeightForWidth(self) -> bool:
        """Return that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high its words are in this width."""
        text, _ = self._laid(width, self._kind, self._words)
        caption, _ = self._laid(width, "small", self._caption)
        return max(theme().px(_LEAST), text + caption + 2 * theme().px(_PAD) + 2)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            self.updateGeometry()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hide the ring: the mouse is used."""
        note_mouse(self)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        look = theme()
        painter = QPainter(self)
        on = self.isChecked()
        hover = self.underMouse() and self.isEnabled() and not on
        fill = look.colour("accent-soft" if on else "hover" if hover else "card")
        fill_box(painter, self.rect(), _RADIUS, fill, look.colour("accent-line" if on else "hairline"))
        top = look.px(_PAD)
        circle = QRect(self._left(), top + 1, look.px(_RADIO), look.px(_RADIO))
        paint_radio(painter, circle, on=on, enabled=self.isEnabled())
        words = look.colour("text" if self.isEnabled() else "text-disabled")
        top += self._draw(painter, top, self._kind, self._words, words, self._spans)
        quiet = look.colour("text-2" if self.isEnabled() else "text-disabled")
        self._draw(painter, top, "small", self._caption, quiet)
        if by_keyboard(self):
            draw_ring(painter, self.rect(), _RADIUS, look.colour("focus"))

    def _on_toggled(self) -> None:
        self.update()

    def _left(self) -> int:
        pad, side = theme().px(_PAD), theme().px(_RADIO)
        return self.width() - pad - side if self.isRightToLeft() else pad

    def _draw(self, painter: QPainter, top: int, kind: str, words: str, colour: QColor, spans: Spans = ()) -> int:
        """Draw words below what is there; return how high they are."""
        height, laid = self._laid(self.width(), kind, words, spans)
        if laid is None:
            return 0
        painter.setPen(colour)
        left = theme().px(_PAD) if self.isRightToLeft() else 2 * theme().px(_PAD) + theme().px(_RADIO)
        laid.draw(painter, QPointF(left, top))
        return height

    def _laid(self, width: int, kind: str, words: str, spans: Spans = ()) -> tuple[int, QTextLayout | None]:
        """Lay words out beside the circle; return their height and themselves."""
        if not words:
            return 0, None
        look = theme()
        room = max(1, width - 3 * look.px(_PAD) - look.px(_RADIO))
        laid = QTextLayout(words, look.font(kind))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        laid.setTextOption(option)
        laid.setFormats([self._marked(start, end) for start, end in spans])
        step, height = look.line(kind), 0
        laid.beginLayout()
        while (row := laid.createLine()).isValid():
            row.setLineWidth(room)
            row.setPosition(QPointF(0, height + (step - row.height()) / 2))
            height += step
        laid.endLayout()
        return height, laid

    def _marked(self, start: int, end: int) -> QTextLayout.FormatRange:
        """Return how a word is marked: heavier where it is taken, on a tint where it is not."""
        marked = QTextLayout.FormatRange()
        marked.start, marked.length = start, end - start
        look = QTextCharFormat()
        if self.isChecked():
            look.setFontWeight(700)
        else:
            look.setBackground(theme().colour("pressed"))
        marked.format = look
        return marked
