"""Unheard: endpoints that cannot be read while a question is open about what they said.

A question must not close because the file of one side is away, blank or broken: the other side's version would spread
as if nobody had objected. So an endpoint that cannot be read is taken to say still what it said last of the items of
open questions (open_questions.py), and of all else what was agreed. Nothing is written to it, and nothing that it said
goes anywhere before the question is answered, or its file can be read again:

- a clash goes on as the merge finds it; where nobody disagrees any more, it is held all the same, as it is where a
  guard does not believe what a side says by now: a client that was reset has not given in;
- what a guard held there stays held, and is asked as it was;
- what was to be written there (a secret, a permission, lost text) is asked as it was, unless that is settled by now.

Once it is answered, what the endpoint said is its base, unless that was taken: when its file is back as it was, that is
no change, and the answer is written there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from aisync_desktop.clients.items import Item, ItemKey, Items, McpServer
from aisync_desktop.clients.lens import View
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.model.diff import FieldPath
from aisync_desktop.sync.model.merge import Clash, Merged
from aisync_desktop.sync.planning import open_tools
from aisync_desktop.sync.planning.guards import AGAIN_AT_MOST, Guarded, guard, within_coverage
from aisync_desktop.sync.planning.loosening import consent_fields
from aisync_desktop.sync.terms.consents import Consents, secrets_to_copy
from aisync_desktop.sync.terms.decisions import (
    CONFLICT,
    CONSENTING,
    LEAK,
    LOST_TEXT,
    MASS_DELETION,
    RENAME,
    SERVERS,
    STALE,
    WIDER,
    Decision,
)
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import ScopeMemory
from aisync_desktop.sync.terms.open_questions import Said
from aisync_desktop.sync.terms.plan_terms import ItemAt, PlanTerms

_CLASHING = frozenset({CONFLICT, RENAME})
_GUARDING = frozenset({LEAK, MASS_DELETION, STALE})
_RESET = "guard.mass-deletion"
_DOUBTS = frozenset({_RESET, "guard.stale"})
_ASKS_AGAIN = frozenset({LEAK, STALE})  # what is measured from the base, whatever is meant for all


@dataclass(frozen=True)
class Unheard:
    """The endpoints of one scope that cannot be read, and those of them of which a question is open, as they were."""

    silent: tuple[EndpointState, ...] = ()
    guarded: tuple[Guarded, ...] = ()

    @property
    def states(self) -> list[EndpointState]:
        """What they said last."""
        return [one.state for one in self.guarded]


def relevant(
    asked: Decision,
    state: EndpointState,
    said: Said,
    before: Mapping[str, Said],
    doubted: Mapping[str, Collection[ItemKey]],
) -> Said:
    """Return what matters for a question of what an endpoint says: all of it in a clash, a guard's own alone.

    In a clash, what is doubted by now is as it was `before`.
    Of a project's servers that wait, it is that they stand there: they are asked about as long as they do.
    """
    if asked.kind == SERVERS:
        return {key: item for key, item in said.items() if key in asked.servers and item is not None}
    own = state.id == asked.endpoint or (not asked.endpoint and state.label in asked.sides)
    if asked.kind in _CLASHING:
        doubts = doubted.get(state.id, ())
        said = {**said, **{key: item for key, item in before.get(state.id, {}).items() if key in doubts}}
    matters = asked.kind in _CLASHING or (asked.kind in _GUARDING and own)
    return {key: item for key, item in said.items() if key in asked.keys} if matters else {}


def unheard(silent: Sequence[EndpointState], memory: ScopeMemory, terms: PlanTerms) -> Unheard:
    """Return what the endpoints that cannot be read said last, as far as it can be believed."""
    said = [_guarded(state, memory, terms) for state in silent if memory.said(state.id)]
    return Unheard(tuple(silent), tuple(said))


def _guarded(state: EndpointState, memory: ScopeMemory, terms: PlanTerms) -> Guarded:
    """Hold what a guard asked about, and ask it again, unless it is being answered."""
    base, said = memory.bases.get(state.id, {}), memory.said(state.id)
    state = within_coverage(replace(state, view=View(_with(base, said)), problem=None), base, terms.coverage)
    mine = [one for one in memory.questions if one.decision.kind in _GUARDING and state.id in one.said]
    asked = [one for one in mine if not _is_answered(one.decision, terms)]
    on = [one for one in asked if _unsettled(one.said[state.id], state, memory)]
    if len(asked) < len(mine):
        terms = replace(terms, resting=frozenset(), trusted=frozenset(), restored=frozenset())
        state = guard(state, memory, asked_before(terms, [state], memory)).state
    held = {key for one in on for key in one.said[state.id]} - state.view.opaque.keys()
    return Guarded(state.holding(held, text("guard.unread")), tuple(one.decision for one in on))


def _unsettled(said: Said, state: EndpointState, memory: ScopeMemory) -> frozenset[ItemKey]:
    """Return of what items an endpoint still says something that is not agreed on; who was cut off may not know yet."""
    base = memory.bases.get(state.id, {})
    return frozenset(
        key
        for key, item in said.items()
        if key not in state.view.opaque and item != base.get(key) and not _says(state, key, item, memory.unified)
    )


def _with(items: Items, said: Said) -> dict[ItemKey, Item]:
    """Return items with what is said of some of them."""
    both = {**items, **said}
    return {key: item for key, item in both.items() if item is not None}


def _is_answered(asked: Decision, terms: PlanTerms) -> bool:
    return terms.taken(asked) is not None


def asked_before(terms: PlanTerms, states: Iterable[EndpointState], memory: ScopeMemory) -> PlanTerms:
    """Return the terms with the overwrites that are asked about: after a restart, nothing else tells of them."""
    asked = [one.decision for one in memory.questions if one.decision.kind == STALE]
    stale = {
        ItemAt(state.scope, state.id, one.key): AGAIN_AT_MOST
        for state in states
        for one in asked
        if one.endpoint == state.id and _is_as_asked(one, state, memory.bases.get(state.id, {}))
    }
    return replace(terms, stale={**stale, **terms.stale}) if stale else terms


def _is_as_asked(asked: Decision, state: EndpointState, base: Items) -> bool:
    same = state.view.items.get(asked.key) == asked.sides.get(state.label)
    return same and base.get(asked.key) == asked.base


def still_clashing(
    merged: Merged, heard: Sequence[EndpointState], unread: Unheard, memory: ScopeMemory, terms: PlanTerms
) -> Merged:
    """Hold the clashes of which a side cannot be read, or believed, though nobody disagrees with it any more."""
    open_ones = [one for one in memory.questions if one.decision.kind in _CLASHING]
    for one in open_ones:
        about = one.decision
        speaking = [state for state in unread.states if _unsettled(one.said.get(state.id, {}), state, memory)]
        doubted = any(not doubted_in(state, memory).isdisjoint(one.said.get(state.id, {})) for state in heard)
        settled = _is_answered(about, terms) or terms.prefer in about.sides or about.key in merged.held
        if (speaking or doubted) and not settled:
            sides = {label: _side_now(about, label, [*heard, *speaking], memory) for label in about.sides}
            merged = merged.clashing(Clash(about.key, about.base, sides, about.names, about.was), memory.unified)
    return merged


def doubted_in(state: EndpointState, memory: ScopeMemory) -> frozenset[ItemKey]:
    """Return the items of open questions of which an endpoint is not believed what it says by now.

    Where many are gone at once, that goes for those too that were never agreed on.
    """
    said = memory.said(state.id)
    codes = {key: state.view.opaque[key].code for key in state.held if key in state.view.opaque}
    reset = _RESET in codes.values()
    return frozenset(
        key
        for key in said
        if codes.get(key) in _DOUBTS or (reset and key not in state.view.items.keys() | codes.keys())
    )


def _side_now(about: Decision, label: str, states: Iterable[EndpointState], memory: ScopeMemory) -> Item | None:
    """Return what one side says by now; a client has a side for each of its files, one of which has the item."""
    key = about.key_if(label)
    for state in states:
        base = memory.bases.get(state.id, {})
        if state.label == label and not about.keys.isdisjoint({*state.view.items, *base}):
            return about.sides[label] if key in doubted_in(state, memory) else state.view.items.get(key)
    return about.sides[label]


def asked_of(unread: Unheard, merged: Merged, memory: ScopeMemory, terms: PlanTerms) -> Iterator[Decision]:
    """Yield what is asked about endpoints that cannot be read: what guards held, and what was to be written there."""
    for guarded in unread.guarded:
        yield from guarded.decisions
    labels = {(state.label, state.kind) for state in unread.silent}
    ids = {state.id for state in unread.silent}
    for one in memory.questions:
        asked = one.decision
        sides = {label: item for label, item in asked.sides.items() if (label, asked.key.kind) in labels}
        if asked.kind in CONSENTING:
            sides = {of: item for of, item in sides.items() if _is_open(asked, of, item, terms.consents)}
            if sides and merged.items.get(asked.key) == memory.unified.get(asked.key):
                yield replace(asked, sides=sides)
        elif asked.kind == LOST_TEXT and asked.endpoint in ids and not _is_answered(asked, terms):
            yield asked


def _is_open(asked: Decision, label: str, item: Item | None, consents: Consents) -> bool:
    """Whether the user has not yet said if something may be written at a client."""
    place = asked.key, consented(asked, item), label, asked.scope
    return not (consents.allow(*place) or consents.refuse(*place) or consents.launches(*place))


def consented(asked: Decision, item: Item | None) -> Collection[FieldPath]:
    """Return what of an item a consent is about."""
    if asked.kind == WIDER:
        return open_tools.consent_fields(item) if isinstance(item, McpServer) else consent_fields(item)
    return secrets_to_copy(None, item) if item else ()


def told(decisions: Iterable[Decision], silent: Iterable[EndpointState]) -> Iterator[Decision]:
    """Yield decisions, each with the names of those of its sides whose files cannot be read now."""
    out = [*silent]
    for one in decisions:
        names = {
            state.shared or state.name
            for state in out
            if state.id == one.endpoint or (state.label in one.sides and state.kind is one.key.kind)
        }
        yield replace(one, unread=tuple(sorted(names))) if names else one


def bases_once_answered(unread: Unheard, merged: Merged, memory: ScopeMemory) -> dict[str, dict[ItemKey, Item]]:
    """Return the bases of endpoints that cannot be read, of which a question is answered now.

    What was said there is what is agreed, so that it is no change again. Where that is the answer, it is none anyhow,
    and with the base as it was an older version of the file is none either; unless a guard would ask again.
    """
    bases: dict[str, dict[ItemKey, Item]] = {}
    for state in unread.states:
        held = merged.held | state.view.opaque.keys()
        settled = {
            key: item
            for one in memory.questions
            for key, item in one.said.get(state.id, {}).items()
            if key not in held and (one.decision.kind in _ASKS_AGAIN or not _says(state, key, item, merged.items))
        }
        if settled:
            bases[state.id] = _with(memory.bases.get(state.id, {}), settled)
    return bases


def _says(state: EndpointState, key: ItemKey, said: Item | None, unified: Items) -> bool:
    """Whether what is meant for all is what an endpoint said."""
    meant = unified.get(key)
    return said == (state.expressed(key, meant) if meant is not None else None)
