"""The simulator's answers as a table: one row per client with its verdict as word and sign, why, and where."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontDatabase

from aisync_desktop.sync.reports.allowed import Answer
from aisync_desktop.ui.icons import sign_icon
from aisync_desktop.ui.permission_words import SIGNS, place_word, reason_word, verdict_word
from aisync_desktop.ui.words import as_tooltip

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class AnswerColumn(IntEnum):
    """The columns, from left to right."""

    CLIENT = 0
    VERDICT = 1
    REASON = 2
    PLACE = 3


class AnswerModel(QAbstractTableModel):
    """A read-only table of `Answer` values."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers: tuple[Answer, ...] = ()

    def set_answers(self, answers: Sequence[Answer]) -> None:
        """Show these answers."""
        self.beginResetModel()
        self._answers = tuple(answers)
        self.endResetModel()

    def retranslate(self) -> None:
        """Tell the views that every text is another one."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(AnswerColumn) - 1)
        if self._answers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._answers) - 1, len(AnswerColumn) - 1))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many clients answered."""
        return 0 if parent.isValid() else len(self._answers)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(AnswerColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or section not in range(len(AnswerColumn)):
            return None
        if role == _Role.TextAlignmentRole:
            return _LEFT
        return _title(AnswerColumn(section)) if role == _Role.DisplayRole else None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        answer, column = self._answers[index.row()], AnswerColumn(index.column())
        match role:
            case _Role.DisplayRole:
                return _cell(answer, column)
            case _Role.ToolTipRole:
                return as_tooltip(_cell(answer, column))
            case _Role.DecorationRole if column is AnswerColumn.VERDICT:
                return sign_icon(SIGNS[answer.action])
            case _Role.FontRole if column is AnswerColumn.REASON and answer.rule and not answer.mode:
                return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            case _:
                return None


def _title(column: AnswerColumn) -> str:
    match column:
        case AnswerColumn.CLIENT:
            return QCoreApplication.translate("AnswerModel", "Client")
        case AnswerColumn.VERDICT:
            return QCoreApplication.translate("AnswerModel", "Answer")
        case AnswerColumn.REASON:
            return QCoreApplication.translate("AnswerModel", "Because of")
        case AnswerColumn.PLACE:
            return QCoreApplication.translate("AnswerModel", "In")


def _cell(answer: Answer, column: AnswerColumn) -> str:
    match column:
        case AnswerColumn.CLIENT:
            return answer.name
        case AnswerColumn.VERDICT:
            return verdict_word(answer)
        case AnswerColumn.REASON:
            return reason_word(answer)
        case AnswerColumn.PLACE:
            return place_word(answer.path, answer.line)
