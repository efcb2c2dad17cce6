"""A project's new servers: a list to tick those that are meant, and the lines of all of them beside it.

The lines come from a repository. They are plain text, each is one line that shows what it is made of
(`sync/terms/server_lines.py`), and long ones wrap wherever they must: nothing of them is out of sight. They are
indented, as are the rows into which they wrap, so that none can pass for the name of another server.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QTextEdit, QWidget

from aisync_desktop.kernel.texts import visible
from aisync_desktop.sync.applying.questions import QuestionSide
from aisync_desktop.ui.words import short_path

_INDENT, _GAP = 24, 10
_NAME = Qt.ItemDataRole.UserRole


class ServersView(QSplitter):
    """The servers of one question. Signal: ticks_changed."""

    ticks_changed = Signal()

    def __init__(
        self, sides: Sequence[QuestionSide], unticked: Collection[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setChildrenCollapsible(False)
        self.names = QListWidget(self)
        self.names.setAccessibleName(QCoreApplication.translate("ServersView", "The servers that are meant"))
        self.text = QTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.text.setAccessibleName(QCoreApplication.translate("ServersView", "What each server starts or connects to"))
        self._starts = list[int]()
        for side in sides:
            self._add(side, ticked=side.take not in unticked)
            self._tell(side)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 3)
        self.names.itemChanged.connect(lambda _: self.ticks_changed.emit())
        self.names.itemSelectionChanged.connect(self._show)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The names that are ticked."""
        return self._named(Qt.CheckState.Checked)

    @property
    def unticked(self) -> tuple[str, ...]:
        """The names that are not."""
        return self._named(Qt.CheckState.Unchecked)

    def _named(self, state: Qt.CheckState) -> tuple[str, ...]:
        rows = (self.names.item(row) for row in range(self.names.count()))
        return tuple(str(item.data(_NAME)) for item in rows if item.checkState() is state)

    def _add(self, side: QuestionSide, *, ticked: bool) -> None:
        item = QListWidgetItem(side.name, self.names)
        item.setData(_NAME, side.take)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _tell(self, side: QuestionSide) -> None:
        """Add the text about one server: its name with the file that it came with, and its lines."""
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        head, line, bold = QTextBlockFormat(), QTextBlockFormat(), QTextCharFormat()
        head.setTopMargin(_GAP if self._starts else 0)
        line.setLeftMargin(_INDENT)
        bold.setFontWeight(QFont.Weight.Bold)
        if self._starts:
            cursor.insertBlock()
        self._starts.append(cursor.blockNumber())
        cursor.setBlockFormat(head)
        place = visible(short_path(side.path)) if side.path else ""
        cursor.insertText(" · ".join(filter(None, (side.name, place))), bold)
        for each in side.lines:
            cursor.insertBlock(line)
            cursor.insertText(each, QTextCharFormat())

    def _show(self) -> None:
        """Bring the lines of the server that is selected into view."""
        cursor = QTextCursor(self.text.document().findBlockByNumber(self._starts[self.names.currentRow()]))
        self.text.moveCursor(QTextCursor.MoveOperation.End)  # so that its first line comes to the top
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()
