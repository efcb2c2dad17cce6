"""What taking a choice of a question means, in words: every face offers the answers by the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aisync_desktop.clients.items import ItemKey
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.sync.model.taking import BASE, MERGED
from aisync_desktop.sync.terms.agent_proposals import PROPOSAL
from aisync_desktop.sync.terms.consents import COPY, LAUNCH, LEAVE
from aisync_desktop.sync.terms.decisions import (
    ALLOW,
    LEAK,
    LOST_TEXT,
    MASS_DELETION,
    RENAME,
    RESTORE,
    SERVERS,
    STALE,
    WIDER,
)

_OF_A_SIDE = {
    LOST_TEXT: "choice.lost-text.keep",
    MASS_DELETION: "choice.gone.meant",
    LEAK: "choice.leak.use",
}
_OF_BEFORE = {
    LOST_TEXT: "choice.lost-text.back",
    MASS_DELETION: "choice.gone.back",
    LEAK: "choice.leak.back",
}
_BY_KIND = {
    PROPOSAL: {ALLOW: "choice.proposal.allow", LEAVE: "choice.proposal.leave"},
    SERVERS: {ALLOW: "choice.servers.allow", LEAVE: "choice.servers.leave"},
    WIDER: {COPY: "choice.wider.copy", LEAVE: "choice.wider.leave"},
}
_OF_SECRETS = {COPY: "choice.secret.copy", LAUNCH: "choice.secret.launch", LEAVE: "choice.secret.leave"}


class _Side(Protocol):
    @property
    def take(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def renamed(self) -> str: ...
    @property
    def fields(self) -> object | None: ...


class _Question(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def base(self) -> object | None: ...
    @property
    def sides(self) -> Sequence[_Side]: ...


def choice_text(question: _Question, take: str) -> Text:
    """Return what taking this means, as a button says it."""
    side = next((side for side in question.sides if side.take == take), None)
    if side is not None:
        return _of_side(question.kind, side)
    if take == BASE:
        return _of_before(question)
    others = {MERGED: "choice.merged", RESTORE: "choice.restore", **_BY_KIND.get(question.kind, _OF_SECRETS)}
    return text(others[take]) if take in others else text("choice.take", choice=take)


def _of_side(kind: str, side: _Side) -> Text:
    if kind in _OF_A_SIDE:
        return text(_OF_A_SIDE[kind])
    if side.renamed:
        return text("choice.name", name=side.renamed, client=side.name)
    if side.fields is None:
        return text("choice.delete", client=side.name)
    return text("choice.stale.older" if kind == STALE else "choice.side", client=side.name)


def _of_before(question: _Question) -> Text:
    if question.kind == RENAME:
        return text("choice.name-again", name=ItemKey.parse(question.item).name)
    if question.kind == STALE:
        return text("choice.stale.delete" if question.base is None else "choice.stale.newer")
    return text(_OF_BEFORE.get(question.kind, "choice.before"))
