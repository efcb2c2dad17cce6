"""The second step: what only the user can say, grouped; something sensible is chosen, and all of it can wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from aisync_desktop.clients.items import ItemKey
from aisync_desktop.ui.language import render
from aisync_desktop.ui.pages.first_run.answers import LATER, AnswerWords, given, takes
from aisync_desktop.ui.pages.first_run.words import FirstRunWords
from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.card import Card, Section
from aisync_desktop.ui.parts.choice import Radio
from aisync_desktop.ui.parts.header import PageHeader
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.scroll import PageScroll
from aisync_desktop.ui.theme import retold
from aisync_desktop.ui.words import field_label, one_line

if TYPE_CHECKING:
    from aisync_desktop.sync.applying.questions import Question
    from aisync_desktop.sync.reports.consent import AskedGroup

_NOTHING = "\N{EN DASH}"
_MOST_FIELDS = 3  # of one question that are shown


class QuestionsStep(QWidget):
    """Signal: answered (another answer is chosen somewhere)."""

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._answers = FirstRunWords(self), AnswerWords(self)
        self._groups: tuple[AskedGroup, ...] = ()
        self._chosen: dict[str, str] = {}
        self.header = PageHeader()
        self.later = Button()
        self.later.clicked.connect(self.answer_later)
        self.header.add_action(self.later)
        self.rows: dict[str, QuestionRow] = {}
        self._sections: list[Section] = []
        self._page = PageScroll(self.header, spacing=24)
        self._page.add_stretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        self._say()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked."""
        return tuple(one for group in self._groups for one in group.decisions)

    @property
    def answers(self) -> Mapping[str, str]:
        """What is to be taken, by question; of what waits, nothing."""
        return {of: take for of, take in given(self.questions, self._chosen).items() if take != LATER}

    @property
    def waiting(self) -> int:
        """How many questions stay open."""
        return len(self.questions) - len(self.answers)

    def show_groups(self, groups: Sequence[AskedGroup]) -> None:
        """Ask these; of a question that is still the same, the answer stays."""
        if tuple(groups) != self._groups:
            before = {one.id: one.revision for one in self.questions}
            self._groups = tuple(groups)
            kept = {one.id for one in self.questions if before.get(one.id, one.revision) == one.revision}
            self._chosen = {of: take for of, take in self._chosen.items() if of in kept}
            self._make()
        self._say()

    def answer_later(self) -> None:
        """Let all of them wait."""
        self._chosen = {one.id: LATER for one in self.questions}
        self._show_chosen()
        self.answered.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in use."""
        if retold(event):
            self._make()
            self._say()
        super().changeEvent(event)

    def _make(self) -> None:
        for section in self._sections:
            self._page.column.removeWidget(section)
            section.hide()
            section.deleteLater()
        self._sections, self.rows = [], {}
        for number, group in enumerate(self._groups, 1):
            card = Card()
            for question in group.decisions:
                row = self.rows[question.id] = QuestionRow(question, self._answers)
                row.chosen.connect(lambda take, of=question.id: self._choose(of, take))
                card.add(row)
            section = Section(self._words.group(group), card)
            self._sections.append(section)
            self._page.column.insertWidget(number, section)
        self._show_chosen()

    def _choose(self, question: str, take: str) -> None:
        self._chosen[question] = take
        self._say()
        self.answered.emit()

    def _show_chosen(self) -> None:
        for question, take in given(self.questions, self._chosen).items():
            self.rows[question].choose(take)

    def _say(self) -> None:
        self.header.set_title(self._words.asked(len(self.questions)))
        self.header.set_line(
            self.tr("Something sensible is chosen already. What you leave open waits, and holds up nothing else.")
        )
        self.later.setText(self.tr("Answer all later"))


class QuestionRow(QWidget):
    """One question: what it is about, and what can be taken, each beside what it says. Signal: chosen(what to take)."""

    chosen = Signal(str)

    def __init__(self, question: Question, words: AnswerWords) -> None:
        super().__init__()
        self.question = question
        name = one_line(ItemKey.parse(question.item).name)
        self.radios: dict[str, Radio] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, take in enumerate(takes(question)):
            said = words.take(question, take)
            radio = self.radios[take] = Radio(said, name=f"{name}: {said}")
            radio.clicked.connect(lambda _=False, of=take: self.chosen.emit(of))
            grid.addWidget(radio, number, 0)
            grid.addWidget(Label(_value(question, take), "mono", "text-2", elide=True), number, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(Label(name, "body-strong", elide=True))
        if question.note is not None:
            column.addWidget(Label(one_line(render(question.note)), "small", "text-2", wrap=True))
        column.addLayout(grid)
        self.setAccessibleName(name)

    def choose(self, take: str) -> None:
        """Show what is taken."""
        self.radios[take].setChecked(True)


def _value(question: Question, take: str) -> str:
    """Return what it would be, of the fields in which the sides differ."""
    if take not in {side.take for side in question.sides}:
        return ""
    shown = [(one.field, one.sides.get(take)) for one in question.differences[:_MOST_FIELDS]]
    said = [f"{field_label(field)}: {_NOTHING if value is None else one_line(value)}" for field, value in shown]
    more = ["\N{HORIZONTAL ELLIPSIS}"] if len(question.differences) > _MOST_FIELDS else []
    return "   ".join((*said, *more))
