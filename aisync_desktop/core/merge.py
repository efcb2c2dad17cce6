"""Three-way merge: the changes of all clients since their bases, merged by field into the unified config.

Each client's changes are measured from its own base, in what that client can express, so that a client which cannot
say a thing never looks as if it had deleted it. What does not merge becomes a Clash, and that key alone is held:

- two clients set one field to different values, or add different items under one key: CONFLICT;
- the text of a rule is merged line by line (diff3), also with what the unified text has become since the client's
  base: only edits of the same lines are a CONFLICT;
- a key is gone at some client: DELETION, asked about; only what two clients dropped and nobody keeps is gone for good
  (clients wipe their own files, so one file is no proof of a wish);
- gone here, edited there: the edit is kept (delete against edit is never a loss of the edit).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from pydantic import ValidationError

from aisync_desktop.core.diff import Change, FieldPath, Patch, diff, difference, flatten, patched
from aisync_desktop.core.diff3 import merge_markdown
from aisync_desktop.core.items import Item, ItemKey, Items, Kind, Rule
from aisync_desktop.core.values import Value

BASE = "base"  # what was agreed before, as a choice
_TEXT: FieldPath = ("text",)


class ClashKind(StrEnum):
    """Why a key waits for the user."""

    CONFLICT = "conflict"
    DELETION = "deletion"


@dataclass(frozen=True)
class Side:
    """What one client says: its items now, its base, what it could not read, and the fields that it can express."""

    client: str
    base: Items
    view: Items
    expresses: frozenset[str]
    opaque: frozenset[ItemKey] = frozenset()


@dataclass(frozen=True)
class Clash:
    """One key that cannot be merged, with the base and every side that moved."""

    key: ItemKey
    kind: ClashKind
    base: Item | None
    sides: Mapping[str, Item | None]


@dataclass(frozen=True)
class Merged:
    """The new unified items, and what was held back (held keys keep their old item)."""

    items: dict[ItemKey, Item]
    clashes: tuple[Clash, ...] = ()
    origins: Mapping[ItemKey, tuple[str, ...]] = field(default_factory=dict)

    @property
    def held(self) -> frozenset[ItemKey]:
        """The keys of which nothing may be written now."""
        return frozenset(clash.key for clash in self.clashes)


def merge(
    unified: Items,
    sides: Iterable[Side],
    prefer: str = "",
    choices: Mapping[ItemKey, str] | None = None,
    keepers: Collection[ItemKey] = (),
) -> Merged:
    """Merge all sides' changes into the unified items.

    `prefer` names the client that wins every conflict; `choices` the one (or BASE) that was chosen for a key;
    `keepers` are the keys that clients which take no part at present (their file cannot be read) had at last.
    """
    chosen = choices or {}
    sides = tuple(sides)
    moved = _moves(sides)
    items, clashes, origins = dict(unified), list[Clash](), dict[ItemKey, tuple[str, ...]]()
    for key in sorted(moved):
        current = unified.get(key)
        result: Item | Clash | None
        if key in chosen:
            result = _chosen(key, current, moved[key], chosen[key], _expresses(key, sides))
        else:
            result = _merge_key(key, current, moved[key], sides, prefer, keepers)
        if isinstance(result, Clash):
            clashes.append(result)
            continue
        origins[key] = tuple(sorted(moved[key]))
        if result is None:
            items.pop(key, None)
        else:
            items[key] = result
    return Merged(items, tuple(clashes), origins)


def _moves(sides: tuple[Side, ...]) -> dict[ItemKey, dict[str, Change]]:
    moved: dict[ItemKey, dict[str, Change]] = {}
    for side in sides:
        for change in diff(side.base, side.view, side.opaque):
            moved.setdefault(change.key, {})[side.client] = change
    return moved


def _expresses(key: ItemKey, sides: Iterable[Side]) -> dict[str, frozenset[str]]:
    """Return what each client can say of an item; a client may have a side for each of its files."""
    return {side.client: side.expresses for side in sides if key in side.view or key in side.base}


def _chosen(
    key: ItemKey,
    current: Item | None,
    moved: Mapping[str, Change],
    choice: str,
    expresses: Mapping[str, frozenset[str]],
) -> Item | None:
    """Return what the user settled: one side's change, its deletion too, or the item as it was agreed before."""
    change = moved.get(choice)
    if change is None:
        return current
    return patched(key, current, _as_said(change, current, expresses[choice])) if change.after is not None else None


def _as_said(change: Change, current: Item | None, expresses: frozenset[str]) -> Patch:
    """Return the patch after which the item is as one side says: a new one is said whole, as far as it can be."""
    if change.before is not None or change.after is None or current is None:
        return change.patch
    now = {name: value for name, value in current.fields().items() if name in expresses | {"transport"}}
    return difference(now, change.after.fields())


def _merge_key(
    key: ItemKey,
    current: Item | None,
    moved: Mapping[str, Change],
    sides: tuple[Side, ...],
    prefer: str,
    keepers: Collection[ItemKey],
) -> Item | Clash | None:
    wins = prefer in moved and moved[prefer].after is not None
    if wins:
        moved = {prefer: moved[prefer]}
    afters = {client: change.after for client, change in moved.items()}
    edits = {client: change for client, change in moved.items() if change.after is not None}
    if not edits:
        kept = key in keepers or any(key in side.view or key in side.opaque for side in sides)
        agreed = len(moved) > 1 and not kept
        return None if agreed or current is None else Clash(key, ClashKind.DELETION, current, afters)
    expresses = _expresses(key, sides)
    patch = _as_said(moved[prefer], current, expresses[prefer]) if wins else _joint_patch(current, edits, expresses)
    overtaken = not wins and any(_overtaken(change, current, expresses[client]) for client, change in edits.items())
    try:
        return (
            Clash(key, ClashKind.CONFLICT, current, afters)
            if patch is None or overtaken
            else patched(key, current, patch)
        )
    except ValidationError:  # each side is sound, but not both together (say, a command and a url)
        return Clash(key, ClashKind.CONFLICT, current, afters)


def _overtaken(change: Change, current: Item | None, expresses: frozenset[str]) -> bool:
    """Whether the unified item has moved on, in a field that the change sets too, since the change's base was taken."""
    if current is None or change.after is None:
        return False
    if change.before is None:
        return not _same_where_both_speak(change.after, current, expresses)
    before, now = flatten(change.before.fields()), flatten(current.fields())
    return any(
        now.get(path) not in (before.get(path), value)
        for path, value in change.patch.items()
        if not _is_text(change, path)  # a text is merged with what is there now
    )


def _joint_patch(
    current: Item | None, edits: Mapping[str, Change], expresses: Mapping[str, frozenset[str]]
) -> Patch | None:
    """Return one patch that does what all edits do, or None where they contradict each other."""
    adds = {client: change.after for client, change in edits.items() if change.before is None and change.after}
    for (one, left), (other, right) in combinations(adds.items(), 2):
        if not _same_where_both_speak(left, right, expresses[one] & expresses[other]):
            return None
    joint: dict[FieldPath, Value | None] = {}
    for change in edits.values():
        for path, value in change.patch.items():
            if _is_text(change, path):
                continue
            if path in joint and joint[path] != value:
                return None
            joint[path] = value
    texts = [change for _, change in sorted(edits.items()) if _TEXT in change.patch and _is_text(change, _TEXT)]
    if not texts:
        return joint
    text = _joint_text(joint.get(_TEXT) or _text_of(current), texts)
    return None if text is None else {**joint, _TEXT: text}


def _is_text(change: Change, path: FieldPath) -> bool:
    """Whether this is an edit of a text that was there: such edits go together line by line."""
    return change.key.kind is Kind.RULES and path == _TEXT and change.before is not None


def _joint_text(text: Value | None, edits: Iterable[Change]) -> str | None:
    """Carry edits, each from its own base, over to a text one by one; None where lines clash."""
    now = text if isinstance(text, str) else None
    for change in edits:
        base, after = _text_of(change.before) or "", _text_of(change.after) or ""
        merged = merge_markdown(base, base if now is None else now, after)
        if merged.conflicts:
            return None
        now = merged.text
    return now


def _text_of(item: Item | None) -> str | None:
    return item.text if isinstance(item, Rule) else None


def _same_where_both_speak(left: Item, right: Item, common: frozenset[str]) -> bool:
    ours, theirs = left.fields(), right.fields()
    return all(ours.get(name) == theirs.get(name) for name in common | {"transport"})
