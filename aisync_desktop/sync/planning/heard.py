"""Heard: what is said in a scope, as far as it can be believed, and what the merge makes of it.

Endpoints that take no part are left out; those that cannot be read, or whose file vanished, say nothing new
(unreadable_sides.py); of the others a guard holds back what their users may not mean (guards.py). Each of what is left
is one side of the merge.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from aisync_desktop.clients.items import Renamed, Scope
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import Remedy, WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.model.merge import Merged, merge
from aisync_desktop.sync.model.sides import Side
from aisync_desktop.sync.planning.guards import RESTING, Guarded, guard
from aisync_desktop.sync.planning.unreadable_sides import Unheard, asked_before, still_clashing, unheard
from aisync_desktop.sync.terms.decisions import CONFLICT, RENAME
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import ScopeMemory
from aisync_desktop.sync.terms.plan_terms import PlanTerms


class FileVanishedError(WorldError):
    """A file that held items is not there any more; that is not taken for the wish to delete them all."""

    actions = (Remedy.RESTORE_VERSION, Remedy.TRY_AGAIN)

    def __init__(self, path: Path) -> None:
        super().__init__(
            text("engine.vanished"), text("engine.vanished.message"), text("engine.vanished.next"), path=path
        )


@dataclass(frozen=True)
class Heard:
    """What is said in a scope: by those that take part, as far as guards believe it, and last by those unheard now."""

    within: list[EndpointState]
    seen: list[EndpointState]
    guarded: list[Guarded]
    unheard: Unheard
    problems: list[tuple[EndpointState, WorldError]]
    renamed: Renamed
    terms: PlanTerms

    @property
    def usable(self) -> list[EndpointState]:
        """The endpoints that can be read and written, without what guards hold."""
        return [one.state for one in self.guarded]

    def merged(self, scope: Scope, memory: ScopeMemory) -> Merged:
        """Return the items that come of it."""
        usable = self.usable
        merged = _merged([*usable, *self.unheard.states], memory, scope, self.terms)
        return still_clashing(merged, usable, self.unheard, memory, self.terms)


def listen(scope: Scope, states: Iterable[EndpointState], memory: ScopeMemory, terms: PlanTerms) -> Heard:
    """Return what the endpoints of a scope say, with terms in which renamed items have kept what was set for them."""
    within = [state for state in states if terms.coverage.covers(scope, state.kind, state.clients)]
    seen, problems = _sort_out(within, memory)
    renamed = _renamed(seen, memory)
    terms = asked_before(terms.carrying(scope, renamed), seen, memory)
    silent = unheard([state for state, _ in problems], memory, terms)
    guarded = [guard(state, memory, terms) for state in seen]
    return Heard(within, seen, guarded, silent, problems, renamed, terms)


def _renamed(seen: list[EndpointState], memory: ScopeMemory) -> Renamed:
    """Return which items have another name than before, at any endpoint; also what is off, so that it stays so."""
    found = (memory.renames_at(state) for state in seen)
    return frozenset(pair for pairs in found for pair in pairs.items())


def _sort_out(
    states: Iterable[EndpointState], memory: ScopeMemory
) -> tuple[list[EndpointState], list[tuple[EndpointState, WorldError]]]:
    """Return the endpoints that can be read, and what is wrong with the others.

    A file that vanished is not made anew by another endpoint that has a part in it, either.
    """
    every = [*states]
    gone = {state.id: path for state in every if (path := _vanished(state, memory)) and _is_missed(state, memory)}
    usable: list[EndpointState] = []
    problems: list[tuple[EndpointState, WorldError]] = []
    for state in every:
        vanished = gone.get(state.id) or next((path for path in gone.values() if path == state.path), None)
        if state.problem is not None:
            problems.append((state, state.problem))
        elif vanished is not None:
            problems.append((state, FileVanishedError(vanished)))
        else:
            usable.append(state)
    return usable, problems


def _is_missed(state: EndpointState, memory: ScopeMemory) -> bool:
    return bool(memory.bases.get(state.id) or memory.said(state.id))


def _vanished(state: EndpointState, memory: ScopeMemory) -> Path | None:
    """Return a file of the endpoint that was there before and is not, or is blank; each item's own file may go."""
    if state.in_folder:
        return None
    gone = (file.path for file in state.files.values() if file.reading and _is_blank(file.reading.data))
    main = state.main.path if state.main else None
    return next((path for path in gone if path == main or path in memory.seen), None)


def _is_blank(data: bytes | None) -> bool:
    return not data or data.isspace()


def _merged(usable: list[EndpointState], memory: ScopeMemory, scope: Scope, terms: PlanTerms) -> Merged:
    sides = [_side(state, memory, terms.prefer) for state in usable]
    clashes = (one for one in terms.choices if one.decision.kind in {CONFLICT, RENAME})
    taken = {one.decision.key: one.meant for one in clashes if one.decision.scope == scope}
    resting = frozenset(key for state in usable for key in state.held if state.view.opaque.get(key) == RESTING)
    return merge(memory.unified, sides, terms.prefer, taken, terms.policies, resting)


def _side(state: EndpointState, memory: ScopeMemory, prefer: str) -> Side:
    """Return what an endpoint says; a shared file speaks for the preferred client too, if that one reads it."""
    base = memory.base(state.id)
    agreed = {key: base[key] for key in state.repaired if key in base}
    items = {key: item for key, item in state.view.items.items() if key not in state.repaired} | agreed
    return Side(
        client=prefer if prefer in state.clients else state.label,
        base=base,
        view=items,
        expresses=state.lens.expresses,
        left_open=state.lens.left_open,
        opaque=frozenset(state.view.opaque) | state.barred,
        readers=state.clients,
        written_ns=max((file.reading.mtime_ns for file in state.files.values() if file.reading), default=0),
        said=memory.last_said(state.id),
    )
