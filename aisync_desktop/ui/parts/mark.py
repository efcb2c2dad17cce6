"""Marks: two letters for a client in a rounded square. Always slate, since brands stay neutral."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from aisync_desktop.ui.parts.paint import draw_words, fill_box
from aisync_desktop.ui.theme import restyled, theme

# Where the first letters of the words ("Codex CLI") would be taken for another's, or say little.
_LETTERS = {"codex": "CX", "copilot-cli": "CP", "gemini-cli": "GE", "qoder-cli": "QO", "qwen-code": "QW"}
_LARGE = 32
_SMALL = 20


def letters_of(client: str, name: str = "") -> str:
    """Return the two letters of a client: of its words if it has two, else its first ones."""
    if client in _LETTERS:
        return _LETTERS[client]
    words = [word for word in (name or client).replace("-", " ").split() if word[0].isalnum()]
    letters = "".join(word[0] for word in words[:2]) if len(words) > 1 else "".join(words)[:2]
    return letters.upper()


def paint_mark(painter: QPainter, rect: QRect, letters: str, *, enabled: bool = True) -> None:
    """Draw a mark into a square."""
    look = theme()
    side = rect.width()
    kind = "mark-large" if side >= look.px(_LARGE) else "mark-small" if side <= look.px(_SMALL) else "mark"
    fill_box(painter, rect, 8 if kind == "mark-large" else 5, look.colour("idle-soft"))
    colour = look.colour("text-2" if enabled else "text-disabled")
    draw_words(painter, rect, letters, look.font(kind), colour, Qt.AlignmentFlag.AlignHCenter)


class Mark(QWidget):
    """A client's mark."""

    def __init__(self, client: str, name: str = "", size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._letters = ""
        self.set_client(client, name)
        self._dress()

    def set_client(self, client: str, name: str = "") -> None:
        """Show another client's mark."""
        self._letters = letters_of(client, name)
        self.setAccessibleName(name or client)
        self.update()

    def letters(self) -> str:
        """Return the letters."""
        return self._letters

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's size."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        paint_mark(QPainter(self), self.rect(), self._letters, enabled=self.isEnabled())

    def _dress(self) -> None:
        side = theme().px(self._size)
        self.setFixedSize(side, side)
