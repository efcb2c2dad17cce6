"""The disk is the subject here."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def tmp_path(path_on_disk: Path) -> Path:
    return path_on_disk
