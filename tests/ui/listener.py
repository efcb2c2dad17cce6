"""A window that remembers which changes it was told of."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Listener(QWidget):
    """Keeps the types of its change events."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[QEvent.Type] = []

    def changeEvent(self, event: QEvent) -> None:
        self.told.append(event.type())
