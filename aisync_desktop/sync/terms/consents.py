"""Consents: how secrets may get to other files: copied as they are, by the launcher, or not at all.

A secret is known by where it is (an item's field), not by its value: a value that changes goes the same ways. What the
user refused is not asked again, also where the item gets another name. Nothing here holds a value. No consent copies
one into a project, whose files are shared; the launcher writes none. What may be loosened (loosening.py) is kept here
likewise: there the field is the action. So are the servers of projects that were allowed (server_consents.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from aisync_desktop.clients.items import USER, Item, ItemKey, Renamed, Scope
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.seal import contains_sealed
from aisync_desktop.sync.model.diff import FieldPath, difference
from aisync_desktop.sync.terms.server_consents import ServerConsents, StoredServers
from aisync_desktop.sync.terms.starting_servers import NOTHING, Agreed, is_agreed, is_program

COPY, LAUNCH, LEAVE = "copy", "launch", "leave"


class Place(NamedTuple):
    """One secret at one endpoint of a scope."""

    key: str
    field: str
    label: str
    scope: str = str(USER)


_StoredPlace = tuple[str, str, str] | tuple[str, str, str, str]


class _Stored(BaseModel):
    model_config = ConfigDict(extra="ignore")
    copy_to: list[_StoredPlace] = []
    launch: list[_StoredPlace] = []
    leave: list[_StoredPlace] = []
    lines: dict[str, object] = {}
    servers: StoredServers = StoredServers()


@dataclass(frozen=True)
class Consents:
    """What the user allowed, and what was refused; of each place one thing."""

    copy: frozenset[Place] = frozenset()
    leave: frozenset[Place] = frozenset()
    launch: frozenset[Place] = frozenset()
    lines: Mapping[str, Agreed] = field(default_factory=dict)  # what launchers may start, by scope and item
    servers: ServerConsents = field(default_factory=ServerConsents)

    @classmethod
    def parse(cls, stored: object) -> Consents:
        """Read what `payload` wrote; what cannot be read allows nothing."""
        try:
            found = _Stored.model_validate(stored or {})
        except ValidationError:
            return cls()
        read = {name: Agreed.of(line) for name, line in found.lines.items()}
        lines = {name: agreed for name, agreed in read.items() if agreed.line}
        return cls(
            _places_of(found.copy_to),
            _places_of(found.leave),
            _places_of(found.launch),
            lines,
            ServerConsents.of(found.servers),
        )

    def payload(self) -> dict[str, Value]:
        """Return the JSON-able form that is stored."""
        return {
            "copy_to": [[*place] for place in sorted(self.copy)],
            "launch": [[*place] for place in sorted(self.launch)],
            "leave": [[*place] for place in sorted(self.leave)],
            "lines": {name: line.stored() for name, line in sorted(self.lines.items())},
            "servers": self.servers.payload(),
        }

    def starting(self, scope: Scope, key: ItemKey, agreed: Agreed) -> Consents:
        """Return the consents once the user agreed that a launcher hands an item's secrets to that."""
        return replace(self, lines={**self.lines, f"{scope}|{key}": agreed})

    def has_agreed(self, scope: Scope, key: ItemKey, item: Item) -> bool:
        """Whether a launcher may start an item as it is now, and can."""
        agreed = self.lines.get(f"{scope}|{key}", NOTHING)
        return is_agreed(item.fields(), agreed) and is_program(agreed.program)

    def allow(self, key: ItemKey, fields: Collection[FieldPath], label: str, scope: Scope) -> bool:
        """Whether all of these secrets may be written there as they are."""
        return self.copy.issuperset(_places(key, fields, label, scope))

    def launches(self, key: ItemKey, fields: Collection[FieldPath], label: str, scope: Scope) -> bool:
        """Whether one of these secrets is to come there by the launcher: then all of the item's do."""
        return not self.launch.isdisjoint(_places(key, fields, label, scope))

    def refuse(self, key: ItemKey, fields: Collection[FieldPath], label: str, scope: Scope) -> bool:
        """Whether one of them may not, and that is settled."""
        return not self.leave.isdisjoint(_places(key, fields, label, scope))

    def settled(
        self, key: ItemKey, fields: Collection[FieldPath], labels: Iterable[str], scope: Scope, take: str
    ) -> Consents:
        """Return the consents once the user has spoken about an item's secrets at some endpoints."""
        places = frozenset(place for label in labels for place in _places(key, fields, label, scope))

        def now(answer: str, before: frozenset[Place]) -> frozenset[Place]:
            return before | places if take == answer else before - places

        return replace(self, copy=now(COPY, self.copy), leave=now(LEAVE, self.leave), launch=now(LAUNCH, self.launch))

    def withdrawn(self, scope: Scope, key: ItemKey, label: str = "", field: str = "") -> Consents:
        """Return the consents without those to write an item (or a `field` of it), at one endpoint or at all."""

        def is_meant(one: Place) -> bool:
            here = (one.scope, one.key) == (str(scope), str(key)) and label in {"", one.label}
            return here and field in {"", one.field.partition(".")[0]}

        def left(places: frozenset[Place]) -> frozenset[Place]:
            return frozenset(one for one in places if not is_meant(one))

        return replace(self, copy=left(self.copy), launch=left(self.launch))

    def carried(self, scope: Scope, renamed: Renamed) -> Consents:
        """Return the consents in which what was settled for a name is so for the new ones of the item too."""
        settled = self.copy | self.leave | self.launch

        def now(places: frozenset[Place]) -> frozenset[Place]:
            here = [place for place in places if place.scope == str(scope)]
            return places | (_under_new_names(here, renamed) - settled)

        moved = {
            f"{scope}|{new}": self.lines[f"{scope}|{old}"] for old, new in renamed if f"{scope}|{old}" in self.lines
        }
        lines = {**moved, **self.lines}
        return Consents(now(self.copy), now(self.leave), now(self.launch), lines, self.servers.carried(scope, renamed))


def _under_new_names(places: Collection[Place], renamed: Renamed) -> frozenset[Place]:
    return frozenset(place._replace(key=str(new)) for old, new in renamed for place in places if place.key == str(old))


def secrets_to_copy(present: Item | None, wanted: Item) -> frozenset[FieldPath]:
    """Return where writing the item would put a sealed value that is not there yet: that needs consent."""
    meant = wanted.fields()
    if not contains_sealed(meant):
        return frozenset()
    said = present.fields() if present else {}
    if said.get("transport") != meant.get("transport"):  # then every value may move to another key
        said = {}
    patch = difference(said, meant)
    return frozenset(path for path, value in patch.items() if value is not None and contains_sealed({"": value}))


def _places_of(stored: Iterable[_StoredPlace]) -> frozenset[Place]:
    return frozenset(Place(*one) for one in stored)


def _places(key: ItemKey, fields: Iterable[FieldPath], label: str, scope: Scope) -> set[Place]:
    return {Place(str(key), ".".join(field), label, str(scope)) for field in fields}
