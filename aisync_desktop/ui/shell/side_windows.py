"""The windows beside the status window, each imported and made when it is first wanted: the tray starts without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aisync_desktop.service.live.asking import Asks
from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.shell.prompter import Prompter

if TYPE_CHECKING:
    from aisync_desktop.ui.pages.health.checkup_desk import CheckupDesk
    from aisync_desktop.ui.pages.permissions.permission_desk import PermissionDesk


class SideWindows(QObject):
    """Permissions and check-up.

    Signal: undo_requested(the snapshot whose change is taken back).
    """

    undo_requested = Signal(int)

    def __init__(self, asks: Asks, prompter: Prompter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asks = asks
        self._prompter = prompter
        self._status: Status | None = None
        self.permissions: PermissionDesk | None = None
        self.checkup: CheckupDesk | None = None

    def open_permissions(self) -> None:
        """Show the permissions window."""
        if self.permissions is None:
            from aisync_desktop.ui.pages.permissions.permission_desk import PermissionDesk  # most starts never want it

            self.permissions = PermissionDesk(self._asks, self)
            if self._status is not None:
                self.permissions.set_status(self._status)
        self.permissions.open()

    def open_checkup(self) -> None:
        """Show the check-up window."""
        if self.checkup is None:
            from aisync_desktop.ui.pages.health.checkup_desk import CheckupDesk

            self.checkup = CheckupDesk(self._asks, self._prompter, self)
            self.checkup.undo_requested.connect(self.undo_requested)
            if self._status is not None:
                self.checkup.set_status(self._status)
        self.checkup.open()

    def set_status(self, status: Status) -> None:
        """Follow this status from now on."""
        self._status = status
        for desk in (self.permissions, self.checkup):
            if desk is not None:
                desk.set_status(status)

    def close(self) -> None:
        """Take the windows off the screen."""
        for desk in (self.permissions, self.checkup):
            if desk is not None:
                desk.close()
