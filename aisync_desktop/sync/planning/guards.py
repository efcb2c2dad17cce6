"""Guards: what a file says is not always what its user wishes.

A guard holds a change back: the item is left alone at this endpoint, with its old base, and everything else goes on.

- A *leak*: the client's own writer put values in the place of references (expanded_references.py).
- A *mass deletion*: at least two items, and at least half of them, are gone in one step. Clients reset their files.
- A *stale* overwrite: a client wrote back what was there before us (recent_writes.py). Ours is written again, twice;
  then it is asked.
- A deletion that has only just been seen rests for a moment (resting_deletions.py); nobody is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from aisync_desktop.clients.items import Item, ItemKey, Items
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.sync.model.diff import diff
from aisync_desktop.sync.model.taking import BASE
from aisync_desktop.sync.planning.expanded_references import guard_leaks
from aisync_desktop.sync.terms.coverage import Coverage
from aisync_desktop.sync.terms.decisions import MASS_DELETION, STALE, Decision
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import ScopeMemory
from aisync_desktop.sync.terms.plan_terms import ItemAt, PlanTerms

_MANY = 2
AGAIN_AT_MOST = 2
RESTING = Text("guard.resting")


@dataclass(frozen=True)
class Guarded:
    """An endpoint of which only what can be believed is left, and what is to be asked about the rest."""

    state: EndpointState
    decisions: tuple[Decision, ...] = ()


def guard(state: EndpointState, memory: ScopeMemory, terms: PlanTerms) -> Guarded:
    """Hold back what an endpoint says and its user may not mean."""
    base = memory.base(state.id)
    state = within_coverage(state, base, terms.coverage)
    if (state.scope, state.id) in terms.trusted:
        return Guarded(state)
    if (state.scope, state.id) in terms.restored:
        return Guarded(repairing(state, (change.key for change in diff(base, state.view.items, state.view.opaque))))
    state, leaks = guard_leaks(state, base, terms)
    mass = is_mass_deletion(state, memory) and not _explained(state, memory, terms)
    state, asked = _guard_mass(state, memory, terms) if mass else _guard_stale(state, base, terms)
    resting = {at.key for at in terms.resting if (at.scope, at.endpoint) == (state.scope, state.id)}
    free = resting - state.repaired - state.view.opaque.keys()
    return Guarded(state.holding(free, RESTING) if not mass else state, (*leaks, *asked))


def repairing(state: EndpointState, keys: Iterable[ItemKey]) -> EndpointState:
    """Return an endpoint that is taken to say what was agreed on, so that it is written there again."""
    repaired = state.repaired | set(keys)
    return state if repaired == state.repaired else replace(state, repaired=repaired)


def within_coverage(state: EndpointState, base: Items, coverage: Coverage) -> EndpointState:
    """Leave alone what is off; what is pinned to others goes if it came from us, and is the client's own if not."""
    scope = state.scope
    keys = {key for key in coverage.keys(scope) if key.kind is state.kind}
    off = {key for key in keys if coverage.is_off(scope, key)}
    barred = {key for key in keys - off if coverage.bars(scope, key, state.clients)}
    ours = {key for key in barred if key in base and key in state.view.items}
    state = state.holding(off | (barred - ours), text("guard.off"))
    return state if state.barred == ours else replace(state, barred=frozenset(ours))


def gone_from(state: EndpointState, memory: ScopeMemory) -> frozenset[ItemKey]:
    """Return what an endpoint had and has no more, under any name."""
    gone = memory.base(state.id).keys() - state.view.items.keys() - state.view.opaque.keys()
    return frozenset(gone - memory.renames_at(state).keys())


def is_mass_deletion(state: EndpointState, memory: ScopeMemory) -> bool:
    """Whether so much is gone in one step that it looks like a reset."""
    gone, own = gone_from(state, memory), memory.base(state.id).keys() - state.view.opaque.keys()
    return len(gone) >= _MANY and 2 * len(gone) >= len(own)


def _explained(state: EndpointState, memory: ScopeMemory, terms: PlanTerms) -> bool:
    """Whether all that is gone is what we wrote after a client had loaded its file, or what nobody has any more."""
    stale = {at.key for at in terms.stale if (at.scope, at.endpoint) == (state.scope, state.id)}
    gone = gone_from(state, memory)
    return gone <= stale or gone.isdisjoint(memory.unified)


def _guard_mass(
    state: EndpointState, memory: ScopeMemory, terms: PlanTerms
) -> tuple[EndpointState, tuple[Decision, ...]]:
    gone = gone_from(state, memory)
    key = ItemKey(state.kind, "*")
    names = tuple(sorted(item.name for item in gone))
    summary = text("decision.mass-deletion", client=state.name, count=len(gone), items=", ".join(names))
    sides: Mapping[str, Item | None] = {state.label: None}
    decision = Decision(MASS_DELETION, state.scope, key, summary, sides, kept=True, endpoint=state.id, gone=names)
    match terms.taken(decision):
        case None:
            return state.holding(gone, text("guard.mass-deletion")), (decision,)
        case taken if taken == BASE:
            return repairing(state, gone), ()
        case _:
            return state, ()


def _guard_stale(state: EndpointState, base: Items, terms: PlanTerms) -> tuple[EndpointState, tuple[Decision, ...]]:
    asked = list[Decision]()
    for at, times in sorted(terms.stale.items()):
        if (at.scope, at.endpoint) != (state.scope, state.id) or at.key in state.view.opaque:
            continue
        decision = _stale_decision(state, at, base)
        taken = terms.taken(decision)
        if taken == BASE or (taken is None and times < AGAIN_AT_MOST):
            state = repairing(state, [at.key])
        elif taken is None:
            asked.append(decision)
            state = state.holding([at.key], text("guard.stale"))
    return state, tuple(asked)


def _stale_decision(state: EndpointState, at: ItemAt, base: Items) -> Decision:
    summary = text("decision.stale", client=state.name, item=at.key.name)
    sides: Mapping[str, Item | None] = {state.label: state.view.items.get(at.key)}
    return Decision(STALE, state.scope, at.key, summary, sides, base.get(at.key), kept=True, endpoint=state.id)
