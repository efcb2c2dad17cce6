"""An app for the API to ask, without an engine."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.model.status import Health, Status

STATUS = Status(health=Health.IN_STEP, headline=text("status.in-step", items=3, clients=4), items=3, adopted=True)


class FakeFacade:
    """Answers as the app does, without one."""

    def __init__(self) -> None:
        self.status: Status | None = STATUS
        self.shown = 0
        self.engine: Any = None
        self.world: Any = None
        self.error: Exception | None = None

    def submit(self, call: Callable[[Any], Any]) -> Future[Any]:
        future: Future[Any] = Future()
        if self.error:
            future.set_exception(self.error)
        else:
            future.set_result(call(self.engine))
        return future

    def show(self) -> None:
        self.shown += 1
