"""The facade: what the tray, the command line, the HTTP API and the MCP server all use.

An Engine belongs to one thread, which owns the store's only write connection. One sync is: look, plan, write the plan
down (snapshot, journal, versions, in one transaction), replace each file by compare-and-swap, write down what came of
it. State is observations, not work to do: after a crash at any point, looking and planning again finds what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from aisync_desktop.core.items import Scope
from aisync_desktop.core.ports import Clock
from aisync_desktop.core.settings import load_settings
from aisync_desktop.core.status import Problem, Status
from aisync_desktop.engine.applying import Applier, Receipt
from aisync_desktop.engine.decisions import NoSuchChoiceError, NoSuchDecisionError, NotWritingError
from aisync_desktop.engine.ledger import new_decisions
from aisync_desktop.engine.moments import Moments
from aisync_desktop.engine.planning import Plan, make_plan
from aisync_desktop.engine.projects import ProjectUnknownError, project_root
from aisync_desktop.engine.recovery import Recovery
from aisync_desktop.engine.report import build_status
from aisync_desktop.engine.survey import Survey, Surveyor
from aisync_desktop.engine.terms import Choice, Terms, policies_of
from aisync_desktop.files.protocol import Disk
from aisync_desktop.store import records
from aisync_desktop.store.store import Store

_ROUNDS = 5  # a file that somebody else writes between all five looks is busy: it is left alone until it rests


def _nobody(receipt: Receipt) -> None:
    del receipt


class Engine:
    """Keeps the endpoints of the user's scope, and of the projects that were added, in step.

    Attributes: `paused` (only look), `on_written` (called with the receipt of each sync that wrote a file, whoever
    asked for it), `notices` (problems that belong to no client).
    """

    def __init__(self, store: Store, surveyor: Surveyor, disk: Disk, clock: Clock, environ: Mapping[str, str]) -> None:
        self._store = store
        self._surveyor = surveyor
        self._disk = disk
        self._clock = clock
        self._environ = environ
        self._moments = Moments(clock)
        self._applier = Applier(store, surveyor, disk, clock, self._moments.wrote)
        self._survey = Survey(())
        self._plan: Plan | None = None
        self._decisions: tuple[records.NewDecision, ...] | None = None
        self.paused = False
        self.on_written: Callable[[Receipt], None] = _nobody
        self.notices: tuple[Problem, ...] = ()

    @property
    def adopted(self) -> bool:
        """Whether the user has agreed that we write."""
        return self._applier.known.adopted

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

    def plan(self, prefer: str = "", choice: Choice | None = None, *, patient: bool = False) -> Plan:
        """Look at everything and return what would be done. Writes nothing.

        Who is patient does not follow a deletion before it has rested for a moment.
        """
        known = self._applier.known
        self._survey = self._surveyor.survey(known.projects)
        policies = policies_of(load_settings(self._store.settings(), self._environ))
        terms = Terms(prefer, choice, policies, known.reach)
        terms = self._moments.look(self._survey, known, terms, patient=patient)
        self._plan = make_plan(self._survey, known, self._surveyor, terms)
        return self._plan

    def adopt(self, origin: str, prefer: str = "") -> Receipt:
        """Take what is there as the beginning, keep its bytes, and start to write."""
        self._surveyor.catalog.require(prefer)
        plan = self.plan(prefer)
        if not self.adopted:
            self._keep_first_sight(origin)
            self._register_clients()
            self._store.set_adopted(self._clock.now())
            self._applier.remember()
        return self._rounds(origin, prefer, plan)

    def _keep_first_sight(self, origin: str) -> None:
        files = {file.path: file for state in self._survey.endpoints for file in state.files.values()}
        for path, file in files.items():
            if file.reading:  # one that cannot even be read has no first sight yet
                self._store.keep_version(str(path), file.reading.data, "first-sight", origin)

    def decide(self, decision_id: str, take: str) -> Receipt:
        """Settle an open decision with one client's side, or with what was agreed before, and write it everywhere."""
        if not self.adopted or self.paused:
            raise NotWritingError(paused=self.paused)
        found = next((decision for decision in self.plan().decisions if decision.id == decision_id), None)
        if found is None:
            raise NoSuchDecisionError(decision_id)
        if take not in found.choices:
            raise NoSuchChoiceError(found, take)
        plan = self.plan(choice=Choice(found, take))
        self._store.audit("user", "decide", str(found.key), {"id": found.id, "take": take})
        return self._rounds("user", "", plan)

    def sync(self, origin: str) -> Receipt:
        """Bring everything in step as far as it goes without the user; before adoption, only look.

        The user need not wait for deletions to rest.
        """
        self._applier.absorb_late_writes()
        patient = origin != "user"
        plan = self.plan(patient=patient)
        if not self.adopted or self.paused:
            return Receipt(origin, plan)
        return self._rounds(origin, "", plan, patient=patient)

    def _rounds(self, origin: str, prefer: str, plan: Plan, *, patient: bool = False) -> Receipt:
        receipt = self._apply(plan, origin)
        for _ in range(_ROUNDS - 1):
            if not receipt.foreign:
                break
            again = self._apply(self.plan(prefer, patient=patient), origin)
            receipt = replace(again, written=(*receipt.written, *again.written), failed=receipt.failed | again.failed)
        if receipt.written:
            self.plan(prefer, patient=patient)  # see what came of it: the status tells what is, not what was meant
            self.on_written(receipt)
        return receipt

    def _apply(self, plan: Plan, origin: str) -> Receipt:
        decisions = new_decisions(plan)
        if decisions != self._decisions:
            self._store.put_decisions(list(decisions))
            self._decisions = decisions
        return self._applier.apply(plan, self._survey, origin)

    def add_project(self, path: str) -> Receipt:
        """Keep a project in step too, from now on; its bytes as they are now stay in history."""
        if not self.adopted or self.paused:
            raise NotWritingError(paused=self.paused)
        scope = project_root(path, self._surveyor.home)
        if scope not in self.projects:
            self._set_projects((*self.projects, scope))
            self.plan()
            self._keep_first_sight("user")
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
        self._applier.absorb_late_writes(closing=True)
        self._store.close()
