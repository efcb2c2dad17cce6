"""What can be answered to a question, in words: a label for each choice, and what follows from it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from aisync_desktop.clients.items import ItemKey
from aisync_desktop.sync.applying.questions import Question, QuestionSide
from aisync_desktop.sync.model.taking import BASE, MERGED
from aisync_desktop.sync.terms.agent_proposals import PROPOSAL
from aisync_desktop.sync.terms.consents import COPY, LAUNCH, LEAVE
from aisync_desktop.sync.terms.decisions import (
    ALLOW,
    CONFLICT,
    LEAK,
    LOST_TEXT,
    MASS_DELETION,
    RENAME,
    RESTORE,
    SECRET,
    SERVERS,
    STALE,
    WIDER,
)
from aisync_desktop.ui.words import listed, say, short_path


def choice_label(question: Question, take: str) -> str:
    """Return what taking this means, as a button says it; without a mnemonic."""
    side = next((side for side in question.sides if side.take == take), None)
    if side is not None:
        return _side_label(question.kind, side)
    if take == BASE:
        return _base_label(question)
    others = {
        MERGED: QCoreApplication.translate("choices", "Take what does not clash"),
        RESTORE: QCoreApplication.translate("choices", "Restore the whole file"),
        **_consent_labels(question.kind),
    }
    return others.get(take) or say(QCoreApplication.translate("choices", "Take “{choice}”"), choice=take)


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


def _consent_labels(kind: str) -> dict[str, str]:
    if kind == PROPOSAL:
        return {
            ALLOW: QCoreApplication.translate("choices", "Allow it"),
            LEAVE: QCoreApplication.translate("choices", "Leave it"),
        }
    if kind == SERVERS:
        return {
            ALLOW: QCoreApplication.translate("choices", "Allow what is ticked"),
            LEAVE: QCoreApplication.translate("choices", "Leave it where it stands"),
        }
    return _loosening_labels() if kind == WIDER else _secret_labels()


def _secret_labels() -> dict[str, str]:
    return {
        COPY: QCoreApplication.translate("choices", "Copy the secret to them"),
        LAUNCH: QCoreApplication.translate("choices", "Have AISync start it with the secret"),
        LEAVE: QCoreApplication.translate("choices", "Leave them without it"),
    }


def _loosening_labels() -> dict[str, str]:
    return {
        COPY: QCoreApplication.translate("choices", "Loosen it there, too"),
        LEAVE: QCoreApplication.translate("choices", "Leave them as strict as they are"),
    }


def _side_label(kind: str, side: QuestionSide) -> str:
    about_a_file = {
        LOST_TEXT: QCoreApplication.translate("choices", "Keep the file as it is"),
        MASS_DELETION: QCoreApplication.translate("choices", "They were meant to go"),
        LEAK: QCoreApplication.translate("choices", "Use the value everywhere"),
    }
    if kind in about_a_file:
        return about_a_file[kind]
    if side.renamed:
        words = QCoreApplication.translate("choices", "Call it “{name}”, as {client} does")
        return say(words, name=side.renamed, client=side.name)
    if side.fields is None:
        return say(QCoreApplication.translate("choices", "Delete it, as {client} did"), client=side.name)
    if kind == STALE:
        return say(QCoreApplication.translate("choices", "Take the older one from {client}"), client=side.name)
    return say(QCoreApplication.translate("choices", "Take it from {client}"), client=side.name)


def _base_label(question: Question) -> str:
    again = QCoreApplication.translate("choices", "Call it “{name}” again")
    stale = QCoreApplication.translate("choices", "Write the newer one again")
    if question.base is None:
        stale = QCoreApplication.translate("choices", "Delete it again")
    known = {
        LOST_TEXT: QCoreApplication.translate("choices", "Put the text back"),
        MASS_DELETION: QCoreApplication.translate("choices", "Put them back"),
        LEAK: QCoreApplication.translate("choices", "Write the reference back"),
        RENAME: say(again, name=ItemKey.parse(question.item).name),
        STALE: stale,
    }
    return known.get(question.kind) or QCoreApplication.translate("choices", "Keep as before")


def offered(question: Question) -> tuple[str, ...]:
    """Return the choices that lead somewhere: where all clashes, nothing is left to be taken without the clash."""
    return tuple(take for take in question.choices if take != MERGED or question.merged is not None)


def harmless(question: Question) -> str:
    """Return the choice that may be the default, as it only keeps what was there; "" where there is none."""
    keeps = question.base is not None or question.kind == MASS_DELETION
    return BASE if keeps and question.kind not in {CONFLICT, RENAME} and BASE in question.choices else ""
