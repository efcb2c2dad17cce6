"""The sides of a question beside each other: fields as a table, a rule's text as a diff against what was agreed.

What is shown comes from files: it is plain text everywhere, and a secret is dots. A change is told by a word or a sign,
colour only repeats it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPlainTextEdit, QTableView, QWidget

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.line_diff import DiffLine, diff_lines
from aisync_desktop.kernel.texts import visible
from aisync_desktop.kernel.told_apart import told_apart
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.applying.questions import HIDDEN, Question, QuestionSide, named_fields
from aisync_desktop.sync.terms.decisions import SECRET
from aisync_desktop.ui.words import as_tooltip

TEXT = "text"
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SEALED = re.compile(r"secret:([0-9a-f]{4})[0-9a-f]{12}(?![0-9a-f])")
_WIDTH = 240  # of a value that differs from others; its tooltip has the whole of it
_CONTEXT = 3  # unchanged lines around a change
_TINTS = {"+": QColor(15, 143, 126, 46), "-": QColor(207, 51, 65, 46)}  # over light and dark alike
_HIGHEST_ROW = 120  # of the table of fields
_STYLE = """
QTableView::item { padding: 4px 8px }
QHeaderView { background: palette(base) }
QHeaderView::section {
    background: palette(base); color: palette(placeholder-text);
    border: 0; border-bottom: 1px solid palette(midlight); padding: 7px 10px
}
"""


def shown(value: Value) -> str:
    """Return a value as people read it: a list by its lines."""
    if isinstance(value, list):
        return "\n".join(shown(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _unsealed(value: Value, *, several: bool) -> Value:
    """Return a value with dots for what is sealed, and what tells it from others where there are several."""
    if isinstance(value, list):
        return [_unsealed(one, several=several) for one in value]
    if not isinstance(value, str):
        return value
    return _SEALED.sub(lambda found: f"{HIDDEN} {found[1]}" if several else HIDDEN, value)


def _told_apart(values: Sequence[Value], most: int) -> list[str]:
    """Return values of one field as lines, in which it is seen where they differ."""
    several = len({found for value in values for found in _SEALED.findall(shown(value))}) > 1
    return told_apart([_unsealed(value, several=several) for value in values], most, shown, "\n")


@dataclass(frozen=True)
class _Column:
    """Who says it, what is said, and which of it is worth a look."""

    title: str
    fields: Mapping[str, Value]
    changed: frozenset[str] = frozenset()


def _columns(question: Question) -> list[_Column]:
    """Return what was agreed, where anything was, and each side; without a base, what differs is what is told."""
    if question.kind == SECRET:  # its sides are the clients that do not have it: there is one item only
        words = QCoreApplication.translate("comparison", "Value")
        return [_Column(words, named_fields(side.fields)) for side in question.sides[:1]]
    sides = [(side, named_fields(side.fields)) for side in question.sides]
    if question.base is None:
        every = dict.fromkeys(name for _, fields in sides for name in fields)
        differing = frozenset(name for name in every if len({repr(fields.get(name)) for _, fields in sides}) > 1)
        return [_Column(_title(side), fields, differing) for side, fields in sides]
    base = _Column(QCoreApplication.translate("comparison", "Before"), named_fields(question.base))
    gone = frozenset(base.fields)
    return [base, *(_Column(_title(s), f, frozenset(s.changed) if s.fields is not None else gone) for s, f in sides)]


def _title(side: QuestionSide) -> str:
    """Return who says it, and what they call it where that is what the question is about."""
    return f"{side.renamed} ({side.name})" if side.renamed else side.name


class FieldModel(QAbstractTableModel):
    """The fields of an item: name, what was agreed before, what each side would have; a text is shown elsewhere."""

    def __init__(self, question: Question, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = _columns(question)
        self._names = [name for name in dict.fromkeys(n for c in self._columns for n in c.fields) if name != TEXT]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many fields there are."""
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Return one for the names, one for what was agreed, where anything was, and one for each side."""
        return 0 if parent.isValid() else 1 + len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return who says what is below."""
        if role == _Role.TextAlignmentRole:
            return _LEFT
        if role != _Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._columns[section - 1].title if section else QCoreApplication.translate("comparison", "Field")

    def _words(self, name: str, column: int, most: int) -> str:
        return _cells(name, self._columns, most)[column - 1] if column else visible(name)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return a field's name, or its value and whether this side changed it."""
        if not index.isValid():
            return None
        name = self._names[index.row()]
        column = self._columns[index.column() - 1] if index.column() else None
        match role:
            case _Role.DisplayRole | _Role.ToolTipRole:
                is_short = role == _Role.DisplayRole
                words = self._words(name, index.column(), _WIDTH if is_short else 0)
                return words if is_short else as_tooltip(words)
            case _Role.ForegroundRole if column is None:
                return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
            case _Role.FontRole if column and name in column.changed:
                return _bold()
            case _Role.TextAlignmentRole:
                return _LEFT
            case _:
                return None


def _cells(name: str, columns: Sequence[_Column], most: int) -> list[str]:
    """Return what each column says of a field, and whether it changed it; long values are cut to where they differ."""
    differs = any(name in column.changed for column in columns)
    there = [at for at, column in enumerate(columns) if column.fields.get(name) is not None]
    told = _told_apart([columns[at].fields[name] for at in there], most if differs else 0)
    said = dict(zip(there, told, strict=True))
    return [_cell(said.get(at), changed=name in column.changed) for at, column in enumerate(columns)]


def _cell(said: str | None, *, changed: bool) -> str:
    if not changed:
        return "-" if said is None else said
    return QCoreApplication.translate("comparison", "✎ not there") if said is None else f"✎ {said}"


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font


class FieldTable(QTableView):
    """A view of a FieldModel that the arrows walk in and Tab leaves; its columns share the width."""

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


class DiffView(QPlainTextEdit):
    """A text against what was agreed before: added lines begin with +, removed ones with -."""

    def __init__(self, base: str, side: str | None, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        words = QCoreApplication.translate("comparison", "{client}: added lines begin with +, removed ones with -")
        self.setAccessibleName(words.format(client=name))
        self._fill(list(diff_lines(base, side or "", _CONTEXT)))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _fill(self, lines: list[DiffLine]) -> None:
        cursor = self.textCursor()
        for number, line in enumerate(lines):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(_look(line.sign))
            cursor.insertText(f"{line.sign} {_SEALED.sub(HIDDEN, line.text)}")


def _look(sign: str) -> QTextBlockFormat:
    look = QTextBlockFormat()
    if sign in _TINTS:
        look.setBackground(_TINTS[sign])
    return look
