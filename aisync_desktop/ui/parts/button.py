"""Buttons, painted: standard, primary (one a view), destructive (outlined), quiet; and links, quieter yet."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from aisync_desktop.ui.icons import paint_glyph
from aisync_desktop.ui.parts.badge import keys_size, paint_keys
from aisync_desktop.ui.parts.glyph import facing
from aisync_desktop.ui.parts.paint import fill_box
from aisync_desktop.ui.parts.ring import Ring
from aisync_desktop.ui.style import ROOM, draw_ring
from aisync_desktop.ui.theme import restyled, theme

_RADIUS = 6
_ICON = 16
_Text = Qt.TextFlag
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Kind(Enum):
    """How loud a button is."""

    STANDARD = "standard"
    PRIMARY = "primary"
    DESTRUCTIVE = "destructive"
    QUIET = "quiet"


_FILLS = {  # at rest, below the pointer, pressed
    Kind.STANDARD: ("card", "hover", "pressed"),
    Kind.PRIMARY: ("accent", "accent-hover", "accent-pressed"),
    Kind.DESTRUCTIVE: ("card", "bad-soft", "pressed"),
    Kind.QUIET: ("", "hover", "pressed"),
}
_LINES = {  # the frame, where it is not the fill's, and the words
    Kind.STANDARD: ("hairline-strong", "text"),
    Kind.PRIMARY: ("", "text-on-accent"),
    Kind.DESTRUCTIVE: ("bad", "bad-text"),
    Kind.QUIET: ("", "text-2"),
}


def shown_words(text: str) -> str:
    """Return the words of a button without the sign of its mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def paint_small_button(painter: QPainter, rect: QRect, words: str, *, hover: bool = False, focus: bool = False) -> None:
    """Draw a small standard button, for rows that paint theirs."""
    look = theme()
    fill_box(painter, rect, _RADIUS, look.colour("hover" if hover else "card"), look.colour("hairline-strong"))
    painter.setFont(look.font("small", 500))
    painter.setPen(look.colour("text"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    if focus:
        draw_ring(painter, rect.adjusted(-ROOM, -ROOM, ROOM, ROOM), _RADIUS + 2, look.colour("focus"))


class Button(QPushButton):
    """A button with words, an icon, or both; without words, `tip` names it."""

    def __init__(
        self,
        text: str = "",
        kind: Kind = Kind.STANDARD,
        icon: str = "",
        *,
        small: bool = False,
        keys: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.kind = kind
        self._glyph = icon
        self._small = small
        self._keys = keys
        self._tone = ""
        self._action: QAction | None = None
        Ring(self, _RADIUS + 2)
        self.setAutoDefault(False)  # or in a dialog Enter presses it with Ctrl, too, where that means another one
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if tip:
            self.set_tip(tip)
        self._dress()

    def set_tip(self, tip: str) -> None:
        """Tell what the button does where the pointer is; without words, that is its name as well."""
        self.setToolTip(tip)
        if not self.text():
            self.setAccessibleName(tip)

    def set_glyph(self, name: str) -> None:
        """Show another icon."""
        self._glyph = name
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Write a quiet button in another colour ("accent-text" in a toast)."""
        self._tone = tone
        self.update()

    def follow(self, action: QAction) -> None:
        """Be the button of an action: its words, its tip, enabled and seen as it is, and a click triggers it."""
        self._action = action
        action.changed.connect(self._follow)
        self.clicked.connect(action.trigger)
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed by Enter, too, as in a dialog."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's fonts."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return its size."""
        look = theme()
        height = look.px(24 if self._small else 32)
        parts = [width for width in self._widths() if width]
        width = sum(parts) + self._gap() * max(len(parts) - 1, 0) + 2 * self._padding()
        return QSize(max(width, height), height)

    def minimumSizeHint(self) -> QSize:
        """Return that its words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        look = theme()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        fill, line, text = self._colours()
        fill_box(painter, self.rect(), _RADIUS, fill, line)
        self._draw_inside(painter, self.rect(), text, fill or look.colour("card"))

    def _padding(self) -> int:
        if not self.text():
            return 0
        return theme().px(8 if self._small else 12)

    def _gap(self) -> int:
        return theme().px(6 if self._small else 8)

    def _widths(self) -> tuple[int, int, int]:
        look = theme()
        words = self.fontMetrics().horizontalAdvance(shown_words(self.text())) if self.text() else 0
        return (
            look.px(_ICON) if self._glyph else 0,
            words,
            keys_size(self._keys).width() if self._keys else 0,
        )

    def _draw_inside(self, painter: QPainter, box: QRect, text: QColor, surface: QColor) -> None:
        """Draw icon, words and keys one after the other in the middle, from where one starts to read."""
        widths = self._widths()
        parts = [width for width in widths if width]
        left = box.left() + (box.width() - sum(parts) - self._gap() * max(len(parts) - 1, 0)) // 2
        for number, width in enumerate(widths):
            if not width:
                continue
            place = QRect(left, box.top(), width, box.height())
            if self.isRightToLeft():
                place.moveRight(box.right() - (left - box.left()))
            if number == 0:
                square = QRect(place.left(), box.top() + (box.height() - width) // 2, width, width)
                paint_glyph(painter, square, facing(self._glyph, self), text, surface)
            elif number == 1:
                painter.setFont(self.font())
                painter.setPen(text)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter | _Text.TextHideMnemonic, self.text())
            else:
                height = keys_size(self._keys).height()
                keys = QRect(place.left(), box.top() + (box.height() - height) // 2, width, height)
                on_accent = self.kind is Kind.PRIMARY and self.isEnabled()
                paint_keys(painter, keys, self._keys, on_accent=on_accent, enabled=self.isEnabled())
            left += width + self._gap()

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Return fill, line and text."""
        look = theme()
        fill, line, text = self._names()
        return look.colour(fill) if fill else None, look.colour(line) if line else None, look.colour(text)

    def _names(self) -> tuple[str, str, str]:
        if not self.isEnabled():
            return {
                Kind.PRIMARY: ("idle-soft", "", "text-disabled"),
                Kind.QUIET: ("", "", "text-disabled"),
            }.get(self.kind, ("", "hairline", "text-disabled"))
        at = 2 if self.isDown() or self.isChecked() else 1 if self.underMouse() else 0
        fill = _FILLS[self.kind][at]
        line, text = _LINES[self.kind]
        return fill, line or (fill if self.kind is Kind.PRIMARY else ""), self._tone or text

    def _dress(self) -> None:
        look = theme()
        self.setFont(look.font("small", 500) if self._small else look.font("body-strong"))
        self.updateGeometry()

    def _follow(self) -> None:
        action = self._action
        if action is None:
            return
        if self._glyph and not self.text():
            self.set_tip(shown_words(action.text()))
        else:
            self.setText(action.text())
        self.setEnabled(action.isEnabled())
        self.setVisible(action.isVisible())


class LinkButton(QAbstractButton):
    """A word or two in the accent's colour that lead somewhere ("See all")."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Ring(self, 4)
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's font."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return the size of its words."""
        words = self.fontMetrics().horizontalAdvance(shown_words(self.text()))
        return QSize(words, theme().px(20))

    def minimumSizeHint(self) -> QSize:
        """Return that its words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it; a line below tells that the pointer is on it."""
        look = theme()
        painter = QPainter(self)
        font = self.font()
        font.setUnderline(self.underMouse() and self.isEnabled())
        painter.setFont(font)
        painter.setPen(look.colour("accent-text" if self.isEnabled() else "text-disabled"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | _Text.TextHideMnemonic, self.text())

    def _dress(self) -> None:
        self.setFont(theme().font("small"))
        self.updateGeometry()
