"""The head of a page: a title that states the fact where there is one, a quiet line below it, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.state import State, StateShape
from aisync_desktop.ui.theme import restyled, theme

_TOP = Qt.AlignmentFlag.AlignTop


class PageHeader(QWidget):
    """Title and line, behind a state's shape or any other sign, and actions at the end."""

    def __init__(
        self, title: str = "", line: str = "", state: State | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = Label(title, "title", wrap=True)
        self._line = Label(line, "body", "text-2", wrap=True)
        self._sign: QWidget | None = None
        self._beside = QHBoxLayout()
        self._beside.setSpacing(8)
        self._beside.addWidget(self._title, 1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(self._beside)
        words.addWidget(self._line)
        words.addStretch(1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addLayout(words, 1)
        self._row.addLayout(self._actions)
        self._row.setAlignment(self._actions, _TOP)
        self.set_line(line)
        self.set_state(state)
        self.setAccessibleName(title)
        self._dress()

    def title(self) -> str:
        """Return the title."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """State another fact."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_line(self, line: str) -> None:
        """Say something else below the title."""
        self._line.setText(line)
        self._line.setVisible(bool(line))

    def set_state(self, state: State | None) -> None:
        """Show the shape of a state before the title, or none."""
        if isinstance(self._sign, StateShape) and state:
            self._sign.set_state(state)
        elif state or isinstance(self._sign, StateShape):
            self.set_sign(StateShape(state, 32, surface="window") if state else None)

    def set_sign(self, sign: QWidget | None) -> None:
        """Put a widget before the title: a mark, a shape."""
        if self._sign:
            self._row.removeWidget(self._sign)
            self._sign.hide()
            self._sign.deleteLater()
        self._sign = sign
        if sign:
            self._row.insertWidget(0, sign, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_beside(self, widget: QWidget) -> None:
        """Put a chip behind the title."""
        self._beside.setStretch(0, 0)
        self._title.setWordWrap(False)
        if self._beside.count() == 1:
            self._beside.addStretch(1)
        self._beside.insertWidget(self._beside.count() - 1, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_action(self, widget: QWidget) -> None:
        """Put a button behind those that are there; the primary one comes last."""
        self._actions.addWidget(widget)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self.setMinimumHeight(theme().px(48))
