"""The program's settings as they are now: who changes one, in the window or in a terminal, changes the running app."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from aisync_desktop.kernel.bus import Bus, Fed, Taken
from aisync_desktop.kernel.settings import check
from aisync_desktop.program.events import PROGRAM_FEED
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.service.live.asking import Asks
from aisync_desktop.service.live.bus_bridge import BusBridge
from aisync_desktop.service.operations.program import Settings, SettingsRequest
from aisync_desktop.ui.inquiry import Inquiry


class LiveSettings(QObject):
    """Looks the settings up again whenever something of the program is told. Signal: changed(ProgramSettings)."""

    changed = Signal(object)

    def __init__(self, bus: Bus, asks: Asks, settings: ProgramSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = settings
        self._asks = asks
        self._inquiry = Inquiry(self)
        self._inquiry.answered.connect(self._take)
        self._bridge = BusBridge(bus, Fed, parent=self)
        self._bridge.heard.connect(self._hear)

    def close(self) -> None:
        """Hear no more."""
        self._bridge.close()
        self._inquiry.drop()

    @Slot(object)
    def _hear(self, taken: Taken) -> None:
        if any(isinstance(event, Fed) and event.feed == PROGRAM_FEED for event in taken.events):
            self._inquiry.follow(self._asks.ask(SettingsRequest()))

    @Slot(object)
    def _take(self, found: Settings) -> None:
        ours = {name: value for name, value in found.settings.items() if name in ProgramSettings.model_fields}
        settings = check(ProgramSettings, ours)
        if settings != self.now:
            self.now = settings
            self.changed.emit(settings)
