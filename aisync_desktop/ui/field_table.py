"""The table of a question's fields: rows as high as what they say, up to a point, and columns that share the width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from aisync_desktop.ui.comparison import FieldModel

_HIGHEST_ROW = 120
_STYLE = """
QTableView::item { padding: 4px 8px }
QHeaderView { background: palette(base) }
QHeaderView::section {
    background: palette(base); color: palette(placeholder-text);
    border: 0; border-bottom: 1px solid palette(midlight); padding: 7px 10px
}
"""


class FieldTable(QTableView):
    """A view of a FieldModel that the arrows walk in and Tab leaves."""

    def __init__(self, model: FieldModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setStyleSheet(_STYLE)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        columns, rows = self.horizontalHeader(), self.verticalHeader()
        columns.setHighlightSections(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        rows.hide()
        rows.setMaximumSectionSize(_HIGHEST_ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
