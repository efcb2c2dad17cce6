"""pytest-qt's waits with the patience of all others: by themselves they end after five seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.patience import PATIENCE

_MILLISECONDS = PATIENCE * 1000


class PatientQtBot(QtBot):
    """Waits as long as any other part of a test does."""

    def waitSignal(self, signal: Any, *, timeout: int = _MILLISECONDS, **how: Any) -> Any:
        """Wait for a signal."""
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitSignals(self, signals: Any, *, timeout: int = _MILLISECONDS, **how: Any) -> Any:
        """Wait for some signals."""
        return super().waitSignals(signals, timeout=timeout, **how)

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = _MILLISECONDS) -> None:
        """Wait until something is so."""
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """Take the place of pytest-qt's fixture of this name; an engine's thread, too, has all the time to end."""
    monkeypatch.setattr("aisync_desktop.service.live.live._STOP_MS", _MILLISECONDS)
    return PatientQtBot(request)
