"""A note in the flow of a page: what is so, what follows from it, and what can be done about it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from aisync_desktop.kernel.texts import shortened
from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.glyph import Glyph
from aisync_desktop.ui.parts.label import MOST
from aisync_desktop.ui.parts.paint import fill_box
from aisync_desktop.ui.theme import restyled, theme

_GLYPHS = {"idle": ("file", "text-2"), "ok": ("ok", "ok"), "wait": ("alert", "wait"), "bad": ("alert", "bad")}
_RADIUS = 6


class Note(QWidget):
    """Strong words, quieter ones below them, and a small button at the end; `acted` when it is pressed."""

    acted = Signal()

    def __init__(
        self,
        tone: str,
        strong: str,
        words: str = "",
        action: str = "",
        *,
        glyph: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._glyph = Glyph(glyph or _GLYPHS[tone][0], _GLYPHS[tone][1], surface=f"{tone}-soft")
        self._said = (strong, words)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)  # of what is escaped, and strong or not
        self._text.setWordWrap(True)
        self._button = Button(action, small=True)
        self._button.clicked.connect(self.acted)
        self.setFocusProxy(self._button)
        self._sign = QVBoxLayout()
        self._sign.addWidget(self._glyph)
        self._sign.addStretch(1)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addLayout(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._dress()
        self.say(strong, words, action)

    def say(self, strong: str, words: str = "", action: str = "") -> None:
        """Say something else."""
        self._said = (strong, words)
        self._render()
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(" ".join(filter(None, (strong, words))))

    def add_action(self, words: str) -> Button:
        """Offer one more thing to do, after the others; return its button."""
        button = Button(words, small=True)
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return button

    def set_tone(self, tone: str, glyph: str = "") -> None:
        """Take on another tone, and its glyph or this one."""
        self._tone = tone
        self._glyph.set_glyph(glyph or _GLYPHS[tone][0], _GLYPHS[tone][1], f"{tone}-soft")
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        fill_box(QPainter(self), self.rect(), _RADIUS, theme().colour(f"{self._tone}-soft"))

    def _dress(self) -> None:
        look = theme()
        self._sign.setContentsMargins(0, look.px(2), 0, 0)
        self._text.setFont(look.font("body"))
        self._text.setMinimumHeight(look.line("body"))
        self._render()

    def _render(self) -> None:
        strong, words = (escape(shortened(said, MOST)) for said in self._said)
        look = theme()
        first = f'<span style="font-weight:500; color:{look.colour("text").name()}">{strong}</span>'
        then = f'<span style="color:{look.colour("text-2").name()}">{words}</span>'
        self._text.setText(" ".join(filter(None, (strong and first, words and then))))
