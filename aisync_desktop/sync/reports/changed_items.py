"""An item that changed, by its name alone: what a title tells of a change, a file or a step."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from aisync_desktop.clients.items import ItemKey, Kind
from aisync_desktop.sync.model.diff import Change
from aisync_desktop.sync.reports.history import item_changes


class ChangedItem(BaseModel):
    """An item that is another one than it was."""

    model_config = ConfigDict(frozen=True)
    item: str
    kind: Kind
    name: str
    change: Literal["added", "changed", "removed"]


def changed_item(change: Change) -> ChangedItem:
    """Return a change by its item's name."""
    kind: Literal["added", "changed", "removed"] = "changed"
    if change.before is None or change.after is None:
        kind = "added" if change.before is None else "removed"
    return ChangedItem(item=str(change.key), kind=change.key.kind, name=change.key.name, change=kind)


def items_changed(stored: object) -> tuple[ChangedItem, ...]:
    """Read which items a snapshot changed."""
    found = ((ItemKey.parse(one.item), one.change) for one in item_changes(stored))
    return tuple(ChangedItem(item=str(key), kind=key.kind, name=key.name, change=change) for key, change in found)
