"""What a question is called: the fact as a title, a line below it, a few words in a list; fields by their names.

All of it may hold names that others wrote; what nobody would see in them is shown as its number.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from aisync_desktop.clients.items import ItemKey, Kind, Scope
from aisync_desktop.kernel.texts import visible
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.model.status import DecisionStatus
from aisync_desktop.sync.terms.agent_proposals import PROPOSAL
from aisync_desktop.sync.terms.decisions import (
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
from aisync_desktop.ui.language import render
from aisync_desktop.ui.words import one_line, say, short_path

_GLYPHS = {Kind.MCP: "server", Kind.RULES: "book", Kind.PERMISSIONS: "shield"}
_KIND_GLYPHS = {SECRET: "key", LEAK: "key", PROPOSAL: "user", SERVERS: "folder", MASS_DELETION: "trash"}
DECIDE = "decide"  # the operation that answers a question
_TWO = 2  # what there nearly always is, and said as a word
translate = QCoreApplication.translate


def kind_of(decision: DecisionStatus) -> Kind | None:
    """Return the kind of item that it is about; none where that is an operation."""
    return None if decision.kind == PROPOSAL else ItemKey.parse(decision.item).kind


def subject(decision: DecisionStatus) -> str:
    """Return the name of what it is about: an item, or a project where it is about several."""
    if decision.kind == PROPOSAL:
        return visible(decision.item)
    if decision.kind == SERVERS:
        return visible(Path(Scope.parse(decision.scope).root).name)
    return one_line(ItemKey.parse(decision.item).name)


def glyph(decision: DecisionStatus) -> str:
    """Return the drawing for what it is about."""
    kind = kind_of(decision)
    return _KIND_GLYPHS.get(decision.kind) or (_GLYPHS.get(kind, "file") if kind else "user")


def list_title(decision: DecisionStatus) -> str:
    """Return what a list calls it: the item, or the client of what is about a whole file."""
    if decision.kind in {MASS_DELETION, LOST_TEXT, PROPOSAL}:
        client = str(decision.summary.params.get("client", ""))
        return visible(client) if client else subject(decision)
    return subject(decision)


def list_line(decision: DecisionStatus) -> str:
    """Return in few words what is asked."""
    words = {
        CONFLICT: translate("decisions", "Changed in different ways"),
        RENAME: translate("decisions", "Which name is to stay?"),
        SECRET: translate("decisions", "Copy its secret?"),
        LEAK: translate("decisions", "Put the reference back?"),
        MASS_DELETION: translate("decisions", "Were these meant to go?"),
        STALE: translate("decisions", "Older version written again"),
        LOST_TEXT: translate("decisions", "Put lost text back?"),
        WIDER: translate("decisions", "Allow it in more clients?"),
        SERVERS: translate("decisions", "Start its servers?"),
    }
    return words.get(decision.kind) or render(decision.summary)


def title(question: Question) -> str:
    """State the fact that led to the question."""
    made = _TITLES.get(question.kind)
    return made(question) if made is not None else render(question.summary)


def _first(question: Question) -> str:
    return question.sides[0].name if question.sides else ""


def _rename_title(question: Question) -> str:
    count = len({side.renamed for side in question.sides})
    words = translate("decisions", "{count} {count:name was|names were} given to {item}")
    return say(words, count=count, item=subject(question))


def _gone_title(question: Question) -> str:
    if RESTORE in question.choices:
        return say(translate("decisions", "The file of {client} was reset"), client=_first(question))
    words = translate("decisions", "{count} {count:item is|items are} gone from {client}")
    return say(words, count=len(question.gone), client=_first(question))


def _secret_title(question: Question) -> str:
    return say(translate("decisions", "{item} holds a secret"), item=subject(question))


def _leak_title(question: Question) -> str:
    return say(translate("decisions", "{item} has values where references were"), item=subject(question))


def _stale_title(question: Question) -> str:
    return say(translate("decisions", "An older {item} is written again and again"), item=subject(question))


def _lost_title(question: Question) -> str:
    return say(translate("decisions", "Text was dropped from the file of {client}"), client=_first(question))


def _wider_title(question: Question) -> str:
    words = translate("decisions", "{count} {count:client is|clients are} stricter about {item}")
    return say(words, count=len(question.sides), item=subject(question))


def _servers_title(question: Question) -> str:
    words = translate("decisions", "{item} brings {count} {count:server|servers}")
    return say(words, count=len(question.sides), item=subject(question))


def _conflict_title(question: Question) -> str:
    name = subject(question)
    if any(side.fields is None for side in question.sides):
        return say(translate("decisions", "{item} was changed and deleted"), item=name)
    if question.base is None:
        return say(translate("decisions", "{item} is not the same everywhere"), item=name)
    said = [side.fields for side in question.sides]
    ways = sum(fields not in said[:place] for place, fields in enumerate(said))
    if ways == _TWO:
        return say(translate("decisions", "{item} was changed in two ways"), item=name)
    return say(translate("decisions", "{item} was changed in {count} {count:way|ways}"), count=ways, item=name)


_TITLES: dict[str, Callable[[Question], str]] = {
    CONFLICT: _conflict_title,
    RENAME: _rename_title,
    MASS_DELETION: _gone_title,
    SECRET: _secret_title,
    LEAK: _leak_title,
    STALE: _stale_title,
    LOST_TEXT: _lost_title,
    WIDER: _wider_title,
    SERVERS: _servers_title,
}


def line(question: Question) -> str:
    """Say what kind of thing it is, where, and what to do."""
    return " ".join(filter(None, (_where(question), _what_to_do(question))))


def _where(question: Question) -> str:
    root = Scope.parse(question.scope).root
    kind = kind_of(question)
    if kind is None:
        return ""
    if not root:
        words = {
            Kind.MCP: translate("decisions", "Server for all projects."),
            Kind.RULES: translate("decisions", "Rules for all projects."),
            Kind.PERMISSIONS: translate("decisions", "Permission for all projects."),
        }
        return words[kind]
    words = {
        Kind.MCP: translate("decisions", "Server of the project {project}."),
        Kind.RULES: translate("decisions", "Rules of the project {project}."),
        Kind.PERMISSIONS: translate("decisions", "Permission of the project {project}."),
    }
    return say(words[kind], project=short_path(root))


def _what_to_do(question: Question) -> str:
    has_fields = any(difference.field != "text" for difference in question.differences)
    if question.kind == CONFLICT and has_fields:
        return translate("decisions", "Pick where they differ; the rest is merged.")
    return "" if question.kind in {CONFLICT, PROPOSAL} else render(question.summary)


def answered_decision(question: Question) -> str:
    """Return the question that an assistant asks to answer, "" where it asks for anything else."""
    if question.kind != PROPOSAL or question.item != DECIDE:
        return ""
    said = (line.partition(": ") for side in question.sides for line in side.lines)
    return next((value for name, _, value in said if name == "decision"), "")
