"""Taking: what an item becomes once a side is taken, what does not clash, or each field from the side that was chosen.

One side is taken whole: what it cannot say, and what others say there, stays as they say it. Of what does not clash,
each field is as the sides that changed it say, where they say the same. A server that is started has no address, and
one that is connected to no command: whoever decides how clients talk to it decides about these.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from itertools import chain
from typing import TypeVar

from pydantic import ValidationError

from aisync_desktop.clients.items import AMENDMENTS, Item, ItemKey, Kind, Rule, fits_transport, item_of
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.diff3 import merge_markdown
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.diff import Change, FieldPath, Patch, difference, field_name, flatten, patched, unflatten

BASE = "base"  # what was agreed before, as a choice
MERGED = "merged"  # all that does not clash, as a choice
TEXT: FieldPath = ("text",)
Moved = Mapping[str, Change]  # of one key: the changes by client
_Flat = dict[FieldPath, Value]
_Name = TypeVar("_Name", bound=Hashable)


@dataclass(frozen=True)
class ByField:
    """All that does not clash and, by the name of a field, the side (or BASE) whose value it has instead."""

    takes: Mapping[str, str]


def peaceful(key: ItemKey, current: Item | None, moved: Moved) -> Item | None:
    """Return the item with every field that only one side changed, or all in the same way; None where that is none."""
    patch = _undisputed(current, moved)
    return _made(key, _after(current, patch)) if patch else None


def by_field(
    key: ItemKey, current: Item | None, moved: Moved, expresses: Mapping[str, frozenset[str]], takes: Mapping[str, str]
) -> Item | None:
    """Return the item with some fields as sides say them; None where one clashes that is not named, or it is none."""
    before = flatten(current.fields()) if current else {}
    sides = {
        of: flatten(taken(key, current, of, moved, expresses).fields())
        for of, change in moved.items()
        if change.after is not None
    }
    now = _after(current, _undisputed(current, moved))
    left_open = clashing(before, now, sides.values())
    for path in {*chain(before, now, *sides.values())}:
        take = takes.get(field_name(path))
        if take is not None:
            value = (before if take == BASE else sides.get(take, {})).get(path)
            now = {**now, path: value} if value is not None else {at: one for at, one in now.items() if at != path}
            left_open -= {path}
    if any(_is_fit(key, now, path) for path in left_open):
        return None
    return _made(key, now)


def clashing(
    before: Mapping[_Name, Value], merged: Mapping[_Name, Value], sides: Iterable[Mapping[_Name, Value]]
) -> frozenset[_Name]:
    """Return the fields that a side changed, that are as before in what does not clash, and not the same everywhere."""
    said = list(sides)
    found = set[_Name]()
    for side in said:
        found |= {path for path in {*before, *side} if side.get(path) != before.get(path) == merged.get(path)}
    return frozenset(path for path in found if any(side.get(path) != said[0].get(path) for side in said))


def _undisputed(current: Item | None, moved: Moved) -> Patch:
    """Return what is changed by one side only, or by all that change it in the same way; of texts, no line twice."""
    said: dict[FieldPath, list[Value | None]] = {}
    for change in moved.values():
        for path, value in change.patch.items():
            said.setdefault(path, []).append(value)
    patch = {path: values[0] for path, values in said.items() if all(value == values[0] for value in values)}
    texts = [change for _, change in sorted(moved.items()) if TEXT in change.patch and is_text(change, TEXT)]
    joint = joint_text(text_of(current), texts) if len(texts) == len(said.get(TEXT, ())) > 1 else None
    return patch if joint is None else {**patch, TEXT: joint}


def _after(current: Item | None, patch: Patch) -> _Flat:
    now = {**(flatten(current.fields()) if current else {}), **patch}
    return {path: value for path, value in now.items() if value is not None}


def _made(key: ItemKey, said: _Flat) -> Item | None:
    """Return the item that these fields make, without those of a transport that it has not; None where they do not."""
    try:
        item = item_of(key, unflatten({path: value for path, value in said.items() if _is_fit(key, said, path)}))
    except ValidationError:
        return None
    return item if item.is_complete else None


def _is_fit(key: ItemKey, said: _Flat, path: FieldPath) -> bool:
    return key.kind is not Kind.MCP or fits_transport(path[0], said.get(("transport",)))


def taken(
    key: ItemKey, current: Item | None, winner: str, moved: Moved, expresses: Mapping[str, frozenset[str]]
) -> Item:
    """Return the item after one side's edit, whatever the others say of what that side says."""
    beside = _beside(winner, moved, expresses)
    return patched(key, current, {**beside, **_as_said(moved[winner], current, expresses[winner])})


def _beside(winner: str, moved: Moved, expresses: Mapping[str, frozenset[str]]) -> Patch:
    """Return what the other sides say of what the one that is taken cannot say, or, where all is new, does not say.

    Where they contradict each other, the stricter of two lists of tools counts, and else the first of them by name.
    """
    mine = moved[winner]
    said = flatten(mine.after.fields()) if mine.after else {}
    found: dict[FieldPath, Value | None] = {}
    for _, change in sorted((of, change) for of, change in moved.items() if of != winner and change.after):
        if change.after is None or mine.after is None or not _same_transport(change.after, mine.after):
            continue
        for path, value in change.patch.items():
            unsayable = path[0] not in expresses[winner] | {"transport"}
            unsaid = mine.before is None and path[0] in AMENDMENTS and path not in said
            if unsayable or unsaid:
                found[path] = _stricter(path[0], found[path], value) if path in found else value
    return found


def _same_transport(one: Item, other: Item) -> bool:
    return one.fields().get("transport") == other.fields().get("transport")


def _stricter(field: str, one: Value | None, other: Value | None) -> Value | None:
    """Return what two sides allow both; of anything but lists of tools, what the first one says."""
    if field == "hidden_tools":
        return [*_listed(one), *(tool for tool in _listed(other) if tool not in _listed(one))]
    if field != "only_tools" or other is None:
        return one
    return other if one is None else [tool for tool in _listed(one) if tool in _listed(other)]


def _listed(value: Value | None) -> list[Value]:
    return value if isinstance(value, list) else []


def _as_said(change: Change, current: Item | None, expresses: frozenset[str]) -> Patch:
    """Return the patch after which the item is as one side says: a new one is said whole, as far as it can be."""
    if change.before is not None or change.after is None or current is None:
        return change.patch
    after = change.after.fields()
    denied = (expresses - (AMENDMENTS - after.keys())) | {"transport"}
    return difference({name: value for name, value in current.fields().items() if name in denied}, after)


def is_text(change: Change, path: FieldPath) -> bool:
    """Whether this is an edit of a text that was there: such edits go together line by line."""
    return change.key.kind is Kind.RULES and path == TEXT and change.before is not None


def joint_text(text: Value | None, edits: Iterable[Change]) -> str | None:
    """Carry edits, each from its own base, over to a text one by one; None where lines clash."""
    now = text if isinstance(text, str) else None
    for change in edits:
        base, after = text_of(change.before) or "", text_of(change.after) or ""
        merged = merge_markdown(base, base if now is None else now, after)
        if merged.conflicts:
            return None
        now = merged.text
    return now


def text_of(item: Item | None) -> str | None:
    """Return the text of a rule; None of anything else."""
    return item.text if isinstance(item, Rule) else None
