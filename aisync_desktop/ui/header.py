"""The head of the window: the state as icon and words, the last sync, and the two things to do about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.icons import health_pixmap
from aisync_desktop.ui.language import render
from aisync_desktop.ui.words import when_word

_ICON = 48
_HEADLINE_SCALE = 1.35


class Header(QWidget):
    """Icon, headline, last sync and buttons; what the buttons do is connected by the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status: Status | None = None
        self._icon = QLabel(self)
        self._icon.setFixedSize(_ICON, _ICON)
        self.headline = QLabel(self)
        self.last = QLabel(self)
        self.sync = QPushButton(self)
        self.pause = QPushButton(self)
        self.start = QPushButton(self)
        self._arrange()
        self._render()

    def set_status(self, status: Status) -> None:
        """Show this status from now on."""
        self._status = status
        self._render()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._render()
        super().changeEvent(event)

    def _arrange(self) -> None:
        font = self.headline.font()
        font.setPointSizeF(font.pointSizeF() * _HEADLINE_SCALE)
        font.setBold(True)
        self.headline.setFont(font)
        self.last.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        for label in (self.headline, self.last):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            words.addWidget(label)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        for button in (self.sync, self.pause, self.start):
            row.addWidget(button)
        self.start.setDefault(True)

    def _render(self) -> None:
        self.sync.setText(self.tr("&Sync now"))
        self.sync.setToolTip(self.tr("Look at every file and bring all clients in step (F5)"))
        self.start.setText(self.tr("S&tart syncing…"))
        status = self._status
        paused = status is not None and status.paused
        adopted = status is not None and status.adopted
        self.pause.setText(self.tr("&Resume") if paused else self.tr("&Pause"))
        self.sync.setVisible(adopted)
        self.pause.setVisible(adopted)
        self.start.setVisible(status is not None and not adopted)
        self.start.setEnabled(status is not None and bool(status.clients))
        self.headline.setText(render(status.headline) if status else self.tr("Starting…"))
        self.last.setText(self._last_sync(status) if status else "")
        if status:
            self._icon.setPixmap(health_pixmap(status.health, _ICON, self.devicePixelRatioF()))

    def _last_sync(self, status: Status) -> str:
        if not status.adopted:
            return self.tr("Look at what was found. Nothing changes until you start.")
        if status.last is None:
            return self.tr("No sync yet")
        return self.tr("Last sync: {when}").format(when=when_word(status.last.at))
