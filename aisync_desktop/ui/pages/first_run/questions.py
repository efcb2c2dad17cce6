"""The second step: what only the user can say, grouped; something sensible is chosen, and all of it can wait.

The questions stand at the left, each with its answer; the card of one at the right is that of Decisions. What the
answers write, all of them together, is the next step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aisync_desktop.ui.pages.decisions import words
from aisync_desktop.ui.pages.decisions.answer import Answer
from aisync_desktop.ui.pages.first_run.answers import LATER, AnswerWords, given, question_takes, sensible
from aisync_desktop.ui.pages.first_run.question_pane import QuestionPane
from aisync_desktop.ui.pages.first_run.words import FirstRunWords
from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.header import PageHeader
from aisync_desktop.ui.parts.pane import ListPane, TwoStep
from aisync_desktop.ui.parts.rows import Heading, Row
from aisync_desktop.ui.parts.scroll import NARROW, WIDE
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.theme import retold
from aisync_desktop.ui.words import one_line

if TYPE_CHECKING:
    from aisync_desktop.service.live.asking import Asks
    from aisync_desktop.sync.applying.questions import Question
    from aisync_desktop.sync.reports.consent import AskedGroup

_DIGITS = range(1, 10)


class QuestionsStep(QWidget):
    """Signal: answered (another answer is chosen somewhere)."""

    answered = Signal()

    def __init__(self, asks: Asks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._answers = FirstRunWords(self), AnswerWords(self)
        self._groups: tuple[AskedGroup, ...] = ()
        self._chosen: dict[str, Answer] = {}
        self._postponed: set[str] = set()
        self.header = PageHeader()
        self.later = Button()
        self.list = ListPane("")
        self.rows = self.list.rows
        self.pane = QuestionPane(asks)
        self._steps = TwoStep(self.list, self.pane)
        self._arrange()
        self._connect()
        self._say()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked."""
        return tuple(one for group in self._groups for one in group.decisions)

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What is answered, by question; to what waits, nothing."""
        answers = given(self.questions, self._chosen)
        return {of: answer for of, answer in answers.items() if answer.take and of not in self._postponed}

    @property
    def waiting(self) -> int:
        """How many questions stay open."""
        return len(self.questions) - len(self.answers)

    def show_groups(self, groups: Sequence[AskedGroup], without: tuple[str, ...] = ()) -> None:
        """Ask these, where some of all stays out; of a question that is still the same, the answer stays."""
        self.pane.preview.without = without
        if tuple(groups) != self._groups:
            before = {one.id: one.revision for one in self.questions}
            self._groups = tuple(groups)
            kept = {one.id for one in self.questions if before.get(one.id, one.revision) == one.revision}
            self._chosen = {of: answer for of, answer in self._chosen.items() if of in kept}
            self._postponed &= kept
        self._fill()
        self._say()

    def answer_later(self) -> None:
        """Let all of them wait."""
        self._postponed = {one.id for one in self.questions}
        self._show()

    def postpone(self, *, later: bool = True) -> None:
        """Let the question that is shown wait, or take it up again."""
        (self._postponed.add if later else self._postponed.discard)(self.rows.current_key())
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask, now that somebody looks."""
        super().showEvent(event)
        self._ask(self.rows.current_key())

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in use."""
        if retold(event):
            self._fill()
            self._say()
        super().changeEvent(event)

    def _arrange(self) -> None:
        self.header.add_action(self.later)
        top = QVBoxLayout()
        top.setContentsMargins(WIDE, WIDE, WIDE, NARROW)
        top.addWidget(self.header)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._steps, 1)

    def _connect(self) -> None:
        self.later.clicked.connect(self.answer_later)
        self.rows.chosen.connect(self._ask)
        self.pane.answered.connect(self._on_answered)
        self.pane.postponed.connect(lambda later: self.postpone(later=later))
        for digit in _DIGITS:
            self._key(str(digit), partial(self.pane.card.take_column, digit))
            self._key(f"Shift+{digit}", partial(self.pane.card.take_column, digit, whole=True))
        self._key("S", self.postpone)
        self._key("J", partial(self.rows.step, 1))
        self._key("K", partial(self.rows.step, -1))

    def _key(self, keys: str, run: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)

    def _fill(self) -> None:
        """List the questions, each with its answer."""
        answers = self.answers
        entries: list[Row | Heading] = []
        for group in self._groups:
            entries.append(Heading(self._words.group(group)))
            entries += [self._row(one, answers.get(one.id, LATER)) for one in group.decisions]
        self.rows.set_rows(entries)
        if not self.rows.current_key():
            self.rows.step(1)
        self._ask(self.rows.current_key())

    def _row(self, question: Question, answer: Answer) -> Row:
        said = one_line(self._answers.of(question, answer))
        state = State.OK if answer.take else State.WAIT
        return Row(question.id, words.list_title(question), said, state=state, glyph=words.glyph(question))

    def _ask(self, key: str) -> None:
        """Show the card of a question, where somebody looks: it asks what its answer would do."""
        group, question = self._at(key)
        if group is None or question is None or not self.isVisible():
            return
        answer, alike = self._chosen.get(key, sensible(question)), [one.item for one in group.decisions]
        self.pane.ask(question, answer, alike, suggested=key not in self._chosen, later=key not in self.answers)

    def _at(self, key: str) -> tuple[AskedGroup | None, Question | None]:
        found = ((group, one) for group in self._groups for one in group.decisions if one.id == key)
        return next(found, (None, None))

    def _on_answered(self, answer: Answer) -> None:
        """Keep an answer; given for all alike, wherever it is one."""
        group, question = self._at(self.rows.current_key())
        if group is None or question is None:
            return
        meant = [one for one in group.decisions if answer.alike and answer.take in question_takes(one)]
        for one in dict.fromkeys((question.id, *(other.id for other in meant))):
            self._chosen[one] = Answer(answer.take, answer.edit, answer.fields, answer.items)
            self._postponed.discard(one)
        self._show()

    def _show(self) -> None:
        self._fill()
        self._say()
        self.answered.emit()

    def _say(self) -> None:
        self.header.set_title(self._words.asked(len(self.questions)))
        self.header.set_line(
            self.tr("Something sensible is chosen already. What you leave open waits, and holds up nothing else.")
        )
        self.later.setText(self.tr("Answer all later"))
        self.rows.setAccessibleName(self.tr("Questions"))
