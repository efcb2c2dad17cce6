"""Permissions: what every client would do with a request, and what each may do at all."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from aisync_desktop.clients.items import Scope
from aisync_desktop.service.operations.looking import AllowedRequest, PermissionsRequest
from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.pages.permissions.permission_view import PermissionView
from aisync_desktop.ui.shell.pages import Frame, Page


class PermissionsPage(Page):
    """The page: has the looks taken that its view wants, and gives it what they found."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._answers, self._rights = Inquiry(self), Inquiry(self)
        self.view = PermissionView()
        self._answers.answered.connect(lambda came: self.view.set_answers(came.answers))
        self._rights.answered.connect(lambda came: self.view.set_rights(came.clients))
        for inquiry in (self._answers, self._rights):
            inquiry.refused.connect(self.view.refuse)
            inquiry.stumbled.connect(self.view.stumble)
        self.view.asked.connect(self._ask)
        self.view.audit_wanted.connect(self._audit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view.argument)

    def set_status(self, status: Status) -> None:
        """Offer the projects that are kept in step now."""
        super().set_status(status)
        roots = {Scope.parse(client.scope).root for client in status.clients}
        self.view.set_projects(tuple(sorted(filter(None, roots))))

    def seen(self) -> None:
        """Look at what may be done now."""
        self._audit(self.view.root)

    def unseen(self) -> None:
        """Wait for nothing any more."""
        for inquiry in (self._answers, self._rights):
            inquiry.drop()

    def _ask(self, tool: str, argument: str, root: str) -> None:
        asked = {"tool": tool, "argument": argument, "project": root}
        self._answers.follow(self.frame.asks.ask(AllowedRequest.model_validate(asked)))

    def _audit(self, root: str) -> None:
        self._rights.follow(self.frame.asks.ask(PermissionsRequest(project=root)))
