"""The clients as a table: one row per client and scope, changed in place so that selection and scrolling stay."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt

from aisync_desktop.sync.model.status import ClientStatus
from aisync_desktop.ui.icons import client_icon
from aisync_desktop.ui.language import render
from aisync_desktop.ui.row_model import Index, Role, RowModel
from aisync_desktop.ui.words import as_tooltip, client_label, short_path, state_word


class Column(IntEnum):
    """The columns, from left to right."""

    CLIENT = 0
    STATE = 1
    ITEMS = 2
    LOSSES = 3
    FILES = 4


_NUMBERS = (Column.ITEMS, Column.LOSSES)


class ClientModel(RowModel):
    """A read-only table of `ClientStatus` values."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(Column, parent)
        self._clients: tuple[ClientStatus, ...] = ()

    def set_clients(self, clients: Sequence[ClientStatus]) -> None:
        """Show these clients; only a different list of them resets the table."""
        if [(c.id, c.scope) for c in clients] != [(c.id, c.scope) for c in self._clients]:
            self.beginResetModel()
            self._clients = tuple(clients)
            self.endResetModel()
            return
        old, self._clients = self._clients, tuple(clients)
        for row, (before, after) in enumerate(zip(old, self._clients, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def client(self, row: int) -> ClientStatus:
        """Return the client of a row."""
        return self._clients[row]

    def rows(self) -> Sequence[ClientStatus]:
        """Return the clients."""
        return self._clients

    def title(self, column: int) -> str:
        """Return what is above a column."""
        return _title(Column(column))

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return the right for numbers, else the left."""
        return _alignment(Column(column))

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        client, column = self._clients[index.row()], Column(index.column())
        match role:
            case Role.DisplayRole:
                return _cell(client, column)
            case Role.DecorationRole if column is Column.STATE:
                return client_icon(client.state)
            case Role.TextAlignmentRole:
                return _alignment(column)
            case Role.ToolTipRole | Role.AccessibleDescriptionRole:
                detail = _detail(client, column)
                return as_tooltip(detail) if role == Role.ToolTipRole else detail
            case _:
                return None


def _title(column: Column) -> str:
    match column:
        case Column.CLIENT:
            return QCoreApplication.translate("ClientModel", "Client")
        case Column.STATE:
            return QCoreApplication.translate("ClientModel", "State")
        case Column.ITEMS:
            return QCoreApplication.translate("ClientModel", "Items")
        case Column.LOSSES:
            return QCoreApplication.translate("ClientModel", "Losses")
        case Column.FILES:
            return QCoreApplication.translate("ClientModel", "Files")


def _cell(client: ClientStatus, column: Column) -> str:
    match column:
        case Column.CLIENT:
            return client_label(client)
        case Column.STATE:
            return state_word(client.state)
        case Column.ITEMS:
            return QLocale().toString(client.items)
        case Column.LOSSES:
            return QLocale().toString(client.losses) if client.losses else "-"
        case Column.FILES:
            return ", ".join(short_path(path) for path in client.paths)


def _detail(client: ClientStatus, column: Column) -> str:
    """Return what does not fit into the cell: all paths, what is wrong, what a loss is."""
    if column is Column.FILES:
        return "\n".join(client.paths)
    if column is Column.STATE and client.problem is not None:
        return f"{render(client.problem.title)}\n{render(client.problem.message)}\n{render(client.problem.next_step)}"
    if column is Column.LOSSES:
        return QCoreApplication.translate("ClientModel", "What this client cannot express")
    return ""


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
