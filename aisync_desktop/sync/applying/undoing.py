"""Plan the way back to a state: that of a snapshot (undo_choice.py tells which), or of first sight."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from aisync_desktop.clients.items import Item, ItemKey, Items, Renamed, Scope, from_payload, item_of
from aisync_desktop.database.errors import understood
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.applying.journal import KEPT_ON_SIGHT
from aisync_desktop.sync.looking.survey import Survey, Surveyor
from aisync_desktop.sync.model.diff import diff
from aisync_desktop.sync.model.renames import renames
from aisync_desktop.sync.planning.guards import within_coverage
from aisync_desktop.sync.planning.planner import ScopePlan
from aisync_desktop.sync.planning.putting_back import Contents, Goal, restoring
from aisync_desktop.sync.store.records import Snapshot, SnapshotInfo
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.coverage import Coverage
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import Known

ROLLBACK, UNDO, REDO, LEAVE = "rollback", "undo", "redo", "leave"
BACKWARDS = frozenset({ROLLBACK, UNDO, REDO, LEAVE})


class Undoing:
    """Finds what files held in the store, and plans the way there."""

    def __init__(self, store: Store, surveyor: Surveyor) -> None:
        self._store = store
        self._surveyor = surveyor

    def to_snapshot(
        self, past: Snapshot, survey: Survey, known: Known, event: str, clients: Collection[str] = ()
    ) -> ScopePlan:
        """Plan the way to a snapshot: the files of all clients, or those that some read, whose edit it then is."""
        scope = Scope.parse(past.info.scope)
        memory = known.of(scope)
        with understood(self._store.path):
            then = from_payload(past.payload)
        unified = _with_what_is_off(then, memory.unified, scope, known.coverage)
        untouched = set[ItemKey]()
        if event in {UNDO, REDO}:
            untouched = {key for key in memory.unified if unified.get(key) == memory.unified[key]}
        states = [
            _held_back(state, memory.bases.get(state.id, {}), known.coverage, untouched)
            for state in survey.of(scope)
            if _takes_part(state, known) and (not clients or not set(clients).isdisjoint(state.clients))
        ]
        contents = self._contents(states, self._store.files_as_of(past.info.id))
        if clients:
            goal = Goal(memory.unified, contents, event, agreed=False)
        else:
            goal = Goal(unified, _without_large(contents, states), event, past.info.id)
        goal = replace(goal, renamed=self._renamed_since(past.info))
        return restoring(scope, states, memory, goal, self._surveyor)

    def _renamed_since(self, past: SnapshotInfo) -> Renamed:
        """Return the names that items had in a snapshot with those that they have now."""
        newer = list[int]()
        page = self._store.snapshots(scope=past.scope)
        while page:
            newer += [info.id for info in page if info.id > past.id]
            page = self._store.snapshots(before=page[-1].id, scope=past.scope) if page[-1].id > past.id else ()
        names = dict[ItemKey, ItemKey]()  # by that of now
        for _, changes in sorted(self._store.diffs(newer).items()):
            for old, new in _renamed_by(changes).items():
                names[new] = names.pop(old, old)
        return frozenset((then, now) for now, then in names.items() if then != now)

    def to_first_sight(self, scope: Scope, survey: Survey, known: Known) -> ScopePlan:
        """Plan the way to what was there before us, in one scope."""
        states, memory = survey.of(scope), known.of(scope)
        contents = self._contents(states, self._store.files_at_first_sight())
        way = restoring(scope, states, memory, Goal({}, contents, LEAVE), self._surveyor)
        nothing: dict[str, dict[ItemKey, Item]] = {of: {} for of in {*memory.bases, *way.afters}}
        return replace(way, bases=nothing, keeps_questions=False)  # nothing is agreed any more, nothing is asked

    def _contents(self, states: Iterable[EndpointState], names: Mapping[str, str]) -> Contents:
        files = {file.path for state in states for file in state.files.values()}
        folders = [state.path for state in states if state.in_folder]
        wanted = {
            path: name
            for path, name in ((Path(shown), name) for shown, name in names.items())
            if path in files or any(path.is_relative_to(folder) for folder in folders)
        }
        return {path: self._store.blob(name) if name else None for path, name in wanted.items()}


def _renamed_by(changes: Value) -> dict[ItemKey, ItemKey]:
    """Return the new names that a snapshot gave, by the old ones."""
    gone, new = dict[ItemKey, Item](), dict[ItemKey, Item]()
    for change in changes if isinstance(changes, list) else ():
        if isinstance(change, dict):
            key, before, after = ItemKey.parse(str(change["key"])), change.get("before"), change.get("after")
            if isinstance(before, dict) and after is None:
                gone[key] = item_of(key, before)
            elif isinstance(after, dict) and before is None:
                new[key] = item_of(key, after)
    return renames(gone, new)


def _with_what_is_off(past: Items, now: Items, scope: Scope, coverage: Coverage) -> dict[ItemKey, Item]:
    """Return the items of a snapshot; those that are off are as they are now."""
    on = {key: item for key, item in past.items() if not coverage.is_off(scope, key)}
    return on | {key: item for key, item in now.items() if coverage.is_off(scope, key)}


def _held_back(state: EndpointState, base: Items, coverage: Coverage, untouched: Collection[ItemKey]) -> EndpointState:
    """Return an endpoint without what is not to be put back: what is off or its own, and what waits to be settled."""
    state = within_coverage(state, base, coverage)
    waiting = [change.key for change in diff(base, state.view.items, state.view.opaque) if change.key in untouched]
    return state.holding(waiting, text("guard.waiting"))


def _without_large(contents: Contents, states: Iterable[EndpointState]) -> Contents:
    """Leave out what is too large for each of its versions to be kept: what it held then is not known for sure."""
    files = [file for state in states for file in state.files.values()]
    large = {file.path for file in files if file.reading and file.reading.size > KEPT_ON_SIGHT}
    return {path: data for path, data in contents.items() if path not in large}


def _takes_part(state: EndpointState, known: Known) -> bool:
    return known.coverage.covers(state.scope, state.kind, state.clients)
