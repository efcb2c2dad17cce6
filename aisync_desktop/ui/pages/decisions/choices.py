"""What can be answered to a question, in words: a label for each choice, and mnemonics that no two of them share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_uppercase, digits

from PySide6.QtCore import QCoreApplication

from aisync_desktop.clients.items import ItemKey
from aisync_desktop.kernel.messages import fill
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
    SERVERS,
    STALE,
    WIDER,
)


def item_name(question: Question) -> str:
    """Return the name of what a question is about; of a proposal, that is the operation."""
    return question.item if question.kind == PROPOSAL else ItemKey.parse(question.item).name


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
    return others.get(take) or QCoreApplication.translate("choices", "Take “{choice}”").format(choice=take)


def _consent_labels(kind: str) -> dict[str, str]:
    if kind == PROPOSAL:
        return {
            ALLOW: QCoreApplication.translate("choices", "Do it"),
            LEAVE: QCoreApplication.translate("choices", "Do not do it"),
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
        return fill(words, {"name": side.renamed, "client": side.name})
    if side.fields is None:
        return QCoreApplication.translate("choices", "Delete it, as {client} did").format(client=side.name)
    if kind == STALE:
        return QCoreApplication.translate("choices", "Take the older one of {client}").format(client=side.name)
    return QCoreApplication.translate("choices", "Take {client}'s").format(client=side.name)


def _base_label(question: Question) -> str:
    again = QCoreApplication.translate("choices", "Call it “{name}” again")
    stale = QCoreApplication.translate("choices", "Write the newer one again")
    if question.base is None:
        stale = QCoreApplication.translate("choices", "Delete it again")
    known = {
        LOST_TEXT: QCoreApplication.translate("choices", "Put the text back"),
        MASS_DELETION: QCoreApplication.translate("choices", "Put them back"),
        LEAK: QCoreApplication.translate("choices", "Write the reference back"),
        RENAME: fill(again, {"name": ItemKey.parse(question.item).name}),
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


def with_mnemonics(labels: Iterable[str]) -> list[str]:
    """Return labels as buttons take them: plain text, each with a key of its own as long as there are any."""
    used: set[str] = set()
    return [_with_mnemonic(label, used) for label in labels]


def _with_mnemonic(label: str, used: set[str]) -> str:
    """Mark a letter of the label, first of all the first of a word; add one behind where none can be marked."""
    plain = label.replace("&", "&&")
    for place in () if _has_other_letters(label) else _places(plain):
        if plain[place].upper() not in used:
            used.add(plain[place].upper())
            return f"{plain[:place]}&{plain[place:]}"
    letters = [letter for letter in label.upper() if letter in ascii_uppercase]
    free = next((letter for letter in (*letters, *ascii_uppercase, *digits) if letter not in used), "")
    used.add(free)
    return f"{plain}(&{free})" if free else plain


def _places(plain: str) -> Iterator[int]:
    letters = [place for place, letter in enumerate(plain) if letter.isascii() and letter.isalpha()]
    first = [place for place in letters if place == 0 or plain[place - 1] == " "]
    yield from dict.fromkeys((*first, *letters))


def _has_other_letters(label: str) -> bool:
    """Whether it is written in a script that has no keys of its own, as Korean: a key is put behind it, as is usual."""
    return any(letter.isalpha() and not letter.isascii() for letter in label)
