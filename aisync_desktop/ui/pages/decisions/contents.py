"""What stands in a card, by the kind of its question: what is to be read, and what is to be chosen from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from aisync_desktop.clients.items import Kind
from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.terms.agent_proposals import PROPOSAL
from aisync_desktop.sync.terms.decisions import CONFLICT, LOST_TEXT, MASS_DELETION, RENAME, SECRET, SERVERS, WIDER
from aisync_desktop.ui.language import render
from aisync_desktop.ui.pages.decisions.body import Body
from aisync_desktop.ui.pages.decisions.choice_body import ChoiceBody
from aisync_desktop.ui.pages.decisions.facts import (
    TEXT,
    comparison,
    gone_list,
    item_fields,
    loosened,
    said_by,
    sources,
    text_diffs,
)
from aisync_desktop.ui.pages.decisions.field_grid import FieldGrid
from aisync_desktop.ui.pages.decisions.servers_body import ServersBody
from aisync_desktop.ui.pages.decisions.words import kind_of
from aisync_desktop.ui.parts.label import Label

translate = QCoreApplication.translate


def has_result(question: Question) -> bool:
    """Whether an answer makes an item that is worth showing, and that can be written by hand."""
    return question.kind == CONFLICT


def chooses_by_field(question: Question) -> bool:
    """Whether each field can be chosen: of an item that all sides still have, and that is no text."""
    there = all(side.fields is not None for side in question.sides)
    return question.kind == CONFLICT and there and bool(question.differences) and not _is_text(question)


def body_of(question: Question) -> Body | None:
    """Return what is to be chosen from; None where the question can only be settled in a file."""
    if chooses_by_field(question):
        return FieldGrid(question)
    if question.kind == SERVERS:
        return ServersBody(question)
    return ChoiceBody(question) if question.choices else None


def facts_of(question: Question) -> Sequence[QWidget]:
    """Return what is to be read before."""
    made = _FACTS.get(question.kind)
    if made is not None:
        return made(question)
    if chooses_by_field(question):
        return []
    if question.kind == CONFLICT and _is_text(question):
        return [text_diffs(question)]
    return [comparison(question)] if question.differences else [_happened(question)]


def about_widgets(about: Question) -> Sequence[QWidget]:
    """Return all that a question says, only to be read."""
    return [comparison(about)] if chooses_by_field(about) else facts_of(about)


def _happened(question: Question) -> QWidget:
    return sources(question.sides, translate("decisions", "Where it happened"))


def _secret(question: Question) -> Sequence[QWidget]:
    said = next((side.fields for side in question.sides if side.fields is not None), None)
    what = [item_fields(said, translate("decisions", "What it is"))] if said else []
    by_hand = [] if question.choices else [Label(render(text("decision.by-hand")), wrap=True)]
    return [*what, sources(question.sides, translate("decisions", "Where it is missing")), *by_hand]


def _renamed(question: Question) -> Sequence[QWidget]:
    return [sources(question.sides, translate("decisions", "Where it was renamed"))]


_FACTS: dict[str, Callable[[Question], Sequence[QWidget]]] = {
    MASS_DELETION: lambda question: [gone_list(question), _happened(question)],
    RENAME: _renamed,
    SECRET: _secret,
    WIDER: lambda question: [loosened(question.sides)],
    PROPOSAL: lambda question: [*map(said_by, question.sides)],
    SERVERS: lambda _: [],
    LOST_TEXT: lambda question: [_happened(question)],
}


def _is_text(question: Question) -> bool:
    return kind_of(question) is Kind.RULES or any(one.field == TEXT for one in question.differences)
