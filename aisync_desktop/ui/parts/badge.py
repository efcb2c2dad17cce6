"""Small signs: a count, a state as a chip, a dot, the keys that do something. None of them can be clicked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aisync_desktop.ui.icons import paint_glyph
from aisync_desktop.ui.parts.paint import draw_words, fill_box, width_of
from aisync_desktop.ui.theme import restyled, theme

TONES = ("idle", "ok", "wait", "bad", "accent", "plain")
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_CHIP_GLYPH = 12


def badge_size(words: str) -> QSize:
    """Return the size of a badge with these words."""
    look = theme()
    side = look.px(18)
    return QSize(max(side, width_of(words, look.font("badge")) + 2 * look.px(5)), side)


def paint_badge(painter: QPainter, rect: QRect, words: str, tone: str = "idle") -> None:
    """Draw a badge; in the plain tone it is its number alone."""
    look = theme()
    if tone != "plain":
        fill = look.colour("accent" if tone == "accent" else f"{tone}-soft")
        fill_box(painter, rect, rect.height() / 2, fill)
    colour = {"accent": "text-on-accent", "idle": "text-2", "plain": "text-3"}.get(tone, f"{tone}-text")
    draw_words(painter, rect, words, look.font("badge"), look.colour(colour), _MIDDLE)


def chip_size(words: str, glyph: str = "") -> QSize:
    """Return the size of a chip with these words."""
    look = theme()
    picture = look.px(_CHIP_GLYPH) + look.px(4) if glyph else 0
    return QSize(width_of(words, look.font("small", 500)) + picture + 2 * look.px(6), look.px(20))


def paint_chip(painter: QPainter, rect: QRect, words: str, tone: str = "idle", glyph: str = "") -> None:
    """Draw a chip."""
    look = theme()
    soft, text = look.colour(f"{tone}-soft"), look.colour(f"{tone}-text")
    fill_box(painter, rect, 4, soft)
    inner = rect.adjusted(look.px(6), 0, -look.px(6), 0)
    if glyph:
        side = look.px(_CHIP_GLYPH)
        rtl = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = inner.right() + 1 - side if rtl else inner.left()
        paint_glyph(painter, QRect(left, rect.center().y() - side // 2 + 1, side, side), glyph, text, soft)
        room = side + look.px(4)
        inner.adjust(0 if rtl else room, 0, -room if rtl else 0, 0)
    draw_words(painter, inner, words, look.font("small", 500), text)


def keys_size(keys: str) -> QSize:
    """Return the size of a box with the names of keys."""
    look = theme()
    return QSize(width_of(keys, look.font("keys")) + 2 * look.px(4) + 2, look.px(18))


def paint_keys(painter: QPainter, rect: QRect, keys: str, *, on_accent: bool = False, enabled: bool = True) -> None:
    """Draw the names of keys in a box."""
    look = theme()
    text = look.colour("text-on-accent" if on_accent else "text-3" if enabled else "text-disabled")
    line = look.colour("text-on-accent" if on_accent else "hairline")
    if on_accent:
        line.setAlphaF(0.4)
    fill_box(painter, rect, 4, None, line)
    draw_words(painter, rect, keys, look.font("keys"), text, _MIDDLE)


class _Sign(QWidget):
    """A small thing of a size that follows from its words."""

    def __init__(self, words: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def words(self) -> str:
        """Return what it says."""
        return self._words

    def set_words(self, words: str) -> None:
        """Say something else."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's size."""
        if restyled(event):
            self.updateGeometry()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Return that it is never smaller than it is."""
        return self.sizeHint()


class Badge(_Sign):
    """A count in a round box; it hides at nought."""

    def __init__(self, count: int = 0, tone: str = "idle", parent: QWidget | None = None) -> None:
        super().__init__(str(count), parent)
        self._tone = tone
        self.set_count(count)

    def set_count(self, count: int) -> None:
        """Show another count."""
        self.set_words(str(count))
        self.setVisible(count > 0)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return badge_size(self._words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        paint_badge(QPainter(self), self.rect(), self._words, self._tone)


class Chip(_Sign):
    """A state or a scope in a box."""

    def __init__(self, words: str, tone: str = "idle", glyph: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._tone = tone
        self._glyph = glyph
        self.setAccessibleName(words)

    def set_tone(self, tone: str) -> None:
        """Take on another colour."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """Return its size."""
        return chip_size(self._words, self._glyph)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint_chip(painter, self.rect(), self._words, self._tone, self._glyph)


class Keys(_Sign):
    """The keys that do something, in a box."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self.setAccessibleName(keys)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return keys_size(self._words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        paint_keys(QPainter(self), self.rect(), self._words, enabled=self.isEnabled())


class Dot(QWidget):
    """A dot in the colour of a state, where a word stands beside it."""

    def __init__(self, tone: str = "idle", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._dress()

    def set_tone(self, tone: str) -> None:
        """Take on another colour."""
        self._tone = tone
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's size."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        fill_box(QPainter(self), self.rect(), self.width() / 2, theme().colour(self._tone))

    def _dress(self) -> None:
        side = theme().px(8)
        self.setFixedSize(side, side)
