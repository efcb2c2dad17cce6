"""The applier: a plan is written down, each file replaced by compare-and-swap, and what came of it written down.

It owns the engine's memory, which moves on with each of these steps. What could not be written waits longer each time;
files that were displaced are looked at until no late in-place writer can hold them any more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.clients.items import Items, Scope, to_payload
from aisync_desktop.files.displaced import MOST_HELD
from aisync_desktop.files.protocol import Disk, Keep, LateWrite, Outcome, Reading, Replaced, content_hash
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.applying.fights import Fights, FoughtOverError
from aisync_desktop.sync.applying.journal import (
    activity,
    after_recording,
    authors,
    changes_anything,
    last_activity,
    sync_start,
)
from aisync_desktop.sync.looking.survey import Survey, Surveyor
from aisync_desktop.sync.model.status import Activity
from aisync_desktop.sync.planning.drafting import Target
from aisync_desktop.sync.planning.planner import Plan, ScopePlan
from aisync_desktop.sync.store import records
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.known import recall

_log = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 300.0
Wrote: TypeAlias = Callable[[Scope, str, Items, Items], None]  # scope, endpoint, what it held, what it holds now
_USER = "user"


@dataclass(frozen=True)
class Receipt:
    """What a sync did: the files that it wrote, those that somebody else wrote meanwhile, and those that failed."""

    origin: str
    plan: Plan
    written: tuple[Replaced, ...] = ()
    foreign: tuple[Path, ...] = ()
    failed: dict[Path, WorldError] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether nothing is left that a later look could mend by itself."""
        return not (self.foreign or self.failed or self.plan.problems)

    def followed_by(self, then: Receipt) -> Receipt:
        """Return this sync and the next one as one: what others wrote in between, the next has looked at.

        A file that failed and was not written by the next one either has still failed.
        """
        written = {replaced.path for replaced in then.written}
        left = {path: error for path, error in self.failed.items() if path not in written}
        return replace(then, written=(*self.written, *then.written), failed={**left, **then.failed})


@dataclass(frozen=True)
class _Displaced:
    """The bases of what was in a file's place before us: what a late in-place writer had opened."""

    client: str
    scope: Scope
    opened: Mapping[str, Items]


@dataclass(frozen=True)
class _Failure:
    """A target that could not be written, and until when the same write is not tried again."""

    error: WorldError
    meant: tuple[str, str]
    pause: float
    until: float


def _meant(target: Target) -> tuple[str, str]:
    return target.expected.hash, target.hash


class Applier:
    """Writes plans to the disk and to the store."""

    def __init__(self, store: Store, surveyor: Surveyor, disk: Disk, clock: Clock, wrote: Wrote) -> None:
        self._store = store
        self._surveyor = surveyor
        self._disk = disk
        self._clock = clock
        self._wrote = wrote
        self._failed: dict[Path, _Failure] = {}
        self._ours: dict[Path, str] = {}  # the hash of what we wrote last
        self._displaced: dict[tuple[Path, str], _Displaced] = {}  # by the hash of what was displaced
        self._late: list[tuple[LateWrite, _Displaced | None]] = []  # found, and not in their place yet
        self._fights = Fights(clock)
        self.last: Activity | None = last_activity(store)
        self.remember()

    def remember(self) -> None:
        """Take over what the store knows."""
        self.known = recall(self._store)
        self._surveyor.confine(self.known.projects)

    @property
    def failed(self) -> dict[Path, WorldError]:
        """What could not be written, and is tried again."""
        return {path: failure.error for path, failure in self._failed.items()}

    def apply(self, plan: Plan, survey: Survey, origin: str) -> Receipt:
        """Write each scope's plan."""
        if origin == _USER:  # who asks wants it tried now
            self._fights.forgive()
            self._failed = {}
        plan = self._without_hopeless(plan)
        receipt = Receipt(origin, plan)
        for scope in plan.scopes:
            if changes_anything(scope, self.known):
                receipt = self._apply_scope(scope, survey, receipt)
        return receipt

    def _without_hopeless(self, plan: Plan) -> Plan:
        """Leave out what failed a moment ago and would fail the same way: trying costs rows and wears the disk."""
        paths = {target.path for target in plan.targets}
        self._failed = {path: failure for path, failure in self._failed.items() if path in paths}
        for target in plan.targets:
            if self._fights.left_alone(target.path):
                self._remember_failure(target, FoughtOverError(target.path))
        now = self._clock.monotonic()
        tried = {path: failure.meant for path, failure in self._failed.items() if now < failure.until}

        def hopeless(target: Target) -> bool:
            return tried.get(target.path) == _meant(target) or self._fights.left_alone(target.path)

        def worth_it(scope: ScopePlan) -> ScopePlan:
            return replace(scope, targets=tuple(target for target in scope.targets if not hopeless(target)))

        return Plan(tuple(worth_it(scope) for scope in plan.scopes))

    def _apply_scope(self, plan: ScopePlan, survey: Survey, receipt: Receipt) -> Receipt:
        before = len(receipt.written), len(receipt.foreign) + len(receipt.failed)
        sync_id = self._store.begin_sync(sync_start(plan, survey, self.known, receipt.origin))
        self.known = after_recording(plan, survey, self.known)
        waiting = {endpoint: self._files_of(plan, endpoint) for one in plan.targets for endpoint in one.endpoints}
        for target in plan.targets:
            receipt = self._replace(sync_id, plan, target, waiting, receipt)
        whole = before[1] == len(receipt.foreign) + len(receipt.failed)
        mine = {replaced.path for replaced in receipt.written[before[0] :]}
        versions = [
            records.NewVersion(str(target.path), target.data, "written", "aisync")
            for target in plan.targets
            if target.path in mine
        ]
        self._store.finish_sync(sync_id, records.SyncStatus.DONE if whole else records.SyncStatus.PARTIAL, versions)
        written = len(mine)
        if written:
            by = authors(plan, receipt.origin)
            changes = {str(change.key): change.after is None for change in plan.changed}
            snapshot = self._store.latest(str(plan.scope))
            self.last = activity(self._clock.now(), by, changes, written, plan.event, snapshot)
        self._write_log(sync_id, plan, written, receipt)
        return receipt

    def _files_of(self, plan: ScopePlan, endpoint: str) -> set[Path]:
        return {target.path for target in plan.targets if endpoint in target.endpoints}

    def _replace(
        self, sync_id: int, plan: ScopePlan, target: Target, waiting: dict[str, set[Path]], receipt: Receipt
    ) -> Receipt:
        """Replace one file and write down what came of it; `waiting` are the files that endpoints still lack."""
        state, bases = records.TargetState.DONE, list[records.BaseUpdate]()
        try:
            replaced = self._put(sync_id, target)
        except WorldError as error:
            state, detail = records.TargetState.FAILED, error.title.code
            receipt = replace(receipt, failed={**receipt.failed, target.path: error})
            self._remember_failure(target, error)
        else:
            detail = "degraded" if replaced.degraded else ""
            if replaced.outcome is Outcome.FOREIGN:
                state = records.TargetState.FOREIGN
                receipt = replace(receipt, foreign=(*receipt.foreign, target.path))
            else:
                bases = self._settle(plan, target, replaced, waiting)
                self._watch_for_a_fight(sync_id, target)
                receipt = replace(receipt, written=(*receipt.written, replaced))
        self._store.finish_target(sync_id, str(target.path), state, bases, detail)
        return receipt

    def _put(self, sync_id: int, target: Target) -> Replaced:
        def keep(path: Path, data: bytes) -> None:
            if content_hash(data) != target.expected.hash:  # what was expected was kept when the sync began
                self._store.keep_version(str(path), data, reason="displaced", actor=target.client, sync_id=sync_id)

        if target.data is None:
            return self._disk.remove(target.expected, keep=keep, lock=target.lock)
        return self._disk.replace(target.expected, target.data, keep=keep, lock=target.lock, private=target.private)

    def _remember_failure(self, target: Target, error: WorldError) -> None:
        before = self._failed.get(target.path)
        pause = min(before.pause * 2, _LONGEST_PAUSE) if before and before.meant == _meant(target) else _FIRST_PAUSE
        self._failed[target.path] = _Failure(error, _meant(target), pause, self._clock.monotonic() + pause)

    def _watch_for_a_fight(self, sync_id: int, target: Target) -> None:
        if self._fights.note(target.path, content_hash(repr(target.changes).encode())):
            context: dict[str, Value] = {"client": target.client, "path": str(target.path)}
            self._store.log("error", "engine.fought-over", context, sync_id)

    def _settle(
        self, plan: ScopePlan, target: Target, replaced: Replaced, waiting: dict[str, set[Path]]
    ) -> list[records.BaseUpdate]:
        """Take over a target that holds what we meant; an endpoint whose files are all written has a new base."""
        bases = self.known.of(plan.scope).bases
        opened = {endpoint: bases.get(endpoint, {}) for endpoint in target.endpoints}
        self._ours[target.path] = replaced.new_hash
        self._remember_displaced(target.path, replaced.old_hash, target.client, plan.scope, opened)
        if target.document is not None:
            self._surveyor.learn(target.file, replaced.new_hash, target.document)
        for endpoint in target.endpoints:
            waiting[endpoint].discard(target.path)
        done = {endpoint: plan.afters[endpoint] for endpoint in target.endpoints if not waiting[endpoint]}
        for endpoint, after in done.items():
            self._wrote(plan.scope, endpoint, opened[endpoint], plan.ends.get(endpoint, after))
        there = target.data is not None
        self.known = self.known.agreed(plan.scope, done).placed(plan.scope, target.path, there=there)
        return [records.BaseUpdate(endpoint, str(plan.scope), to_payload(base)) for endpoint, base in done.items()]

    def _remember_displaced(
        self, path: Path, content: str, client: str, scope: Scope, opened: Mapping[str, Items]
    ) -> None:
        """Remember the bases of what was in a file, as long as somebody may still write into that."""
        self._displaced.pop((path, content), None)  # so that the oldest is always the first
        self._displaced[path, content] = _Displaced(client, scope, opened)
        if len(self._displaced) > 2 * MOST_HELD:
            del self._displaced[next(iter(self._displaced))]

    def _write_log(self, sync_id: int, plan: ScopePlan, written: int, receipt: Receipt) -> None:
        """Tell the user's log what a sync did; after the files, as nobody waits for it."""
        context: dict[str, Value] = {"client": authors(plan, receipt.origin), "files": written}
        self._store.log("info", "synced", context, sync_id)
        for key, deleters in plan.kept.items():
            about = {"client": ",".join(deleters), "item": str(key), "by": ",".join(plan.origins.get(key, ()))}
            self._store.log("warning", "kept-edit", {**about}, sync_id)
        clients = {target.path: target.client for target in plan.targets}
        for path, error in receipt.failed.items():
            if path in clients:
                self._store.log("error", error.title.code, {"client": clients[path], "path": str(path)}, sync_id)

    def late_in(self) -> float | None:
        """Return in how many seconds displaced files want another look; None where there are none."""
        return self._disk.late_in()

    def absorb_late_writes(self, *, closing: bool = False) -> None:
        """Put back what an in-place writer wrote into a displaced file: a change since what that writer had opened."""
        wait = self._disk.late_in()
        if wait is not None and (wait <= 0 or closing):
            found = self._disk.late_writes(closing=closing)
            self._late += [(late, self._displaced.get((late.path, late.opened))) for late in found]
        elif wait is None:
            self._displaced.clear()  # the last of them was let go of
        self._late = [(late, opened) for late, opened in self._late if not self._absorbed(late, opened)]

    def _absorbed(self, late: LateWrite, opened: _Displaced | None) -> bool:
        """Whether a late version has found its place: the file, or only history where somebody wrote since.

        Where the disk fails it is tried again at the next look, and nothing else waits for it.
        """
        actor = opened.client if opened else "unknown"
        try:
            self._store.keep_version(str(late.path), late.data, reason="late-write", actor=actor)
            reading = self._disk.read(late.path)
            if reading.hash == late.opened:  # the writer goes on with what we put back for it before
                self._disk.replace(reading, late.data, keep=keeper(self._store, "displaced", actor))
            elif opened is not None and reading.hash == self._ours.get(late.path):
                self._put_back(reading, late, opened)
        except WorldError as error:
            _log.warning("a late write could not be put back: %s", error.title.code)
            return False
        return True

    def _put_back(self, reading: Reading, late: LateWrite, then: _Displaced) -> None:
        """Write the bases down first: with them, the file means the same whether we get to put it back or not."""
        scope, now = str(then.scope), self.known.of(then.scope).bases
        bases = tuple(records.BaseUpdate(of, scope, to_payload(opened)) for of, opened in then.opened.items())
        sync_id = self._store.begin_sync(records.SyncStart(scope, "late-write", then.client, bases=bases))
        ours = {endpoint: now.get(endpoint, {}) for endpoint in then.opened}
        self._remember_displaced(late.path, reading.hash, then.client, then.scope, ours)
        self.known = self.known.agreed(then.scope, then.opened)
        status = records.SyncStatus.PARTIAL
        try:
            self._disk.replace(reading, late.data, keep=keeper(self._store, "displaced", then.client))
            status = records.SyncStatus.DONE
        finally:
            self._store.finish_sync(sync_id, status)


def keeper(store: Store, reason: str, actor: str) -> Keep:
    """Return what keeps displaced bytes in history."""

    def keep(path: Path, data: bytes) -> None:
        store.keep_version(str(path), data, reason=reason, actor=actor)

    return keep
