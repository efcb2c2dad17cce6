"""What one endpoint should hold: the unified items as far as it can express them, held keys as they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import field, replace

from aisync_desktop.clients.items import Item, ItemKey, Items, Kind, Permission, Renamed
from aisync_desktop.clients.lens import Lens, Loss, Projection
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.permissions.language import strictness
from aisync_desktop.secrets.seal import contains_sealed
from aisync_desktop.sync.model.diff import FieldPath
from aisync_desktop.sync.model.merge import Merged
from aisync_desktop.sync.model.renames import Namesakes
from aisync_desktop.sync.planning.loosening import Rights, judge
from aisync_desktop.sync.planning.open_tools import keeping_closed, lists_of, without_lists
from aisync_desktop.sync.terms.consents import COPY, LAUNCH, LEAVE, Consents, secrets_to_copy
from aisync_desktop.sync.terms.decisions import SECRET, Decision
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.launchers import read_as
from aisync_desktop.sync.terms.plan_terms import ItemAt


@dataclass(frozen=True)
class EndpointTarget:
    """What an endpoint should hold, the spelling of what is launched, and what came up on the way."""

    items: dict[ItemKey, Item]
    spelled: Mapping[ItemKey, Item] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()
    asked: tuple[Decision, ...] = ()
    revealed: frozenset[ItemKey] = frozenset()  # the items that are written with their secrets, by consent
    covered: frozenset[ItemKey] = frozenset()
    called: Mapping[ItemKey, ItemKey] = field(default_factory=dict)  # what is to get another name, by the new one

    @property
    def raw(self) -> dict[ItemKey, Item]:
        """The items as they are to be spelled."""
        return {key: self.spelled.get(key, item) for key, item in self.items.items()}

    @property
    def renamed(self) -> Renamed:
        """The old names with the new ones of the entries that stay where they are."""
        return frozenset((old, new) for new, old in self.called.items() if new in self.items and old not in self.items)

    def as_it_came(
        self, state: EndpointState, held_back: Iterable[ItemKey], carried: Collection[ItemKey]
    ) -> EndpointTarget:
        """Return what of it could be written: what was held back is as it was, what was carried is not ours to say."""
        kept = {*held_back}
        before = {key: item for key, item in state.view.items.items() if key in kept}
        items = {key: item for key, item in self.items.items() if key not in kept and key not in carried}
        spelled = {key: item for key, item in self.spelled.items() if key not in kept}
        before_spelled = {key: item for key, item in state.spelled.items() if key in kept}
        return replace(self, items={**items, **before}, spelled={**spelled, **before_spelled})


@dataclass(frozen=True)
class Secrets:
    """Which secrets may be written where, why an item's cannot be had ("" where they can), and what may be loosened.

    `launching` are the items at endpoints where a launcher is to take the place of a secret that is there.
    """

    consents: Consents
    missing: Callable[[ItemKey, Item, Lens], str]
    rights: Rights
    launching: frozenset[ItemAt] = frozenset()


def alike(states: Iterable[EndpointState]) -> list[list[EndpointState]]:
    """Return endpoints of one scope by their sort: those that hold such items as the others do."""
    sorts: dict[tuple[Kind, bool], list[EndpointState]] = {}
    for state in states:
        sorts.setdefault((state.kind, state.in_folder), []).append(state)
    return list(sorts.values())


def covered_by(state: EndpointState, other: EndpointState) -> bool:
    """Whether all who read an endpoint read another one too, of the same scope and sort, that is not theirs."""
    return bool(other.readers) and other is not state and state.clients <= _readers(other).keys()


def homes_of(usable: Iterable[EndpointState]) -> frozenset[str]:
    """Return the clients that have a place of their own, of endpoints of one sort."""
    return frozenset(state.client for state in usable if state.in_folder or not state.shared)


def _readers(state: EndpointState) -> dict[str, Lens]:
    return {lens.client: lens for lens in state.readers}


def target_for(
    state: EndpointState,
    merged: Merged,
    reads_too: Iterable[EndpointState],
    homes: frozenset[str],
    secrets: Secrets,
    names: Namesakes = (),
) -> EndpointTarget:
    """Return what one endpoint should hold.

    `reads_too` are the shared ones that its client reads besides; `homes` the clients that have a place of their own
    for such items: what they would read wrongly in a shared file is written there; `names` what items were called.
    """
    target = EndpointTarget(dict(state.view.items), state.spelled, called=_called(state, merged, names))
    keys = {key for key in merged.items.keys() | state.view.items.keys() if key.kind is state.kind}
    others = tuple(reads_too)
    for key in _in_order(keys - merged.held - state.view.opaque.keys(), merged.items):
        wanted = None if key in state.barred else merged.items.get(key)
        if (
            wanted is not None
            and key not in state.view.items
            and any(said_whole(state, one, key, wanted) for one in others)
        ):
            target = replace(target, covered=target.covered | {key})
        elif key.kind is Kind.PERMISSIONS:
            target, state = _tried(target, state, key, wanted, secrets.rights)
        elif wanted is None:
            target.items.pop(key, None)
        else:
            target = _with(target, state, key, wanted, homes, secrets)
    for new, old in target.called.items():
        if (
            new not in target.items.keys() | target.covered
        ):  # what cannot have its new name (yet) stays under the old one
            target.items[old] = state.view.items[old]
    return target


def _called(state: EndpointState, merged: Merged, names: Namesakes) -> dict[ItemKey, ItemKey]:
    """Return what an endpoint has under another name than it is to have, by the new name."""
    found: dict[ItemKey, ItemKey] = {}
    for group in names:
        free = group - merged.held - state.view.opaque.keys()
        here = {key for key in free if key in state.view.items and key not in merged.items}
        wanted = {key for key in free if key in merged.items and key not in state.view.items}
        if len(here) == len(wanted) == 1:
            found[wanted.pop()] = here.pop()
    return found


def _in_order(keys: Iterable[ItemKey], items: Items) -> list[ItemKey]:
    """Return keys in their order; what is stricter first, as each permission is judged beside those before it."""

    def place(key: ItemKey) -> tuple[int, ItemKey]:
        item = items.get(key)
        return (-strictness(item.action if isinstance(item, Permission) else None), key)

    return sorted(keys, key=place)


def said_whole(state: EndpointState, other: EndpointState, key: ItemKey, wanted: Item) -> bool:
    """Whether all who read an endpoint will read the item from a shared file, and as it is meant."""
    readers = _readers(other)
    lenses = (other.lens, *(readers[client] for client in state.clients))
    return key not in other.view.opaque and all(lens.project(key, wanted).whole for lens in lenses)


def _with(
    target: EndpointTarget, state: EndpointState, key: ItemKey, wanted: Item, homes: frozenset[str], secrets: Secrets
) -> EndpointTarget:
    """Add one item, as far as it can be said, and what that loses at the clients that read it."""
    was = target.called.get(key, key)
    present = state.raw.get(was)
    anew = ItemAt(state.scope, state.id, key) in secrets.launching
    form = state.launching.form(key, wanted, present, anew=anew)
    projection = _for_all(state, was, state.lens.project(key, form or wanted), homes)
    if projection.parks and was in state.view.items:
        return _parked(_leaving(target, key), state, was, projection)
    if projection.item is None and present is not None:
        projection = _as_open_as_it_is(state, key, form or wanted, projection)
    losses = (*projection.losses, *_losses_of_readers(state, key, projection.item, homes))
    if losses:
        target = replace(target, losses=(*target.losses, *losses))
    if projection.item is None or _stands(target, key, form, present, projection.item):
        return target
    kept = keeping_closed(state, key, present, projection.item, secrets.rights)
    asked = (kept.asked,) if kept.asked else ()
    target = replace(target, losses=(*target.losses, *kept.losses), asked=(*target.asked, *asked))
    stuck = _stuck(state, key, was, present, kept.item)
    if stuck:
        return replace(target, losses=(*target.losses, stuck))
    if form is not None:
        target.items[key] = read_as(key, kept.item, wanted)
        return replace(target, spelled={**target.spelled, key: kept.item})
    fields = secrets_to_copy(present, kept.item)
    if not fields:
        return _plainly(target, key, kept.item)
    return _with_secret(target, state, key, kept.item, fields, secrets)


def _stands(target: EndpointTarget, key: ItemKey, form: Item | None, present: Item | None, item: Item) -> bool:
    """Whether an entry says by itself, under its name, what it is to say: so it is with nearly all, at each look.

    Then nothing comes open, no secret comes anywhere, and what held it off would have kept it from being read.
    """
    itself = form is None and key not in target.spelled and key not in target.called
    return itself and present == item


def _stuck(state: EndpointState, key: ItemKey, was: ItemKey, present: Item | None, item: Item) -> Loss | None:
    """Return why what is there cannot take an item, under the name that it has there and the one that it is to have."""
    stuck = state.lens.reshape_loss(state.documents, was, present, item)
    return stuck if stuck or was == key else state.lens.reshape_loss(state.documents, key, None, item)


def _leaving(target: EndpointTarget, key: ItemKey) -> EndpointTarget:
    """Return the target as one in which an entry is not to have another name: it goes."""
    return replace(target, called={new: old for new, old in target.called.items() if new != key})


def _as_open_as_it_is(state: EndpointState, key: ItemKey, wanted: Item, refused: Projection) -> Projection:
    """Return a server without the lists of tools that its client has no word for: these tools it shows as it is."""
    unsayable = lists_of(wanted).keys() - state.lens.expresses
    said = state.lens.project(key, without_lists(key, wanted, unsayable))
    unsaid = (Loss(state.client, key, name, text("loss.field", field=name)) for name in sorted(unsayable))
    return replace(said, losses=(*unsaid, *said.losses)) if said.item is not None else refused


def _tried(
    target: EndpointTarget, state: EndpointState, key: ItemKey, wanted: Item | None, rights: Rights
) -> tuple[EndpointTarget, EndpointState]:
    """Add a permission or take it out, and return what stands in the documents by then.

    What they refuse, by how they are written, stays as it is: one file must not hold up the others.
    """
    present = state.view.items.get(key)
    try:
        if wanted is not None:
            target = _with_permission(target, state, key, wanted, rights)
        elif present is not None:
            target = _judged(target, state, key, None, rights)
        return target, state.trying(key, target.items.get(key))
    except WorldError as error:
        _put(target, key, present)
        return replace(target, losses=(*target.losses, Loss(state.client, key, "", error.message))), state


def _with_permission(
    target: EndpointTarget, state: EndpointState, key: ItemKey, wanted: Item, rights: Rights
) -> EndpointTarget:
    projection = state.lens.project(key, wanted)
    item = projection.item
    stuck = state.lens.reshape_loss(state.documents, key, state.view.items.get(key), item) if item else None
    target = replace(target, losses=(*target.losses, *projection.losses, *((stuck,) if stuck else ())))
    return target if item is None or stuck else _judged(target, state, key, item, rights)


def _judged(
    target: EndpointTarget, state: EndpointState, key: ItemKey, item: Item | None, rights: Rights
) -> EndpointTarget:
    """Write a permission, or take it out, unless that loosens what the user has not said may be loosened."""
    judged = judge(state, key, item, rights)
    if judged.writes:
        _put(target, key, item)
    asked = (judged.asked,) if judged.asked else ()
    return replace(target, losses=(*target.losses, *judged.losses), asked=(*target.asked, *asked))


def _put(target: EndpointTarget, key: ItemKey, item: Item | None) -> None:
    if item is None:
        target.items.pop(key, None)
    else:
        target.items[key] = item


def _with_secret(
    target: EndpointTarget,
    state: EndpointState,
    key: ItemKey,
    item: Item,
    fields: Collection[FieldPath],
    secrets: Secrets,
) -> EndpointTarget:
    """Add an item whose secret is not there yet: by consent, and never in a project, whose files are shared."""
    takes = _takes(state, key, item)
    if secrets.consents.refuse(key, fields, state.label, state.scope):
        why = "loss.secret-left"
    elif not takes:
        why = "loss.secret-in-project"
    elif COPY not in takes or not secrets.consents.allow(key, fields, state.label, state.scope):
        summary = text("decision.secret", item=key.name)
        asked = Decision(SECRET, state.scope, key, summary, {state.label: item}, takes=takes)
        return replace(target, asked=(*target.asked, asked))
    else:
        why = secrets.missing(key, item, state.lens)
    if why:
        return replace(target, losses=(*target.losses, Loss(state.client, key, ".".join(min(fields)), text(why))))
    return replace(_plainly(target, key, item), revealed=target.revealed | {key})


def _takes(state: EndpointState, key: ItemKey, item: Item) -> tuple[str, ...]:
    """Return what can be answered: a launcher needs no copy, so a project's file may have one."""
    copying = () if state.scope.root else (COPY,)
    launching = (LAUNCH,) if state.launching.form(key, item, None, anew=True) else ()
    return (*copying, *launching, LEAVE) if copying or launching else ()


def _plainly(target: EndpointTarget, key: ItemKey, item: Item) -> EndpointTarget:
    """Add an item that is spelled as it is."""
    target.items[key] = item
    if key not in target.spelled:
        return target
    return replace(target, spelled={of: spelling for of, spelling in target.spelled.items() if of != key})


def _for_all(state: EndpointState, key: ItemKey, projection: Projection, homes: frozenset[str]) -> Projection:
    """Park an item that is off where not all who read the file would know; what its own client switched off stays."""
    item, present = projection.item, state.view.items.get(key)
    if item is None or not state.lens.says_apart(item) or (present and state.lens.says_apart(present)):
        return projection
    if state.lens.can_say_apart(state.documents) and not _homeless(state, homes):
        return projection
    return Projection(None, (Loss(state.client, key, "", text("loss.parked")),), parks=True)


def _homeless(state: EndpointState, homes: frozenset[str]) -> list[Lens]:
    """Return how those read a shared file who have no place of their own for such items."""
    return [lens for lens in state.readers if lens.client not in homes]


def _parked(target: EndpointTarget, state: EndpointState, key: ItemKey, projection: Projection) -> EndpointTarget:
    """Take an item out that is off, if it can be made again just as it is; its secrets could not."""
    stuck = state.lens.park_loss(state.documents, key)
    if stuck is None and contains_sealed(state.raw[key].fields()):
        stuck = Loss(state.client, key, "enabled", text("loss.park-secret"))
    if stuck is None:
        target.items.pop(key, None)
    return replace(target, losses=(*target.losses, *([stuck] if stuck else projection.losses)))


def _losses_of_readers(
    state: EndpointState, key: ItemKey, item: Item | None, homes: frozenset[str]
) -> tuple[Loss, ...]:
    if item is None:
        return ()
    homeless = _homeless(state, homes)
    if state.lens.says_apart(item):
        return tuple(Loss(lens.client, key, "enabled", text("loss.off-elsewhere")) for lens in homeless)
    return tuple(loss for lens in homeless for loss in lens.project(key, item).losses)
