"""Every part is seen in our style, by somebody who has touched no key yet."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from aisync_desktop.ui.style import note_mouse
from aisync_desktop.ui.theme import Appearance


@pytest.fixture(autouse=True)
def looks(appearance: Appearance) -> Appearance:
    """Dress the application."""
    note_mouse(QWidget())
    return appearance
