"""The applier: a plan is written down, each file replaced by compare-and-swap, and what came of it written down.

It owns the engine's memory, which moves on with each of these steps. What could not be written waits longer each time;
files that were displaced are looked at until no late in-place writer can hold them any more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.clients.items import Items, Scope, to_payload
from aisync_desktop.files.displaced import MOST_HELD
from aisync_desktop.files.protocol import (
    Disk,
    Keep,
    LateWrite,
    Outcome,
    Reading,
    Replaced,
    Replacement,
    Rights,
    content_hash,
)
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.applying.fights import Fights, FoughtOverError
from aisync_desktop.sync.applying.journal import (
    activity,
    after_recording,
    authors,
    changed,
    changes_anything,
    last_activity,
    sync_start,
    told,
)
from aisync_desktop.sync.looking.survey import Survey, Surveyor
from aisync_desktop.sync.model.status import Activity, Writing
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

    def joined_by(self, other: Receipt) -> Receipt:
        """Return it with what was done in another scope."""
        written, foreign = (*self.written, *other.written), (*self.foreign, *other.foreign)
        return replace(self, written=written, foreign=foreign, failed={**self.failed, **other.failed})

    def followed_by(self, then: Receipt) -> Receipt:
        """Return this sync and the next one as one: what others wrote in between, the next has looked at.

        A file that failed and was not written by the next one either has still failed.
        """
        written = {replaced.path for replaced in then.written}
        left = {path: error for path, error in self.failed.items() if path not in written}
        return replace(then, written=(*self.written, *then.written), failed={**left, **then.failed})


@dataclass(frozen=True)
class _Progress:
    """How far the writing of a plan has come: what came of each file, and what is told of it."""

    receipt: Receipt
    ends: tuple[records.TargetEnd, ...] = ()
    lines: tuple[records.NewLine, ...] = ()

    def followed_by(self, receipt: Receipt, end: records.TargetEnd, *lines: records.NewLine) -> _Progress:
        """Return it with one more file."""
        return _Progress(receipt, (*self.ends, end), (*self.lines, *lines))

    def end(self, plan: ScopePlan) -> records.SyncEnd:
        """Return what is written down once all files had their turn: nobody waits for it any more."""
        receipt = self.receipt
        mine = {replaced.path for replaced in receipt.written}
        versions = tuple(
            records.NewVersion(str(target.path), target.data, "written", "aisync", target.hash)
            for target in plan.targets
            if target.path in mine
        )
        whole = not (receipt.foreign or receipt.failed)
        status = records.SyncStatus.DONE if whole else records.SyncStatus.PARTIAL
        return records.SyncEnd(status, self.ends, versions, (*told(plan, receipt.origin, len(mine)), *self.lines))


@dataclass(frozen=True)
class _Displaced:
    """The bases of what was in a file's place before us: what a late in-place writer had opened."""

    client: str
    scope: Scope
    opened: Mapping[str, Items]


@dataclass(frozen=True)
class _Failure:
    """A target that could not be written, and until when the same write is not tried again.

    Where who may write there is another matter by then (the file was made writable again), it is.
    """

    error: WorldError
    meant: tuple[str, str]
    rights: Rights
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
        self.kept: dict[Path, str] = {}  # the hash of what a sync put into history last
        self._displaced: dict[tuple[Path, str], _Displaced] = {}  # by the hash of what was displaced
        self._late: list[tuple[LateWrite, _Displaced | None]] = []  # found, and not in their place yet
        self._fights = Fights(clock)
        self.last: Activity | None = last_activity(store)
        self.on_writing: Callable[[Writing], object] = lambda _: None
        self.seen: float | None = None  # when what is applied now was seen in a file, by the monotonic clock
        self._writing = Writing(0, 0)
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
        began = self._clock.monotonic() if self.seen is None else self.seen
        if origin == _USER:  # who asks wants it tried now
            self._fights.forgive()
            self._failed = {}
        plan = self._without_hopeless(plan)
        self._writing = Writing(0, len(plan.targets))
        receipt = Receipt(origin, plan)
        for scope in plan.scopes:
            if changes_anything(scope, self.known):
                receipt = self._apply_scope(scope, survey, receipt, began)
        return receipt

    def _without_hopeless(self, plan: Plan) -> Plan:
        """Leave out what failed a moment ago and would fail the same way: trying costs rows and wears the disk."""
        paths = {target.path for target in plan.targets}
        self._failed = {path: failure for path, failure in self._failed.items() if path in paths}
        for target in plan.targets:
            if self._fights.left_alone(target.path):
                self._remember_failure(target, FoughtOverError(target.path), self._failed.get(target.path))
        tried = {path: failure.meant for path, failure in self._failed.items() if self._rests(path, failure)}

        def hopeless(target: Target) -> bool:
            return tried.get(target.path) == _meant(target) or self._fights.left_alone(target.path)

        def worth_it(scope: ScopePlan) -> ScopePlan:
            return replace(scope, targets=tuple(target for target in scope.targets if not hopeless(target)))

        return Plan(tuple(worth_it(scope) for scope in plan.scopes))

    def _rests(self, path: Path, failure: _Failure) -> bool:
        return self._clock.monotonic() < failure.until and self._disk.rights(path) == failure.rights

    def _apply_scope(self, plan: ScopePlan, survey: Survey, receipt: Receipt, began: float) -> Receipt:
        start = sync_start(plan, survey, self.known, receipt.origin)
        sync_id = self._store.begin_sync(start)
        self._note_kept(start.versions)
        self.known = after_recording(plan, survey, self.known)
        mine = self._replaced(sync_id, plan, Receipt(receipt.origin, receipt.plan))
        took = max(0.0, self._clock.monotonic() - began)
        if mine.receipt.written:
            by = authors(plan, receipt.origin)
            changes = [changed(str(change.key), change.before, change.after) for change in plan.changed]
            snapshot, count = self._store.latest(str(plan.scope)), len(mine.receipt.written)
            self.last = activity(self._clock.now(), by, changes, count, plan.event, snapshot)
        end = replace(mine.end(plan), took=took)
        self._store.finish_sync(sync_id, end)
        self._note_kept(end.written)
        return receipt.joined_by(mine.receipt)

    def _note_kept(self, versions: Iterable[records.NewVersion]) -> None:
        """Remember what each file's newest version in history is."""
        self.kept.update((Path(one.path), one.hash) for one in versions)

    def _replaced(self, sync_id: int, plan: ScopePlan, receipt: Receipt) -> _Progress:
        """Replace the files of a plan, those that may be replaced at once together; return what came of each."""
        waiting = {endpoint: self._files_of(plan, endpoint) for one in plan.targets for endpoint in one.endpoints}
        progress = _Progress(receipt)
        for _, targets in groupby(plan.targets, key=lambda one: one.turn):
            batch = tuple(targets)
            ended = self._disk.replace_all([self._replacement(sync_id, one) for one in batch], self._tell_ended)
            for target, replaced in zip(batch, ended, strict=True):
                progress = self._settled(plan, target, replaced, waiting, progress)
        return progress

    def _tell_ended(self) -> None:
        """Tell that one more file has had its turn."""
        self._writing = Writing(self._writing.done + 1, self._writing.of)
        self.on_writing(self._writing)

    def _files_of(self, plan: ScopePlan, endpoint: str) -> set[Path]:
        return {target.path for target in plan.targets if endpoint in target.endpoints}

    def _replacement(self, sync_id: int, target: Target) -> Replacement:
        def keep(path: Path, data: bytes) -> None:
            if data != target.expected.data:  # what was expected was kept when the sync began
                self._store.keep_version(str(path), data, reason="displaced", actor=target.client, sync_id=sync_id)
                self.kept.pop(path, None)

        hashed = "" if target.data is None else target.hash
        return Replacement(target.expected, target.data, keep, target.lock, private=target.private, hash=hashed)

    def _settled(
        self,
        plan: ScopePlan,
        target: Target,
        replaced: Replaced | WorldError,
        waiting: dict[str, set[Path]],
        progress: _Progress,
    ) -> _Progress:
        """Take note of what came of one file; `waiting` are the files that endpoints still lack."""
        receipt, path = progress.receipt, str(target.path)
        failed_before = self._failed.pop(target.path, None)
        if isinstance(replaced, WorldError):
            self._remember_failure(target, replaced, failed_before)
            receipt = replace(receipt, failed={**receipt.failed, target.path: replaced})
            end = records.TargetEnd(path, records.TargetState.FAILED, detail=replaced.title.code)
            about: dict[str, Value] = {"client": target.client, "path": path}
            return progress.followed_by(receipt, end, records.NewLine("error", replaced.title.code, about))
        detail = "degraded" if replaced.degraded else ""
        if replaced.outcome is Outcome.FOREIGN:
            receipt = replace(receipt, foreign=(*receipt.foreign, target.path))
            return progress.followed_by(receipt, records.TargetEnd(path, records.TargetState.FOREIGN, detail=detail))
        bases = self._settle(plan, target, replaced, waiting)
        receipt = replace(receipt, written=(*receipt.written, replaced))
        end = records.TargetEnd(path, records.TargetState.DONE, tuple(bases), detail)
        return progress.followed_by(receipt, end, *self._watched_for_a_fight(target))

    def _remember_failure(self, target: Target, error: WorldError, before: _Failure | None) -> None:
        pause = min(before.pause * 2, _LONGEST_PAUSE) if before and before.meant == _meant(target) else _FIRST_PAUSE
        until, rights = self._clock.monotonic() + pause, self._disk.rights(target.path)
        self._failed[target.path] = _Failure(error, _meant(target), rights, pause, until)

    def _watched_for_a_fight(self, target: Target) -> Iterator[records.NewLine]:
        """Count a write; yield what is to be told where it is one too many."""
        if self._fights.note(target.path, content_hash(repr(target.changes).encode())):
            context: dict[str, Value] = {"client": target.client, "path": str(target.path)}
            yield records.NewLine("error", "engine.fought-over", context)

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

    def late_in(self) -> float | None:
        """Return in how many seconds displaced files want another look; None where there are none."""
        return self._disk.late_in()

    def absorb_late_writes(self, *, closing: bool = False) -> bool:
        """Put back what an in-place writer wrote into a displaced file: a change since what that writer had opened.

        Return whether there was anything to put back.
        """
        wait = self._disk.late_in()
        if wait is not None and (wait <= 0 or closing):
            found = self._disk.late_writes(closing=closing)
            self._late += [(late, self._displaced.get((late.path, late.opened))) for late in found]
        elif wait is None:
            self._displaced.clear()  # the last of them was let go of
        any_late = bool(self._late)
        self._late = [(late, opened) for late, opened in self._late if not self._absorbed(late, opened)]
        return any_late

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
            self._store.finish_sync(sync_id, records.SyncEnd(status))


def keeper(store: Store, reason: str, actor: str) -> Keep:
    """Return what keeps displaced bytes in history."""

    def keep(path: Path, data: bytes) -> None:
        store.keep_version(str(path), data, reason=reason, actor=actor)

    return keep
