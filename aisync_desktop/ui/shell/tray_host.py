"""Waits for a place where a tray icon can live.

On a StatusNotifier desktop an icon that is made before the host exists never appears, so nobody may make one before
this says so. A host announces itself on D-Bus; an XEmbed tray or another system does not, hence also a look that gets
rarer and rarer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

_WATCHER = "org.kde.StatusNotifierWatcher"
_FIRST_LOOK_MS = 1_000
_RAREST_LOOK_MS = 60_000


class TrayHost(QObject):
    """Looks out for the first tray host and then rests.

    Signals: found, once.
    """

    found = Signal()

    def __init__(
        self, parent: QObject | None = None, available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable
    ) -> None:
        super().__init__(parent)
        self._available = available
        self._watcher: QObject | None = None
        self._timer = QTimer(self, singleShot=True, interval=_FIRST_LOOK_MS)
        self._timer.timeout.connect(self._look_again)

    def start(self) -> None:
        """Look now, and go on looking until a host is found."""
        if self._available():
            self.found.emit()
            return
        self._watch_bus()
        self._timer.start()

    def waiting(self) -> bool:
        """Return whether it still looks out."""
        return self._timer.isActive()

    def next_look_ms(self) -> int:
        """Return the pause before the next look."""
        return self._timer.interval()

    def _watch_bus(self) -> None:
        if sys.platform != "linux":
            return
        from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

        bus = QDBusConnection.sessionBus()
        if bus.isConnected():
            mode = QDBusServiceWatcher.WatchModeFlag.WatchForRegistration
            watcher = QDBusServiceWatcher(_WATCHER, bus, mode, self)
            watcher.serviceRegistered.connect(self._look)
            self._watcher = watcher

    def _look(self) -> bool:
        if not self.waiting() or not self._available():
            return False
        self._timer.stop()
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
        self.found.emit()
        return True

    def _look_again(self) -> None:
        self._timer.setInterval(min(2 * self._timer.interval(), _RAREST_LOOK_MS))
        self._timer.start()
        self._look()
