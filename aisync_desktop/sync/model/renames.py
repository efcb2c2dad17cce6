"""Renames: an item that went and one that came at the same client, in one step, with (nearly) the same content.

What it was called before is looked for in what was agreed and, where a question is open, in what the client said last:
that may be quite another content, and a new name for it is a new name all the same. A permission is never renamed: its
name is what it says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field
from difflib import SequenceMatcher
from typing import TypeAlias

from aisync_desktop.clients.items import Item, ItemKey, Items, Kind, Renamed, Rule
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.sync.model.diff import flatten

_ALIKE = 0.8
Namesakes: TypeAlias = tuple[frozenset[ItemKey], ...]  # all the names of each item that has several


@dataclass(frozen=True)
class LastSaid:
    """What one client said last of what is not agreed on: items under their names, and which names were new then."""

    items: Mapping[ItemKey, Item | None] = field(default_factory=dict)
    renamed: Renamed = frozenset()

    def likeness(self, base: Items, old: ItemKey, new: ItemKey, item: Item) -> float:
        """Return how much an item under a new name is what was agreed, or said last, under the old one."""
        if (old, new) in self.renamed:
            return 1.0
        said = self.items.get(old)
        return max(likeness(base[old], item), likeness(said, item) if said else 0.0)


NOTHING_SAID = LastSaid()


def renames(
    base: Items, view: Items, opaque: Collection[ItemKey] = (), said: LastSaid = NOTHING_SAID
) -> dict[ItemKey, ItemKey]:
    """Return the new name of every renamed item, by the old one; each is of one rename only, the most alike first."""
    gone = [key for key in base if key not in view and key not in opaque and key.kind is not Kind.PERMISSIONS]
    new = [key for key in view if key not in base]
    if not (gone and new):
        return {}
    pairs = [
        (said.likeness(base, old, fresh, view[fresh]), old, fresh)
        for old in gone
        for fresh in new
        if old.kind is fresh.kind
    ]
    found: dict[ItemKey, ItemKey] = {}
    for alike, old, fresh in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if alike >= _ALIKE and old not in found and fresh not in found.values():
            found[old] = fresh
    return found


def namesakes(renamed: Renamed) -> Namesakes:
    """Return what belongs together: an item may have been renamed again, or differently by others."""
    groups: list[frozenset[ItemKey]] = []
    for pair in sorted(renamed):
        touching = [group for group in groups if not group.isdisjoint(pair)]
        groups = [group for group in groups if group not in touching] + [frozenset(pair).union(*touching)]
    return tuple(groups)


def likeness(one: Item, other: Item) -> float:
    """Return how much of two items is the same, from 0 to 1."""
    if one == other:
        return 1.0
    if isinstance(one, Rule) and isinstance(other, Rule):
        return SequenceMatcher(None, one.text.splitlines(), other.text.splitlines()).ratio()
    left, right = flatten(one.fields()), flatten(other.fields())
    same = sum(right.get(path) == value for path, value in left.items())
    return same / len(left.keys() | right.keys())
