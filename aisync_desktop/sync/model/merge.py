"""Three-way merge: the changes of all clients since their bases, merged by field into the unified config.

Each client's changes are measured from its own base, in what that client can express, so that a client which cannot
say a thing never looks as if it had deleted it. What does not merge becomes a Clash, and that key alone is held:

- two clients set one field to different values, or add different items under one key: CONFLICT; where both add the
  item, a field of how it is used (a timeout, a list of tools) that only one has is no contradiction: the union counts;
- one side is taken: what it cannot say, and what others say there, stays as they say it;
- the text of a rule is merged line by line (diff3), also with what the unified text has become since the client's
  base: only edits of the same lines are a CONFLICT;
- gone here, edited there: the edit is kept, and told of (delete against edit is never a loss of the edit);
- gone here, untouched there: gone for all. Whether it was *meant* to go is settled before (sync/planning/guards.py);
- gone here, and the same again under another name: a rename, which takes along what this client cannot express;
- renamed here and there, differently: CONFLICT, which holds all the names (sides.py);
- a client that leaves open how a server talks is heard as saying what the others know of it.

The policy of the kind says whether fields are merged at all, and who wins a conflict.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from itertools import chain, combinations

from pydantic import ValidationError

from aisync_desktop.clients.items import AMENDMENTS, Item, ItemKey, Items, Kind, item_of
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.diff import Change, FieldPath, Patch, diff, flatten, patched
from aisync_desktop.sync.model.policy import ASKING, Policy, Step
from aisync_desktop.sync.model.sides import Contested, Side, contested, holding, taking
from aisync_desktop.sync.model.taking import (
    BASE,
    MERGED,
    TEXT,
    ByField,
    Moved,
    by_field,
    is_text,
    joint_text,
    peaceful,
    taken,
    text_of,
)

Chosen = str | ByField | Item  # a client, BASE or MERGED; with fields as others say them; or the very item


@dataclass(frozen=True)
class Clash:
    """One key that cannot be merged, with the base and every side that moved.

    `names` are the new ones, by client, of an item that was renamed differently; `was` are the old names of
    what sides gave the same new one: who has an item under such a name keeps it until this is settled.
    """

    key: ItemKey
    base: Item | None
    sides: Mapping[str, Item | None]
    names: Mapping[str, ItemKey] = field(default_factory=dict)
    was: frozenset[ItemKey] = frozenset()

    @property
    def keys(self) -> frozenset[ItemKey]:
        """All keys that are held until this is settled."""
        return frozenset({self.key, *self.names.values(), *self.was})


@dataclass(frozen=True)
class Merged:
    """The new unified items, and what was held back (held keys keep their old item).

    `kept` are the items that some clients deleted and others edited, with those that deleted them; `waiting` those of
    which it is not known yet what a client means by what it did, or whether the user allows it.
    """

    items: dict[ItemKey, Item]
    clashes: tuple[Clash, ...] = ()
    origins: Mapping[ItemKey, tuple[str, ...]] = field(default_factory=dict)
    kept: Mapping[ItemKey, tuple[str, ...]] = field(default_factory=dict)
    waiting: frozenset[ItemKey] = frozenset()

    @property
    def held(self) -> frozenset[ItemKey]:
        """The keys of which nothing may be written now."""
        return self.waiting.union(*(clash.keys for clash in self.clashes))

    def awaiting(self, keys: Collection[ItemKey], unified: Items) -> Merged:
        """Return it with these keys held as they were in the unified items."""
        return replace(self.as_before(keys, unified), waiting=self.waiting.union(keys))

    def clashing(self, clash: Clash, unified: Items) -> Merged:
        """Return it with one more clash, whose items are left as they were in the unified items."""
        return replace(self.as_before(clash.keys, unified), clashes=(*self.clashes, clash))

    def as_before(self, keys: Collection[ItemKey], unified: Items) -> Merged:
        """Return it with these keys as they were in the unified items, whoever says something of them."""
        if not keys:
            return self
        items = {key: item for key, item in self.items.items() if key not in keys}
        return replace(
            self,
            items=items | {key: unified[key] for key in keys if key in unified},
            origins={key: clients for key, clients in self.origins.items() if key not in keys},
            kept={key: clients for key, clients in self.kept.items() if key not in keys},
        )


def merge(
    unified: Items,
    sides: Iterable[Side],
    prefer: str = "",
    choices: Mapping[ItemKey, Chosen] | None = None,
    policies: Mapping[Kind, Policy] | None = None,
    waiting: frozenset[ItemKey] = frozenset(),
) -> Merged:
    """Merge all sides' changes into the unified items.

    `prefer` names the client that wins every conflict; `choices` the one (or BASE, or MERGED) that was chosen for a
    key, or the very item that it is to be; `waiting` are keys of which one side cannot be heard yet: what the others
    say of them would look as if nobody objected.
    """
    policies = policies or {}
    named = _named(_Named(tuple(sides), dict(choices or {})), unified, prefer, policies)
    sides, chosen = named.sides, named.choices
    every = _old_names(sides)
    was = {new: old for new, (old, *others) in every.items() if not others}  # if there are several, it is no rename
    moved = _moves(sides, was, unified)
    items, clashes, origins = dict(unified), [*named.clashes], dict[ItemKey, tuple[str, ...]]()
    for key in sorted(moved.keys() - waiting):
        current = unified.get(key) or unified.get(was.get(key, key))
        changes = moved[key] if current else _anew(moved[key])
        saying = _saying({key, was.get(key, key)}, sides)
        expresses = {client: side.expresses for client, side in saying.items()}
        result: Item | Clash | None
        if key in chosen:
            result = _chosen(key, current, changes, chosen[key], expresses)
        else:
            terms = _terms(saying, prefer, policies.get(key.kind, ASKING))
            result = _settled(key, current, changes, expresses, terms)
        if isinstance(result, Clash):
            clashes.append(replace(result, was=frozenset(every.get(key, ()))))
            continue
        origins[key] = tuple(sorted(moved[key]))
        if result is None:
            items.pop(key, None)
        else:
            items[key] = result
    settled = {key: moved[key] for key in origins if key in items and key not in chosen}
    merged = Merged(items, tuple(clashes), origins, _kept(settled), waiting)
    return merged.as_before(merged.held - waiting, unified)


@dataclass(frozen=True)
class _Named:
    """Sides that agree what every item is called, but for what clashes; and what is chosen, by these names."""

    sides: tuple[Side, ...]
    choices: Mapping[ItemKey, Chosen]
    clashes: tuple[Clash, ...] = ()


def _named(said: _Named, unified: Items, prefer: str, policies: Mapping[Kind, Policy]) -> _Named:
    """Settle what is called differently, as the user or the policy says; hold it where neither does."""
    for about in tuple(contested(said.sides)):
        taken = said.choices.get(about.key) or _winner(about, said.sides, prefer, policies.get(about.key.kind, ASKING))
        if taken == BASE:
            said = replace(said, sides=taking(said.sides, about, about.key))
        elif isinstance(taken, str) and taken in about.names:
            name = about.names[taken]
            others = {key: choice for key, choice in said.choices.items() if key != about.key}
            said = replace(said, sides=taking(said.sides, about, name), choices={**others, name: taken})
        else:
            clash = Clash(about.key, unified.get(about.key), about.items, about.names)
            said = replace(said, sides=holding(said.sides, about), clashes=(*said.clashes, clash))
    return said


def _winner(about: Contested, sides: Iterable[Side], prefer: str, policy: Policy) -> str | None:
    """Return whose name is taken without asking."""
    if prefer in about.names:
        return prefer
    terms = _terms({side.client: side for side in sides if side.client in about.names}, prefer, policy)
    winners = (terms.policy.winner(step, terms.written, terms.readers) for step in terms.policy.steps)
    return next((winner for winner in winners if winner is not None), None)


def _anew(moved: Moved) -> Moved:
    """Return edits of an item that is gone by now as what they are: somebody says it, whole, although it went."""
    return {client: Change(change.key, None, change.after) for client, change in moved.items()}


def _kept(settled: Mapping[ItemKey, Moved]) -> dict[ItemKey, tuple[str, ...]]:
    """Return who deleted what is there all the same."""
    deleters = {
        key: tuple(sorted(client for client, change in moved.items() if change.after is None))
        for key, moved in settled.items()
    }
    return {key: clients for key, clients in deleters.items() if clients}


@dataclass(frozen=True)
class _Terms:
    """How the changes of one key are settled: who wins everything, the policy, and what it goes by for each side."""

    prefer: str
    policy: Policy
    written: Mapping[str, int]
    readers: Mapping[str, frozenset[str]]


def _terms(saying: Mapping[str, Side], prefer: str, policy: Policy) -> _Terms:
    return _Terms(
        prefer,
        policy,
        written={client: side.written_ns for client, side in saying.items()},
        readers={client: side.readers or frozenset({client}) for client, side in saying.items()},
    )


def _saying(keys: Collection[ItemKey], sides: Iterable[Side]) -> dict[str, Side]:
    """Return the side of each client that has an item under one of its names; it has a side for each of its files."""
    return {side.client: side for side in sides if any(key in side.view or key in side.base for key in keys)}


def _old_names(sides: Iterable[Side]) -> dict[ItemKey, set[ItemKey]]:
    """Return what renamed items were called before; clients may have given one name to different items."""
    found: dict[ItemKey, set[ItemKey]] = {}
    for side in sides:
        for old, new in side.renamed.items():
            found.setdefault(new, set()).add(old)
    return found


def _moves(sides: tuple[Side, ...], was: Mapping[ItemKey, ItemKey], unified: Items) -> dict[ItemKey, dict[str, Change]]:
    """Return the changes by key and client; what came by a rename is measured from what it was called before."""
    moved: dict[ItemKey, dict[str, Change]] = {}
    telling = (unified, *(side.view for side in sides if not side.left_open))
    for side in sides:
        for change in diff(side.base, side.view, side.opaque):
            old = was.get(change.key, change.key)
            before = change.before or (side.base.get(old) if old not in side.view else None)
            heard = Change(change.key, before, change.after)
            if side.left_open:
                heard = _with_transport(heard, side.left_open, _transport_known(heard, old, telling, side.left_open))
            moved.setdefault(change.key, {})[side.client] = heard
    return moved


def _transport_known(change: Change, old: ItemKey, telling: tuple[Items, ...], among: frozenset[str]) -> Value:
    """Return how a server talks, as was agreed or else as somebody says who can tell; None where nobody does.

    Where nobody has an entry of its name it is what is known of another at the same address: this one is a copy of
    that one, or a new name for it with something changed at once.
    """
    agreed, *_ = telling
    named = [agreed.get(change.key) or agreed.get(old), *(items.get(change.key) for items in telling)]
    address = change.after.fields().get("url") if change.after else None
    all_known = (item for items in telling for _, item in sorted(items.items())) if address else ()
    there = (item for item in all_known if item.fields().get("url") == address)
    known = (item.fields().get("transport") for item in chain(named, there) if item)
    return next((transport for transport in known if transport in among), None)


def _with_transport(change: Change, left_open: frozenset[str], known: Value) -> Change:
    """Return a change by a side that leaves the transport open, in which it is the one that is known."""
    before, after = (
        item_of(change.key, {**item.fields(), "transport": known})
        if item and known and item.fields().get("transport") in left_open
        else item
        for item in (change.before, change.after)
    )
    return Change(change.key, before, after)


def _chosen(
    key: ItemKey,
    current: Item | None,
    moved: Moved,
    choice: Chosen,
    expresses: Mapping[str, frozenset[str]],
) -> Item | Clash | None:
    """Return what the user settled: one side's change, its deletion too, what was agreed before, or an item."""
    if choice == MERGED or isinstance(choice, ByField):
        named = choice.takes if isinstance(choice, ByField) else {}
        joint = by_field(key, current, moved, expresses, named) if named else peaceful(key, current, moved)
        return joint or Clash(key, current, {of: change.after for of, change in moved.items()})
    if not isinstance(choice, str):
        return choice
    change = moved.get(choice)
    if change is None:
        return current
    return taken(key, current, choice, moved, expresses) if change.after is not None else None


def _settled(
    key: ItemKey, current: Item | None, moved: Moved, expresses: Mapping[str, frozenset[str]], terms: _Terms
) -> Item | Clash | None:
    edits = {client: change for client, change in moved.items() if change.after is not None}
    if not edits:
        return None
    if terms.prefer in edits:
        return taken(key, current, terms.prefer, edits, expresses)
    written = {client: terms.written[client] for client in edits}
    alone = (Step.MERGE,) if len(edits) == 1 else ()  # no policy is needed to follow a single edit
    for step in (*alone, *terms.policy.steps):
        winner = terms.policy.winner(step, written, terms.readers)
        if winner is not None:
            return taken(key, current, winner, edits, expresses)
        joint = _joined(key, current, edits, expresses) if step is Step.MERGE else None
        if joint is not None:
            return joint
    return Clash(key, current, {client: change.after for client, change in moved.items()})


def _joined(key: ItemKey, current: Item | None, edits: Moved, expresses: Mapping[str, frozenset[str]]) -> Item | None:
    """Return the item after all edits, or None where they contradict each other."""
    if any(_overtaken(change, current, expresses[client]) for client, change in edits.items()):
        return None
    patch = _joint_patch(current, edits, expresses)
    try:
        return None if patch is None else patched(key, current, patch)
    except ValidationError:  # each side is sound, but not both together (say, a command and a url)
        return None


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
        if not is_text(change, path)  # a text is merged with what is there now
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
            if is_text(change, path):
                continue
            if path in joint and joint[path] != value:
                return None
            joint[path] = value
    texts = [change for _, change in sorted(edits.items()) if TEXT in change.patch and is_text(change, TEXT)]
    if not texts:
        return joint
    text = joint_text(joint.get(TEXT) or text_of(current), texts)
    return None if text is None else {**joint, TEXT: text}


def _same_where_both_speak(left: Item, right: Item, common: frozenset[str]) -> bool:
    """Whether two new items do not contradict each other; who does not have an amendment says nothing of it."""
    ours, theirs = left.fields(), right.fields()
    said = (name for name in common | {"transport"} if name not in AMENDMENTS or (name in ours and name in theirs))
    return all(ours.get(name) == theirs.get(name) for name in said)
