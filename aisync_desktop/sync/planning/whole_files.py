"""Whole files: what an endpoint would be if a file held other bytes, and the way back once one was put back as a whole.

That is done where a client began anew (resets.py), or where its file cannot be read any more (last_good.py).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from aisync_desktop.clients.items import Scope, UnifiedConfig
from aisync_desktop.documents.protocol import Document
from aisync_desktop.files.protocol import ABSENT, Reading, content_hash
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.sync.looking.survey import Survey, Surveyor
from aisync_desktop.sync.planning.drafting import Target
from aisync_desktop.sync.planning.planner import ScopePlan
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.store.records import JournalEntry, TargetState
from aisync_desktop.sync.terms.endpoints import EndpointState, FileState
from aisync_desktop.sync.terms.known import Known

RESET, LAST_GOOD = "reset", "last-good"  # how its sync is written down


def roles_at(state: EndpointState, path: Path) -> list[str]:
    """Return as what an endpoint uses a file."""
    return [role for role, file in state.files.items() if file.path == path]


def holding(state: EndpointState, path: Path, data: bytes, surveyor: Surveyor) -> EndpointState:
    """Return an endpoint as it would be if a file held these bytes; a WorldError where they cannot be read."""
    mine = roles_at(state, path)
    if not mine:
        return state
    made = {role: _file_holding(state.files[role], data, surveyor) for role in mine}
    then = replace(state, files={**state.files, **made})
    problem = next((file.problem for file in then.files.values() if file.problem), None)
    if problem is not None:
        raise problem
    return replace(then, view=surveyor.view(then.lens, then.documents), problem=None)


def _file_holding(file: FileState, data: bytes, surveyor: Surveyor) -> FileState:
    real = file.reading.real_path if file.reading else file.path
    reading = Reading(file.path, real, data, content_hash(data), size=len(data))
    return replace(file, reading=reading, document=surveyor.parse(file.model, data), problem=None)


def as_found(target: Target, survey: Survey) -> Target:
    """Return a target of a plan that was made as if its file held other bytes: it is made from what was found."""
    files = (state.files[role] for state in survey.endpoints for role in roles_at(state, target.path))
    found = next((file for file in files if file.reading is not None), None)
    return replace(target, file=found, expected=found.reading) if found and found.reading else target


def taken_back(store: Reads, surveyor: Surveyor, survey: Survey, known: Known) -> ScopePlan | None:
    """Return the way back from a file that was put back as a whole, if that was the last thing done and it is still so.

    What it held before may be what nobody can read: it is put there all the same.
    """
    last = next(iter(store.sync_events(limit=1)), None)
    targets = store.targets(last.id) if last and last.event_type in {RESET, LAST_GOOD} else ()
    if last is None or len(targets) != 1 or targets[0].state is not TargetState.DONE:
        return None
    (done,) = targets
    scope = Scope.parse(last.scope)
    sharing = [state for state in survey.of(scope) if roles_at(state, Path(done.path))]
    file = _still(store, sharing, done)
    if file is None or file.reading is None:
        return None
    data = store.blob(done.old_hash) if done.old_hash != ABSENT else None
    document = _readable(file, data, surveyor)
    target = Target(done.client, file, file.reading, data, document, tuple(state.id for state in sharing), ())
    memory, same = known.of(scope), UnifiedConfig.of(scope, known.of(scope).unified)
    bases = {state.id: dict(memory.bases.get(state.id, {})) for state in sharing}
    return ScopePlan(scope, same, same, (target,), afters=bases, keeps_questions=True)


def _still(store: Reads, sharing: list[EndpointState], done: JournalEntry) -> FileState | None:
    """Return the file, if it holds what was put back."""
    files = [state.files[role] for state in sharing for role in roles_at(state, Path(done.path))]
    return next((one for one in files if store.name(one.hash) == done.new_hash), None)


def _readable(file: FileState, data: bytes | None, surveyor: Surveyor) -> Document | None:
    try:
        return surveyor.parse(file.model, data) if data is not None else None
    except WorldError:
        return None
