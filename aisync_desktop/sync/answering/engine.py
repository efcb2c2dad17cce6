"""The engine: what the tray, the command line and the HTTP API all use.

An Engine belongs to one thread, which owns the store's only write connection. Its jobs are modules of their own:
looking and applying (rounds.py), answers (deciding.py), going back (going_back.py), what is kept in step where
(switching.py), secrets and repairs (securing.py).
State is observations, not work to do: after a crash at any point, looking and planning again finds what is left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

from pydantic import JsonValue

from aisync_desktop.clients.items import Scope
from aisync_desktop.database.integrity import require_whole
from aisync_desktop.files.processes import Processes
from aisync_desktop.files.protocol import Disk
from aisync_desktop.kernel.access import EVERYTHING, Grant
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.kernel.settings import load
from aisync_desktop.program.store.audit import catch_up
from aisync_desktop.program.store.migrations import KNOWN as PROGRAM_KNOWN
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.secrets.safe import Safe
from aisync_desktop.sync.answering.beginning import Agreement, Beginning, Proposed
from aisync_desktop.sync.answering.deciding import Answer, Deciding, Outcome
from aisync_desktop.sync.answering.going_back import GoingBack
from aisync_desktop.sync.answering.lost_database import Remembered, displaced_notice, write_again
from aisync_desktop.sync.answering.proposing import Proposing
from aisync_desktop.sync.answering.remedies import Remedies
from aisync_desktop.sync.answering.securing import Securing
from aisync_desktop.sync.answering.switching import Switching
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.pausing import Pause
from aisync_desktop.sync.applying.questions import Question, proposal_question
from aisync_desktop.sync.applying.recovery import Recovery
from aisync_desktop.sync.applying.repairs import Repair
from aisync_desktop.sync.applying.rounds import Rounds
from aisync_desktop.sync.applying.secret_collector import SecretCollector
from aisync_desktop.sync.applying.status_report import build_status
from aisync_desktop.sync.looking.client_sessions import outdated
from aisync_desktop.sync.looking.survey import Surveyor
from aisync_desktop.sync.model.events import SYNC
from aisync_desktop.sync.model.status import Status, Writing
from aisync_desktop.sync.planning.drafting import ReadBack
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.settings import SyncSettings
from aisync_desktop.sync.store import records
from aisync_desktop.sync.store.migrations import KNOWN
from aisync_desktop.sync.store.retention import Pruned
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.agent_proposals import AgentProposal
from aisync_desktop.sync.terms.known import Known
from aisync_desktop.sync.terms.projects import Ground

_BETWEEN_WHOLE_READS = 3_600.0  # seconds; it takes 1 to 2 ms per MB
_ROWS_TO_ADD = 100  # to the metrics, without waiting for maintenance: whoever asks counts what has not been added


def _nobody(receipt: Receipt) -> None:
    del receipt


def _nothing() -> None:
    pass


def _first(*waits: float | None) -> float | None:
    return min((wait for wait in waits if wait is not None), default=None)


class Engine:
    """Keeps the endpoints of the user's scope, and of the projects that were added, in step.

    Attributes: `on_written` (called with the receipt of each sync that wrote a file, whoever
    asked for it), `on_standing` (called where the status is another one and what follows may take
    long), `notices` (problems that belong to no client), `notes` (what is worth knowing of this run),
    `remedies` (for one file), `switching` (what is kept in step where), `going_back` (the ways there), `tokens`
    (to be made and taken back), `grant` (what whoever asks now is allowed).
    """

    def __init__(
        self,
        store: Store,
        program: ProgramStore,
        surveyor: Surveyor,
        safe: Safe,
        disk: Disk,
        clock: Clock,
        environ: Mapping[str, str],
        processes: Processes | None = None,
        own_folders: Iterable[Path] = (),
    ) -> None:
        self._store = store
        self._program = program
        self._surveyor = surveyor
        self._safe = safe
        self._disk = disk
        self._clock = clock
        self._environ = environ
        collector = SecretCollector(store, safe, surveyor)
        self._rounds = Rounds(store, program, surveyor, collector, disk, clock, environ, processes, self._tell_applied)
        self._deciding = Deciding(self._rounds)
        self._beginning = Beginning(self._rounds, self._deciding, clock, self._register_clients, self._tell_adopting)
        self.going_back = GoingBack(self._rounds, disk)
        ground = Ground.of(surveyor.home, environ, own_folders, surveyor.catalog.descriptors)
        self.switching = Switching(self._rounds, ground)
        self._proposing = Proposing(store, clock)
        self._securing = Securing(self._rounds, self._deciding, disk)
        self.remedies = Remedies(self._rounds, disk)
        self.on_written: Callable[[Receipt], None] = _nobody
        self.on_standing: Callable[[], None] = _nothing
        self.notices: tuple[Problem, ...] = ()
        self.notes: tuple[Problem, ...] = ()
        self.tokens = program.token_table
        self.grant = EVERYTHING
        self._adopting = False
        self._read_as_a_whole = clock.monotonic()
        self._standing: tuple[Problem, ...] = ()  # notices of this whole run
        self._jumped: tuple[Problem, ...] = ()  # what is to be known of the clock, for this run

    def tell_writing(self, tell: Callable[[Writing], object]) -> None:
        """Have each file told of that has been written, or could not be, while a plan is carried out."""
        self._rounds.applier.on_writing = tell

    def _tell_adopting(self) -> None:
        self._adopting = True
        self.on_standing()  # keeping what files hold may wait for a keyring

    def _tell_applied(self, receipt: Receipt) -> None:
        self._adopting = False
        if receipt.written:
            self.on_written(receipt)
        self.on_standing()

    @property
    def adopted(self) -> bool:
        """Whether the user has agreed that we write."""
        return self._rounds.known.adopted

    @property
    def pause(self) -> Pause | None:
        """The pause that lasts at present: we only look."""
        return self._rounds.pausing.current

    @property
    def paused(self) -> bool:
        """Whether we only look."""
        return self.pause is not None

    @property
    def projects(self) -> tuple[Scope, ...]:
        """The projects that are kept in step."""
        return self._rounds.known.projects

    def paths(self) -> tuple[Path, ...]:
        """Return every path whose change matters."""
        return self._surveyor.paths(self.projects)

    def recover(self) -> int:
        """Clear up after a run that was cut off; return how many targets it had left open."""
        self._note_time()
        if self.adopted:
            self._register_clients()  # a descriptor may be new since the last run
        self.catch_up_audit()
        left = Recovery(self._store, self._disk, self._rounds.survey_now).run(self.paths())
        if left:
            self._rounds.applier.remember()
        return left

    @contextmanager
    def asked_by(self, actor: str, grant: Grant = EVERYTHING) -> Iterator[None]:
        """Have what is done in the block be told, and audited, as asked for by somebody who is allowed so much."""
        before, self.grant = self.grant, grant
        try:
            with self._store.feed.asked_by(actor), self._program.feed.asked_by(actor):
                yield
        finally:
            self.grant = before

    def catch_up_audit(self) -> None:
        """Have the audit trail take over what has happened: whoever was killed before that misses nothing by it."""
        if catch_up(self._program, {SYNC: self._store}):
            self._store.feed.begin_epoch()
        self._store.roll_up(at_least=_ROWS_TO_ADD)

    def _register_clients(self) -> None:
        catalog = self._surveyor.catalog
        self._store.register_clients([records.ClientRecord(found.id, found.name) for found in catalog.descriptors])

    def remembered(self) -> Remembered:
        """Return what is in memory, for the case that the database cannot be read any more."""
        rounds = self._rounds
        return Remembered(rounds.known, rounds.stored, rounds.pausing.asked, self._safe.remembered(), self._store.key)

    def keep_place(self) -> bool:
        """Where a database was deleted or replaced while we ran, write it anew and say so; return whether one was."""
        found = (*self._store.keep_place(), *self._program.keep_place())
        for displaced in found:
            self.stand_by(displaced_notice(displaced))
        return bool(found)

    def require_readable(self) -> None:
        """Refuse to go on where a database was written over under us, which nothing else might show for long.

        Once an hour all of it is read for that: some pages hold only what somebody may ask for one day.
        """
        self._store.require_readable()
        self._program.require_readable()
        now = self._clock.monotonic()
        if now - self._read_as_a_whole >= _BETWEEN_WHOLE_READS:
            self._read_as_a_whole = now
            require_whole(self._store.path, KNOWN)
            require_whole(self._program.path, PROGRAM_KNOWN)

    def stand_by(self, notice: Problem) -> None:
        """Show a notice as long as we run, and log it; the last of a kind is enough."""
        others = (one for one in self._standing if one.title != notice.title)
        self._standing = (*others, notice)
        self._store.log("error", notice.title.code, {"path": notice.path})

    def rebuild(self, notice: Problem, agreed: Known | None = None) -> None:
        """Begin again from the files, in a new database: what they hold is first sight.

        Nothing counts as agreed but what an engine remembers that had the old one open.
        """
        if agreed is not None:
            self._register_clients()
            write_again(agreed, self._store, self._surveyor.survey(agreed.projects, agreed.asked_of))
            self._rounds.applier.remember()
        self.plan()
        self._rounds.keep_first_sight("rescue", self._rounds.survey.endpoints)
        if self.adopted:
            self._register_clients()
        self.stand_by(notice)

    def maintain(self) -> Pruned:
        """Drop history and log lines that are older than the settings say; a broken database is a StoreError.

        Their age is what was lived through, whatever the clock says.
        """
        settings = load(SyncSettings, self._program.sound_settings([SyncSettings]), self._environ)
        kept, logged = dt.timedelta(days=settings.history_days), dt.timedelta(days=settings.log_days)
        self._rounds.collector.mend()
        self._note_time()
        self.catch_up_audit()
        self._store.roll_up()
        pruned = self._store.prune(self._store.border(kept, logged))
        self._store.require_sound()
        self._program.require_sound()
        return pruned

    def _note_time(self) -> None:
        """Write down that we live; where the clock jumped, say so."""
        jump = self._store.beat()
        if jump is None:
            return
        days = abs(jump).days
        code = "store.clock.ahead" if jump > dt.timedelta() else "store.clock.behind"
        self._jumped = (
            Problem(title=text(code, days=days), message=text("store.clock"), next_step=text("store.clock.next")),
        )
        self._store.log("warning", code, {"days": days})

    def plan(self, prefer: str = "") -> Plan:
        """Look at everything and return what would be done. Writes nothing."""
        return self._rounds.plan(prefer)

    def propose(self, agreement: Agreement | None = None) -> Proposed:
        """Look at everything and return what would be written on some terms, for the user to agree to."""
        return self._beginning.propose(agreement or Agreement())

    def adopt(self, origin: str, prefer: str = "", agreed: str = "") -> Receipt:
        """Take what is there as the beginning, keep its bytes, and start to write."""
        return self.begin(origin, Agreement(prefer), agreed)

    def begin(self, origin: str, agreement: Agreement, agreed: str = "") -> Receipt:
        """Begin on some terms; `agreed` names the proposal that the user saw: anything else is not written."""
        try:
            return self._beginning.begin(origin, agreement, agreed)
        finally:
            self._adopting = False

    def sync(self, origin: str, *, patient: bool = True, seen: float | None = None) -> Receipt:
        """Bring everything in step as far as it goes without the user; before adoption, only look.

        Who asks for just this need not be `patient` until deletions have rested; `seen` is when an edit was, by the
        monotonic clock.
        """
        self.keep_place()
        return self._rounds.sync(origin, patient=patient, seen=seen)

    def question(self, decision_id: str) -> Question:
        """Return an open decision with all that the user needs to settle it, as of the last look."""
        proposal = self._proposing.find(decision_id)
        names = self._rounds.survey.names
        return proposal_question(proposal, names) if proposal else self._deciding.question(decision_id)

    def questions(self) -> tuple[Question, ...]:
        """Return all that waits for the user, as of one look: asked for one by one, some may be settled meanwhile."""
        names = self._rounds.survey.names
        return (*self._deciding.questions(), *(proposal_question(one, names) for one in self._proposing.waiting))

    def decide(
        self,
        decision_id: str,
        take: str,
        edit: str = "",
        revision: str = "",
        *,
        alike: bool = False,
        items: Collection[str] = (),
    ) -> Receipt:
        """Settle an open decision and write the outcome everywhere."""
        return self.settle(Answer(decision_id, take, edit, revision, alike, tuple(items)))

    def settle(self, answer: Answer) -> Receipt:
        """Settle an open decision, as it is answered, and write the outcome everywhere."""
        return self._deciding.decide(answer)

    @property
    def literals(self) -> Collection[str]:
        """The secrets that were met, for who conceals them; never shown."""
        return self._surveyor.literals.values()

    @property
    def read_back(self) -> ReadBack:
        """How bytes are read as clients would read them."""
        return self._surveyor

    def preview_answer(self, answer: Answer, without: Collection[str] = ()) -> Outcome:
        """Return what an answer would come to, where some of all stays out from the start; nothing is written."""
        return self._deciding.preview(answer, self._beginning.coverage(without) if without else None)

    def propose_for(self, operation: str, request: dict[str, JsonValue], by: str) -> AgentProposal:
        """Have something that an assistant asks for wait among the decisions, as only a person settles it."""
        return self._proposing.add(operation, request, by)

    def proposal(self, decision_id: str) -> AgentProposal | None:
        """Return what an assistant asked for, where the decision is about that."""
        return self._proposing.find(decision_id)

    def settling(self, proposal: AgentProposal, take: str) -> AbstractContextManager[None]:
        """Let a proposal wait no more once the block has done what was asked for, or could not."""
        return self._proposing.settling(proposal, take)

    def rollback(self, snapshot: int, *clients: str, loosening: bool = False) -> Receipt:
        """Put files back to what they held when a snapshot was the latest: all, or some clients', and others follow."""
        return self.going_back.rollback(snapshot, *clients, loosening=loosening)

    def undo(self, only: int = 0, *, loosening: bool = False) -> Receipt:
        """Take back the last change that is not undone yet, at every client; `only` if it led to this snapshot."""
        return self.going_back.undo(only, loosening=loosening)

    def redo(self, only: int = 0, *, loosening: bool = False) -> Receipt:
        """Do again what was undone last, at every client, where nothing else was changed since.

        `only` where an undo led to this snapshot and to no later one.
        """
        return self.going_back.redo(only, loosening=loosening)

    def last_snapshot(self) -> int:
        """Return the snapshot that an undo, or a redo, begins at; 0 where an undo takes back a reset that made none."""
        return self.going_back.last_snapshot()

    def set_secret(self, reference: str, literal: str) -> Receipt:
        """Give a secret another value wherever the old one stands in the user's own files."""
        return self._securing.set_secret(reference, literal)

    def remove_secret(self, reference: str, *, used: bool = False) -> None:
        """Forget a value; one that is in use only where the user says so (`used`)."""
        self._securing.remove_secret(reference, used=used)

    def repair(self, repairs: Iterable[Repair]) -> Receipt:
        """Do what the doctor offered; the values of secrets that are taken out of files are in the safe before."""
        return self._securing.repair(repairs)

    def leave(self) -> Receipt:
        """Put back everything as it was at first sight, and stop keeping it in step; may be done again."""
        return self.going_back.leave()

    def add_project(self, path: str) -> Receipt:
        """Keep a project in step too, from now on; its bytes as they are now stay in history."""
        return self.switching.add_project(path)

    def remove_project(self, path: str) -> None:
        """Leave a project alone from now on; its files stay as they are, its history too."""
        self.switching.remove_project(path)

    def switch(self, scope: Scope, what: str, *, on: bool) -> Receipt:
        """Keep a client, a kind or an item in step in a scope, or leave it alone from now on."""
        return self.switching.switch(scope, what, on=on)

    def pin(self, scope: Scope, item: str, clients: Collection[str]) -> Receipt:
        """Have an item at these clients only; at all again where none is named."""
        return self.switching.pin(scope, item, clients)

    def due_in(self) -> float | None:
        """Return in how many seconds there is something to be seen that tells nobody; None: not at all."""
        return _first(self.late_in(), self.look_in())

    def late_in(self) -> float | None:
        """Return in how many seconds displaced files want to be looked at, and they alone."""
        return self._rounds.applier.late_in()

    def look_in(self) -> float | None:
        """Return in how many seconds resting deletions, or a keyring that gave no answer, want a look at everything."""
        return _first(self._rounds.looking.resting_deletions.due_in(), self._rounds.collector.due_in())

    def absorb_late_writes(self) -> bool:
        """Put back what was written into displaced files; return whether there was any: then a look is worth while."""
        return self._rounds.applier.absorb_late_writes()

    @property
    def sessions(self) -> frozenset[int]:
        """The processes of clients that write from memory: when one has ended, the next look is worth while."""
        return self._rounds.looking.sessions.pids

    def session_ended(self) -> None:
        """Have the next look ask anew which of them run."""
        self._rounds.looking.sessions.doubt()

    @property
    def has_looked(self) -> bool:
        """Whether there was a look yet; without one, the status needs it."""
        return self._rounds.planned is not None

    def status(self) -> Status:
        """Return the status as of the last look."""
        plan = self._rounds.planned or self.plan()
        return build_status(
            self._rounds.survey,
            plan,
            adopted=self.adopted,
            adopting=self._adopting,
            failed=self._rounds.applier.failed,
            last=self._rounds.applier.last,
            proposals=self._proposing.waiting,
            pause=self.pause,
            notices=(*self._surveyor.notices(), *self._standing, *self.notices),
            outdated=outdated(self._rounds.survey, self._rounds.since),
            notes=(*self._jumped, *self.notes, *self._rounds.collector.notes()),
        )

    def tell_problems(self, *, lasting: bool) -> None:
        """Tell, and log, what is wrong and does not pass: now, if that is clear by now; and of what is over."""
        self._store.put_problems({(one.title.code, one.path) for one in self.status().problems}, lasting=lasting)

    def pause_for(self, minutes: int = 0) -> None:
        """Stop writing for some minutes, or until resumed."""
        now = self._clock.now()
        self.keep_pause(Pause(now + dt.timedelta(minutes=minutes), now) if minutes else Pause())

    def keep_pause(self, pause: Pause) -> None:
        """Pause, as somebody else did before us."""
        self._rounds.pausing.begin(pause)

    def resume(self) -> Receipt:
        """Go on, and catch up."""
        self._rounds.pausing.end()
        return self.sync("user")

    def set_setting(self, name: str, value: object) -> None:
        """Keep a setting, whichever part of the program it is of; who asks for it has seen to it that it is sound."""
        self._program.set_setting(name, value)

    def record_export(self, kind: str, file_format: str, path: str, rows: int, by: str) -> None:
        """Write down that something left the database."""
        self._store.record_export(kind, file_format, path, rows, by)

    def close(self) -> None:
        """Let go of displaced files and of the databases; the engine is of no use after that."""
        with closing(self._program):
            with suppress(WorldError):
                self.keep_place()
            self._rounds.applier.absorb_late_writes(closing=True)
            if self._standing:
                with suppress(WorldError):
                    self._store.told_of_anew()
                    self._program.told_of_anew()
            with suppress(WorldError):  # the next start does it
                self.catch_up_audit()
            self._store.close()
