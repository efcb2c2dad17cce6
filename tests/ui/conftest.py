"""The interface's own fixtures: a language and colours that are put back."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.theme import Appearance

# The host speaks D-Bus through a library that is installed on Linux only.
collect_ignore = [] if sys.platform == "linux" else ["shell/test_tray_host.py"]


def _bury_windows() -> None:
    """Delete the windows that a test has closed: else they would dress and speak anew what nobody sees."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    spoken = Languages(qapp)
    spoken.use("en")
    yield spoken
    _bury_windows()
    spoken.use("en")
    spoken.leave()


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    looks = Appearance(qapp)
    yield looks
    _bury_windows()
    looks.use("system")
