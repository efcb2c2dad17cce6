"""The sides of a question beside each other: fields as a table, a rule's text as a diff against what was agreed.

What is shown comes from files: it is plain text everywhere, and a secret is dots. A change is told by a word or a sign,
colour only repeats it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import cast

from pydantic import JsonValue
from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from aisync_desktop.core.diff import flatten
from aisync_desktop.core.texts import lines_of
from aisync_desktop.core.values import Value
from aisync_desktop.engine.decisions import SECRET
from aisync_desktop.engine.questions import HIDDEN, Question, QuestionSide
from aisync_desktop.ui.words import as_tooltip

TEXT = "text"
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SEALED = re.compile(r"secret:[0-9a-f]{16}(?![0-9a-f])")
_CONTEXT = 3  # unchanged lines around a change
_TINTS = {"+": QColor(15, 143, 126, 46), "-": QColor(207, 51, 65, 46)}  # over light and dark alike


def shown(value: Value) -> str:
    """Return a value as people read it, with dots for what is sealed."""
    if isinstance(value, list):
        return "\n".join(shown(one) for one in value)
    plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return _SEALED.sub(HIDDEN, plain)


def named_fields(fields: Mapping[str, JsonValue] | None) -> dict[str, Value]:
    """Return fields by their names, maps opened one level."""
    flat = flatten(cast("Mapping[str, Value]", fields or {}))
    return {".".join(path): value for path, value in flat.items()}


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
    base = _Column(QCoreApplication.translate("comparison", "Agreed before"), named_fields(question.base))
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

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many fields there are."""
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return one for the names, one for what was agreed, where anything was, and one for each side."""
        return 0 if parent.isValid() else 1 + len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:  # noqa: N802 - Qt's name
        """Return who says what is below."""
        if role == _Role.TextAlignmentRole:
            return _LEFT
        if role != _Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._columns[section - 1].title if section else QCoreApplication.translate("comparison", "Field")

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return a field's name, or its value and whether this side changed it."""
        if not index.isValid():
            return None
        name = self._names[index.row()]
        column = self._columns[index.column() - 1] if index.column() else None
        words = _cell(name, column) if column else name
        match role:
            case _Role.DisplayRole | _Role.ToolTipRole:
                return words if role == _Role.DisplayRole else as_tooltip(words)
            case _Role.ForegroundRole if column is None:
                return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
            case _Role.FontRole if column and name in column.changed:
                return _bold()
            case _Role.TextAlignmentRole:
                return _LEFT
            case _:
                return None


def _cell(name: str, column: _Column) -> str:
    value = column.fields.get(name)
    if name not in column.changed:
        return "-" if value is None else shown(value)
    return QCoreApplication.translate("comparison", "✎ not there") if value is None else f"✎ {shown(value)}"


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font


@dataclass(frozen=True)
class DiffLine:
    """A line of a diff: its sign ("+", "-", " " or "…" for lines that were left out) and what it says."""

    sign: str
    text: str


def diff_lines(base: str, side: str) -> Iterator[DiffLine]:
    """Yield what leads from one text to the other, with some lines around each change."""
    old, new = ([line.rstrip("\n") for line in lines_of(text)] for text in (base, side))
    done = 0
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_CONTEXT):
        yield from _left_out(group[0][1] - done)
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (DiffLine(" ", line) for line in old[i1:i2])
                continue
            yield from (DiffLine("-", line) for line in old[i1:i2])
            yield from (DiffLine("+", line) for line in new[j1:j2])
        done = group[-1][2]
    yield from _left_out(len(old) - done)


def _left_out(count: int) -> Iterator[DiffLine]:
    if count:
        yield DiffLine("…", "")


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
        self._fill(list(diff_lines(base, side or "")))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _fill(self, lines: list[DiffLine]) -> None:
        cursor = self.textCursor()
        for number, line in enumerate(lines):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(_look(line.sign))
            cursor.insertText(f"{line.sign} {shown(line.text)}")


def _look(sign: str) -> QTextBlockFormat:
    look = QTextBlockFormat()
    if sign in _TINTS:
        look.setBackground(_TINTS[sign])
    return look
