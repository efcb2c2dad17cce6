"""The facade: what the tray, the command line, the HTTP API and the MCP server all use.

An Engine belongs to one thread, which owns the store's only write connection. One sync is: look, plan, write the plan
down (snapshot, journal, versions, in one transaction), replace each file by compare-and-swap, write down what came of
it. State is observations, not work to do: after a crash at any point, looking and planning again finds what is left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.core.diff import FieldPath
from aisync_desktop.core.items import Item, ItemKey, Kind, Scope
from aisync_desktop.core.merge import MERGED
from aisync_desktop.core.ports import Clock
from aisync_desktop.core.settings import load_settings
from aisync_desktop.core.status import Problem, Status
from aisync_desktop.engine.applying import Applier, Receipt
from aisync_desktop.engine.consents import COPY
from aisync_desktop.engine.decisions import (
    CONSENTING,
    SECRET,
    WIDER,
    ClashLeftError,
    Decision,
    DecisionChangedError,
    NoSuchChoiceError,
    NoSuchDecisionError,
    NotWritingError,
    item_by_hand,
)
from aisync_desktop.engine.endpoints import EndpointState
from aisync_desktop.engine.ledger import new_decisions
from aisync_desktop.engine.loosening import consent_fields
from aisync_desktop.engine.lost_texts import LostTexts
from aisync_desktop.engine.moments import Moments
from aisync_desktop.engine.pausing import Pause, stored_pause
from aisync_desktop.engine.planning import Plan, make_plan
from aisync_desktop.engine.projects import ProjectUnknownError, project_root
from aisync_desktop.engine.questions import Question, question_of
from aisync_desktop.engine.reach import Reach, item_named
from aisync_desktop.engine.recovery import Recovery
from aisync_desktop.engine.report import build_status
from aisync_desktop.engine.survey import Survey, Surveyor
from aisync_desktop.engine.terms import Choice, Terms, policies_of
from aisync_desktop.engine.undoing import LEAVE, ROLLBACK, UNDO, Undoing
from aisync_desktop.engine.wishes import secrets_to_copy
from aisync_desktop.files.protocol import Disk
from aisync_desktop.store import records
from aisync_desktop.store.records import Snapshot
from aisync_desktop.store.retention import Pruned
from aisync_desktop.store.store import Store

Trusted: TypeAlias = frozenset[tuple[Scope, str]]
_ROUNDS = 5  # a file that somebody else writes between all five looks is busy: it is left alone until it rests


def _nobody(receipt: Receipt) -> None:
    del receipt


class Engine:
    """Keeps the endpoints of the user's scope, and of the projects that were added, in step.

    Attributes: `on_written` (called with the receipt of each sync that wrote a file, whoever
    asked for it), `notices` (problems that belong to no client).
    """

    def __init__(self, store: Store, surveyor: Surveyor, disk: Disk, clock: Clock, environ: Mapping[str, str]) -> None:
        self._store = store
        self._surveyor = surveyor
        self._disk = disk
        self._clock = clock
        self._environ = environ
        self._moments = Moments(clock)
        self._lost_texts = LostTexts(store, surveyor, clock)
        self._undoing = Undoing(store, surveyor)
        self._applier = Applier(store, surveyor, disk, clock, self._moments.wrote)
        self._survey = Survey(())
        self._plan: Plan | None = None
        self._terms = Terms()  # of that plan
        self._decisions: tuple[records.NewDecision, ...] | None = None
        self._pause = stored_pause(store.pause())
        self.on_written: Callable[[Receipt], None] = _nobody
        self.notices: tuple[Problem, ...] = ()
        self._standing: tuple[Problem, ...] = ()  # notices of this whole run

    @property
    def adopted(self) -> bool:
        """Whether the user has agreed that we write."""
        return self._applier.known.adopted

    @property
    def pause(self) -> Pause | None:
        """The pause that lasts at present: we only look."""
        return self._pause if self._pause and self._pause.lasts(self._clock.now()) else None

    @property
    def paused(self) -> bool:
        """Whether we only look."""
        return self.pause is not None

    @property
    def projects(self) -> tuple[Scope, ...]:
        """The projects that are kept in step."""
        return self._applier.known.projects

    def paths(self) -> tuple[Path, ...]:
        """Return every path whose change matters."""
        return self._surveyor.paths(self.projects)

    def recover(self) -> int:
        """Clear up after a run that was cut off; return how many targets it had left open."""
        if self.adopted:
            self._register_clients()  # a descriptor may be new since the last run
        return Recovery(self._store, self._disk).run(self.paths())

    def _register_clients(self) -> None:
        catalog = self._surveyor.catalog
        self._store.register_clients([records.ClientRecord(found.id, found.name) for found in catalog.descriptors])

    def rebuild(self, notice: Problem) -> None:
        """Begin again from the files, in a new database: what they hold is first sight; nothing counts as agreed."""
        self._standing = (notice,)
        self.plan()
        self._keep_first_sight("rescue", self._survey.endpoints)
        if self.adopted:
            self._register_clients()
        self._store.log("error", notice.title.code, {"path": notice.path})

    def maintain(self) -> Pruned:
        """Drop history and log lines that are older than the settings say; a broken database is a StoreError."""
        settings = load_settings(self._store.settings(), self._environ)
        now = self._clock.now()
        kept, logged = dt.timedelta(days=settings.history_days), dt.timedelta(days=settings.log_days)
        pruned = self._store.prune(now - kept, now - logged)
        self._store.require_sound()
        return pruned

    def plan(
        self, prefer: str = "", choice: Choice | None = None, *, patient: bool = False, trusted: Trusted = frozenset()
    ) -> Plan:
        """Look at everything and return what would be done. Writes nothing.

        Who is patient does not follow a deletion before it has rested for a moment; `trusted` are endpoints that
        say what the user wishes, whatever a guard would think.
        """
        known = self._applier.known
        self._survey = self._surveyor.survey(known.projects)
        settings = load_settings(self._store.settings(), self._environ)
        follows = settings.loosening == "equal"
        terms = Terms(prefer, choice, policies_of(settings), known.reach, known.consents, follows, trusted=trusted)
        terms = self._moments.look(self._survey, known, terms, patient=patient)
        self._plan, self._terms = make_plan(self._survey, known, self._surveyor, terms), terms
        if known.adopted:
            self._plan = self._lost_texts.asking(self._plan, self._survey, settings.lost_text)
        return self._plan

    def adopt(self, origin: str, prefer: str = "") -> Receipt:
        """Take what is there as the beginning, keep its bytes, and start to write."""
        self._surveyor.catalog.require(prefer)
        plan = self.plan(prefer)
        if not self.adopted:
            self._keep_first_sight(origin, self._survey.endpoints)
            self._register_clients()
            self._store.set_adopted(self._clock.now())
            self._applier.remember()
        return self._rounds(origin, prefer, plan)

    def _keep_first_sight(
        self, origin: str, states: Iterable[EndpointState], seen: Iterable[EndpointState] = ()
    ) -> None:
        known = {file.path for state in seen for file in state.files.values()}
        files = {file.path: file for state in states for file in state.files.values()}
        for path, file in files.items():
            if file.reading and path not in known:  # one that cannot even be read has no first sight yet
                self._store.keep_version(str(path), file.reading.data, records.FIRST_SIGHT, origin)

    def question(self, decision_id: str) -> Question:
        """Return an open decision with all that the user needs to settle it, as of the last look."""
        found = _open_decision(self._plan or self.plan(), decision_id)
        return question_of(found, self._survey, self._applier.known, self._terms)

    def decide(self, decision_id: str, take: str, edit: str = "", revision: str = "") -> Receipt:
        """Settle an open decision and write the outcome everywhere.

        `take` is one client's side, what was agreed before, or what does not clash; for that last, `edit` is an item
        that the user wrote by hand. `revision` is that of the question that the user saw, if they did.
        """
        self._require_writing()
        found = _open_decision(self.plan(), decision_id)
        if revision not in {"", found.revision}:
            raise DecisionChangedError(found)
        if take not in found.choices:
            raise NoSuchChoiceError(found, take)
        if found.kind in CONSENTING:
            return self._consent(found, take)
        self._lost_texts.settle(found, take)
        by_hand = item_by_hand(found, edit) if edit and take == MERGED else None
        plan = self.plan(choice=Choice(found, take, by_hand), patient=True)
        if take == MERGED and any(decision.id == found.id for decision in plan.decisions):
            raise ClashLeftError(found)
        self._store.audit("user", "decide", str(found.key), {"id": found.id, "take": take})
        return self._rounds("user", "", plan, patient=True)

    def _consent(self, asked: Decision, take: str) -> Receipt:
        """Remember whether an item, or its secrets, may be written at the clients that lack it, and go on.

        A client that has them needs no consent; with it, a value that changes elsewhere will reach that client too.
        """
        consents = self._applier.known.consents
        here = [(state.label, state.view.items.get(asked.key)) for state in self._survey.of(asked.scope)]
        for label, item in (*(here if take == COPY and asked.kind == SECRET else ()), *asked.sides.items()):
            fields = _consented(asked, item)
            consents = consents.settled(asked.key, fields, [label], take)
        self._store.set_consents(consents.payload())
        self._store.audit("user", "consent", str(asked.key), {"take": take, "clients": [*sorted(asked.sides)]})
        self._applier.remember()
        return self.sync("user")

    def _require_writing(self) -> None:
        if not self.adopted or self.paused:
            raise NotWritingError(paused=self.paused)

    def rollback(self, snapshot: int, client: str = "") -> Receipt:
        """Put files back to what they held when a snapshot was the latest: all, or one client's, and others follow."""
        self._require_writing()
        self._surveyor.catalog.require(client)
        past = self._undoing.snapshot(snapshot, self._applier.known)
        return self._go_back(past, ROLLBACK, client)

    def undo(self, only: int = 0) -> Receipt:
        """Take back the last change that is not undone yet, at every client; `only` if it led to this snapshot."""
        self._require_writing()
        return self._go_back(self._undoing.before_last(self._applier.known, only), UNDO)

    def _go_back(self, past: Snapshot, event: str, client: str = "") -> Receipt:
        self._applier.absorb_late_writes()
        self.plan()
        way = self._undoing.to_snapshot(past, self._survey, self._applier.known, event, client)
        self._store.audit("user", event, str(past.info.id), {"client": client})
        self._moments.forget()
        self._lost_texts.forget()
        trusted = frozenset((way.scope, endpoint) for endpoint in way.afters) if client else frozenset()
        return self._rounds("user", "", Plan((way,)), patient=True, trusted=trusted)

    def leave(self) -> Receipt:
        """Put back everything as it was at first sight, and stop keeping it in step; may be done again."""
        self._applier.absorb_late_writes()
        self._store.audit("user", LEAVE)
        self._store.set_adopted(None)  # first of all: whoever is cut off on the way out does not come in again
        self._applier.remember()
        self._lost_texts.forget()
        receipt = self._apply(self._way_out(), "user")
        for _ in range(_ROUNDS - 1):
            if not receipt.foreign:
                break
            receipt = self._joined(receipt, self._apply(self._way_out(), "user"))
        self._moments.forget()
        self._set_projects(tuple(scope for scope in self.projects if self._is_left_behind(scope, receipt)))
        self.plan()
        return receipt

    def _is_left_behind(self, project: Scope, receipt: Receipt) -> bool:
        """Whether files of a project could not be put back: it stays known, to be left again."""
        root = Path(project.root)
        return not self._disk.exists(root) or any(path.is_relative_to(root) for path in receipt.failed)

    def _way_out(self) -> Plan:
        self.plan()
        known = self._applier.known
        return Plan(tuple(self._undoing.to_first_sight(scope, self._survey, known) for scope in known.scopes))

    def sync(self, origin: str, *, patient: bool = True) -> Receipt:
        """Bring everything in step as far as it goes without the user; before adoption, only look.

        Who asks for just this need not be `patient` until deletions have rested.
        """
        self._applier.absorb_late_writes()
        plan = self.plan(patient=patient)
        if not self.adopted or self.paused:
            return Receipt(origin, plan)
        if self._lost_texts.recall(self._survey):
            plan = self.plan(patient=patient)
        return self._rounds(origin, "", plan, patient=patient)

    def _rounds(
        self, origin: str, prefer: str, plan: Plan, *, patient: bool = False, trusted: Trusted | None = None
    ) -> Receipt:
        """Apply a plan; plan anew where others wrote meanwhile, and once more where files were put back (`trusted`)."""
        receipt = self._apply(plan, origin)
        again_at_least = 0 if trusted is None else 1
        for turn in range(_ROUNDS - 1):
            if not receipt.foreign and turn >= again_at_least:
                break
            again = self._apply(self.plan(prefer, patient=patient, trusted=trusted or frozenset()), origin)
            receipt = self._joined(receipt, again)
        if receipt.written:
            self.plan(prefer, patient=patient)  # see what came of it: the status tells what is, not what was meant
            self.on_written(receipt)
        self._lost_texts.keep_seen(self._store, self._survey)
        return receipt

    def _joined(self, first: Receipt, then: Receipt) -> Receipt:
        return replace(then, written=(*first.written, *then.written), failed=first.failed | then.failed)

    def _apply(self, plan: Plan, origin: str) -> Receipt:
        self._lost_texts.keep(self._store)
        self._keep_renamed(plan)
        decisions = new_decisions(plan)
        if decisions != self._decisions:
            self._store.put_decisions(list(decisions))
            self._decisions = decisions
        return self._applier.apply(plan, self._survey, origin)

    def _keep_renamed(self, plan: Plan) -> None:
        """Write down what renamed items have taken along; before their new names are, or a crash would spread them."""
        before = known = self._applier.known
        for scope in plan.scopes:
            known = known.carrying(scope.scope, scope.renamed)
        if known == before:
            return
        self._store.set_reach(known.reach.payload())
        self._store.set_consents(known.consents.payload())
        self._applier.remember()

    def add_project(self, path: str) -> Receipt:
        """Keep a project in step too, from now on; its bytes as they are now stay in history."""
        self._require_writing()
        scope = project_root(path, self._surveyor.home)
        if scope not in self.projects:
            self._set_projects((*self.projects, scope))
            self.plan()
            elsewhere = [state for state in self._survey.endpoints if state.scope != scope]
            self._keep_first_sight("user", self._survey.of(scope), elsewhere)
        return self.sync("user")

    def remove_project(self, path: str) -> None:
        """Leave a project alone from now on; its files stay as they are, its history too."""
        scope = next((known for known in self.projects if path in (known.root, known.root.rstrip("/\\"))), None)
        if scope is None:
            raise ProjectUnknownError(path)
        self._set_projects(tuple(known for known in self.projects if known != scope))
        self.plan()

    def _set_projects(self, projects: tuple[Scope, ...]) -> None:
        self._store.set_projects([scope.root for scope in projects])
        self._applier.remember()

    def switch(self, scope: Scope, what: str, *, on: bool) -> Receipt:
        """Keep a client, a kind or an item in step in a scope, or leave it alone from now on."""
        reach = self._applier.known.reach
        for place in self._names_of(scope, self._known_place(scope, what)):
            reach = reach.switched(scope, place, on=on)
        return self._reaching(reach)

    def _names_of(self, scope: Scope, place: str) -> Collection[str]:
        """Return the names under which an item is known at present: one that was renamed while it was off has two."""
        pairs = [pair for one in self.plan().scopes if one.scope == scope for pair in one.renamed]
        return {place, *(str(name) for pair in pairs if place in map(str, pair) for name in pair)}

    def pin(self, scope: Scope, item: str, clients: Collection[str]) -> Receipt:
        """Have an item at these clients only; at all again where none is named."""
        for client in clients:
            self._surveyor.catalog.require(client)
        key = item_named(item, self._keys(scope))
        return self._reaching(self._applier.known.reach.pinned(scope, key, clients))

    def _known_place(self, scope: Scope, what: str) -> str:
        names = {descriptor.id for descriptor in self._surveyor.catalog.descriptors} | {kind.value for kind in Kind}
        return what if what in names else str(item_named(what, self._keys(scope)))

    def _keys(self, scope: Scope) -> Collection[ItemKey]:
        known = self._applier.known
        return {*known.of(scope).unified, *known.reach.keys(scope)}

    def _reaching(self, reach: Reach) -> Receipt:
        self._require_writing()
        self._store.set_reach(reach.payload())
        self._store.audit("user", "reach", "", reach.payload())
        self._applier.remember()
        return self.sync("user")

    def due_in(self) -> float | None:
        """Return in how many seconds displaced files, or resting deletions, want another look; None: not at all."""
        waits = (self._applier.late_in(), self._moments.due_in())
        return min((wait for wait in waits if wait is not None), default=None)

    def status(self) -> Status:
        """Return the status as of the last look."""
        plan = self._plan or self.plan()
        return build_status(
            self._survey,
            plan,
            adopted=self.adopted,
            failed=self._applier.failed,
            last=self._applier.last,
            pause=self.pause,
            notices=(*self._surveyor.notices(), *self._standing, *self.notices),
        )

    def log_problems(self, problems: Iterable[Problem]) -> None:
        """Put into the user's log what is wrong and does not pass."""
        for problem in problems:
            self._store.log("error", problem.title.code, {"path": problem.path})

    def pause_for(self, minutes: int = 0) -> None:
        """Stop writing for some minutes, or until resumed."""
        until = self._clock.now() + dt.timedelta(minutes=minutes) if minutes else None
        self.keep_pause(Pause(until))

    def keep_pause(self, pause: Pause) -> None:
        """Pause, as somebody else did before us."""
        self._pause = pause
        self._store.set_pause(pause.stored)

    def resume(self) -> Receipt:
        """Go on, and catch up."""
        self._pause = None
        self._store.set_pause(None)
        return self.sync("user")

    def set_setting(self, name: str, value: object) -> None:
        """Keep a setting; one that the model refuses is a SettingRefusedError and nothing is kept."""
        load_settings({**self._store.settings(), name: value}, {})
        self._store.set_setting(name, value)

    def record_export(self, kind: str, file_format: str, path: str, rows: int, by: str) -> None:
        """Write down that something left the database."""
        self._store.record_export(kind, file_format, path, rows, by)

    def close(self) -> None:
        """Let go of displaced files and of the database; the engine is of no use after that."""
        self._applier.absorb_late_writes(closing=True)
        self._store.close()


def _consented(asked: Decision, item: Item | None) -> Collection[FieldPath]:
    """Return what of an item a consent is about."""
    if asked.kind == WIDER:
        return consent_fields(item)
    return secrets_to_copy(None, item) if item else ()


def _open_decision(plan: Plan, decision_id: str) -> Decision:
    found = next((decision for decision in plan.decisions if decision.id == decision_id), None)
    if found is None:
        raise NoSuchDecisionError(decision_id)
    return found
