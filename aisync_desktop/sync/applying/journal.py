"""What is written down before the first file is touched, made from a plan by pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from aisync_desktop.clients.items import to_payload
from aisync_desktop.files.protocol import ABSENT, Reading
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.model.status import Activity, Done, ItemChange
from aisync_desktop.sync.planning.planner import Plan, ScopePlan
from aisync_desktop.sync.store import records
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.terms.endpoints import EndpointState, FileState
from aisync_desktop.sync.terms.known import Known
from aisync_desktop.sync.terms.open_questions import OpenQuestion

KEPT_ON_SIGHT = 1_000_000  # of larger files only what we displace is kept, not every change that others make


def changes_anything(plan: ScopePlan, known: Known) -> bool:
    """Whether a plan has anything to write down: a file, an item, or an endpoint's base."""
    bases = known.of(plan.scope).bases
    moved = any(base != bases.get(endpoint, {}) for endpoint, base in plan.bases.items())
    return bool(plan.targets) or plan.before != plan.after or moved


def after_recording(plan: ScopePlan, survey: Survey, known: Known) -> Known:
    """Return the memory once the plan is written down."""
    memory = known.of(plan.scope)
    files = [file for _, file in _looked_at(plan, survey, known)]
    seen = memory.seen - {file.path for file in files} | {file.path for file in files if file.hash != ABSENT}
    written = replace(memory, unified=plan.after.items(), bases={**memory.bases, **plan.bases}, seen=seen)
    return known.remembering(plan.scope, written)


def new_decisions(plan: Plan) -> tuple[records.NewDecision, ...]:
    """Return the plan's open decisions as records."""
    return tuple(recorded(scope.question(decision)) for scope in plan.scopes for decision in scope.decisions)


def recorded(question: OpenQuestion) -> records.NewDecision:
    """Return an open question as a record."""
    about = question.decision
    return records.NewDecision(str(about.scope), about.about, about.kind, question.payload())


def last_activity(store: Reads) -> Activity | None:
    """Return what the last sync that wrote a file did, from the store: a restart forgets nothing."""
    for record in store.sync_events():
        done = [entry for entry in store.targets(record.id) if entry.state is records.TargetState.DONE]
        if done and record.finished_at:
            snapshot = store.snapshot(record.snapshot) if record.snapshot else None
            by = snapshot.info.created_by if snapshot else ""
            changes = _changes_of(snapshot)
            return activity(record.finished_at, by, changes, len(done), record.event_type, record.snapshot or 0)
    return None


def _changes_of(snapshot: records.Snapshot | None) -> tuple[ItemChange, ...]:
    """Return the items that a snapshot changed."""
    changes = snapshot.diff if snapshot and isinstance(snapshot.diff, list) else []
    told = (one for one in changes if isinstance(one, dict) and "key" in one)
    return tuple(changed(str(one["key"]), one.get("before"), one.get("after")) for one in told)


def changed(item: str, before: object, after: object) -> ItemChange:
    """Return what became of an item that was something, or nothing, before and after."""
    done = Done.REMOVED if after is None else Done.ADDED if before is None else Done.CHANGED
    return ItemChange(item=item, done=done)


def activity(
    at: dt.datetime, origin: str, changes: Iterable[ItemChange], files: int, event: str, snapshot: int
) -> Activity:
    """Return a sync as one line for people; what going back changes has no name of its own."""
    synced = event == "sync"
    known = tuple(sorted(changes, key=lambda change: change.item))
    summary = text("activity.synced" if synced else "activity.back", items=len(known), files=files)
    told = known if synced else ()
    return Activity(at=at, origin=origin, summary=summary, writes=files, changes=told, snapshot=snapshot)


def authors(plan: ScopePlan, origin: str) -> str:
    """Return who brought a plan about: the clients whose items moved, else who asked for it."""
    return ",".join(sorted({client for clients in plan.origins.values() for client in clients})) or origin


def told(plan: ScopePlan, origin: str, written: int) -> Iterator[records.NewLine]:
    """Yield what the user's log tells of a sync."""
    yield records.NewLine("info", "synced", {"client": authors(plan, origin), "files": written})
    for key, deleters in plan.kept.items():
        about = {"client": ",".join(deleters), "item": str(key), "by": ",".join(plan.origins.get(key, ()))}
        yield records.NewLine("warning", "kept-edit", {**about})


def sync_start(plan: ScopePlan, survey: Survey, known: Known, origin: str) -> records.SyncStart:
    """Return the record of a plan: snapshot, versions, journal, bases, endpoints."""
    scope = str(plan.scope)
    return records.SyncStart(
        scope=scope,
        event_type=plan.event,
        triggered_by=origin,
        snapshot=_snapshot(plan, origin),
        versions=tuple(_versions(plan, survey, known)),
        targets=tuple(
            records.Target(target.client, str(target.path), target.expected.hash, target.hash)
            for target in plan.targets
        ),
        bases=tuple(records.BaseUpdate(client, scope, to_payload(base)) for client, base in plan.bases.items()),
        endpoints=tuple(
            records.EndpointSeen(state.client, scope, str(file.path), state.kind.value, file.hash)
            for state, file in _looked_at(plan, survey, known)
        ),
    )


def _looked_at(plan: ScopePlan, survey: Survey, known: Known) -> Iterator[tuple[EndpointState, FileState]]:
    """Yield the files that are written down as they are; one that vanished is still expected, also after a restart."""
    seen = known.of(plan.scope).seen
    for state in survey.of(plan.scope):
        for file in state.files.values():
            vanished = file.hash == ABSENT and file.path in seen and not state.in_folder
            if file.reading and not vanished:
                yield state, file


def _snapshot(plan: ScopePlan, origin: str) -> records.NewSnapshot | None:
    if plan.before == plan.after and not plan.marked:
        return None
    changes: list[Value] = [
        {
            "key": str(change.key),
            "before": change.before.fields() if change.before else None,
            "after": change.after.fields() if change.after else None,
        }
        for change in plan.changed
    ]
    return records.NewSnapshot(
        plan.after.hash(),
        plan.after.payload(),
        authors(plan, origin),
        changes,
        restored=plan.restored,
        marked=plan.marked,
    )


def _versions(plan: ScopePlan, survey: Survey, known: Known) -> Iterator[records.NewVersion]:
    """Every file that is about to be replaced, and every one whose items moved."""
    bases, kept = known.of(plan.scope).bases, {target.path for target in plan.targets}
    yield from (_version(target.client, target.expected) for target in plan.targets)
    for state in survey.of(plan.scope):
        moved = plan.bases.get(state.id, {}) != bases.get(state.id, {})
        for file in state.files.values() if moved else ():
            reading = file.reading
            if reading and reading.data is not None and reading.size <= KEPT_ON_SIGHT and file.path not in kept:
                kept.add(file.path)
                yield _version(state.client, reading)


def _version(client: str, reading: Reading) -> records.NewVersion:
    return records.NewVersion(str(reading.path), reading.data, reason="seen", actor=client, hash=reading.hash)
