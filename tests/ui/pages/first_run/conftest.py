from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.first_run.samples import HOME
from tests.ui.pages.first_run.setting import Setting


@pytest.fixture
def setting(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Setting:
    monkeypatch.setattr("pathlib.Path.home", lambda: Path(HOME))
    return Setting(qtbot)
