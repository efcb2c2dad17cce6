"""The card of one question: what is so, what can be chosen, what comes of it. One widget for every kind of question.

It decides nothing and asks nobody: whoever holds it (`CardKeeper`) looks up what an answer would do whenever `changed`
tells that another one is chosen, and takes the answer to the engine. It is the same on the page, in a dialog, and among
the questions of the first run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.model.taking import MERGED
from aisync_desktop.sync.terms.agent_proposals import PROPOSAL
from aisync_desktop.sync.terms.decisions import LOST_TEXT, SERVERS
from aisync_desktop.ui.language import render
from aisync_desktop.ui.pages.decisions import words
from aisync_desktop.ui.pages.decisions.answer import Answer
from aisync_desktop.ui.pages.decisions.body import Body
from aisync_desktop.ui.pages.decisions.choice_body import ChoiceBody
from aisync_desktop.ui.pages.decisions.columns import same_fields
from aisync_desktop.ui.pages.decisions.contents import about_widgets, body_of, facts_of, has_result
from aisync_desktop.ui.pages.decisions.effect import Effect
from aisync_desktop.ui.pages.decisions.field_grid import NAMES, FieldGrid
from aisync_desktop.ui.pages.decisions.result_view import ResultView
from aisync_desktop.ui.pages.decisions.same_fields import SameFields
from aisync_desktop.ui.pages.decisions.servers_body import ServersBody
from aisync_desktop.ui.parts.card import Section
from aisync_desktop.ui.parts.choice import Check
from aisync_desktop.ui.parts.label import Label, as_tooltip
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.parts.state import State, StateShape
from aisync_desktop.ui.theme import retold, theme
from aisync_desktop.ui.words import listed, one_line, refusal_lines, say

if TYPE_CHECKING:
    from aisync_desktop.service.operations.previews import AnswerPreview

_ONE_BY_ONE = frozenset({PROPOSAL, SERVERS})
translate = QCoreApplication.translate


class DecisionCard(QWidget):
    """One question. Signal: changed (another answer is chosen, or none any more)."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, tells_files: bool = True) -> None:
        super().__init__(parent)
        self._tells_files = tells_files  # what an answer would write; else somebody tells of all answers together
        self.question: Question | None = None
        self.preview: AnswerPreview | None = None
        self.body: Body | None = None
        self.result: ResultView | None = None
        self.effect = Effect()
        self.error = Note("bad", "")
        self.alike = Check()
        self._alike: tuple[str, ...] = ()
        self._content: QWidget | None = None
        self._arrange()

    def set_question(self, question: Question) -> None:
        """Ask this from now on; of the same question that is another by now, what was chosen and written stays."""
        same = self.question is not None and self.question.id == question.id
        before, chosen = (self.body, self.result), self.answer()
        self.question = question
        self._title.setText(words.title(question))
        self._line.setText(words.line(question))
        self._note.setVisible(question.note is not None)
        if question.note is not None:
            self._note.say("", render(question.note))
        self.error.hide()
        self._fill(question)
        if same:
            self._take_over(chosen, *before)
        self.setAccessibleName(words.title(question))
        self.show_preview(None)
        if question.kind == LOST_TEXT and not same:
            self.effect.unfold()
        self._show_alike()
        self.changed.emit()

    def answer(self) -> Answer:
        """Return what is chosen; its `take` is "" as long as that is not enough."""
        if self.result is not None and self.result.is_by_hand:
            written = self.result.written
            return Answer(MERGED, edit=written) if written.strip() else Answer()
        chosen = self.body.answer() if self.body is not None else Answer()
        return replace(chosen, alike=self.alike.isChecked())

    def choose(self, answer: Answer, *, suggested: bool = False) -> None:
        """Choose an answer of the question that is asked; one that is `suggested` is nobody's choice yet."""
        if self.result is not None and answer.edit:
            self.result.write(answer.edit)
        elif self.body is not None:
            self.body.restore(answer)
            self.body.tell_suggested(suggested=suggested)

    def set_alike(self, items: Sequence[str]) -> None:
        """Offer to answer the open questions about these items, of which this is one, all at once."""
        if not set(items) <= set(self._alike):
            self.alike.setChecked(False)  # another one came that the user has not seen
        self._alike = tuple(items)
        self._show_alike()

    @property
    def alike_count(self) -> int:
        """How many questions, with this one, can be answered alike; of what was asked for by assistants, none."""
        return 0 if self.question is None or self.question.kind in _ONE_BY_ONE else len(self._alike)

    def show_about(self, about: Question) -> None:
        """Show another question within this one, which is about an answer to it."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (Label(words.line(about), "body", "text-2", wrap=True), *about_widgets(about)):
            column.addWidget(widget)
        content = self._content.layout() if self._content is not None else None
        if content is not None:
            content.addWidget(Section(words.title(about), box))

    def show_preview(self, preview: AnswerPreview | None) -> None:
        """Show what the answer that is chosen would do."""
        self.preview = preview
        unknown = preview is not None and not preview.files and self._is_proposal()
        self.effect.show_preview(preview if self._tells_files and not unknown else None)
        if preview is not None:
            self.error.hide()
        if self.result is None:
            return
        if preview is not None:
            self.result.show_result(preview.result)
        elif not self.answer().take:
            self.result.say(self._missing())

    def refuse(self, error: WorldError) -> None:
        """Say why nothing comes of the answer; another one may be given."""
        if self.result is not None and self.result.is_by_hand:
            self.result.refuse(refusal_lines(error))
        else:
            self._fail(refusal_lines(error))

    def stumble(self) -> None:
        """Say that the answer was lost by a fault of ours."""
        self._fail(translate("decisions", "Something went wrong in AISync. A report was written; you can try again."))

    @property
    def is_refused(self) -> bool:
        """Whether what is written by hand is not understood."""
        return self.result is not None and self.result.is_refused

    def set_place(self, place: str) -> None:
        """Say which of how many it is."""
        self._place.setText(place)

    def take_column(self, number: int, *, whole: bool = False) -> None:
        """Take what stands at this place, counted from 1."""
        if self.body is not None:
            self.body.take_column(number, whole=whole)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if retold(event) and self.question is not None:
            preview = self.preview
            self.set_question(self.question)
            self.show_preview(preview)
        super().changeEvent(event)

    def _arrange(self) -> None:
        self._title = Label("", "title", wrap=True)
        self._line = Label("", "body", "text-2", wrap=True)
        self._place = Label("", "small", "text-3")
        self._note = Note("idle", "")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        head = QHBoxLayout()
        head.setSpacing(12)
        shape = QVBoxLayout()
        shape.setContentsMargins(0, 4, 0, 0)
        shape.addWidget(StateShape(State.WAIT, 20, surface="window"), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(shape)
        head.addLayout(texts, 1)
        head.addWidget(self._place, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._column.addLayout(head)
        for widget in (self._note, self.alike, self.effect, self.error):
            self._column.addWidget(widget)
        self.alike.toggled.connect(self._on_changed)
        self.error.hide()
        self.alike.hide()

    def _fill(self, question: Question) -> None:
        """Put in what is to be read and chosen from."""
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.body = body_of(question)
        self.result = ResultView(question) if has_result(question) else None
        for widget in facts_of(question):
            column.addWidget(widget)
        if self.body is not None:
            column.addWidget(self.body)
            self.body.changed.connect(self._on_changed)
        same = same_fields(question) if isinstance(self.body, FieldGrid) else {}
        if same:
            column.addWidget(SameFields(same, theme().px(NAMES)))
        if self.result is not None:
            column.addWidget(self.result)
            self.result.edited.connect(self._on_changed)
        self._column.insertWidget(2, self._content)

    def _take_over(self, chosen: Answer, body: Body | None, result: ResultView | None) -> None:
        if self.body is not None:
            self.body.restore(chosen)
        if isinstance(self.body, ServersBody) and isinstance(body, ServersBody):
            self.body.leave_unticked(body.unticked)
        if self.result is not None and result is not None:
            self.result.take_over(result)

    def _on_changed(self) -> None:
        self.error.hide()
        if not self.answer().take:
            self.show_preview(None)
        self.changed.emit()

    def _is_proposal(self) -> bool:
        return self.question is not None and self.question.kind == PROPOSAL

    def _missing(self) -> str:
        """Say what has to be chosen before there is a result."""
        open_fields = self.body.open_fields() if isinstance(self.body, FieldGrid) else []
        if open_fields:
            return say(translate("decisions", "Choose a value for: {fields}"), fields=listed(open_fields))
        return translate("decisions", "Choose an answer")

    def _fail(self, said: str) -> None:
        first, _, rest = said.partition("\n")
        self.error.say(first, rest)
        self.error.show()

    def _show_alike(self) -> None:
        """Offer it where it leads further than this one question."""
        offers = isinstance(self.body, ChoiceBody) and self.alike_count > 1
        told = translate("decisions", "Answer all {count} {count:question|questions} of this kind alike")
        self.alike.setText(say(told, count=self.alike_count))
        names = [one_line(item.partition("/")[2]) for item in self._alike] if offers else []
        self.alike.setToolTip(as_tooltip("\n".join(names)))
        self.alike.setVisible(offers)
        self.alike.setChecked(offers and self.alike.isChecked())
