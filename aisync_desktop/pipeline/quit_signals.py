"""SIGTERM and SIGINT as a Qt signal, without a timer that lets Python look (and wakes the CPU ten times a second).

Python writes a byte into a socket when a signal arrives (`signal.set_wakeup_fd`); Qt's event loop watches the other
end. The idea is qutebrowser's.
"""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class QuitSignals(QObject):
    """Emits `received` with the signal's number; a second signal ends the process the usual way."""

    received = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)  # noqa: FBT003 - socket's own signature
        self._writer.setblocking(False)  # noqa: FBT003 - socket's own signature
        self._numbers = [number for number in (signal.SIGTERM, signal.SIGINT) if number]
        self._before = {number: signal.signal(number, self._ignore) for number in self._numbers}
        self._old_fd: int | None = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_readable)

    def _ignore(self, number: int, frame: FrameType | None) -> None:
        """Do nothing: having a handler is what makes Python write to the wake-up socket."""

    def _on_readable(self) -> None:
        data = self._reader.recv(64)
        self.restore()
        self.received.emit(data[0] if data else signal.SIGTERM)

    def restore(self) -> None:
        """Put back the handlers that were there before."""
        if self._old_fd is None:
            return
        signal.set_wakeup_fd(self._old_fd)
        self._old_fd = None
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._reader.close()
        self._writer.close()
