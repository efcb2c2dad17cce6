"""What the engine remembers of a scope: the unified items and every client's base, to and from the store's records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from aisync_desktop.core.items import USER, Items, Scope, from_payload
from aisync_desktop.store.records import Memory


@dataclass(frozen=True)
class Known:
    """The memory of one scope, as core's values."""

    scope: Scope = USER
    adopted_at: dt.datetime | None = None
    unified: Items = field(default_factory=dict)
    bases: Mapping[str, Items] = field(default_factory=dict)

    @property
    def adopted(self) -> bool:
        """Whether the user has agreed that we write."""
        return self.adopted_at is not None


def known_of(memory: Memory, scope: Scope = USER) -> Known:
    """Read the store's memory of a scope."""
    snapshot = memory.snapshots.get(str(scope))
    unified = from_payload(snapshot.payload) if snapshot else {}
    bases = {client: from_payload(payload) for (client, of), payload in memory.bases.items() if of == str(scope)}
    return Known(scope, memory.adopted_at, unified, bases)
