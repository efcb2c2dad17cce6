"""The live loop as the app sees it: one object in the main thread that owns the engine's thread and the watcher.

Every face that lives in this process (tray, windows, API) hands its calls to `submit` and gets a
future; all of them see the same latest Status.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from random import Random
from typing import TypeVar

from PySide6.QtCore import QMetaObject, QObject, Qt, QThread, Signal, Slot

from aisync_desktop.kernel.bus import Bus
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.service.live.watching import Watching
from aisync_desktop.service.live.worker import Command, EngineWorker
from aisync_desktop.service.status import StatusChanged
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import OpenEngine
from aisync_desktop.sync.model.status import Status

T = TypeVar("T")
_STOP_MS = 1_500  # the whole shutdown must stay under two seconds


class LiveEngine(QObject):
    """Runs the engine in its thread. Signals as EngineWorker's, delivered in the main thread."""

    status_changed = Signal(object)
    synced = Signal(object)
    started = Signal()
    broken = Signal(object)

    def __init__(
        self,
        open_engine: OpenEngine,
        rescan_seconds: int,
        poll_seconds: int = 2,
        parent: QObject | None = None,
        *,
        bus: Bus | None = None,
    ) -> None:
        super().__init__(parent)
        self._bus = bus or Bus()
        self._status: Status | None = None
        self._thread = QThread(self)
        self._thread.setObjectName("aisync-engine")
        self._watching = Watching(self._wake)
        jitter = Random()  # noqa: S311 - no secret
        self._worker = EngineWorker(open_engine, self._watching, rescan_seconds, poll_seconds, jitter, self._bus)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.open)
        self._worker.status_changed.connect(self._on_status)
        self._worker.synced.connect(self.synced)
        self._worker.started.connect(self.started)
        self._worker.broken.connect(self.broken)

    @property
    def status(self) -> Status | None:
        """The latest status; safe from any thread, as it is one immutable value."""
        return self._status

    def note(self, note: Problem) -> None:
        """Have the status tell what is worth knowing, as long as this runs or until it is forgotten."""
        self._tell((*self._worker.notes, note))

    def forget(self, note: Problem) -> None:
        """Have the status not tell it any more."""
        self._tell(tuple(one for one in self._worker.notes if one != note))

    def _tell(self, notes: tuple[Problem, ...]) -> None:
        """Hand it to the engine, and to every one that may be opened later."""

        def told(engine: Engine) -> None:
            engine.notes = notes

        self._worker.notes = notes
        self.submit(told)

    def start(self) -> None:
        """Start the engine's thread."""
        self._thread.start()

    def stop(self) -> bool:
        """Stop watching, close the engine, end the thread; return whether all of it ended in time."""
        if not self._thread.isRunning():
            return True
        QMetaObject.invokeMethod(self._worker, "close", Qt.ConnectionType.QueuedConnection)
        return self._thread.wait(_STOP_MS)

    def submit(self, call: Callable[[Engine], T]) -> Future[T]:
        """Have the engine's thread make a call; from any thread."""
        answer: Future[T] = Future()
        self._worker.commanded.emit(Command(call, answer))
        return answer

    def set_rescan(self, seconds: int) -> Future[None]:
        """Rescan more often while somebody looks."""

        def slower_or_faster(_engine: Engine) -> None:
            self._worker.set_rescan(seconds)

        return self.submit(slower_or_faster)

    def _wake(self) -> None:
        self._worker.hinted.emit()

    @Slot(object)
    def _on_status(self, status: Status) -> None:
        self._status = status
        self.status_changed.emit(status)
        self._bus.publish(StatusChanged())
