"""Resets: a client began anew, and what the file said beside our items is gone with them.

So Claude Code does once it cannot read its file. To put only our items back would leave the user without the rest;
where history has a version that still had the items, the whole file is offered as it was then. It is a reset if at
least half of what that version says beside the items is not there any more: a person who clears a list leaves the rest.

What is put back is planned as if the file held that version now, and as if it said what was agreed: it is edited where
that has moved on since, and nothing that it says is taken for a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.clients.items import ItemKey, Scope
from aisync_desktop.clients.lens import MAIN
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.sync.looking.survey import Survey, Surveyor
from aisync_desktop.sync.planning.drafting import Target
from aisync_desktop.sync.planning.planner import Plan, ScopePlan
from aisync_desktop.sync.planning.putting_back import rest_of
from aisync_desktop.sync.planning.whole_files import RESET, as_found, holding, roles_at
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.terms.decisions import MASS_DELETION, Decision
from aisync_desktop.sync.terms.endpoints import EndpointState

_VERSIONS = 20  # to look back: what was written over more often than that is not what the user misses
_Spot: TypeAlias = tuple[Scope, str]


@dataclass(frozen=True)
class _Found:
    """The version of a reset file that can be put back (None: none), as of the content of `hash`."""

    hash: str
    gone: tuple[str, ...]
    data: bytes | None


class Resets:
    """Knows what reset files held before; looks into history once for each."""

    def __init__(self, store: Reads, surveyor: Surveyor) -> None:
        self._store = store
        self._surveyor = surveyor
        self._found: dict[_Spot, _Found] = {}

    def offering(self, plan: Plan, survey: Survey) -> Plan:
        """Return the plan in which those mass deletions that are resets offer the whole file."""
        if not any(decision.kind == MASS_DELETION for decision in plan.decisions):
            self._found.clear()
            return plan
        return Plan(
            tuple(
                replace(scope, decisions=tuple(self._offered(decision, survey) for decision in scope.decisions))
                for scope in plan.scopes
            )
        )

    def _offered(self, decision: Decision, survey: Survey) -> Decision:
        return replace(decision, restorable=self._version(decision, survey) is not None)

    def as_it_was(self, decision: Decision, before: Survey, found: Survey) -> tuple[Survey, frozenset[_Spot]]:
        """Return `before` as if the file had not been reset, and the endpoints that have a part in it."""
        state, data = _endpoint(decision, found), self._version(decision, found)
        if state is None or data is None:
            return before, frozenset()
        then = tuple(self._holding(other, state.path, data) for other in before.endpoints)
        mine = frozenset((each.scope, each.id) for each in then if roles_at(each, state.path))
        return replace(before, endpoints=then), mine

    def whole(self, plan: Plan, decision: Decision, found: Survey) -> Plan:
        """Return a plan made of that survey as one of what was found.

        The file is in it even if it needs no edit to be as agreed.
        """
        state, data = _endpoint(decision, found), self._version(decision, found)
        file = state.files[MAIN] if state else None
        if state is None or data is None or file is None or file.reading is None:
            return plan
        there = any(target.path == state.path for target in plan.targets)
        sharing = tuple(one.id for one in found.of(decision.scope) if roles_at(one, state.path))
        document = self._surveyor.parse(file.model, data)
        mine = () if there else (Target(state.client, file, file.reading, data, document, sharing, ()),)
        return Plan(
            tuple(
                _with(scope, [as_found(one, found) for one in (*scope.targets, *mine)])
                if scope.scope == decision.scope
                else scope
                for scope in plan.scopes
            )
        )

    def _holding(self, state: EndpointState, path: Path, data: bytes) -> EndpointState:
        """Return an endpoint as it would be if a file held these bytes; as it is, where they cannot be read."""
        try:
            return state if state.problem is not None else holding(state, path, data, self._surveyor)
        except WorldError:
            return state

    def _version(self, decision: Decision, survey: Survey) -> bytes | None:
        """Return what the file held before it was reset, if it was and that is in history."""
        state = _endpoint(decision, survey)
        main = state.main if state else None
        if decision.kind != MASS_DELETION or state is None or main is None:
            return None
        spot = decision.scope, decision.endpoint
        known = self._found.get(spot)
        if known is None or (known.hash, known.gone) != (main.hash, decision.gone):
            known = self._found[spot] = _Found(main.hash, decision.gone, self._searched(state, decision))
        return known.data

    def _searched(self, state: EndpointState, decision: Decision) -> bytes | None:
        """Return the newest version that has all that is gone, if much else is gone, too."""
        gone = {ItemKey(state.kind, name) for name in decision.gone}
        try:
            for version in self._store.versions(str(state.path), limit=_VERSIONS):
                data = self._store.blob(version.hash) if version.size else b""
                then = self._holding(state, state.path, data) if data.strip() else state
                if gone <= then.view.items.keys():
                    return data if _lost_more(then, state) else None
        except WorldError:  # history cannot be read: then there is nothing to offer
            return None
        return None


def _endpoint(decision: Decision, survey: Survey) -> EndpointState | None:
    return next((state for state in survey.of(decision.scope) if state.id == decision.endpoint), None)


def _with(plan: ScopePlan, targets: Iterable[Target]) -> ScopePlan:
    return replace(plan, targets=tuple(sorted(targets, key=lambda one: (one.turn, one.path))), event=RESET)


def _lost_more(then: EndpointState, now: EndpointState) -> bool:
    """Whether at least half of what a file said beside the items is gone."""
    before = frozenset(_places(rest_of(then, then.documents, then.raw).get(MAIN)))
    gone = before - frozenset(_places(rest_of(now, now.documents, now.raw).get(MAIN)))
    return bool(gone) and 2 * len(gone) >= len(before)


def _places(value: Value, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield where a value says something; what it says there may change any time."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _places(inner, (*path, key))
    elif value is not None or path:
        yield path
