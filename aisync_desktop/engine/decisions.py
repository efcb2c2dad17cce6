"""Decisions: what only the user can settle, and the answers that do not fit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.items import Item, ItemKey, Scope
from aisync_desktop.core.merge import BASE
from aisync_desktop.core.messages import Text, text

CONFLICT = "conflict"
SECRET = "secret"  # noqa: S105 - the kind of a decision
LEAK = "leak"
MASS_DELETION = "mass-deletion"
STALE = "stale"


@dataclass(frozen=True)
class Decision:
    """Something that only the user can settle; its id is the same as long as the question is.

    `endpoint` is set where the question is about one file of a client rather than about an item everywhere; `kept`
    says that what was agreed before can be taken although it is no single item.
    """

    kind: str
    scope: Scope
    key: ItemKey
    summary: Text
    sides: Mapping[str, Item | None] = field(default_factory=dict)
    base: Item | None = None
    kept: bool = False
    endpoint: str = ""

    @property
    def about(self) -> str:
        """What the question is about, in its scope."""
        return f"{self.key} @ {self.endpoint}" if self.endpoint else str(self.key)

    @property
    def id(self) -> str:
        """A short name made of what the question is about."""
        return hashlib.sha256(f"{self.scope}|{self.about}|{self.kind}".encode()).hexdigest()[:8]

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be taken: the side of a client that moved, or what was agreed before."""
        if self.kind == SECRET:
            return ()
        return (*sorted(self.sides), *((BASE,) if self.base or self.kept else ()))


class NoSuchDecisionError(WorldError):
    """The decision is not open (any more)."""

    def __init__(self, decision: str) -> None:
        super().__init__(
            text("decision.unknown"),
            text("decision.unknown.message", decision=decision),
            text("decision.unknown.next"),
        )


class NotWritingError(WorldError):
    """Nothing may be written now: not adopted yet, or paused."""

    def __init__(self, *, paused: bool) -> None:
        why = "paused" if paused else "new"
        super().__init__(text("not-writing"), text(f"not-writing.{why}"), text(f"not-writing.{why}.next"))


class NoSuchChoiceError(WorldError):
    """The answer is none of this decision's."""

    def __init__(self, decision: Decision, take: str) -> None:
        choices = ", ".join(decision.choices)
        next_step = text("decision.choices", choices=choices) if choices else text("decision.by-hand")
        super().__init__(text("decision.no-choice"), text("decision.no-choice.message", take=take), next_step)
