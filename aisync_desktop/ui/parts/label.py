"""Texts in the fonts and colours of the theme; plain, whatever they look like: what they say can come from files."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from aisync_desktop.kernel.texts import shortened
from aisync_desktop.ui.theme import restyled, theme

MOST = 2_000  # characters that are laid out: it takes as long as a text is, again and again, and the window waits


def as_tooltip(plain: str) -> str:
    """Return HTML that shows the text as it is: a tooltip that looks like HTML would be drawn as such."""
    return f"<p style='white-space:pre'>{escape(plain)}</p>" if plain else ""


class Label(QLabel):
    """A text of one kind ("title", "body", "small", ...) in one tone; it wraps, or ends in an ellipsis, or is whole."""

    def __init__(
        self,
        words: str = "",
        kind: str = "body",
        tone: str = "text",
        *,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._tone = tone
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)
        self._dress()

    def set_tone(self, tone: str) -> None:
        """Take on another colour."""
        self._tone = tone
        self._dress()

    def setText(self, words: str) -> None:
        """Say this from now on; of what nobody reads in a label, the beginning and the end."""
        super().setText(shortened(words, MOST))
        self._tell_whole()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's fonts and colours."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return its size; a line is as high as the design has it, whatever the font says."""
        return super().sizeHint().expandedTo(QSize(0, theme().line(self._kind)))

    def minimumSizeHint(self) -> QSize:
        """Return that a text that may be cut needs little room."""
        hint = super().minimumSizeHint().expandedTo(QSize(0, theme().line(self._kind)))
        return QSize(theme().px(24), hint.height()) if self._elide else hint

    def heightForWidth(self, width: int) -> int:
        """Return the height of its lines at a width, as far as it takes that: layouts ask for theirs."""
        height = super().heightForWidth(min(width, self.maximumWidth()))
        return max(height, theme().line(self._kind)) if height >= 0 else height

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, cut if it may be."""
        if not self._elide or not self._is_cut():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        style = self.style()
        where = style.visualAlignment(self.layoutDirection(), self.alignment())
        painter.drawText(self.contentsRect(), where, cut)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole text where the pointer is, while it is cut."""
        super().resizeEvent(event)
        self._tell_whole()

    def _is_cut(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) > self.width()

    def _tell_whole(self) -> None:
        if self._elide:
            self.setToolTip(as_tooltip(self.text()) if self._is_cut() else "")

    def _dress(self) -> None:
        look = theme()
        self.setFont(look.font(self._kind))
        colours = QPalette()
        colours.setColor(QPalette.ColorRole.WindowText, look.colour(self._tone))
        colours.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, look.colour("text-disabled"))
        self.setPalette(colours)
