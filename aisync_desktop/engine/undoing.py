"""Which past is meant: a snapshot's, that before the last change, or that of first sight; and the way there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.items import Scope, from_payload
from aisync_desktop.core.messages import text
from aisync_desktop.engine.endpoints import EndpointState
from aisync_desktop.engine.known import Known
from aisync_desktop.engine.planning import ScopePlan
from aisync_desktop.engine.restoring import Contents, Goal, restoring
from aisync_desktop.engine.survey import Survey, Surveyor
from aisync_desktop.store.records import Snapshot, SnapshotInfo
from aisync_desktop.store.store import Store

ROLLBACK, UNDO, LEAVE = "rollback", "undo", "leave"


class NoSuchSnapshotError(WorldError):
    """There is no such snapshot, or its scope is not kept in step any more."""

    def __init__(self, number: int) -> None:
        super().__init__(
            text("snapshot.unknown"), text("snapshot.unknown.message", number=number), text("snapshot.unknown.next")
        )


class NothingToUndoError(WorldError):
    """Nothing was changed since the beginning."""

    def __init__(self) -> None:
        super().__init__(text("undo.nothing"), text("undo.nothing.message"), text("undo.nothing.next"))


class ChangedSinceError(WorldError):
    """What was to be undone is not the last change any more."""

    def __init__(self) -> None:
        super().__init__(text("undo.since"), text("undo.since.message"), text("undo.since.next"))


class Undoing:
    """Finds pasts in the store and plans the way there."""

    def __init__(self, store: Store, surveyor: Surveyor) -> None:
        self._store = store
        self._surveyor = surveyor

    def snapshot(self, number: int, known: Known) -> Snapshot:
        """Return a snapshot that can be gone back to."""
        found = self._store.snapshot(number)
        if found is None or Scope.parse(found.info.scope) not in known.scopes:
            raise NoSuchSnapshotError(number)
        return found

    def before_last(self, known: Known, only: int = 0) -> Snapshot:
        """Return the snapshot before the last change that is not undone; `only` if that led to this one."""
        newest = [self._store.snapshots(limit=1, scope=str(scope)) for scope in known.scopes]
        latest = max((info for page in newest for info in page), key=lambda info: info.id, default=None)
        if only and (latest is None or latest.id != only):
            raise ChangedSinceError
        parent = self._effective(latest).parent if latest else None
        if parent is None:
            raise NothingToUndoError
        return self.snapshot(parent, known)

    def _effective(self, info: SnapshotInfo) -> SnapshotInfo:
        """Return the snapshot that this one is again: an undo after an undo goes further back."""
        while info.restored is not None:
            found = self._store.snapshot(info.restored)
            if found is None:  # dropped by retention: nothing older is left either
                break
            info = found.info
        return info

    def to_snapshot(self, past: Snapshot, survey: Survey, known: Known, event: str, client: str = "") -> ScopePlan:
        """Plan the way to a snapshot: the files of all clients, or those of one, whose edit it then is."""
        scope = Scope.parse(past.info.scope)
        memory = known.of(scope)
        states = [state for state in survey.of(scope) if _takes_part(state, known) and client in ("", state.client)]
        contents = self._contents(states, self._store.files_as_of(past.info.id))
        if client:
            goal = Goal(memory.unified, contents, event, agreed=False)
        else:
            goal = Goal(from_payload(past.payload), contents, event, past.info.id)
        return restoring(scope, states, memory, goal, self._surveyor)

    def to_first_sight(self, scope: Scope, survey: Survey, known: Known) -> ScopePlan:
        """Plan the way to what was there before us, in one scope."""
        states = survey.of(scope)
        contents = self._contents(states, self._store.files_at_first_sight())
        return restoring(scope, states, known.of(scope), Goal({}, contents, LEAVE), self._surveyor)

    def _contents(self, states: tuple[EndpointState, ...] | list[EndpointState], names: Mapping[str, str]) -> Contents:
        files = {file.path for state in states for file in state.files.values()}
        folders = [state.path for state in states if state.in_folder]
        wanted = {
            path: name
            for path, name in ((Path(shown), name) for shown, name in names.items())
            if path in files or any(path.is_relative_to(folder) for folder in folders)
        }
        return {path: self._store.blob(name) if name else None for path, name in wanted.items()}


def _takes_part(state: EndpointState, known: Known) -> bool:
    return known.reach.covers(state.scope, state.kind, state.clients)
