"""A table of values for Qt's views: one a row, under columns that are known from the start."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RowModel(QAbstractTableModel):
    """What such tables have in common; a table of its own says what is in its rows, its titles and its cells."""

    def __init__(self, columns: type[IntEnum], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._width = len(columns)

    @abstractmethod
    def rows(self) -> Sequence[object]:
        """Return the values, one for each row."""

    @abstractmethod
    def title(self, column: int) -> str:
        """Return what is above a column."""

    def alignment(self, _column: int) -> Qt.AlignmentFlag:
        """Return how a column and its title are aligned."""
        return _LEFT

    def retranslate(self) -> None:
        """Tell the views that every text is another one."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._width - 1)
        if self.rows():
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows()) - 1, self._width - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows())

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else self._width

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Return a column's title, or how it is aligned."""
        if orientation is not Qt.Orientation.Horizontal or section not in range(self._width):
            return None
        if role == Role.TextAlignmentRole:
            return self.alignment(section)
        return self.title(section) if role == Role.DisplayRole else None
