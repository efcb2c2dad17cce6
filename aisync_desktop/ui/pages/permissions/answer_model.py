"""The simulator's answers as a table: one row per client with its verdict as word and sign, why, and where."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QFontDatabase

from aisync_desktop.sync.reports.allowed import Answer
from aisync_desktop.ui.icons import sign_icon
from aisync_desktop.ui.pages.permissions.permission_words import SIGNS, place_word, reason_word, verdict_word
from aisync_desktop.ui.parts.label import as_tooltip
from aisync_desktop.ui.row_model import Index, Role, RowModel


class AnswerColumn(IntEnum):
    """The columns, from left to right."""

    CLIENT = 0
    VERDICT = 1
    REASON = 2
    PLACE = 3


class AnswerModel(RowModel):
    """A read-only table of `Answer` values."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(AnswerColumn, parent)
        self._answers: tuple[Answer, ...] = ()

    def set_answers(self, answers: Sequence[Answer]) -> None:
        """Show these answers."""
        self.beginResetModel()
        self._answers = tuple(answers)
        self.endResetModel()

    def rows(self) -> Sequence[Answer]:
        """Return the answers."""
        return self._answers

    def title(self, column: int) -> str:
        """Return what is above a column."""
        return _title(AnswerColumn(column))

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        answer, column = self._answers[index.row()], AnswerColumn(index.column())
        match role:
            case Role.DisplayRole:
                return _cell(answer, column)
            case Role.ToolTipRole:
                return as_tooltip(_cell(answer, column))
            case Role.DecorationRole if column is AnswerColumn.VERDICT:
                return sign_icon(SIGNS[answer.action])
            case Role.FontRole if column is AnswerColumn.REASON and answer.rule and not answer.mode:
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
