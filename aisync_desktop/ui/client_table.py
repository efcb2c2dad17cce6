"""The table of the clients on this machine, and the quiet line about those that are not.

What can be done with a client is in its row's context menu, for the mouse and for the keyboard's menu key.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QMenu, QTableView, QWidget

from aisync_desktop.sync.model.status import ClientState, ClientStatus
from aisync_desktop.ui.client_model import ClientModel, Column
from aisync_desktop.ui.empty import EmptyText
from aisync_desktop.ui.words import as_tooltip, client_label

_ROW_HEIGHT = 32
# The platform's cells leave no air between columns; colours stay the palette's.
_STYLE = """
QTableView::item { padding: 0 10px }
QHeaderView { background: palette(base) }
QHeaderView::section {
    background: palette(base); color: palette(placeholder-text);
    border: 0; border-bottom: 1px solid palette(midlight); padding: 7px 12px
}
"""


class ClientTable(QTableView):
    """A view of the clients that are here. Signal: switch_requested(scope, client's id, on)."""

    switch_requested = Signal(str, str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clients = ClientModel(self)
        self._switchable = False
        self.setModel(self._clients)
        self.empty = EmptyText(self)
        self._set_up()

    def set_clients(self, clients: Sequence[ClientStatus], *, switchable: bool) -> None:
        """Show these clients; they can be switched while anything may be written."""
        self._clients.set_clients([client for client in clients if client.state is not ClientState.ABSENT])
        self._switchable = switchable

    def retranslate(self) -> None:
        """Speak the new language."""
        self._clients.retranslate()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the client under the mouse, or with the current one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        self._menu(self._clients.client(index.row())).popup(below if by_key else event.globalPos())

    def _menu(self, client: ClientStatus) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        on = client.state is ClientState.OFF
        words = self.tr("&Keep {client} in step again") if on else self.tr("&Leave {client} alone")
        switch = menu.addAction(words.format(client=client_label(client).replace("&", "&&")))
        switch.setEnabled(self._switchable)
        switch.triggered.connect(lambda: self.switch_requested.emit(client.scope, client.id, on))
        return menu

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)  # Tab leaves the table, the arrows walk in it
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.setStyleSheet(_STYLE)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(Column.FILES, QHeaderView.ResizeMode.Stretch)


class AbsentLine(QLabel):
    """One quiet line that names the clients that are not on this machine; all of them are in its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setMinimumWidth(1)  # it is elided, however narrow the window is

    def set_clients(self, clients: Sequence[ClientStatus]) -> None:
        """Name those of these clients that are not here."""
        self._names = tuple(dict.fromkeys(c.name for c in clients if c.state is ClientState.ABSENT))
        self.setVisible(bool(self._names))
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        whole = self.tr("Not on this machine: {clients}").format(clients=", ".join(self._names))
        self.setText(self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, self.width()))
        self.setAccessibleName(whole)
        self.setToolTip(as_tooltip("\n".join(self._names)))
