from __future__ import annotations

import pytest

from aisync_desktop.secrets import detect


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    # What another test (a property, which coverage does not see) has looked at is looked at again.
    detect._known_spans.cache_clear()
