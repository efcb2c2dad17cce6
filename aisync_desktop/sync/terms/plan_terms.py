"""The terms of a plan: all that it depends on beside what the files say and what was agreed before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import NamedTuple

from aisync_desktop.clients.items import Item, ItemKey, Kind, Renamed, Scope
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.sync.model.merge import Chosen
from aisync_desktop.sync.model.policy import Policy, ranked
from aisync_desktop.sync.model.taking import ByField
from aisync_desktop.sync.settings import SyncSettings
from aisync_desktop.sync.terms.consents import Consents
from aisync_desktop.sync.terms.coverage import Coverage
from aisync_desktop.sync.terms.decisions import Decision


class ItemAt(NamedTuple):
    """One item at one endpoint."""

    scope: Scope
    endpoint: str
    key: ItemKey


class SecretRepairs(NamedTuple):
    """Where a launcher comes into the place of a secret, and the items whose secrets give way to variables."""

    launching: frozenset[ItemAt] = frozenset()
    referring: frozenset[tuple[Scope, ItemKey]] = frozenset()


@dataclass(frozen=True)
class Choice:
    """What the user took for one decision: a side's name, BASE or MERGED.

    With MERGED it may be an item written by hand, or some of its fields as other sides say them (`fields`).
    """

    decision: Decision
    take: str
    item: Item | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def meant(self) -> Chosen:
        """What the merge makes of it."""
        return self.item or (ByField(self.fields) if self.fields else self.take)

    def settles(self, kind: str, scope: Scope, key: ItemKey) -> bool:
        """Whether this is about such a question."""
        found = self.decision
        return (found.kind, found.scope, found.key) == (kind, scope, key)


@dataclass(frozen=True)
class PlanTerms:
    """What the user set and said, and what the last moments were like.

    `resting` are deletions that have only just been seen: they are not followed yet. `stale` is where a client wrote
    back what was there before us, with how often we have put ours there again. `mending` is what the user has just said
    to be done about secrets.
    """

    prefer: str = ""
    choices: tuple[Choice, ...] = ()
    policies: Mapping[Kind, Policy] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)
    consents: Consents = field(default_factory=Consents)
    follows_equal: bool = False  # what means exactly the same at another client may be loosened there, too
    resting: frozenset[ItemAt] = frozenset()
    stale: Mapping[ItemAt, int] = field(default_factory=dict)
    mending: SecretRepairs = field(default_factory=SecretRepairs)
    trusted: frozenset[tuple[Scope, str]] = frozenset()  # endpoints that the user has just had put back: all is meant
    restored: frozenset[tuple[Scope, str]] = frozenset()  # planned as if they held an earlier version: nothing is meant

    def taken(self, asked: Decision) -> str | None:
        """Return what is taken for a question; None where nothing is yet."""
        return next((one.take for one in self.choices if one.decision.subject == asked.subject), None)

    def settling(self, kind: str, scope: Scope, key: ItemKey) -> Choice | None:
        """Return what is taken for a question of this kind about an item."""
        return next((one for one in self.choices if one.settles(kind, scope, key)), None)

    def carrying(self, scope: Scope, renamed: Renamed) -> PlanTerms:
        """Return the terms in which renamed items have kept what was set and allowed for them."""
        coverage, consents = self.coverage.carried(scope, renamed), self.consents.carried(scope, renamed)
        return replace(self, coverage=coverage, consents=consents)


def policies_of(settings: SyncSettings) -> dict[Kind, Policy]:
    """Return the policy of each kind."""
    order = ranked(settings.priority)
    return {
        Kind.MCP: Policy.parse(settings.policy_mcp, order),
        Kind.RULES: Policy.parse(settings.policy_rules, order),
        Kind.PERMISSIONS: Policy.parse(settings.policy_permissions, order),
    }
