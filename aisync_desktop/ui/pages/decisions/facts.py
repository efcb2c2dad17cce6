"""What a question is about, to be read before it is answered: what is gone, what would be allowed, what would start.

What is shown comes from files: it is plain text everywhere, and a secret is dots. Whatever has several lines is shown
line by line, so that none can pass for another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from pydantic import JsonValue
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from aisync_desktop.kernel.line_diff import DiffLine, diff_lines
from aisync_desktop.kernel.texts import visible
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.applying.questions import HIDDEN, Question, QuestionSide, named_fields
from aisync_desktop.sync.model.taking import BASE
from aisync_desktop.ui.pages.decisions.columns import columns_of
from aisync_desktop.ui.parts.card import Card, Section
from aisync_desktop.ui.parts.diff import DiffView
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.mark import Mark
from aisync_desktop.ui.words import field_label, one_line, say, short_path, when_word
from aisync_desktop.ui.working_out import work_out

TEXT = "text"
_SEALED = re.compile(r"secret:([0-9a-f]{4})[0-9a-f]{12}(?![0-9a-f])")
_CONTEXT = 3  # unchanged lines around a change
_PADDING = (16, 10)
translate = QCoreApplication.translate


def unsealed(text: str) -> str:
    """Return a text with dots for what is sealed in it."""
    return _SEALED.sub(HIDDEN, text)


def value_line(value: Value) -> str:
    """Return a value as people read it, in one line."""
    return one_line(unsealed(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)))


def gone_list(question: Question) -> QWidget:
    """Return the items that are gone, each with its name."""
    return Section(translate("decisions", "What is gone"), _lines(question.gone))


def sources(sides: Iterable[QuestionSide], title: str) -> QWidget:
    """Return who a question is about, with the file of each and when that was written."""
    card = Card()
    for side in sides:
        card.add(_client(side))
    return Section(title, card)


def loosened(sides: Iterable[QuestionSide]) -> QWidget:
    """Return what each client would allow besides: examples, as they would be typed."""
    card = Card()
    for side in sides:
        box = QWidget()
        column = _column(box)
        column.addWidget(_client(side, padded=False))
        said = list(map(one_line, side.examples))
        if side.unsandboxed:
            column.addWidget(
                _indented(translate("decisions", "Anything, outside the client's sandbox"), "body", "bad-text")
            )
        for example in said:
            column.addWidget(_indented(example, "mono", "text"))
        if not said and not side.unsandboxed:
            column.addWidget(_indented(translate("decisions", "Nothing besides what the rule says"), "small", "text-3"))
        card.add(box, padding=_PADDING)
    return Section(translate("decisions", "What each client would allow besides"), card)


def said_by(side: QuestionSide) -> QWidget:
    """Return what an assistant asked for, line by line, as it said it."""
    return Section(say(translate("decisions", "What {client} asked for"), client=side.name), _lines(side.lines))


def item_fields(fields: Mapping[str, JsonValue], title: str) -> QWidget:
    """Return the fields of one item."""
    return Section(title, field_table({name: value_line(value) for name, value in named_fields(fields).items()}))


def field_table(lines: Mapping[str, str]) -> QWidget:
    """Return fields with their values as a card."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate(lines.items()):
        label, said = Label(field_label(name), "small", "text-3"), Label(value, "mono", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setBuddy(said)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, row, 1)
    card = Card()
    card.add(box, padding=(12, 8))
    return card


def comparison(question: Question) -> QWidget:
    """Return the fields that are not the same everywhere, each side beside the others; there is nothing to choose."""
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    columns = columns_of(question)
    for place, column in enumerate(columns, 1):
        grid.addWidget(Label(column.name, "small", "text-3"), 0, place)
        grid.setColumnStretch(place, 1)
    for row, one in enumerate(question.differences, 1):
        grid.addWidget(Label(field_label(one.field), "body-strong"), row, 0, Qt.AlignmentFlag.AlignTop)
        for place, column in enumerate(columns, 1):
            said = one.base if column.take == BASE else one.sides.get(column.take)
            words = translate("decisions", "not set") if said is None else said
            grid.addWidget(Label(words, "mono", wrap=True), row, place)
    card = Card()
    card.add(box, padding=_PADDING)
    return card


def compared(before: str, after: str) -> list[DiffLine]:
    """Return what leads from one text to another, without secrets; of long texts that takes a while."""
    return list(diff_lines(unsealed(before), unsealed(after), _CONTEXT))


class _TextDiff(DiffView):
    """What leads from one text to another, once it is worked out."""

    def __init__(self, name: str, before: str, after: str) -> None:
        super().__init__(name)
        wanted = work_out(partial(compared, before, after), self.set_lines)
        self.destroyed.connect(wanted.cancel)


def text_diffs(question: Question) -> QWidget:
    """Return what each side made of a text, against what was agreed before."""
    box = QWidget()
    column = _column(box, 16)
    base = str((question.base or {}).get(TEXT, ""))
    for side in question.sides:
        said = side.fields.get(TEXT) if side.fields else None
        name = say(translate("decisions", "{client}: what changed"), client=side.name)
        card = Card(_TextDiff(name, base, str(said) if said is not None else ""))
        section = Section(side.name, card)
        section.set_note(_source(side))
        column.addWidget(section)
    return box


def _lines(said: Sequence[str]) -> Card:
    card = Card()
    box = QWidget()
    column = _column(box)
    for each in said:
        label = Label(visible(each), "mono", wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(label)
    card.add(box, padding=_PADDING)
    return card


def _client(side: QuestionSide, *, padded: bool = True) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(*(16, 8, 16, 8) if padded else (0, 0, 0, 0))
    row.setSpacing(8)
    row.addWidget(Mark(side.take, side.name, 20))
    row.addWidget(Label(side.name, "body-strong"))
    row.addWidget(Label(_source(side), "small", "text-2", elide=True), 1)
    return box


def _source(side: QuestionSide) -> str:
    when = when_word(side.written_at) if side.written_at else ""
    return " · ".join(filter(None, (one_line(short_path(side.path)) if side.path else "", when)))


def _indented(words: str, kind: str, tone: str) -> Label:
    label = Label(words, kind, tone, wrap=True)
    label.setContentsMargins(28, 0, 0, 0)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _column(box: QWidget, spacing: int = 4) -> QVBoxLayout:
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return column
