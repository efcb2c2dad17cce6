"""The tray icon: one glance at the status, and the way to everything else.

The icon is made only once there is a host for it (`tray_host.py`); until then, and where there never is one, `is_live`
says so and the window is the app.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from aisync_desktop.sync.model.status import Health, Status
from aisync_desktop.ui.icons import app_icon, health_icon
from aisync_desktop.ui.language import render
from aisync_desktop.ui.shell.tray_host import TrayHost
from aisync_desktop.ui.shell.tray_menu import TrayMenu

BUSY_AFTER_MS = 2_000  # a sync takes some hundredths of a second: an icon that shows each one flickers

_CLICKS = (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick)


class Tray(QObject):
    """Icon, tooltip and menu.

    Signals: open_requested, decision_requested(id), sync_requested, undo_requested, pause_requested(bool),
    snooze_requested(minutes; 0 ends it), permissions_requested, checkup_requested, quit_requested, appeared (there is a
    tray now; once).
    """

    open_requested = Signal()
    decision_requested = Signal(str)
    sync_requested = Signal()
    undo_requested = Signal()
    pause_requested = Signal(bool)
    snooze_requested = Signal(int)
    permissions_requested = Signal()
    checkup_requested = Signal()
    quit_requested = Signal()
    appeared = Signal()

    def __init__(self, parent: QObject | None = None, busy_after_ms: int = BUSY_AFTER_MS) -> None:
        super().__init__(parent)
        self._status: Status | None = None
        self._shown: Health | None = None
        self._icon: QSystemTrayIcon | None = None
        self._busy = QTimer(self, singleShot=True, interval=busy_after_ms)
        self._busy.timeout.connect(self._show_health)
        self._host = TrayHost(self)
        self._host.found.connect(self._appear)
        self.menu = TrayMenu()
        self.destroyed.connect(self.menu.deleteLater)
        self._relay()

    def start(self) -> None:
        """Show the icon as soon as there is a place for it."""
        self._host.start()

    def is_live(self) -> bool:
        """Return whether the user can see the icon now."""
        return self._icon is not None and QSystemTrayIcon.isSystemTrayAvailable()

    def shown_health(self) -> Health | None:
        """Return the state that the icon shows; a short sync is not shown."""
        return self._shown

    def set_status(self, status: Status) -> None:
        """Show this status from now on."""
        self._status = status
        self.menu.set_status(status)
        self._show_tooltip()
        if status.health is Health.SYNCING and self._shown not in {None, Health.SYNCING}:
            if not self._busy.isActive():
                self._busy.start()
        else:
            self._show_health()

    def set_snoozed(self, snoozed: bool) -> None:
        """Show whether notifications are snoozed."""
        self.menu.set_snoozed(snoozed)

    def show_message(self, title: str, body: str) -> bool:
        """Show a balloon at the icon; return False where there is none to show it at."""
        if self._icon is None or not self.is_live():
            return False
        self._icon.showMessage(title, body, app_icon())
        return True

    def _relay(self) -> None:
        self.menu.open_requested.connect(self.open_requested)
        self.menu.decision_requested.connect(self.decision_requested)
        self.menu.sync_requested.connect(self.sync_requested)
        self.menu.undo_requested.connect(self.undo_requested)
        self.menu.pause_requested.connect(self.pause_requested)
        self.menu.snooze_requested.connect(self.snooze_requested)
        self.menu.permissions_requested.connect(self.permissions_requested)
        self.menu.checkup_requested.connect(self.checkup_requested)
        self.menu.quit_requested.connect(self.quit_requested)
        self.menu.retranslated.connect(self._show_tooltip)

    def _appear(self) -> None:
        self._icon = QSystemTrayIcon(app_icon() if self._shown is None else health_icon(self._shown), self)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._clicked)
        self._icon.messageClicked.connect(self.open_requested)
        self._icon.show()
        self._show_tooltip()  # after show(): Windows 11 forgets one that was set before
        self.appeared.emit()

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in _CLICKS:
            self.open_requested.emit()

    def _show_health(self) -> None:
        self._busy.stop()
        if self._status is None or self._status.health is self._shown:
            return
        self._shown = self._status.health
        if self._icon is not None:
            self._icon.setIcon(health_icon(self._shown))

    def _show_tooltip(self) -> None:
        if self._icon is None:
            return
        tooltip = "AISync" if self._status is None else f"AISync: {render(self._status.headline)}"
        if self._icon.toolTip() != tooltip:
            self._icon.setToolTip(tooltip)
