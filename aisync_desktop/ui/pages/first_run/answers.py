"""What the user says to the questions of the first run: chosen beforehand where something is sensible. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aisync_desktop.sync.model.taking import BASE, MERGED
from aisync_desktop.sync.terms.consents import LEAVE
from aisync_desktop.sync.terms.decisions import CONFLICT
from aisync_desktop.ui.pages.decisions.answer import Answer
from aisync_desktop.ui.pages.decisions.choices import choice_label, harmless, offered
from aisync_desktop.ui.pages.decisions.contents import chooses_by_field
from aisync_desktop.ui.words import say

if TYPE_CHECKING:
    from aisync_desktop.sync.applying.questions import Question

LATER = Answer()


def sensible(question: Question) -> Answer:
    """Return what to take unless the user says otherwise.

    All that does not clash, of both; where it clashes, what was written last. What would copy a secret or loosen a
    client is left as it is. Anything else waits.
    """
    if question.kind != CONFLICT:
        return Answer(LEAVE if LEAVE in question.choices else harmless(question))
    clashing = [one.field for one in question.differences if one.clashes]
    if not clashing and MERGED in offered(question):
        return Answer(MERGED)
    newest = _newest(question)
    if newest and chooses_by_field(question):
        return Answer(MERGED, fields=dict.fromkeys(clashing, newest))
    return Answer(newest)


def _newest(question: Question) -> str:
    dated = [(side.written_at, side.take) for side in question.sides if side.written_at and side.fields is not None]
    return max(dated)[1] if dated else ""


def given(questions: Iterable[Question], chosen: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers to these questions: what was chosen, else what is sensible."""
    answers = ((one, chosen.get(one.id, sensible(one))) for one in questions)
    return {one.id: answer if answer.take in question_takes(one) else LATER for one, answer in answers}


def question_takes(question: Question) -> frozenset[str]:
    """Return what can be taken."""
    return frozenset((*offered(question), *([MERGED] if chooses_by_field(question) else [])))


class AnswerWords(QObject):
    """What answers are called where there is room for a few words."""

    def of(self, question: Question, answer: Answer) -> str:
        """Return what is answered."""
        if not answer.take:
            return self.tr("Answer later")
        if answer.edit:
            return self.tr("Written by hand")
        sides = frozenset(answer.fields.values())
        if answer.take == MERGED and len(sides) != 1:
            return self.tr("Chosen field by field") if sides else self.tr("Both together")
        take = next(iter(sides)) if answer.take == MERGED else answer.take
        side = next((one for one in question.sides if one.take == take), None)
        if side is None or question.kind != CONFLICT:
            return self.tr("As before") if take == BASE and answer.fields else choice_label(question, take)
        words = self.tr("As {client} has it") if side.fields is not None else self.tr("Removed, as in {client}")
        return say(words, client=side.name)
