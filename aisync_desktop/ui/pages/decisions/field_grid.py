"""The fields in which the sides differ, each as a row of values to choose from: before, then one for each client.

What does not clash is chosen already, and says so; of a true clash nothing is, until the user does. Digits take a
column for the field that has the focus, with Shift for all of them. Where there are too many sides for columns, the
values of a field stand below each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from aisync_desktop.kernel.word_diff import Spans
from aisync_desktop.sync.applying.questions import Difference, Question
from aisync_desktop.sync.model.taking import BASE, MERGED
from aisync_desktop.ui.pages.decisions.answer import Answer
from aisync_desktop.ui.pages.decisions.body import Body
from aisync_desktop.ui.pages.decisions.columns import Column, columns_of
from aisync_desktop.ui.pages.decisions.radio import CardRadio
from aisync_desktop.ui.parts.badge import Keys
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.mark import Mark
from aisync_desktop.ui.theme import theme
from aisync_desktop.ui.words import field_label

_MOST_COLUMNS = 4
NAMES = 88  # pixels of the column with the fields' names
_DIGITS = 9
translate = QCoreApplication.translate


class FieldGrid(Body):
    """The differing fields of a clash, to be chosen from."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = columns_of(question)
        self.rows = [_FieldRow(one, self.columns, self) for one in question.differences]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.setColumnMinimumWidth(0, theme().px(NAMES))
        stacked = len(self.columns) > _MOST_COLUMNS
        if not stacked:
            for number, column in enumerate(self.columns, 1):
                grid.addWidget(_Head(column, number), 0, number)
                grid.setColumnStretch(number, 1)
        for place, row in enumerate(self.rows, 1):
            grid.addWidget(row.name, place, 0, Qt.AlignmentFlag.AlignTop)
            if stacked:
                grid.addLayout(_below_each_other(row, self.columns), place, 1)
                grid.setColumnStretch(1, 1)
            else:
                for number, cell in enumerate(row.cells, 1):
                    grid.addWidget(cell, place, number)
            row.chosen.connect(self.changed)

    def answer(self) -> Answer:
        """Return what is chosen, and nothing while a clash is open."""
        if any(row.is_open for row in self.rows):
            return Answer()
        fields = {row.field: row.take for row in self.rows if row.take and row.is_own}
        return Answer(MERGED, fields=fields)

    def restore(self, before: Answer) -> None:
        """Choose again what was chosen, as far as it can be."""
        for row in self.rows:
            row.choose(before.fields.get(row.field, ""))

    def tell_suggested(self, *, suggested: bool) -> None:
        """Tell it at each field."""
        for row in self.rows:
            row.tell_suggested(suggested=suggested)

    def open_fields(self) -> list[str]:
        """Return the names of the fields that nothing is chosen for."""
        return [field_label(row.field) for row in self.rows if row.is_open]

    def take_column(self, number: int, *, whole: bool) -> None:
        """Take what one column says of the field with the focus, or of the first open one; or of all."""
        if not 1 <= number <= len(self.columns):
            return
        take = self.columns[number - 1].take
        for row in self.rows if whole else self._focused():
            row.choose(take)

    def _focused(self) -> Sequence[_FieldRow]:
        focused = [row for row in self.rows if any(cell.hasFocus() for cell in row.cells)]
        return focused or [row for row in self.rows if row.is_open][:1] or self.rows[:1]


class _FieldRow(QWidget):
    """One field: its name with how it stands, and a radio for each column."""

    chosen = Signal()

    def __init__(self, difference: Difference, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()  # its parts are laid out by the grid
        self.field = difference.field
        self.is_own = False  # the user's own choice
        self._is_suggested = False
        self._columns = columns
        self._merged = "" if difference.clashes else (difference.merged_from or MERGED)
        self._label = field_label(difference.field)
        self.name = QWidget(parent)
        self._state = Label("", "small", "text-3", wrap=True)
        self._arrange()
        self.cells = [self._make(difference, column) for column in columns]
        self._group = QButtonGroup(self)
        for number, cell in enumerate(self.cells):
            self._group.addButton(cell, number)
            cell.setChecked(columns[number].take == self._merged)
        self._group.idToggled.connect(self._on_toggled)
        self._tell()

    @property
    def take(self) -> str:
        """The side that is chosen, "" where none is."""
        number = self._group.checkedId()
        return self._columns[number].take if number >= 0 else ""

    @property
    def is_open(self) -> bool:
        """Whether something has to be chosen."""
        return not self.take and not self._merged

    @property
    def state(self) -> str:
        """How the field stands, in words."""
        return self._state.text()

    def choose(self, take: str) -> None:
        """Choose a side, if there is one of that name."""
        for column, cell in zip(self._columns, self.cells, strict=True):
            if column.take == take:
                cell.setChecked(True)

    def tell_suggested(self, *, suggested: bool) -> None:
        """Tell that what is chosen is a suggestion, or the user's choice."""
        self._is_suggested = suggested
        self._tell()

    def _arrange(self) -> None:
        column = QVBoxLayout(self.name)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        name = Label(self._label, "body-strong", wrap=True)
        column.addWidget(name)
        column.addWidget(self._state)

    def _make(self, difference: Difference, column: Column) -> CardRadio:
        said = difference.base if column.take == BASE else difference.sides.get(column.take)
        words = translate("decisions", "not set") if said is None else said
        mine = column.take == self._merged and column.take != BASE
        new = all(one.take != BASE for one in self._columns)
        where = translate("decisions", "Only here") if new else translate("decisions", "Changed here")
        caption = where if mine else ""
        cell = CardRadio(words, caption, kind="mono", parent=self.name.parentWidget())
        cell.mark(_changed(difference, column.take, said))
        cell.setAccessibleName(f"{self._label}, {column.name}: {words}")
        return cell

    def _on_toggled(self, number: int, on: bool) -> None:
        if on:
            self.is_own = self._columns[number].take != self._merged
            self._is_suggested = False
            self._tell()
            self.chosen.emit()

    def _tell(self) -> None:
        if self.is_open:
            words, tone = translate("decisions", "Choose one"), "wait-text"
        elif self.is_own and self._is_suggested:
            words, tone = translate("decisions", "Suggested"), "text-3"
        elif self.is_own:
            words, tone = translate("decisions", "Your choice"), "accent-text"
        else:
            words, tone = translate("decisions", "Merged"), "text-3"
        self._state.setText(words)
        self._state.set_tone(tone)


class _Head(QWidget):
    """Above a column: its key, who says what is below, and since when."""

    def __init__(self, column: Column, number: int) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # columns are as wide as each other
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        if number <= _DIGITS:
            row.addWidget(Keys(str(number)))
        if column.take != BASE:
            row.addWidget(Mark(column.take, column.name, 20))
        name = Label(column.name, "small", "text-3", elide=True)
        font = name.font()
        font.setWeight(font.Weight.Medium)
        name.setFont(font)
        row.addWidget(name)
        if column.time:
            row.addWidget(Label(column.time, "small", "text-3"))
        row.addStretch(1)


def _changed(difference: Difference, take: str, said: str | None) -> Spans:
    """Return the words of a side that are not in what was agreed; where nothing was, all of them."""
    if not said or take == BASE:
        return ()
    return ((0, len(said)),) if difference.base is None else difference.spans.get(take, ())


def _below_each_other(row: _FieldRow, columns: Sequence[Column]) -> QVBoxLayout:
    stack = QVBoxLayout()
    stack.setSpacing(4)
    for number, (cell, column) in enumerate(zip(row.cells, columns, strict=True), 1):
        stack.addWidget(_Head(column, number))
        stack.addWidget(cell)
    return stack
