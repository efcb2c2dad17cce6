"""Rounds: looking, planning and applying, until nobody has written in between; and what the last look found.

All that the engine's jobs share is here: who decides, goes back or switches something plans by it, and has it write.
One round is: look, plan, write the plan down (snapshot, journal, versions, in one transaction), replace each file by
compare-and-swap, write down what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from aisync_desktop.clients.items import ItemKey, Kind, McpServer, Permission, Scope
from aisync_desktop.files.processes import Processes
from aisync_desktop.files.protocol import Disk
from aisync_desktop.kernel.errors import BugError
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.permissions.language import strictness
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.sync.applying.applier import Applier, Receipt
from aisync_desktop.sync.applying.journal import after_recording, new_decisions, recorded
from aisync_desktop.sync.applying.pausing import Pausing
from aisync_desktop.sync.applying.secret_collector import SecretCollector
from aisync_desktop.sync.applying.undoing import BACKWARDS
from aisync_desktop.sync.looking.approved_servers import with_approvals
from aisync_desktop.sync.looking.client_sessions import Since
from aisync_desktop.sync.looking.survey import Survey, Surveyor
from aisync_desktop.sync.model.diff import Change
from aisync_desktop.sync.planning.look import Looked, Looking, Trusted
from aisync_desktop.sync.planning.open_tools import TOOLS, opened
from aisync_desktop.sync.planning.planner import Plan, ScopePlan
from aisync_desktop.sync.planning.project_servers import remembering
from aisync_desktop.sync.store import records
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.consents import Consents
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.errors import NotWritingError
from aisync_desktop.sync.terms.known import Known
from aisync_desktop.sync.terms.plan_terms import Choice, PlanTerms, SecretRepairs
from aisync_desktop.sync.terms.starting_servers import to_agree

AT_MOST = 5  # a file that somebody else writes between all five looks is busy: it is left alone until it rests


class Rounds:
    """The engine's loop, and its parts."""

    def __init__(
        self,
        store: Store,
        program: ProgramStore,
        surveyor: Surveyor,
        collector: SecretCollector,
        disk: Disk,
        clock: Clock,
        environ: Mapping[str, str],
        processes: Processes | None,
        on_applied: Callable[[Receipt], None],
    ) -> None:
        self.store = store
        self.surveyor = surveyor
        self.collector = collector
        self._environ = environ
        self._clock = clock
        self._on_applied = on_applied
        self.pausing = Pausing(store, clock)
        self.looking = Looking(store, program, surveyor, clock, environ, processes)
        self.applier = Applier(store, surveyor, disk, clock, self.looking.recent_writes.remember)
        self.last: Looked | None = None
        self._decisions: tuple[records.NewDecision, ...] | None = None

    @property
    def known(self) -> Known:
        """What is remembered."""
        return self.applier.known

    @property
    def looked(self) -> Looked:
        """The last look; there must have been one."""
        if self.last is None:
            raise BugError("nothing was looked at yet")
        return self.last

    @property
    def planned(self) -> Plan | None:
        """What the last look would have had done; None before the first."""
        return self.last.plan if self.last else None

    @property
    def survey(self) -> Survey:
        """What the last look found."""
        return self.last.survey if self.last else Survey(())

    @property
    def terms(self) -> PlanTerms:
        """On which terms it was planned."""
        return self.last.terms if self.last else PlanTerms()

    @property
    def since(self) -> Since:
        """Which endpoints were in the memory of a running client, and from when on."""
        return self.last.since if self.last else {}

    @property
    def stored(self) -> Mapping[str, object]:
        """The settings, as they were stored."""
        return self.last.settings if self.last else {}

    def survey_now(self) -> Survey:
        """Look at every endpoint that is kept in step, planning nothing."""
        return self.looking.survey(self.known)

    def plan(
        self,
        prefer: str = "",
        choices: tuple[Choice, ...] = (),
        *,
        patient: bool = False,
        trusted: Trusted = frozenset(),
        mending: SecretRepairs | None = None,
        only: Collection[Path] | None = None,
        known: Known | None = None,
        foreseen: Survey | None = None,
    ) -> Plan:
        """Look at everything, or at `only` these files, and return what would be done (look.py). Writes nothing.

        It is planned as if that were `known` and found (`foreseen`) which is given, where it is.
        """
        self.last = self.looking.look(
            known or self.known,
            prefer,
            choices,
            patient=patient,
            trusted=trusted,
            mending=mending,
            only=only,
            foreseen=foreseen,
        )
        self.collector.use_keyring(wanted=self.last.keyring)
        return self.last.plan

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Plan in the block as if something had been answered: after it, nothing was."""
        last = self.last
        try:
            with self.looking.trial():
                yield
        finally:
            self.last = last

    def look_again(self) -> None:
        """Take in what late writers wrote, and look."""
        self.applier.absorb_late_writes()
        self.plan()

    def sync(self, origin: str, *, patient: bool = True, seen: float | None = None) -> Receipt:
        """Bring everything in step as far as it goes without the user; before adoption, only look.

        Who asks for just this need not be `patient` until deletions have rested. It counts as begun when an edit was
        `seen`, where one was.
        """
        self.applier.seen = self._clock.monotonic() if seen is None else seen
        try:
            return self._sync(origin, patient=patient)
        finally:
            self.applier.seen = None

    def _sync(self, origin: str, *, patient: bool) -> Receipt:
        self.applier.absorb_late_writes()
        plan = self.plan(patient=patient)
        if not self.known.adopted:
            return Receipt(origin, plan)
        self.pausing.end_if_over()
        if self.pausing.current:
            self._keep_questions(plan)
            return Receipt(origin, plan)
        if self.looking.lost_texts.recall(self.survey):
            plan = self.plan(patient=patient)
        return self.run(origin, "", plan, patient=patient)

    def run(
        self, origin: str, prefer: str, plan: Plan, *, patient: bool = False, trusted: Trusted | None = None
    ) -> Receipt:
        """Apply a plan; plan anew where others wrote meanwhile, and once more where files were put back (`trusted`)."""
        receipt = self.apply(plan, origin)
        again_at_least = 0 if trusted is None else 1
        for turn in range(AT_MOST - 1):
            if not receipt.foreign and turn >= again_at_least:
                break
            again = self.apply(self.plan(prefer, patient=patient, trusted=trusted or frozenset()), origin)
            receipt = receipt.followed_by(again)
        if receipt.written:
            # See what came of it: the status tells what is, not what was meant. Whatever else changed is a new hint.
            self.plan(prefer, patient=patient, only={one.path for one in receipt.written})
        self._on_applied(receipt)  # before what may wait for the user: a keyring that asks for its password
        self.looking.lost_texts.keep_seen(self.store, self.survey, self.known, self.applier.kept)
        self.collector.collect(self.survey)
        return receipt

    def apply(self, plan: Plan, origin: str) -> Receipt:
        """Apply a plan once."""
        self.looking.lost_texts.keep(self.store)
        self._keep_renamed(plan)
        self._withdraw(plan)
        self._keep_servers(plan)
        receipt = self.applier.apply(plan, self.survey, origin)
        self._keep_questions(plan)  # last of all: who is cut off before must not have forgotten what is open
        return receipt

    def _keep_questions(self, plan: Plan) -> None:
        """Write down what is open, and what was said about it; of a scope that is not planned, what was open there."""
        looked = {one.scope for one in plan.scopes if not one.keeps_questions}
        left = (self.known.of(scope).questions for scope in self.known.scopes if scope not in looked)
        decisions = (*new_decisions(plan), *(recorded(one) for questions in left for one in questions))
        if decisions != self._decisions:
            self.store.put_decisions(list(decisions))
            self._decisions = decisions
            self.applier.remember()

    def _keep_renamed(self, plan: Plan) -> None:
        """Write down what renamed items have taken along; before their new names are, or a crash would spread them."""
        known = _carrying(plan, self.known)
        if known == self.known:
            return
        self.store.set_reach(known.coverage.payload())
        self.store.set_consents(known.consents.payload())
        self.store.set_renames(known.renames())
        self.applier.remember()

    def _withdraw(self, plan: Plan) -> None:
        """Forget what was agreed to about what is stricter now: the next loosening is asked again."""
        self.agree(_withdrawing(plan, self.known.consents))

    def _keep_servers(self, plan: Plan) -> None:
        """Write down which lines of projects' servers are agreed on: to go back to them needs no question."""
        self.agree(_with_servers(plan, with_approvals(self.known, self.survey)))

    def foreseen(self, way: ScopePlan, consents: Consents) -> tuple[Known, Survey]:
        """Return what will be known and found once a way back is written, and these are the consents."""
        plan, before = Plan((way,)), replace(self.known, consents=consents)
        known = _carrying(plan, before)
        known = replace(known, consents=_withdrawing(plan, known.consents))
        known = replace(known, consents=_with_servers(plan, with_approvals(known, self.survey)))
        known = after_recording(way, self.survey, known)
        written = {endpoint for target in way.targets for endpoint in target.endpoints}
        known = known.agreed(way.scope, {of: after for of, after in way.afters.items() if of in written})
        for target in way.targets:
            known = known.placed(way.scope, target.path, there=target.data is not None)
        return known, self.looking.survey_after(way, before, known)

    def ask_again(self, scope: Scope) -> None:
        """Forget which of a project's servers were to stay where they stand."""
        consents = self.known.consents
        self.agree(replace(consents, servers=consents.servers.asking_again(scope)))

    def agree(self, consents: Consents) -> None:
        """Keep what is agreed to, where that is anything else than before."""
        if consents != self.known.consents:
            self.store.set_consents(consents.payload())
            self.applier.remember()

    def keep_first_sight(
        self, origin: str, states: Iterable[EndpointState], seen: Iterable[EndpointState] = ()
    ) -> None:
        """Put what files hold into history for good; of those that were not `seen` before."""
        known = {file.path for state in seen for file in state.files.values()}
        files = {file.path: file for state in states for file in state.files.values()}
        seen_first = [
            records.NewVersion(str(path), file.reading.data, records.FIRST_SIGHT, origin)
            for path, file in files.items()
            if file.reading and path not in known  # one that cannot even be read has no first sight yet
        ]
        self.store.keep_versions(seen_first)

    def keep_projects(self, projects: Iterable[Scope]) -> None:
        """Have exactly these projects from now on."""
        self.store.set_projects([scope.root for scope in projects])
        self.applier.remember()

    def agreeing_to_start(self, consents: Consents, scope: Scope, key: ItemKey) -> Consents:
        """Return the consents with what an item starts at present: so much, and nothing else, gets its secrets."""
        plan = self.planned or self.plan()
        found = next((one.after.items().get(key) for one in plan.scopes if one.scope == scope), None)
        if not isinstance(found, McpServer) or not found.command:
            return consents
        return consents.starting(scope, key, to_agree(str(scope), found.fields(), self._environ))

    def require_writing(self) -> None:
        """Refuse what would write while nothing may be written."""
        paused = self.pausing.current is not None
        if not self.known.adopted or paused:
            raise NotWritingError(paused=paused)


def _carrying(plan: Plan, known: Known) -> Known:
    for scope in plan.scopes:
        known = known.carrying(scope.scope, scope.renamed)
    return known


def _withdrawing(plan: Plan, consents: Consents) -> Consents:
    """Return the consents without those to what is stricter after a plan."""
    for scope in plan.scopes:
        for change in scope.changed:
            if change.key.kind is Kind.PERMISSIONS and _tightens(change):
                consents = consents.withdrawn(scope.scope, change.key)
            elif isinstance(change.before, McpServer) and isinstance(change.after, McpServer):
                closes = opened(change.after, change.before)
                consents = consents.withdrawn(scope.scope, change.key, field=TOOLS) if closes else consents
    return consents


def _with_servers(plan: Plan, consents: Consents) -> Consents:
    """Return the consents in which the lines of projects' servers that a plan brings are agreed on."""
    said = consents.servers
    for scope in plan.scopes:
        said = remembering(said, scope.scope, scope.changed, back=scope.event in BACKWARDS)
    return replace(consents, servers=said)


def _tightens(change: Change) -> bool:
    before, after = (strictness(Permission.of(one).action if one else None) for one in (change.before, change.after))
    return after > before
