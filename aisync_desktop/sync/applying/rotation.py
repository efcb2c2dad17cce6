"""Rotation: another value for a secret, at every place that holds the old one, as one sync that can be undone.

Who holds the old value needs no consent for the new one. A project's files are shared with others: no secret is
written into them, and they are named as what is left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from aisync_desktop.clients.items import USER, Item, ItemKey, Items, UnifiedConfig, item_of
from aisync_desktop.clients.lens import Loss
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import NotThereError, WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.secrets.references import references
from aisync_desktop.secrets.safe import Use
from aisync_desktop.secrets.seal import seal, unseal
from aisync_desktop.sync.looking.survey import Survey, Surveyor
from aisync_desktop.sync.planning.drafting import Drafts
from aisync_desktop.sync.planning.guards import within_coverage
from aisync_desktop.sync.planning.planner import ScopePlan
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import Known
from aisync_desktop.sync.terms.secret_uses import uses_in, uses_of


class NoSuchSecretError(NotThereError):
    """Nothing is known of a reference."""

    def __init__(self, reference: str) -> None:
        message = text("secrets.unknown.message", reference=reference)
        super().__init__(text("secrets.unknown"), message, text("secrets.unknown.next"))


class SecretUnusedError(WorldError):
    """A value is to be changed that no file of the user's holds."""

    def __init__(self, reference: str) -> None:
        message = text("secrets.unused.message", reference=reference)
        super().__init__(text("secrets.unused"), message, text("secrets.unused.next"))


class SecretInUseError(WorldError):
    """A value is to be forgotten that an item has."""

    def __init__(self, reference: str, uses: Iterable[Use]) -> None:
        items = ", ".join(sorted({use.item for use in uses}))
        message = text("secrets.in-use.message", reference=reference, items=items)
        super().__init__(text("secrets.in-use"), message, text("secrets.in-use.next"))


class NotASecretError(WorldError):
    """A new value that would not be known for a secret where it is to stand: it would lie about in clear."""

    def __init__(self, use: Use) -> None:
        message = text("secrets.not-one.message", item=use.item, field=use.field)
        super().__init__(text("secrets.not-one"), message, text("secrets.not-one.next"))


@dataclass(frozen=True)
class Exchange:
    """One reference in the place of another."""

    old: str
    new: str
    literal: str

    def of(self, key: ItemKey, item: Item) -> Item:
        """Return an item with the new reference."""
        return item_of(key, unseal(item.fields(), {self.old: self.new}))

    def of_all(self, items: Items) -> dict[ItemKey, Item]:
        """Return items with the new reference."""
        return {
            key: self.of(key, item) if self.old in references(item.fields()) else item for key, item in items.items()
        }

    def recognised(self, item: Item, reads: Reads) -> bool:
        """Whether the new value would be found, to the letter, in the old one's place."""
        fields = item.fields()
        clear = unseal(fields, {self.old: self.literal})
        others = references(fields) - {self.old}
        return seal(clear, reads.fingerprint_key, ours=others)[0] == unseal(fields, {self.old: self.new})


def exchanging(exchange: Exchange, survey: Survey, known: Known, surveyor: Surveyor, reads: Reads) -> ScopePlan:
    """Return the plan that writes the new value at every client that holds the old one."""
    memory = known.of(USER)
    usable = [
        within_coverage(state, memory.bases.get(state.id, {}), known.coverage)
        for state in survey.of(USER)
        if state.problem is None and known.coverage.covers(USER, state.kind, state.clients)
    ]
    _check(exchange, usable, reads)
    surveyor.literals[exchange.new] = exchange.literal
    drafts = Drafts(surveyor)
    held = {state.id: _holding(exchange, state) for state in usable}
    losses = [loss for state in usable for loss in _losses(exchange, state, held[state.id], surveyor)]
    unsaid = {(loss.client, loss.key) for loss in losses}
    for state in usable:
        fresh = {
            key: exchange.of(key, item) for key, item in held[state.id].items() if (state.client, key) not in unsaid
        }
        drafts.add(state, {**state.raw, **fresh}, fresh)
    targets = drafts.finish()
    bases = {state.id: memory.bases.get(state.id, {}) for state in usable}
    afters = {
        state.id: drafts.base_after(state, _base_after(exchange, state, bases[state.id], unsaid), bases[state.id])
        for state in usable
    }
    written = {of for target in targets for of in target.endpoints}
    return ScopePlan(
        scope=USER,
        before=UnifiedConfig.of(USER, memory.unified),
        after=UnifiedConfig.of(USER, exchange.of_all(memory.unified)),
        targets=targets,
        losses=tuple(losses),
        problems=tuple(drafts.problems),
        bases={of: after for of, after in afters.items() if of not in written},
        afters=afters,
    )


def _holding(exchange: Exchange, state: EndpointState) -> Items:
    """Return the items of an endpoint that have the old value."""
    return {key: item for key, item in state.raw.items() if exchange.old in references(item.fields())}


def _losses(exchange: Exchange, state: EndpointState, held: Items, surveyor: Surveyor) -> Iterator[Loss]:
    """Yield where a client has no way to say the new value."""
    for key, item in held.items():
        why = surveyor.missing(key, exchange.of(key, item), state.lens)
        if why:
            yield Loss(state.client, key, "", text(why))


def _base_after(
    exchange: Exchange, state: EndpointState, base: Items, unsaid: Collection[tuple[str, ItemKey]]
) -> dict[ItemKey, Item]:
    """Return an endpoint's new base: where it goes on to hold the old value, that is no edit of its own."""
    mine = {key for client, key in unsaid if client == state.client}
    kept = {*mine, *state.view.opaque} & base.keys()
    return {**exchange.of_all(base), **{key: base[key] for key in kept}}


def _check(exchange: Exchange, states: Iterable[EndpointState], reads: Reads) -> None:
    """Refuse what no file holds, and what would not be a secret any more."""
    found = [(state, uses_of(state).get(exchange.old, ())) for state in states]
    if not any(uses for _, uses in found):
        raise SecretUnusedError(exchange.old)
    for state, uses in found:
        for use in uses:
            if not exchange.recognised(state.view.items[ItemKey.parse(use.item)], reads):
                raise NotASecretError(use)


def uses_now(reference: str, survey: Survey, known: Known) -> tuple[Use, ...]:
    """Return where a secret is used at present: in files, or (with no client) in what was agreed on."""
    seen = [use for state in survey.endpoints for use in uses_of(state).get(reference, ())]
    agreed = [use for scope in known.scopes for use in uses_in(known.of(scope).unified, scope).get(reference, ())]
    return (*seen, *agreed)
