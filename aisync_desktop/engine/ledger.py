"""What is written down before the first file is touched, made from a plan by pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from aisync_desktop.core.diff import diff
from aisync_desktop.core.items import to_payload
from aisync_desktop.core.messages import text
from aisync_desktop.core.status import Activity
from aisync_desktop.core.values import Value
from aisync_desktop.engine.known import Known
from aisync_desktop.engine.planning import Plan
from aisync_desktop.engine.survey import EndpointState, Survey
from aisync_desktop.files.protocol import content_hash
from aisync_desktop.store import records
from aisync_desktop.store.reads import Reads

_KEPT_ON_SIGHT = 1_000_000  # of larger files only what we displace is kept, not every change that others make


def changes_anything(plan: Plan, known: Known) -> bool:
    """Whether a plan has anything to write down: a file, an item, or a client's base."""
    moved = any(base != known.bases.get(client, {}) for client, base in plan.bases.items())
    return bool(plan.targets) or plan.before != plan.after or moved


def after_recording(plan: Plan, known: Known) -> Known:
    """Return the memory once the plan is written down."""
    return replace(known, unified=plan.after.items(), bases={**known.bases, **plan.bases})


def new_decisions(plan: Plan) -> tuple[records.NewDecision, ...]:
    """Return the plan's open decisions as records."""
    return tuple(
        records.NewDecision(
            str(decision.scope),
            str(decision.key),
            decision.kind,
            {
                "id": decision.id,
                "base": decision.base.fields() if decision.base else None,
                "sides": {client: item.fields() if item else None for client, item in decision.sides.items()},
            },
        )
        for decision in plan.decisions
    )


def last_activity(store: Reads) -> Activity | None:
    """Return what the last sync that wrote a file did, from the store: a restart forgets nothing."""
    for record in store.sync_events():
        done = [entry for entry in store.targets(record.id) if entry.state is records.TargetState.DONE]
        if done and record.finished_at:
            snapshot = store.snapshot(record.snapshot) if record.snapshot else None
            items = len(snapshot.diff) if snapshot and isinstance(snapshot.diff, list) else 0
            return activity(record.finished_at, snapshot.info.created_by if snapshot else "", items, len(done))
    return None


def activity(at: dt.datetime, origin: str, items: int, files: int) -> Activity:
    """Return a sync as one line for people."""
    return Activity(at=at, origin=origin, summary=text("activity.synced", items=items, files=files), writes=files)


def authors(plan: Plan, origin: str) -> str:
    """Return who brought a plan about: the clients whose items moved, else who asked for it."""
    return ",".join(sorted({client for clients in plan.origins.values() for client in clients})) or origin


def sync_start(plan: Plan, survey: Survey, known: Known, origin: str) -> records.SyncStart:
    """Return the record of a plan: snapshot, versions, journal, bases, endpoints."""
    scope = str(plan.scope)
    return records.SyncStart(
        scope=scope,
        event_type="sync",
        triggered_by=origin,
        snapshot=_snapshot(plan, origin),
        versions=tuple(_versions(plan, survey, known)),
        targets=tuple(
            records.Target(target.client, str(target.path), target.expected.hash, content_hash(target.data))
            for target in plan.targets
        ),
        bases=tuple(records.BaseUpdate(client, scope, to_payload(base)) for client, base in plan.bases.items()),
        endpoints=tuple(
            records.EndpointSeen(state.client, scope, str(state.path), state.lens.endpoint.kind.value, state.hash)
            for state in survey.endpoints
            if state.reading
        ),
    )


def _snapshot(plan: Plan, origin: str) -> records.NewSnapshot | None:
    if plan.before == plan.after:
        return None
    changes: list[Value] = [
        {
            "key": str(change.key),
            "before": change.before.fields() if change.before else None,
            "after": change.after.fields() if change.after else None,
        }
        for change in diff(plan.before.items(), plan.after.items())
    ]
    return records.NewSnapshot(plan.after.hash(), plan.after.payload(), authors(plan, origin), changes)


def _versions(plan: Plan, survey: Survey, known: Known) -> Iterator[records.NewVersion]:
    """Every file that is about to be replaced, and every one whose items moved."""
    replaced = {target.path for target in plan.targets}
    for state in survey.endpoints:
        if state.reading is None or state.reading.data is None:
            continue
        moved = plan.bases.get(state.client, {}) != known.bases.get(state.client, {})
        if state.path in replaced or (moved and state.reading.size <= _KEPT_ON_SIGHT):
            yield _version(state, state.reading.data)


def _version(state: EndpointState, data: bytes) -> records.NewVersion:
    return records.NewVersion(str(state.path), data, reason="seen", actor=state.client)
