"""The facade: what the tray, the command line, the HTTP API and the MCP server all use.

An Engine belongs to one thread, which owns the store's only write connection. One sync is: look, plan, write the plan
down (snapshot, journal, versions, in one transaction), replace each file by compare-and-swap, write down what came of
it. State is observations, not work to do: after a crash at any point, looking and planning again finds what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.items import ItemKey, Items, to_payload
from aisync_desktop.core.ports import Clock
from aisync_desktop.core.settings import load_settings
from aisync_desktop.core.status import Activity, Problem, Status
from aisync_desktop.core.values import Value
from aisync_desktop.engine.decisions import NoSuchChoiceError, NoSuchDecisionError, NotWritingError
from aisync_desktop.engine.known import Known, known_of
from aisync_desktop.engine.ledger import (
    activity,
    after_recording,
    authors,
    changes_anything,
    last_activity,
    new_decisions,
    sync_start,
)
from aisync_desktop.engine.planning import Plan, Target, make_plan
from aisync_desktop.engine.report import build_status
from aisync_desktop.engine.survey import Survey, Surveyor
from aisync_desktop.files.protocol import ABSENT, Disk, LateWrite, Outcome, Reading, Replaced, content_hash
from aisync_desktop.store import records
from aisync_desktop.store.store import Store

_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 300.0
_ROUNDS = 5  # a file that somebody else writes between all five looks is busy: it is left alone until it rests


@dataclass(frozen=True)
class Receipt:
    """What a sync did: the files that it wrote, those that somebody else wrote meanwhile, and those that failed."""

    origin: str
    plan: Plan
    written: tuple[Replaced, ...] = ()
    foreign: tuple[Path, ...] = ()
    failed: dict[str, WorldError] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether nothing is left that a later look could mend by itself."""
        return not (self.foreign or self.failed or self.plan.problems)


@dataclass(frozen=True)
class _Displaced:
    """What we put in a file's place, and the base of what was there: that is what a late in-place writer had opened."""

    client: str
    hash: str
    opened: Items


@dataclass(frozen=True)
class _Failure:
    """A target that could not be written, and until when the same write is not tried again."""

    error: WorldError
    meant: tuple[str, str]
    pause: float
    until: float


def _meant(target: Target) -> tuple[str, str]:
    return target.expected.hash, content_hash(target.data)


def _nobody(receipt: Receipt) -> None:
    del receipt


class Engine:
    """Keeps the endpoints of the user's scope in step.

    Attributes: `paused` (only look), `on_written` (called with the receipt of each sync that wrote a file, whoever
    asked for it), `notices` (problems that belong to no client).
    """

    def __init__(self, store: Store, surveyor: Surveyor, disk: Disk, clock: Clock) -> None:
        self._store = store
        self._surveyor = surveyor
        self._disk = disk
        self._clock = clock
        self._known: Known = known_of(store.memory())
        self._survey = Survey(())
        self._plan: Plan | None = None
        self._failed: dict[str, _Failure] = {}
        self._displaced: dict[Path, _Displaced] = {}
        self._last: Activity | None = last_activity(store)
        self._decisions: tuple[records.NewDecision, ...] | None = None
        self.paused = False
        self.on_written: Callable[[Receipt], None] = _nobody
        self.notices: tuple[Problem, ...] = ()

    @property
    def adopted(self) -> bool:
        """Whether the user has agreed that we write."""
        return self._known.adopted

    def paths(self) -> tuple[Path, ...]:
        """Return every path whose change matters."""
        return self._surveyor.paths()

    def recover(self) -> int:
        """Clear up after a run that was cut off; what it left undone is found by the next plan.

        Files that it had displaced and not yet let go of go into history, then the journal is closed.
        """
        if self.adopted:
            self._register_clients()  # a descriptor may be new since the last run
        open_entries = self._store.unfinished()
        for path in self.paths():
            with suppress(WorldError):  # the survey will tell what is wrong with this path; the others go on
                for left in self._disk.recover(path, keep=self._keep_leftover):
                    self._restore_leftover(left, [entry for entry in open_entries if entry.path == str(path)])
        for entry in open_entries:
            landed = self._store.name(self._hash_now(Path(entry.path))) == entry.new_hash
            state = records.TargetState.DONE if landed else records.TargetState.FAILED
            self._store.finish_target(entry.sync_id, entry.path, state, detail="recovered")
        for sync_id in sorted({entry.sync_id for entry in open_entries}):
            self._store.finish_sync(sync_id, records.SyncStatus.INTERRUPTED)
        return len(open_entries)

    def _hash_now(self, path: Path) -> str:
        try:
            return self._disk.read(path).hash
        except WorldError:
            return ABSENT

    def _register_clients(self) -> None:
        catalog = self._surveyor.catalog
        self._store.register_clients([records.ClientRecord(found.id, found.name) for found in catalog.descriptors])

    def _keep_leftover(self, path: Path, data: bytes) -> None:
        self._store.keep_version(str(path), data, reason="left-by-a-crash", actor="unknown")

    def _restore_leftover(self, left: LateWrite, entries: list[records.JournalEntry]) -> None:
        """Put back a foreign version that we had displaced when we were cut off; our own two are not foreign."""
        name = self._store.name(content_hash(left.data))
        if entries and all(name not in {entry.old_hash, entry.new_hash} for entry in entries):
            self._disk.replace(self._disk.read(left.path), left.data, keep=self._keep_leftover)

    def plan(self, prefer: str = "", choices: Mapping[ItemKey, str] | None = None) -> Plan:
        """Look at everything and return what would be done. Writes nothing."""
        self._survey = self._surveyor.survey()
        known = self._known
        self._plan = make_plan(
            self._survey, known.unified, known.bases, self._surveyor.read_back, known.scope, prefer, choices
        )
        return self._plan

    def adopt(self, origin: str, prefer: str = "") -> Receipt:
        """Take what is there as the beginning, keep its bytes, and start to write."""
        self._surveyor.catalog.require(prefer)
        plan = self.plan(prefer)
        if not self.adopted:
            for state in self._survey.endpoints:
                if state.reading:  # one that cannot even be read has no first sight yet
                    self._store.keep_version(str(state.path), state.reading.data, "first-sight", origin)
            self._register_clients()
            self._store.set_adopted(self._clock.now())
            self._known = known_of(self._store.memory())
        return self._rounds(origin, prefer, plan)

    def decide(self, decision_id: str, take: str) -> Receipt:
        """Settle an open decision with one client's side, or with what was agreed before, and write it everywhere."""
        if not self.adopted or self.paused:
            raise NotWritingError(paused=self.paused)
        found = next((decision for decision in self.plan().decisions if decision.id == decision_id), None)
        if found is None:
            raise NoSuchDecisionError(decision_id)
        if take not in found.choices:
            raise NoSuchChoiceError(found, take)
        plan = self.plan(choices={found.key: take})
        self._store.audit("user", "decide", str(found.key), {"id": found.id, "take": take})
        return self._rounds("user", "", plan)

    def sync(self, origin: str) -> Receipt:
        """Bring everything in step as far as it goes without the user; before adoption, only look."""
        self._absorb_late_writes()
        plan = self.plan()
        if not self.adopted or self.paused:
            return Receipt(origin, plan)
        return self._rounds(origin, "", plan)

    def _rounds(self, origin: str, prefer: str, plan: Plan) -> Receipt:
        receipt = self._apply(self._without_hopeless(plan), origin)
        for _ in range(_ROUNDS - 1):
            if not receipt.foreign:
                break
            again = self._apply(self._without_hopeless(self.plan(prefer)), origin)
            receipt = replace(again, written=(*receipt.written, *again.written), failed=receipt.failed | again.failed)
        if receipt.written:
            self.plan(prefer)  # see what came of it: the status tells what is, not what was meant
            self.on_written(receipt)
        return receipt

    def _without_hopeless(self, plan: Plan) -> Plan:
        """Leave out what failed a moment ago and would fail the same way: trying costs rows and wears the disk."""
        clients = {target.client for target in plan.targets}
        self._failed = {client: failure for client, failure in self._failed.items() if client in clients}
        now = self._clock.monotonic()
        tried = {client for client, failure in self._failed.items() if now < failure.until}
        same = {t.path for t in plan.targets if t.client in tried and self._failed[t.client].meant == _meant(t)}
        return replace(plan, targets=tuple(target for target in plan.targets if target.path not in same))

    def _apply(self, plan: Plan, origin: str) -> Receipt:
        self._note_decisions(plan)
        if not changes_anything(plan, self._known):
            return Receipt(origin, plan)
        sync_id = self._store.begin_sync(sync_start(plan, self._survey, self._known, origin))
        self._known = after_recording(plan, self._known)
        receipt = Receipt(origin, plan)
        for target in plan.targets:
            receipt = self._replace(sync_id, target, receipt)
        whole = not receipt.foreign and not receipt.failed
        self._store.finish_sync(sync_id, records.SyncStatus.DONE if whole else records.SyncStatus.PARTIAL)
        if receipt.written:
            by, items = authors(plan, origin), len(plan.origins)
            self._last = activity(self._clock.now(), by, items, len(receipt.written))
        self._write_log(sync_id, receipt)
        return receipt

    def _replace(self, sync_id: int, target: Target, receipt: Receipt) -> Receipt:
        """Replace one file and write down what came of it."""

        def keep(path: Path, data: bytes) -> None:
            if content_hash(data) != target.expected.hash:  # what was expected was kept when the sync began
                self._store.keep_version(str(path), data, reason="displaced", actor=target.client, sync_id=sync_id)

        state, base = records.TargetState.DONE, None
        try:
            replaced = self._disk.replace(target.expected, target.data, keep=keep, lock=target.lock)
        except WorldError as error:
            state, detail = records.TargetState.FAILED, error.title.code
            receipt = replace(receipt, failed={**receipt.failed, target.client: error})
            self._remember_failure(target, error)
        else:
            detail = "degraded" if replaced.degraded else ""
            if replaced.outcome is Outcome.FOREIGN:
                state = records.TargetState.FOREIGN
                receipt = replace(receipt, foreign=(*receipt.foreign, target.path))
            else:
                base = self._settle(target, replaced)
                receipt = replace(receipt, written=(*receipt.written, replaced))
        self._store.finish_target(sync_id, str(target.path), state, base, detail)
        return receipt

    def _remember_failure(self, target: Target, error: WorldError) -> None:
        before = self._failed.get(target.client)
        pause = min(before.pause * 2, _LONGEST_PAUSE) if before and before.meant == _meant(target) else _FIRST_PAUSE
        self._failed[target.client] = _Failure(error, _meant(target), pause, self._clock.monotonic() + pause)

    def _settle(self, target: Target, replaced: Replaced) -> records.BaseUpdate:
        """Take over a target that holds what we meant: its view is the client's new base."""
        opened = self._known.bases.get(target.client, {})
        self._displaced[target.path] = _Displaced(target.client, replaced.new_hash, opened)
        self._surveyor.learn(target.client, target.path, replaced.new_hash, target.document, target.view)
        bases = {**self._known.bases, target.client: target.after}
        self._known = replace(self._known, bases=bases)
        return records.BaseUpdate(target.client, str(self._known.scope), to_payload(target.after))

    def late_in(self) -> float | None:
        """Return in how many seconds displaced files want another look; None where there are none."""
        return self._disk.late_in()

    def _absorb_late_writes(self, *, closing: bool = False) -> None:
        """Put back what an in-place writer wrote into a displaced file: a change since what that writer had opened."""
        wait = self._disk.late_in()
        if wait is None or (wait > 0 and not closing):
            return
        for late in self._disk.late_writes(closing=closing):
            ours = self._displaced.get(late.path)
            reading = self._disk.read(late.path)
            if ours is None or reading.hash != ours.hash:
                self._store.keep_version(str(late.path), late.data, reason="late-write", actor="unknown")
            else:
                self._put_back(reading, late, ours)

    def _put_back(self, reading: Reading, late: LateWrite, ours: _Displaced) -> None:
        """Write the base down first: with it, the file means the same whether we get to put it back or not."""

        def keep(path: Path, data: bytes) -> None:
            self._store.keep_version(str(path), data, reason="displaced", actor=ours.client)

        scope = str(self._known.scope)
        base = records.BaseUpdate(ours.client, scope, to_payload(ours.opened))
        version = records.NewVersion(str(late.path), late.data, reason="late-write", actor=ours.client)
        start = records.SyncStart(scope, "late-write", ours.client, versions=(version,), bases=(base,))
        sync_id = self._store.begin_sync(start)
        self._known = replace(self._known, bases={**self._known.bases, ours.client: ours.opened})
        self._disk.replace(reading, late.data, keep=keep)
        self._store.finish_sync(sync_id, records.SyncStatus.DONE)

    def _note_decisions(self, plan: Plan) -> None:
        decisions = new_decisions(plan)
        if decisions != self._decisions:
            self._store.put_decisions(list(decisions))
            self._decisions = decisions

    def _write_log(self, sync_id: int, receipt: Receipt) -> None:
        """Tell the user's log what a sync did; after the files, as nobody waits for it."""
        context: dict[str, Value] = {"client": authors(receipt.plan, receipt.origin), "files": len(receipt.written)}
        self._store.log("info", "synced", context, sync_id)
        for client, error in receipt.failed.items():
            self._store.log("error", error.title.code, {"client": client, "path": str(error.path or "")}, sync_id)

    def status(self) -> Status:
        """Return the status as of the last look."""
        return build_status(
            self._survey,
            self._plan or self.plan(),
            adopted=self.adopted,
            failed={client: failure.error for client, failure in self._failed.items()},
            last=self._last,
            paused=self.paused,
            notices=(*self._surveyor.notices(), *self.notices),
        )

    def pause(self, *, paused: bool) -> None:
        """Stop writing, or go on and catch up."""
        self.paused = paused
        if not paused:
            self.sync("user")

    def set_setting(self, name: str, value: object) -> None:
        """Keep a setting; one that the model refuses is a SettingRefusedError and nothing is kept."""
        load_settings({**self._store.settings(), name: value}, {})
        self._store.set_setting(name, value)

    def close(self) -> None:
        """Let go of displaced files and of the database; the engine is of no use after that."""
        self._absorb_late_writes(closing=True)
        self._store.close()
