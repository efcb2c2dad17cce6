"""What an empty page or list says: when it fills, and one thing to do meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.glyph import Glyph
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.theme import restyled, theme

_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_WIDEST = 400


def _in_the_middle(label: Label) -> QHBoxLayout:
    """Return a line with a text in its middle, which takes all the room that it may have."""
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(label, _WIDEST)
    line.addStretch(1)
    return line


class EmptyState(QWidget):
    """Icon, heading, one sentence, one small button, in the middle; `acted` when that is pressed."""

    acted = Signal()

    def __init__(
        self,
        glyph: str,
        heading: str,
        sentence: str = "",
        action: str = "",
        *,
        surface: str = "card",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._heading = Label(heading, "heading", wrap=True)
        self._sentence = Label(sentence, "body", "text-2", wrap=True)
        self._button = Button(action, small=True)
        self._button.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(Glyph(glyph, "text-3", 20, surface=surface), 0, _MIDDLE)
        column.addSpacing(8)
        for label in (self._heading, self._sentence):
            label.setAlignment(_MIDDLE)
        column.addLayout(_in_the_middle(self._heading))
        column.addSpacing(4)
        column.addLayout(_in_the_middle(self._sentence))
        column.addSpacing(12)
        column.addWidget(self._button, 0, _MIDDLE)
        column.addStretch(1)
        self.say(heading, sentence, action)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def say(self, heading: str, sentence: str = "", action: str = "") -> None:
        """Say something else."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(heading)

    def _dress(self) -> None:
        for label in (self._heading, self._sentence):
            label.setMaximumWidth(theme().px(_WIDEST))
