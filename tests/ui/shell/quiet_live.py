"""An engine that only tells how things stand."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal


class QuietLive(QObject):
    """Does nothing that it is asked for."""

    status_changed = Signal(object)

    def submit(self, call: object) -> Future[Any]:
        del call
        return Future()

    def set_rescan(self, seconds: int) -> Future[None]:
        del seconds
        return Future()
