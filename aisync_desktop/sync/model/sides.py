"""Sides: what each client says, as the merge takes it; and the items to which sides gave different names.

Two clients that renamed one item differently disagree about it as much as two that gave a field different values. All
its names are held until one is taken; then the other sides are heard as if they had left the item alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from aisync_desktop.clients.items import Item, ItemKey, Items
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.sync.model.renames import NOTHING_SAID, LastSaid, renames


@dataclass(frozen=True)
class Side:
    """What one client says: its items now, its base, what it could not read, and the fields that it can express.

    `said` is what it said last of what is asked about, by which renames are known.

    `written_ns` is when its file was written last; `readers` are the ids of the clients that read it, where it is a
    file of several and `client` its name. Of the transports in `left_open` it names one and means any.
    """

    client: str
    base: Items
    view: Items
    expresses: frozenset[str]
    opaque: frozenset[ItemKey] = frozenset()
    written_ns: int = 0
    readers: frozenset[str] = frozenset()
    said: LastSaid = NOTHING_SAID
    left_open: frozenset[str] = frozenset()

    @property
    def renamed(self) -> dict[ItemKey, ItemKey]:
        """The new name of every item that it renamed, by the old one."""
        return renames(self.base, self.view, self.opaque, self.said)


@dataclass(frozen=True)
class Contested:
    """An item to which sides gave different names: the old one, and by client the new ones and what they stand for."""

    key: ItemKey
    names: Mapping[str, ItemKey]
    items: Mapping[str, Item]

    @property
    def keys(self) -> frozenset[ItemKey]:
        """All its names."""
        return frozenset({self.key, *self.names.values()})


def contested(sides: Iterable[Side]) -> Iterator[Contested]:
    """Yield, by the old name, the items of which clients do not agree what they are called now."""
    found: dict[ItemKey, dict[str, tuple[ItemKey, Item]]] = {}
    for side in sides:
        for old, new in side.renamed.items():
            found.setdefault(old, {})[side.client] = new, side.view[new]
    for old, named in sorted(found.items()):
        if len({new for new, _ in named.values()}) > 1:
            names = {client: new for client, (new, _) in named.items()}
            yield Contested(old, names, {client: item for client, (_, item) in named.items()})


def holding(sides: Iterable[Side], about: Contested) -> tuple[Side, ...]:
    """Return the sides as ones that say nothing about an item, under any of its names."""
    return tuple(
        replace(
            side,
            view={key: item for key, item in side.view.items() if key not in about.keys},
            opaque=side.opaque | about.keys,
        )
        for side in sides
    )


def taking(sides: Iterable[Side], about: Contested, name: ItemKey) -> tuple[Side, ...]:
    """Return the sides once a name is taken: those who gave another one say nothing new under it.

    Where the old name is taken, they have what was agreed; else the item went there, as it did where it got the name.
    """
    return tuple(_conceding(side, about.key, name) for side in sides)


def _conceding(side: Side, old: ItemKey, name: ItemKey) -> Side:
    given = side.renamed.get(old)
    if given in {None, name}:
        return side
    view = {key: item for key, item in side.view.items() if key != given}
    return replace(side, view={**view, old: side.base[old]} if name == old else view)
