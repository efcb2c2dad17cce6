"""From the bus into Qt: what is published in any thread comes as a signal in the thread of this object."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from aisync_desktop.kernel.bus import Bus


class BusBridge(QObject):
    """Listens as long as it is not closed; it must be, before it is deleted.

    Signal: heard(what was taken from the bus, a Taken, with how much was missed).
    """

    heard = Signal(object)
    _woken = Signal()

    def __init__(self, bus: Bus, *kinds: type, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._woken.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._subscription = bus.subscribe(self._woken.emit, *kinds)

    def close(self) -> None:
        """Hear no more."""
        self._subscription.close()

    @Slot()
    def _take(self) -> None:
        taken = self._subscription.take()
        if taken.events:
            self.heard.emit(taken)
