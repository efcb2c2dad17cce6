"""Who says what in a comparison: what was agreed before, and each side."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.applying.questions import Question, QuestionSide, named_fields
from aisync_desktop.sync.model.taking import BASE
from aisync_desktop.ui.words import short_when


@dataclass(frozen=True)
class Column:
    """One of them, by what taking it is called, with its name and since when it says so."""

    take: str
    name: str
    time: str = ""


def columns_of(question: Question) -> tuple[Column, ...]:
    """Return what was agreed before, where anything was, and each side."""
    before = [Column(BASE, QCoreApplication.translate("decisions", "Before"))] if question.base is not None else []
    return (*before, *map(_column, question.sides))


def same_fields(question: Question) -> dict[str, Value]:
    """Return the fields that all sides have as they were before."""
    fields = named_fields(question.base or next((side.fields for side in question.sides if side.fields), None))
    differing = {"transport", *(one.field for one in question.differences)}  # what it is connected by, the others tell
    return {name: value for name, value in fields.items() if name not in differing}


def _column(side: QuestionSide) -> Column:
    return Column(side.take, side.name, short_when(side.written_at) if side.written_at else "")
