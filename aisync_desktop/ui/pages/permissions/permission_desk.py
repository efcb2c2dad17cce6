"""Where permissions are looked at: has the looks taken that the window wants, and gives it what they found."""

from __future__ import annotations

from PySide6.QtCore import QObject

from aisync_desktop.clients.items import Scope
from aisync_desktop.service.live.asking import Asks
from aisync_desktop.service.operations.looking import AllowedRequest, PermissionsRequest
from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.pages.permissions.permission_window import PermissionWindow


class PermissionDesk(QObject):
    """The permissions window, made when it is first wanted, and the looks for it."""

    def __init__(self, asks: Asks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asks = asks
        self._roots: tuple[str, ...] = ()
        self._answers, self._rights = Inquiry(self), Inquiry(self)
        self.window: PermissionWindow | None = None

    def open(self) -> None:
        """Show the window as things are now, or bring it to the front."""
        window = self.window or self._make()
        if not window.isVisible():
            self._audit(window.root)
            window.argument.setFocus()
        window.show()
        window.raise_()
        window.activateWindow()

    def set_status(self, status: Status) -> None:
        """Offer the projects that are kept in step now."""
        roots = {Scope.parse(client.scope).root for client in status.clients}
        self._roots = tuple(sorted(filter(None, roots)))
        if self.window is not None:
            self.window.set_projects(self._roots)

    def close(self) -> None:
        """Take the window off the screen, and wait for nothing any more."""
        for inquiry in (self._answers, self._rights):
            inquiry.drop()
        if self.window is not None:
            self.window.close()

    def _make(self) -> PermissionWindow:
        window = self.window = PermissionWindow()
        self.destroyed.connect(window.deleteLater)
        window.set_projects(self._roots)
        window.asked.connect(self._ask)
        window.audit_wanted.connect(self._audit)
        self._answers.answered.connect(lambda came: window.set_answers(came.answers))
        self._rights.answered.connect(lambda came: window.set_rights(came.clients))
        for inquiry in (self._answers, self._rights):
            inquiry.refused.connect(window.refuse)
            inquiry.stumbled.connect(window.stumble)
        return window

    def _ask(self, tool: str, argument: str, root: str) -> None:
        asked = {"tool": tool, "argument": argument, "project": root}
        self._answers.follow(self._asks.ask(AllowedRequest.model_validate(asked)))

    def _audit(self, root: str) -> None:
        self._rights.follow(self._asks.ask(PermissionsRequest(project=root)))
