"""Fields: a line of text with a glyph before it, keys behind it and, below it, what is wrong; numbers; drop-downs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from aisync_desktop.ui.icons import paint_glyph
from aisync_desktop.ui.parts.badge import keys_size, paint_keys
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.paint import draw_words, fill_box, width_of
from aisync_desktop.ui.style import by_keyboard, draw_ring, note_focus
from aisync_desktop.ui.theme import restyled, theme

_RADIUS = 6
_PADDING = 10
_ICON = 16
_BARE = "background: transparent; border: none; padding: 0; min-height: 0; max-height: 1000px"  # a line in another box


class _Edit(QLineEdit):
    """The line itself."""

    def __init__(self, glyph: str, keys: str) -> None:
        super().__init__()
        self._glyph = glyph
        self._keys = keys
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw glyph and keys into the room that is kept for them."""
        super().paintEvent(event)
        look = theme()
        painter = QPainter(self)
        if self._glyph:
            side = look.px(_ICON)
            place = QRect(_PADDING, (self.height() - side) // 2, side, side)
            colour = look.colour("text-3" if self.isEnabled() else "text-disabled")
            paint_glyph(painter, self._turned(place), self._glyph, colour, look.colour("card"))
        if self._keys and not self.text():
            size = keys_size(self._keys)
            left = self.width() - _PADDING + 2 - size.width()
            place = QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
            paint_keys(painter, self._turned(place), self._keys)

    def _turned(self, place: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

    def _dress(self) -> None:
        look = theme()
        self.setFont(look.font("body"))
        before = look.px(_ICON) + 8 if self._glyph else 0
        behind = keys_size(self._keys).width() + 4 if self._keys else 0
        turned = self.isRightToLeft()
        self.setTextMargins(behind if turned else before, 0, before if turned else behind, 0)


class Field(QWidget):
    """A line to type in; `edited` while one types, `entered` at Enter. Its name says what belongs into it."""

    edited = Signal(str)
    entered = Signal(str)

    def __init__(
        self,
        name: str,
        placeholder: str = "",
        *,
        glyph: str = "",
        keys: str = "",
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.edit = _Edit(glyph, keys)
        self.edit.setText(text)
        self.setFocusProxy(self.edit)
        self._wrong = Label("", "small", "bad-text", wrap=True)
        self._wrong.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self._wrong)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say(name, placeholder)
        self.edit.textEdited.connect(self.edited)
        self.edit.returnPressed.connect(self._enter)

    def say(self, name: str, placeholder: str = "") -> None:
        """Name it, and say in it what can be typed."""
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(placeholder)

    def text(self) -> str:
        """Return what is typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put this in."""
        self.edit.setText(text)

    def set_error(self, words: str) -> None:
        """Say what to type instead, or that nothing is wrong any more."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        self.edit.setAccessibleDescription(words)
        self.edit.setProperty("wrong", bool(words))
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    def error(self) -> str:
        """Return what is wrong."""
        return self._wrong.text()

    def _enter(self) -> None:
        self.entered.emit(self.edit.text())


class Number(QSpinBox):
    """A number with its unit; arrows up and down by one, by mouse at its end and by keyboard."""

    def __init__(
        self, name: str, value: int, least: int, most: int, unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._unit = unit
        self.setRange(least, most)
        self.setValue(value)
        self.setAccessibleName(name)
        self.setFrame(False)
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.lineEdit().installEventFilter(self)
        self.lineEdit().setStyleSheet(_BARE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._dress()

    def set_unit(self, unit: str) -> None:
        """Count in something else, or name it in another language."""
        self._unit = unit
        self._dress()

    def sizeHint(self) -> QSize:
        """Return its size."""
        look = theme()
        digits = max(self.fontMetrics().horizontalAdvance(str(end)) for end in (self.minimum(), self.maximum()))
        return QSize(digits + self._behind() + 3 * _PADDING, look.px(32))

    def minimumSizeHint(self) -> QSize:
        """Return that it is never smaller."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step by a press on the arrows, which lie over the end of the line."""
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress:
            arrows = self._arrows().translated(-self.lineEdit().pos())
            if arrows.contains(event.position().toPoint()):
                self.stepBy(1 if event.position().y() < arrows.center().y() else -1)
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and unit and arrows behind the number, which draws itself."""
        look = theme()
        painter = QPainter(self)
        enabled, focus = self.isEnabled(), self.hasFocus()
        line = look.colour("focus" if focus else "hairline-strong" if enabled else "hairline")
        fill_box(painter, self.rect(), _RADIUS, look.colour("card") if enabled else None, line, 2 if focus else 1)
        painter.setLayoutDirection(self.layoutDirection())
        quiet = look.colour("text-3" if self.isEnabled() else "text-disabled")
        side = look.px(_ICON)
        arrows = self._arrows()
        paint_glyph(painter, arrows, "updown", quiet, look.colour("card"))
        unit = QRect(self.width() - self._behind(), 0, self._behind() - side - _PADDING - 4, self.height())
        draw_words(painter, self._turned(unit), self._unit, look.font("body"), quiet)

    def _behind(self) -> int:
        """Return how wide unit and arrows are, with the padding behind them."""
        look = theme()
        return width_of(self._unit, look.font("body")) + look.px(_ICON) + _PADDING + 8

    def _arrows(self) -> QRect:
        side = theme().px(_ICON)
        return self._turned(QRect(self.width() - _PADDING - side, (self.height() - side) // 2, side, side))

    def _turned(self, place: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

    def _dress(self) -> None:
        self.setFont(theme().font("body"))
        turned = self.isRightToLeft()
        before, behind = _PADDING - 3, self._behind()
        self.lineEdit().setTextMargins(behind if turned else before, 0, before if turned else behind, 0)
        self.updateGeometry()


class Select(QComboBox):
    """A drop-down list of more choices than segments hold: (key, words)."""

    picked = Signal(str)

    def __init__(
        self, name: str, choices: tuple[tuple[str, str], ...] = (), *, glyph: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._glyph = glyph
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setItemDelegate(QStyledItemDelegate(self))  # the one that a style sheet dresses
        self.activated.connect(self._pick)
        self.set_choices(choices)

    def set_choices(self, choices: tuple[tuple[str, str], ...]) -> None:
        """Offer these, and stay at the one that is chosen if it is among them."""
        key = self.key()
        self.clear()
        for each, words in choices:
            self.addItem(words, each)
        self.choose(key)

    def key(self) -> str:
        """Return the key of what is chosen."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose one by its key."""
        self.setCurrentIndex(max(self.findData(key), 0))

    def sizeHint(self) -> QSize:
        """Return its size."""
        look = theme()
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0)
        glyph = look.px(_ICON) + 8 if self._glyph else 0
        return QSize(widest + glyph + look.px(_ICON) + 2 * _PADDING + 12, look.px(32))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note whether a key came here."""
        note_focus(self, event.reason())
        super().focusInEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Return that words may be cut where there is little room."""
        return QSize(theme().px(96), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it as a field with an arrow."""
        look = theme()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        enabled = self.isEnabled()
        line = look.colour("hairline-strong" if enabled else "hairline")
        fill_box(painter, self.rect(), _RADIUS, look.colour("card") if enabled else None, line)
        text, quiet = (look.colour(name if enabled else "text-disabled") for name in ("text", "text-3"))
        side = look.px(_ICON)
        words = self.rect().adjusted(_PADDING, 0, -_PADDING - side - 8, 0)
        arrow = QRect(self.width() - _PADDING - side, (self.height() - side) // 2, side, side)
        if self._glyph:
            glyph = QRect(_PADDING, arrow.top(), side, side)
            paint_glyph(painter, self._turned(glyph), self._glyph, quiet, look.colour("card"))
            words.adjust(side + 8, 0, 0, 0)
        paint_glyph(painter, self._turned(arrow), "down", quiet, look.colour("card"))
        draw_words(painter, self._turned(words), self.currentText(), look.font("body"), text)
        if by_keyboard(self):
            draw_ring(painter, self.rect(), _RADIUS, look.colour("focus"))

    def _turned(self, place: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

    def _pick(self, _number: int) -> None:
        self.picked.emit(self.key())
