"""The decisions that were answered: of each what was asked, what was taken, when and by whom."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict

from aisync_desktop.database.feed import Entry
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.events import DecisionAnswered
from aisync_desktop.sync.store.reads import Reads

_ANSWERED: str = DecisionAnswered.model_fields["type"].default


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class Answered(_Report):
    """One answer; `number` is its place, `clients` whom a consent was about, `by` who gave it.

    `item_kind` and `name` are the parts of the item; of what an assistant asked for, it is the operation.
    """

    number: int
    at: dt.datetime
    id: str
    kind: str
    item: str
    item_kind: str
    name: str
    scope: str
    take: str
    clients: tuple[str, ...]
    by: str


class AnsweredDecisions(_Report):
    """Answers, newest first, and how many there are."""

    answered: tuple[Answered, ...]
    count: int


def answered(reads: Reads, limit: int, before: int | None = None) -> AnsweredDecisions:
    """Return what was answered, newest first."""
    page = tuple(map(_answer, reads.newest_of(_ANSWERED, limit, before)))
    return AnsweredDecisions(answered=page, count=reads.count_of(_ANSWERED))


def _answer(entry: Entry) -> Answered:
    kind, slash, name = entry.target.partition("/")
    clients = entry.detail.get("clients")
    return Answered(
        number=entry.number,
        at=entry.at,
        id=_word(entry.detail.get("id")),
        kind=_word(entry.detail.get("kind")),
        item=entry.target,
        item_kind=kind if slash else "",
        name=name if slash else entry.target,
        scope=_word(entry.detail.get("scope")),
        take=_word(entry.detail.get("take")),
        clients=tuple(map(str, clients)) if isinstance(clients, list) else (),
        by=entry.actor,
    )


def _word(value: Value) -> str:
    return value if isinstance(value, str) else ""
