"""Every part is seen in our style."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from aisync_desktop.ui.theme import Appearance


@pytest.fixture(autouse=True)
def looks(qapp: QApplication) -> Iterator[Appearance]:
    """Dress the application, and leave it as it was."""
    style = qapp.style().objectName()
    dressed = Appearance(qapp)
    dressed.use("light")
    yield dressed
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    dressed.use("light")
    qapp.setStyleSheet("")
    qapp.setStyle(QStyleFactory.create(style))
    qapp.setPalette(QPalette())
    qapp.setFont(QFont())
