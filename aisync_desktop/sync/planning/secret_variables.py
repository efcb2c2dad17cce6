"""Variables in the place of secrets: `${NAME}`, to be set where clients start."""

from __future__ import annotations

import re

from aisync_desktop.clients.items import Item, ItemKey, item_of
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.references import SEALED, references
from aisync_desktop.sync.model.diff import FieldPath, flatten, unflatten

_UNFIT = re.compile(r"[^A-Z0-9]+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def referring(key: ItemKey, item: Item) -> Item:
    """Return an item with a variable in the place of each secret."""
    names = variables(key, item)
    flat = flatten(item.fields())
    return item_of(key, unflatten({path: _referring(value, names) for path, value in flat.items()}))


def variables(key: ItemKey, item: Item) -> dict[str, str]:
    """Return the name of the variable for each secret: the one that holds it already, or one made of its place."""
    names: dict[str, str] = {}
    for path, value in flatten(item.fields()).items():
        for reference in sorted(references(value) - names.keys()):
            wanted = _name(key, path)
            taken = {*names.values()}
            numbered = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
            names[reference] = next(name for name in (wanted, *numbered) if name not in taken)
    return names


def _name(key: ItemKey, path: FieldPath) -> str:
    if path[0] == "env" and _NAME.fullmatch(path[-1]):
        return path[-1]
    made = _UNFIT.sub("_", f"{key.name}_{path[-1]}".upper()).strip("_")
    return made if _NAME.fullmatch(made) else f"SECRET_{made}".rstrip("_")


def _referring(value: Value, names: dict[str, str]) -> Value:
    if isinstance(value, list):
        return [_referring(each, names) for each in value]
    return SEALED.sub(lambda found: f"${{{names[found.group()]}}}", value) if isinstance(value, str) else value
