"""The facade: what the tray, the command line, the HTTP API and the MCP server all use.

An Engine belongs to one thread, which owns the store's only write connection. One sync is: look, plan, write the plan
down (snapshot, journal, versions, in one transaction), replace each file by compare-and-swap, write down what came of
it. State is observations, not work to do: after a crash at any point, looking and planning again finds what is left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from aisync_desktop.core.items import Scope
from aisync_desktop.core.ports import Clock
from aisync_desktop.core.settings import load_settings
from aisync_desktop.core.status import Problem, Status
from aisync_desktop.engine.applying import Applier, Receipt
from aisync_desktop.engine.decisions import NoSuchChoiceError, NoSuchDecisionError, NotWritingError
from aisync_desktop.engine.ledger import new_decisions
from aisync_desktop.engine.pausing import Pause, stored_pause
from aisync_desktop.engine.planning import Choice, Plan, make_plan
from aisync_desktop.engine.projects import ProjectUnknownError, project_root
from aisync_desktop.engine.recovery import Recovery
from aisync_desktop.engine.report import build_status
from aisync_desktop.engine.survey import Survey, Surveyor
from aisync_desktop.files.protocol import Disk
from aisync_desktop.store import records
from aisync_desktop.store.store import Store

_ROUNDS = 5  # a file that somebody else writes between all five looks is busy: it is left alone until it rests


def _nobody(receipt: Receipt) -> None:
    del receipt


class Engine:
    """Keeps the endpoints of the user's scope, and of the projects that were added, in step.

    Attributes: `on_written` (called with the receipt of each sync that wrote a file, whoever
    asked for it), `notices` (problems that belong to no client).
    """

    def __init__(self, store: Store, surveyor: Surveyor, disk: Disk, clock: Clock) -> None:
        self._store = store
        self._surveyor = surveyor
        self._disk = disk
        self._clock = clock
        self._applier = Applier(store, surveyor, disk, clock)
        self._survey = Survey(())
        self._plan: Plan | None = None
        self._decisions: tuple[records.NewDecision, ...] | None = None
        self._pause = stored_pause(store.pause())
        self.on_written: Callable[[Receipt], None] = _nobody
        self.notices: tuple[Problem, ...] = ()

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

    def plan(self, prefer: str = "", choice: Choice | None = None) -> Plan:
        """Look at everything and return what would be done. Writes nothing."""
        known = self._applier.known
        self._survey = self._surveyor.survey(known.projects)
        self._plan = make_plan(self._survey, known, self._surveyor, prefer, choice)
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
        """Bring everything in step as far as it goes without the user; before adoption, only look."""
        self._applier.absorb_late_writes()
        plan = self.plan()
        if not self.adopted or self.paused:
            return Receipt(origin, plan)
        return self._rounds(origin, "", plan)

    def _rounds(self, origin: str, prefer: str, plan: Plan) -> Receipt:
        receipt = self._apply(plan, origin)
        for _ in range(_ROUNDS - 1):
            if not receipt.foreign:
                break
            again = self._apply(self.plan(prefer), origin)
            receipt = replace(again, written=(*receipt.written, *again.written), failed=receipt.failed | again.failed)
        if receipt.written:
            self.plan(prefer)  # see what came of it: the status tells what is, not what was meant
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

    def late_in(self) -> float | None:
        """Return in how many seconds displaced files want another look; None where there are none."""
        return self._applier.late_in()

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
            notices=(*self._surveyor.notices(), *self.notices),
        )

    def log_problems(self, problems: Iterable[Problem]) -> None:
        """Put into the user's log what is wrong and does not pass."""
        for problem in problems:
            self._store.log("error", problem.title.code, {"path": problem.path})

    def pause_for(self, minutes: int = 0) -> None:
        """Stop writing for some minutes, or until resumed."""
        until = self._clock.now() + dt.timedelta(minutes=minutes) if minutes else None
        self._pause = Pause(until)
        self._store.set_pause(self._pause.stored)

    def resume(self) -> Receipt:
        """Go on, and catch up."""
        self._pause = None
        self._store.set_pause(None)
        return self.sync("user")

    def set_setting(self, name: str, value: object) -> None:
        """Keep a setting; one that the model refuses is a SettingRefusedError and nothing is kept."""
        load_settings({**self._store.settings(), name: value}, {})
        self._store.set_setting(name, value)

    def close(self) -> None:
        """Let go of displaced files and of the database; the engine is of no use after that."""
        self._applier.absorb_late_writes(closing=True)
        self._store.close()
