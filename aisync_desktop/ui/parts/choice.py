"""Checks, which wait for a button, painted with their words beside them; and the circle of whatever is a radio."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QSizePolicy, QStyle, QWidget

from aisync_desktop.ui.icons import paint_glyph
from aisync_desktop.ui.parts.button import shown_words
from aisync_desktop.ui.parts.paint import draw_words, fill_box, width_of
from aisync_desktop.ui.parts.ring import Ring
from aisync_desktop.ui.theme import restyled, theme

_BOX, _GAP, _TICK = 16, 8, 12


def _hint(button: QAbstractButton) -> QSize:
    look = theme()
    words = width_of(shown_words(button.text()), look.font("body")) + _GAP if button.text() else 0
    return QSize(look.px(_BOX) + words, look.px(20))


def _box(button: QAbstractButton) -> QRect:
    side = theme().px(_BOX)
    return _turned(button, QRect(0, (button.height() - side) // 2, side, side))


def _turned(button: QAbstractButton, place: QRect) -> QRect:
    return QStyle.visualRect(button.layoutDirection(), button.rect(), place)


def _draw_words(button: QAbstractButton, painter: QPainter) -> None:
    look = theme()
    words = button.rect().adjusted(look.px(_BOX) + _GAP, 0, 0, 0)
    painter.setLayoutDirection(button.layoutDirection())
    colour = look.colour("text" if button.isEnabled() else "text-disabled")
    draw_words(painter, _turned(button, words), shown_words(button.text()), look.font("body"), colour)


class Check(QCheckBox):
    """On, off, or (where that is asked for) partly."""

    def __init__(self, text: str = "", *, name: str = "", on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        Ring(self, 6)
        self.setChecked(on)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if name:
            self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return _hint(self)

    def minimumSizeHint(self) -> QSize:
        """Return that its words are never cut."""
        return _hint(self)

    def hitButton(self, pos: QPoint) -> bool:
        """Return whether a point is on it: box and words."""
        return self.rect().contains(pos)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, tick and words."""
        look = theme()
        painter = QPainter(self)
        box = _box(self)
        filled = self.checkState() is not Qt.CheckState.Unchecked
        if filled:
            fill = look.colour("accent" if self.isEnabled() else "hairline-strong")
            fill_box(painter, box, 4, fill)
            side = look.px(_TICK)
            tick = QRect(0, 0, side, side)
            tick.moveCenter(box.center())
            name = "check" if self.checkState() is Qt.CheckState.Checked else "minus"
            paint_glyph(painter, tick, name, look.colour("text-on-accent"), fill)
        else:
            line = look.colour("outline" if self.isEnabled() else "hairline-strong")
            fill_box(painter, box, 4, look.colour("card") if self.isEnabled() else None, line)
        _draw_words(self, painter)


def paint_radio(painter: QPainter, box: QRect, *, on: bool, enabled: bool = True) -> None:
    """Draw the circle of a radio into a square."""
    look = theme()
    if on:
        fill_box(painter, box, box.width() / 2, look.colour("accent" if enabled else "hairline-strong"))
        inset = look.px(5)
        hole = box.adjusted(inset, inset, -inset, -inset)
        fill_box(painter, hole, hole.width() / 2, look.colour("text-on-accent"))
    else:
        line = look.colour("outline" if enabled else "hairline-strong")
        fill_box(painter, box, box.width() / 2, look.colour("card") if enabled else None, line)
