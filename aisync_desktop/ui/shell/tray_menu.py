"""The tray's menu: everything that the program can do with one hand, also where a click on the icon does nothing.

Its actions are made once and changed in place: a host that draws the menu from D-Bus would otherwise lose the open
menu with every change of state. What an action does depends on the status, never on its own label.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu

from aisync_desktop.sync.model.status import ClientState, ClientStatus, Status
from aisync_desktop.ui.icons import client_icon, health_icon
from aisync_desktop.ui.language import render
from aisync_desktop.ui.words import state_word

_MOST_CLIENTS = 8
_SNOOZE_MINUTES = (30, 60, 480)
# From the calmest to the one that most wants the user: a client with several scopes is told by its worst.
_SEVERITY = tuple(ClientState)


class TrayMenu(QMenu):
    """The menu.

    Signals: open_requested, decision_requested(id), sync_requested, undo_requested, pause_requested(bool),
    snooze_requested(minutes; 0 ends it), permissions_requested, checkup_requested, quit_requested, retranslated (the
    language changed).
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
    retranslated = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._status: Status | None = None
        self._headline = self.addAction("")
        self._headline.setEnabled(False)
        self.addSeparator()
        self._clients: list[QAction] = []
        self._after_clients = self.addSeparator()
        self._decisions = self._add(self._ask_decision)
        self._open = self._add(self.open_requested.emit)
        self._sync = self._add(self.sync_requested.emit)
        self._undo = self._add(self.undo_requested.emit)
        self._pause = self._add(self._ask_pause)
        self._add_snooze()
        self.addSeparator()
        self._permissions = self._add(self.permissions_requested.emit)
        self._checkup = self._add(self.checkup_requested.emit)
        self.addSeparator()
        self._quit = self._add(self.quit_requested.emit)
        self.setDefaultAction(self._open)
        self._render()

    def set_status(self, status: Status) -> None:
        """Show this status from now on."""
        self._status = status
        self._render()

    def set_snoozed(self, snoozed: bool) -> None:
        """Offer to end the snooze while there is one."""
        self._wake.setVisible(snoozed)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._render()
            self.retranslated.emit()
        super().changeEvent(event)

    def _add(self, slot: object) -> QAction:
        action = self.addAction("")
        action.triggered.connect(slot)
        return action

    def _add_snooze(self) -> None:
        self._snooze = self.addMenu("")
        self._durations = [self._snooze.addAction("") for _ in _SNOOZE_MINUTES]
        self._wake = self._snooze.addAction("")
        self._wake.setVisible(False)
        for action, minutes in zip((*self._durations, self._wake), (*_SNOOZE_MINUTES, 0), strict=True):
            action.setData(minutes)
        self._snooze.triggered.connect(self._ask_snooze)

    def _ask_snooze(self, action: QAction) -> None:
        self.snooze_requested.emit(action.data())

    def _ask_decision(self) -> None:
        """Ask for the first decision; the action may outlive the last one in a panel's menu."""
        if self._status is not None and self._status.decisions:
            self.decision_requested.emit(self._status.decisions[0].id)
        else:
            self.open_requested.emit()

    def _ask_pause(self) -> None:
        self.pause_requested.emit(not (self._status is not None and self._status.paused))

    def _render(self) -> None:
        self._render_fixed()
        if self._status is not None:
            self._render_status(self._status)

    def _render_fixed(self) -> None:
        _set_text(self._open, self.tr("&Open AISync"))
        _set_text(self._sync, self.tr("&Sync now"))
        _set_text(self._undo, self.tr("&Undo the last change"))
        _set_text(self._pause, self.tr("&Pause"))
        _set_text(self._permissions, self.tr("P&ermissions…"))
        _set_text(self._checkup, self.tr("&Check-up…"))
        _set_text(self._quit, self.tr("&Quit AISync"))
        self._snooze.setTitle(self.tr("S&nooze notifications"))
        labels = (self.tr("For &30 minutes"), self.tr("For &1 hour"), self.tr("For &8 hours"))
        for action, label in zip(self._durations, labels, strict=True):
            _set_text(action, label)
        _set_text(self._wake, self.tr("&End snooze"))
        if self._status is None:
            _set_text(self._headline, self.tr("Starting…"))
            self._decisions.setVisible(False)

    def _render_status(self, status: Status) -> None:
        _set_text(self._headline, _plain(render(status.headline)))
        _set_icon(self._headline, health_icon(status.health))
        waiting = len(status.decisions)
        _set_text(self._decisions, self.tr("%n quest&ion(s)…", "", waiting))
        self._decisions.setVisible(waiting > 0)
        self._sync.setEnabled(status.adopted)
        self._undo.setEnabled(status.adopted and not status.paused and status.last is not None)
        self._pause.setEnabled(status.adopted)
        if status.paused:
            _set_text(self._pause, self.tr("&Resume"))
        self._render_clients(_worst_by_client(status.clients))

    def _render_clients(self, clients: list[ClientStatus]) -> None:
        lines = [(client_icon(c.state), _plain(f"{c.name} — {state_word(c.state)}")) for c in clients[:_MOST_CLIENTS]]
        while len(self._clients) < len(lines):
            action = QAction(self)
            action.triggered.connect(self.open_requested)
            self.insertAction(self._after_clients, action)
            self._clients.append(action)
        for action, (icon, label) in zip(self._clients, lines, strict=False):
            _set_text(action, label)
            _set_icon(action, icon)
        for index, action in enumerate(self._clients):
            action.setVisible(index < len(lines))


def _worst_by_client(clients: Iterable[ClientStatus]) -> list[ClientStatus]:
    """Return one status per client that is there, those that want the user first when not all can be shown."""
    worst: dict[str, ClientStatus] = {}
    for client in clients:
        known = worst.get(client.id)
        if client.state is not ClientState.ABSENT and (known is None or _severity(client) > _severity(known)):
            worst[client.id] = client
    present = list(worst.values())
    return present if len(present) <= _MOST_CLIENTS else sorted(present, key=_severity, reverse=True)


def _severity(client: ClientStatus) -> int:
    return _SEVERITY.index(client.state)


def _plain(label: str) -> str:
    """Return a label in which an ampersand is an ampersand, not a mnemonic."""
    return label.replace("&", "&&")


def _set_icon(action: QAction, icon: QIcon) -> None:
    if action.icon().cacheKey() != icon.cacheKey():
        action.setIcon(icon)


def _set_text(action: QAction, label: str) -> None:
    if action.text() != label:
        action.setText(label)
