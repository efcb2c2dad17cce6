"""What the user says to the questions of the first run: chosen beforehand where something is sensible. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from aisync_desktop.sync.model.taking import BASE, MERGED
from aisync_desktop.sync.terms.consents import COPY, LAUNCH, LEAVE
from aisync_desktop.sync.terms.decisions import ALLOW, CONFLICT, RESTORE
from aisync_desktop.ui.words import one_line

if TYPE_CHECKING:
    from aisync_desktop.sync.applying.questions import Question

LATER = ""


def takes(question: Question) -> tuple[str, ...]:
    """Return what can be taken here; all of both only where nothing clashes, and to wait always."""
    clashes = any(one.clashes for one in question.differences)
    return (*(one for one in question.choices if not (one == MERGED and clashes)), LATER)


def sensible(question: Question) -> str:
    """Return what to take unless the user says otherwise.

    All that does not clash, of both; where it clashes, what was written last. What would copy a secret or loosen a
    client is left as it is. Anything else waits.
    """
    if question.kind == CONFLICT:
        if MERGED in takes(question):
            return MERGED
        dated = [(side.written_at, side.take) for side in question.sides if side.written_at and side.fields is not None]
        return max(dated)[1] if dated else LATER
    return LEAVE if LEAVE in question.choices else LATER


def given(questions: Iterable[Question], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to these questions: what was chosen, else what is sensible."""
    answers = ((one, chosen.get(one.id, sensible(one))) for one in questions)
    return {one.id: take if take in takes(one) else LATER for one, take in answers}


class AnswerWords(QObject):
    """What answers are called."""

    def take(self, question: Question, take: str) -> str:
        """Return what it is called to take this."""
        side = next((one for one in question.sides if one.take == take), None)
        if side is not None:
            said = self.tr("As {client} has it") if side.fields is not None else self.tr("Removed, as in {client}")
            return said.format(client=one_line(side.name))
        words = {
            LATER: self.tr("Answer later"),
            MERGED: self.tr("Both together"),
            BASE: self.tr("As before"),
            LEAVE: self.tr("Leave it as it is"),
            ALLOW: self.tr("Allow"),
            COPY: self.tr("Copy it to the others"),
            LAUNCH: self.tr("Hand it over when the server starts"),
            RESTORE: self.tr("Put the file back"),
        }
        return words.get(take, one_line(take))
