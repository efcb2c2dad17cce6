"""SIGTERM, SIGINT and SIGHUP as a Qt signal, without a timer that lets Python look: it would wake the CPU all the time.

Python writes a byte into a socket when a signal arrives (`signal.set_wakeup_fd`); Qt's event loop watches the other
end. The idea is qutebrowser's. A terminal that is closed (SIGHUP) ends the app as a session manager does; what is to be
ignored from the start, as `nohup` and a shell's background jobs have it, stays so.
"""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP")


class QuitSignals(QObject):
    """Emits `received` with the signal's number; a second signal ends the process the usual way."""

    received = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        known = (getattr(signal, name, None) for name in _NAMES)  # Windows has no SIGHUP
        heard = [number for number in known if number and signal.getsignal(number) is not signal.SIG_IGN]
        self._before = {number: signal.signal(number, self._ignore) for number in heard}
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
