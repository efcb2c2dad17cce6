"""The tray icon: one glance at the status, and the way to everything else.

The icon is made only once there is a host for it (`tray_host.py`); until then, and where there never is one, `is_live`
says so and the window is the app.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from aisync_desktop.sync.model.status import Health, Status
from aisync_desktop.ui.icons import app_icon
from aisync_desktop.ui.parts.state import Turning
from aisync_desktop.ui.shell.actions import Actions
from aisync_desktop.ui.shell.tray_host import TrayHost
from aisync_desktop.ui.shell.tray_icon import TURNS, tray_icon
from aisync_desktop.ui.shell.tray_menu import TrayMenu
from aisync_desktop.ui.shell.tray_state import TrayState, tray_state, tray_words

_TURN_MS = 250  # each new icon goes over the bus to the panel
BUSY_AFTER_MS = 1_000  # a sync takes some hundredths of a second: an icon that shows each one flickers

_CLICKS = (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick)


class Tray(QObject):
    """Icon, tooltip and menu. What the user wants goes to the shared actions.

    Signals: wake_requested (end the silence of notifications), appeared (there is a tray now; once).
    """

    wake_requested = Signal()
    appeared = Signal()

    def __init__(self, actions: Actions, parent: QObject | None = None, busy_after_ms: int = BUSY_AFTER_MS) -> None:
        super().__init__(parent)
        self._actions = actions
        self._status: Status | None = None
        self._shown = TrayState.STARTING
        self._icon: QSystemTrayIcon | None = None
        self._balloon_route = ""
        self._balloon_click = QTimer(self, singleShot=True, interval=0)
        self._balloon_click.timeout.connect(lambda: actions.route_requested.emit(self._balloon_route))
        self._busy = QTimer(self, singleShot=True, interval=busy_after_ms)
        self._busy.timeout.connect(self._show_state)
        self._turning = Turning(self, self._turn, frames=TURNS, each=_TURN_MS)
        self._host = TrayHost(self)
        self._host.found.connect(self._appear)
        self.menu = TrayMenu(actions)
        self.destroyed.connect(self.menu.deleteLater)
        self.menu.wake_requested.connect(self.wake_requested)
        self.menu.retranslated.connect(self._show_tooltip)

    def start(self) -> None:
        """Show the icon as soon as there is a place for it."""
        self._host.start()

    def is_live(self) -> bool:
        """Return whether the user can see the icon now."""
        return self._icon is not None and QSystemTrayIcon.isSystemTrayAvailable()

    def shown_state(self) -> TrayState:
        """Return the state that the icon shows; a short sync is not shown."""
        return self._shown

    def set_status(self, status: Status) -> None:
        """Show this status from now on."""
        self._status = status
        self.menu.set_status(status)
        self._show_tooltip()
        calm = self._shown not in {TrayState.STARTING, TrayState.CATCHING_UP}
        if tray_state(status) is TrayState.CATCHING_UP and calm:
            if not self._busy.isActive():
                self._busy.start()
        else:
            self._show_state()
        self._follow()

    def set_snoozed(self, snoozed: bool) -> None:
        """Show whether notifications are silent for now."""
        self.menu.set_snoozed(snoozed)

    def show_message(self, title: str, body: str, route: str = "") -> bool:
        """Show a balloon at the icon, whose click leads to a place; return False where there is none to show it at."""
        if self._icon is None or not self.is_live():
            return False
        self._balloon_route = route
        # A panel that takes icons over D-Bus shows a message's in the place of ours: for ten seconds no state is seen.
        self._icon.showMessage(title, body, QIcon() if sys.platform == "linux" else app_icon())
        return True

    def _appear(self) -> None:
        self._icon = QSystemTrayIcon(tray_icon(self._shown), self)
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._clicked)
        self._icon.messageClicked.connect(self._message_clicked)
        self._icon.show()
        self._show_tooltip()  # after show(): Windows 11 forgets one that was set before
        self.appeared.emit()
        self._follow()

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """Open the window; where a question waits, on it."""
        self._balloon_click.stop()
        if reason in _CLICKS:
            waits = self._status is not None and self._status.questions
            self._actions.route_requested.emit("decisions" if waits else "")

    def _message_clicked(self) -> None:
        """Follow the balloon; not if the click was on the icon, of which an XEmbed tray says both, this first."""
        self._balloon_click.start()

    def _show_state(self) -> None:
        self._busy.stop()
        state = tray_state(self._status)
        if state is self._shown:
            return
        self._shown = state
        if self._icon is not None:
            self._icon.setIcon(tray_icon(state))
        self._follow()

    def _turns(self) -> bool:
        """Whether the ring turns: while files are being written, and there is somebody to see it."""
        writes = self._status is not None and self._status.health is Health.SYNCING
        return writes and self._shown is TrayState.CATCHING_UP and self.is_live()

    def _follow(self) -> None:
        """Turn, or stand upright; what only waits for its turn does not move, which may take hours."""
        turned = self._turning.isActive()
        self._turning.allow(wanted=self._turns())
        if turned and not self._turning.isActive():
            self._turn(0)

    def _turn(self, position: int) -> None:
        if self._icon is not None:
            self._icon.setIcon(tray_icon(self._shown, position))
        if position and not self._turns():
            self._follow()

    def _show_tooltip(self) -> None:
        if self._icon is None:
            return
        tooltip = f"AISync: {tray_words(self._status).headline}"
        if self._icon.toolTip() != tooltip:
            self._icon.setToolTip(tooltip)
