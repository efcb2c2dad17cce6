"""What is kept in step where: clients, kinds and items can be off in a scope; an item can be pinned to clients.

What is off is left as it is, everywhere, and catches up when it is on again. A pinned item is for its clients only:
the others give up what came from us, and what they have under that name by themselves is theirs. An item that is
renamed takes along what is set; it stays set for the old name too, so that who goes back finds it as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field, replace
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

from aisync_desktop.clients.items import ItemKey, Kind, Renamed, Scope
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import NotThereError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value

Place: TypeAlias = tuple[Scope, str]  # a scope, and a client's id, a kind or an item's key in it


class UnknownTargetError(NotThereError):
    """What is to be switched is no client, no kind and no item."""

    def __init__(self, what: str) -> None:
        super().__init__(text("reach.unknown"), text("reach.unknown.message", what=what), text("reach.unknown.next"))


def item_named(shown: str, keys: Collection[ItemKey]) -> ItemKey:
    """Return the item that is meant by a key (`mcp/github`), or by its name where only one has it."""
    found = [key for key in keys if shown == str(key)] or [key for key in keys if shown == key.name]
    if len(found) != 1:
        raise UnknownTargetError(shown)
    return found[0]


class _Stored(BaseModel):
    model_config = ConfigDict(extra="ignore")
    off: list[tuple[str, str]] = []
    pins: list[tuple[str, str, list[str]]] = []


@dataclass(frozen=True)
class Coverage:
    """What is off, and which items are pinned to which clients."""

    off: frozenset[Place] = frozenset()
    pins: Mapping[tuple[Scope, ItemKey], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def parse(cls, stored: object) -> Coverage:
        """Read what `payload` wrote; what cannot be read is taken for "everything is on"."""
        try:
            found = _Stored.model_validate(stored or {})
            pins = {(Scope.parse(scope), ItemKey.parse(key)): frozenset(who) for scope, key, who in found.pins}
            coverage = cls(frozenset((Scope.parse(scope), what) for scope, what in found.off), pins)
            for scope, _ in coverage.off:
                coverage.keys(scope)
        except ValueError:
            return cls()
        return coverage

    def payload(self) -> dict[str, Value]:
        """Return the JSON-able form that is stored."""
        off = sorted((str(scope), what) for scope, what in self.off)
        pins = sorted((str(scope), str(key), sorted(clients)) for (scope, key), clients in self.pins.items())
        return {"off": [[*place] for place in off], "pins": [[scope, key, [*who]] for scope, key, who in pins]}

    def covers(self, scope: Scope, kind: Kind, clients: Collection[str]) -> bool:
        """Whether an endpoint takes part: its kind is on, and one of the clients that read it is."""
        return (scope, kind.value) not in self.off and any((scope, client) not in self.off for client in clients)

    def keys(self, scope: Scope) -> frozenset[ItemKey]:
        """Return the items of which something is set in a scope."""
        off = {ItemKey.parse(what) for of, what in self.off if of == scope and "/" in what}
        return frozenset(off | {key for of, key in self.pins if of == scope})

    def is_off(self, scope: Scope, key: ItemKey) -> bool:
        """Whether an item is off."""
        return (scope, str(key)) in self.off

    def bars(self, scope: Scope, key: ItemKey, clients: Collection[str]) -> bool:
        """Whether an item is pinned to other clients than these."""
        pinned = self.pins.get((scope, key))
        return pinned is not None and pinned.isdisjoint(clients)

    def switched(self, scope: Scope, what: str, *, on: bool) -> Coverage:
        """Return the coverage with one thing on, or off."""
        place = (scope, what)
        return replace(self, off=self.off - {place} if on else self.off | {place})

    def pinned(self, scope: Scope, key: ItemKey, clients: Collection[str]) -> Coverage:
        """Return the coverage with an item for these clients only; for all again where there are none."""
        pins = {place: who for place, who in self.pins.items() if place != (scope, key)}
        return replace(self, pins={**pins, (scope, key): frozenset(clients)} if clients else pins)

    def carried(self, scope: Scope, renamed: Renamed) -> Coverage:
        """Return the coverage in which what is set for a name is set for the new ones of the item too."""
        off = {(scope, str(new)) for old, new in renamed if self.is_off(scope, old)}
        pins = {(scope, new): self.pins[scope, old] for old, new in renamed if (scope, old) in self.pins}
        return replace(self, off=self.off | off, pins={**pins, **self.pins})
