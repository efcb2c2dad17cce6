"""What a plan does: how files stand after it, which items change in each, and what clients may do then and not now.

A file that is put back byte for byte names no items: they are found by reading it, as the client will. What is to
follow from a plan once it is written (a client whose past is not known follows the others) is planned from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from aisync_desktop.clients.items import ItemKey, Kind, McpServer, Permission
from aisync_desktop.clients.lens import MAIN, View
from aisync_desktop.files.protocol import ABSENT, Reading
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.permissions.language import Action, strictness
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.model.diff import Change, diff
from aisync_desktop.sync.planning.drafting import ReadBack, Target
from aisync_desktop.sync.planning.open_tools import opened
from aisync_desktop.sync.planning.planner import Plan, ScopePlan
from aisync_desktop.sync.terms.endpoints import EndpointState, FileState
from aisync_desktop.sync.terms.launchers import Launching


@dataclass(frozen=True)
class Loosened:
    """An item that a client may do more of after a plan; of a server the `tools` that open."""

    target: Target
    key: ItemKey
    before: Action | None = None
    after: Action | None = None
    tools: tuple[str, ...] = ()

    @property
    def takes_back_a_denial(self) -> bool:
        """Whether something was refused that would not be any more."""
        return bool(self.tools) or self.before is Action.DENY


def as_written(survey: Survey, plan: ScopePlan, read_back: ReadBack) -> Survey:
    """Return what will be found once a plan is written; launchers are not read yet."""
    targets = {target.path: target for target in plan.targets}
    return replace(survey, endpoints=tuple(_as_written(state, targets, read_back) for state in survey.endpoints))


def _as_written(state: EndpointState, targets: Mapping[Path, Target], read_back: ReadBack) -> EndpointState:
    if state.problem is not None:
        return state
    mine = {role: targets[file.path] for role, file in state.files.items() if file.path in targets}
    if state.in_folder:
        inside = (one for one in targets.values() if state.id in one.endpoints and one.path.is_relative_to(state.path))
        mine |= {one.path.relative_to(state.path).as_posix(): one for one in inside}
    if not mine:
        return state
    files = {**state.files, **{role: _file(state, role, target, read_back) for role, target in mine.items()}}
    if state.in_folder:
        files = {role: file for role, file in files.items() if file.hash != ABSENT}
    then = replace(state, files=files, launching=Launching(), spelled={})
    problem = next((file.problem for file in files.values() if file.problem), None)
    view = View() if problem else read_back.view(then.lens, then.documents)
    return replace(then, view=view, problem=problem)


def _file(state: EndpointState, role: str, target: Target, read_back: ReadBack) -> FileState:
    file, data = state.file(role), target.data
    there = data is not None or role == MAIN
    reading = Reading(target.path, target.expected.real_path, data, target.hash, size=len(data or b""))
    try:
        document = read_back.parse(file.model, data) if there else None
    except WorldError as error:  # it was so before, and is put back so
        return replace(file, reading=reading, document=None, problem=error)
    return replace(file, reading=reading, document=document)


def changes_in(target: Target, states: Sequence[EndpointState], read_back: ReadBack) -> tuple[Change, ...]:
    """Return which items change in a file that endpoints are made of."""
    if target.changes:
        return target.changes
    changes: dict[ItemKey, Change] = {}
    for state in states:
        then = _as_written(state, {target.path: target}, read_back)
        if then is not state:
            changes.update((one.key, one) for one in diff(state.raw, then.view.items, then.view.opaque))
    return tuple(changes[key] for key in sorted(changes))


def loosened_by(plan: Plan, survey: Survey, read_back: ReadBack) -> Iterator[Loosened]:
    """Yield what clients may do after a plan that they may not now."""
    for scope in plan.scopes:
        for target in scope.targets:
            states = [state for state in survey.of(scope.scope) if state.id in target.endpoints]
            for change in changes_in(target, states, read_back):
                found = _loosened(target, change)
                if found is not None:
                    yield found


def _loosened(target: Target, change: Change) -> Loosened | None:
    before, after = change.before, change.after
    if isinstance(before, McpServer) and isinstance(after, McpServer):
        tools = opened(before, after)
        return Loosened(target, change.key, tools=tools) if tools else None
    if change.key.kind is not Kind.PERMISSIONS:
        return None
    was, now = (Permission.of(one).action if one else None for one in (before, after))
    return Loosened(target, change.key, was, now) if strictness(now) < strictness(was) else None


def both(first: Plan, then: Plan) -> Plan:
    """Return two plans, one made of what the other leaves, as one: each file from what it holds now to the end."""
    held = {target.path: target for target in first.targets}
    scopes = {one.scope: one for one in first.scopes}
    for scope in then.scopes:
        mine = {target.path: _after(held.get(target.path), target) for target in scope.targets}
        before = scopes.get(scope.scope)
        left = tuple(one for one in before.targets if one.path not in mine) if before else ()
        targets = (*left, *(one for one in mine.values() if one.data != one.expected.data))
        scopes[scope.scope] = replace(scope, targets=targets, event=before.event if before else scope.event)
    return Plan(tuple(scopes.values()))


def _after(first: Target | None, then: Target) -> Target:
    """Return how a file comes to be that is written twice."""
    return then if first is None else replace(then, expected=first.expected, file=first.file, changes=())
