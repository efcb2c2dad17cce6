"""The interface's own fixtures: a language and colours that are put back."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from aisync_desktop.ui.appearance import Appearance
from aisync_desktop.ui.language import Languages

# The host speaks D-Bus through a library that is installed on Linux only.
collect_ignore = [] if sys.platform == "linux" else ["test_tray_host.py"]


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    spoken = Languages(qapp)
    spoken.use("en")
    yield spoken
    spoken.use("en")
    spoken.leave()


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    looks = Appearance(qapp)
    yield looks
    looks.use("system")
