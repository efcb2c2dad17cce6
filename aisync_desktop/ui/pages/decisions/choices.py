"""What can be answered to a question, in words: a label for each choice, and what follows from it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from aisync_desktop.sync.applying.choice_words import choice_text
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.model.taking import BASE, MERGED
from aisync_desktop.sync.terms.consents import COPY, LAUNCH, LEAVE
from aisync_desktop.sync.terms.decisions import CONFLICT, MASS_DELETION, RENAME, SECRET, WIDER
from aisync_desktop.ui.language import render
from aisync_desktop.ui.words import listed, say, short_path


def choice_label(question: Question, take: str) -> str:
    """Return what taking this means, as a button says it; without a mnemonic."""
    return render(choice_text(question, take))


def choice_line(question: Question, take: str) -> str:
    """Return what follows from taking it, where its label does not tell; "" where that tells all."""
    places = listed([short_path(side.path) for side in question.sides if side.path])
    names = listed([side.name for side in question.sides])
    side = next((side for side in question.sides if side.take == take), None)
    if question.kind == SECRET:
        follows = {
            COPY: say(QCoreApplication.translate("choices", "The value would stand in {files}"), files=places or names),
            LAUNCH: QCoreApplication.translate("choices", "No file holds it; AISync hands it over at each start"),
            LEAVE: QCoreApplication.translate("choices", "It stays where it is"),
        }
        return follows.get(take, "")
    if question.kind == WIDER:
        return names
    return short_path(side.path) if side is not None and side.path and question.kind == CONFLICT else ""


def offered(question: Question) -> tuple[str, ...]:
    """Return the choices that lead somewhere: where all clashes, nothing is left to be taken without the clash."""
    return tuple(take for take in question.choices if take != MERGED or question.merged is not None)


def harmless(question: Question) -> str:
    """Return the choice that may be the default, as it only keeps what was there; "" where there is none."""
    keeps = question.base is not None or question.kind == MASS_DELETION
    return BASE if keeps and question.kind not in {CONFLICT, RENAME} and BASE in question.choices else ""
