"""Changes: what differs between a base and a view, by key and, inside an item, by field path.

Maps (`env`, `headers`) differ by key; everything else, lists included, is one value (a merged `args` is wrong more
often than right).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from aisync_desktop.clients.items import Fields, Item, ItemKey, Items, item_of
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value

FieldPath: TypeAlias = tuple[str, ...]
Patch: TypeAlias = Mapping[FieldPath, "Value | None"]  # None takes the field away


@dataclass(frozen=True)
class Change:
    """One key whose item is another one than it was; None stands for no item."""

    key: ItemKey
    before: Item | None
    after: Item | None

    @property
    def patch(self) -> Patch:
        """The change field by field; empty where the whole item went."""
        if self.after is None:
            return {}
        return difference(self.before.fields() if self.before else {}, self.after.fields())


def diff(base: Items, view: Items, opaque: Collection[ItemKey] = ()) -> tuple[Change, ...]:
    """Return the changes from base to view, by key; a key that cannot be read at present has not changed."""
    keys = sorted((base.keys() | view.keys()) - set(opaque))
    return tuple(Change(key, base.get(key), view.get(key)) for key in keys if base.get(key) != view.get(key))


def field_name(path: FieldPath) -> str:
    """Return what people and requests call a field."""
    return ".".join(path)


def flatten(fields: Fields) -> dict[FieldPath, Value]:
    """Return fields by path, maps opened one level."""
    flat: dict[FieldPath, Value] = {}
    for name, value in fields.items():
        if isinstance(value, dict):
            flat.update({(name, inner): inner_value for inner, inner_value in value.items()})
        else:
            flat[(name,)] = value
    return flat


def difference(before: Fields, after: Fields) -> Patch:
    """Return the patch that leads from one to the other."""
    old, new = flatten(before), flatten(after)
    return {path: new.get(path) for path in sorted(old.keys() | new.keys()) if old.get(path) != new.get(path)}


def patched(key: ItemKey, item: Item | None, patch: Patch) -> Item:
    """Return the item with a patch applied."""
    flat = flatten(item.fields()) if item else {}
    for path, value in patch.items():
        if value is None:
            flat.pop(path, None)
        else:
            flat[path] = value
    return item_of(key, unflatten(flat))


def unflatten(flat: Mapping[FieldPath, Value]) -> dict[str, Value]:
    """Undo `flatten`."""
    fields: dict[str, Value] = {}
    for path, value in flat.items():
        if len(path) == 1:
            fields[path[0]] = value
        else:
            inner = fields.setdefault(path[0], {})
            if isinstance(inner, dict):
                inner[path[1]] = value
    return fields
