"""Decisions: what only the user can settle, and the answers that do not fit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from pydantic import ValidationError

from aisync_desktop.clients.items import Fields, Item, ItemKey, Kind, Renamed, Scope, item_of
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.secrets.detect import find_secrets
from aisync_desktop.sync.model.taking import BASE, MERGED
from aisync_desktop.sync.terms.consents import COPY, LEAVE
from aisync_desktop.sync.terms.errors import NoItemError, SecretByHandError

if TYPE_CHECKING:
    from aisync_desktop.sync.model.status import DecisionStatus

CONFLICT = "conflict"
RENAME = "rename"
SECRET = "secret"  # noqa: S105 - the kind of a decision
LEAK = "leak"
MASS_DELETION = "mass-deletion"
STALE = "stale"
LOST_TEXT = "lost-text"
WIDER = "wider"
SERVERS = "project-servers"  # new ones of a project, or ones whose lines are others: all of a look in one question
ALLOW = "allow"
CONSENTING = frozenset({SECRET, WIDER})  # the sides are the clients that do not have it: it is copied there, or not
RESTORE = "restore"  # the whole file as it was, as a choice


@dataclass(frozen=True)
class Decision:
    """Something that only the user can settle; its subject is the same as long as the question is.

    `endpoint` is set where the question is about one file of a client rather than about an item everywhere; `kept`
    says that what was agreed before can be taken although it is no single item; `gone` are a mass deletion's items;
    `examples` what a side would allow besides (outside its client's sandbox if it is `unsandboxed`); `names` the new
    ones that sides gave to one item, `was` the old ones where sides gave the same; `restorable` says that more than
    the items is gone from the file, and the whole of it can be put back; `takes` is what can be answered where
    something would be copied; `unread` are the names of the sides whose files cannot be read at present; `servers`
    those of a project that wait to be allowed at the sides.
    """

    kind: str
    scope: Scope
    key: ItemKey
    summary: Text
    sides: Mapping[str, Item | None] = field(default_factory=dict)
    base: Item | None = None
    kept: bool = False
    endpoint: str = ""
    gone: tuple[str, ...] = ()
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, ItemKey] = field(default_factory=dict)
    was: frozenset[ItemKey] = frozenset()
    restorable: bool = False
    takes: tuple[str, ...] = (COPY, LEAVE)
    unsandboxed: frozenset[str] = frozenset()
    servers: Mapping[ItemKey, Item] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[ItemKey]:
        """Every item that it is about, under all its names."""
        gone = {ItemKey(self.key.kind, name) for name in self.gone}
        return frozenset({self.key, *self.was, *self.names.values(), *gone, *self.servers})

    @property
    def renamed(self) -> Renamed:
        """The old names with the new ones of the items that it is about."""
        was = ((old, self.key) for old in self.was)
        return frozenset({*was, *((self.key, name) for name in self.names.values())})

    def key_if(self, take: str) -> ItemKey:
        """Return under which key the item is, or would be, once that is taken."""
        return self.names.get(take, self.key)

    @property
    def about(self) -> str:
        """What the question is about, in its scope."""
        return f"{self.key} @ {self.endpoint}" if self.endpoint else str(self.key)

    @property
    def subject(self) -> str:
        """A short name made of what the question is about: the same however the sides go on changing."""
        return hashlib.sha256(f"{self.scope}|{self.about}|{self.kind}".encode()).hexdigest()[:8]

    @property
    def id(self) -> str:
        """A short name to answer by.

        What is asked about a project can be changed by whoever writes there, between the look and the answer: so there
        the name is another one as soon as a side says something else, and an answer is for nothing but what was shown.
        """
        return self.revision[:8] if self.scope.root else self.subject

    @property
    def line(self) -> DecisionStatus:
        """It as one line of the status."""
        from aisync_desktop.sync.model.status import DecisionStatus  # a plan is made without one

        note = text("decision.unread", clients=", ".join(self.unread)) if self.unread else None
        return DecisionStatus(
            id=self.id, kind=self.kind, item=str(self.key), scope=str(self.scope), summary=self.summary, note=note
        )

    @property
    def revision(self) -> str:
        """A short name made of what is asked: another one as soon as a side says something else."""
        sides = {label: item.fields() if item else None for label, item in self.sides.items()}
        names = {label: name.name for label, name in self.names.items()}
        told: list[object] = [{label: [*few] for label, few in self.examples.items()}, sorted(self.unsandboxed)]
        told += [{str(key): item.fields() for key, item in self.servers.items()}] if self.servers else []
        base = self.base.fields() if self.base else None
        asked = [self.subject, base, sides, self.gone, names, self.restorable, *told]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16]

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be taken: the side of a client that moved, or what was agreed before."""
        if self.kind == SERVERS or self.kind in CONSENTING:
            return self.takes
        agreed = (BASE,) if self.base or self.kept else ()
        more = (MERGED,) if self.kind == CONFLICT else (RESTORE,) if self.restorable else ()
        return (*sorted(self.sides), *agreed, *more)


def item_by_hand(decision: Decision, written: str) -> Item:
    """Return the item that the user wrote: a rule's text, or a server's fields as a JSON object."""
    try:
        fields = _fields_by_hand(decision, written)
        item = item_of(decision.key, fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise NoItemError(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error
    except ValueError as error:
        raise NoItemError(str(error)) from error
    if not item.is_complete:
        raise NoItemError("a command or a url is missing")
    found = next(iter(find_secrets(item.fields())), None)
    if found is not None:
        raise SecretByHandError(".".join(str(part) for part in found.path))
    return item


def _fields_by_hand(decision: Decision, written: str) -> Fields:
    if decision.key.kind is Kind.RULES:
        known = decision.base or next((side for side in decision.sides.values() if side), None)
        return {**(known.fields() if known else {}), "text": written}
    fields = json.loads(written)
    if not isinstance(fields, dict):
        raise ValueError("a JSON object is expected")  # noqa: TRY004 - of the text, not of a type in our code
    return fields
