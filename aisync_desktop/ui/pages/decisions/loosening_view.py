"""What each client would allow besides, if it were loosened: examples, as they would be typed.

They are made of rules that stand in files: each is one line of plain text, in which nothing can move the others.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from aisync_desktop.sync.applying.questions import QuestionSide
from aisync_desktop.ui.words import one_line, short_path


class LooseningView(QTreeWidget):
    """The clients of a question about loosening, each with its examples; all of it is open from the start."""

    def __init__(self, sides: Iterable[QuestionSide], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(1)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setStyleSheet("QTreeView::item { padding: 3px 6px }")
        self.setAccessibleName(QCoreApplication.translate("LooseningView", "What each client would allow besides"))
        self.addTopLevelItems([self._client(side) for side in sides])
        self.expandAll()

    def _client(self, side: QuestionSide) -> QTreeWidgetItem:
        place = short_path(side.path) if side.path else ""
        item = QTreeWidgetItem([" · ".join(filter(None, (side.name, one_line(place))))])
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        outside = [self._outside()] if side.unsandboxed else []
        item.addChildren([*outside, *map(_example, side.examples)] or [self._nothing()])
        return item

    def _outside(self) -> QTreeWidgetItem:
        return QTreeWidgetItem([QCoreApplication.translate("LooseningView", "Anything, outside the client's sandbox")])

    def _nothing(self) -> QTreeWidgetItem:
        item = QTreeWidgetItem([QCoreApplication.translate("LooseningView", "Nothing besides what the rule says")])
        item.setForeground(0, self.palette().color(QPalette.ColorRole.PlaceholderText))
        return item


def _example(example: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([one_line(example)])
    item.setFont(0, QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    return item
