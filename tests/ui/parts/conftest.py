"""Every part is seen in our style."""

from __future__ import annotations

import pytest

from aisync_desktop.ui.theme import Appearance


@pytest.fixture(autouse=True)
def looks(appearance: Appearance) -> Appearance:
    """Dress the application."""
    return appearance
