"""Consents: which secrets may be written, as they are, into which other files of the user's scope.

A secret is known by where it is (an item's field), not by its value: a value that changes goes the same ways. What the
user refused is not asked again, also where the item gets another name. Nothing here holds a value, and no consent
reaches a project: its files are shared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from aisync_desktop.core.diff import FieldPath
from aisync_desktop.core.items import ItemKey, Scope
from aisync_desktop.core.renames import Renamed
from aisync_desktop.core.values import Value

COPY, LEAVE = "copy", "leave"


class Place(NamedTuple):
    """One secret at one endpoint."""

    key: str
    field: str
    label: str


class _Stored(BaseModel):
    model_config = ConfigDict(extra="ignore")
    copy_to: list[tuple[str, str, str]] = []
    leave: list[tuple[str, str, str]] = []


@dataclass(frozen=True)
class Consents:
    """What the user allowed, and what was refused."""

    copy: frozenset[Place] = frozenset()
    leave: frozenset[Place] = frozenset()

    @classmethod
    def parse(cls, stored: object) -> Consents:
        """Read what `payload` wrote; what cannot be read allows nothing."""
        try:
            found = _Stored.model_validate(stored or {})
        except ValidationError:
            return cls()
        return cls(frozenset(Place(*one) for one in found.copy_to), frozenset(Place(*one) for one in found.leave))

    def payload(self) -> dict[str, Value]:
        """Return the JSON-able form that is stored."""
        return {
            "copy_to": [[*place] for place in sorted(self.copy)],
            "leave": [[*place] for place in sorted(self.leave)],
        }

    def allow(self, key: ItemKey, fields: Collection[FieldPath], label: str) -> bool:
        """Whether all of these secrets may be written there."""
        return self.copy.issuperset(_places(key, fields, label))

    def refuse(self, key: ItemKey, fields: Collection[FieldPath], label: str) -> bool:
        """Whether one of them may not, and that is settled."""
        return not self.leave.isdisjoint(_places(key, fields, label))

    def settled(self, key: ItemKey, fields: Collection[FieldPath], labels: Iterable[str], take: str) -> Consents:
        """Return the consents once the user has spoken about an item's secrets at some endpoints."""
        places = frozenset(place for label in labels for place in _places(key, fields, label))
        if take == COPY:
            return replace(self, copy=self.copy | places, leave=self.leave - places)
        return replace(self, copy=self.copy - places, leave=self.leave | places)

    def carried(self, scope: Scope, renamed: Renamed) -> Consents:
        """Return the consents in which what was settled for a name is so for the new ones of the item too."""
        if scope.root:
            return self
        settled = self.copy | self.leave
        return replace(
            self,
            copy=self.copy | (_under_new_names(self.copy, renamed) - settled),
            leave=self.leave | (_under_new_names(self.leave, renamed) - settled),
        )


def _under_new_names(places: Collection[Place], renamed: Renamed) -> frozenset[Place]:
    return frozenset(place._replace(key=str(new)) for old, new in renamed for place in places if place.key == str(old))


def _places(key: ItemKey, fields: Iterable[FieldPath], label: str) -> set[Place]:
    return {Place(str(key), ".".join(field), label) for field in fields}
