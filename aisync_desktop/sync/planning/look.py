"""Looking at everything, and planning from it: one way, for the engine's rounds and for who only wants to see.

What an engine must remember from one look to the next (what it wrote itself, which clients run, which text was lost) is
kept here. Who looks once begins without it, and sees what an engine would see that has just been started.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from aisync_desktop.clients.items import Scope
from aisync_desktop.clients.loader import Catalog
from aisync_desktop.files.processes import Processes
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.kernel.settings import load
from aisync_desktop.program.store.reads import ProgramReads
from aisync_desktop.sync.looking.approved_servers import with_approvals
from aisync_desktop.sync.looking.client_sessions import Sessions, Since
from aisync_desktop.sync.looking.launched_entries import LaunchedEntries
from aisync_desktop.sync.looking.survey import Survey, Surveyor
from aisync_desktop.sync.planning.effects import as_written
from aisync_desktop.sync.planning.lost_texts import LostTexts
from aisync_desktop.sync.planning.planner import Plan, Planner, ScopePlan
from aisync_desktop.sync.planning.recent_writes import RecentWrites
from aisync_desktop.sync.planning.resets import Resets
from aisync_desktop.sync.planning.resting_deletions import RestingDeletions
from aisync_desktop.sync.settings import SyncSettings
from aisync_desktop.sync.store.reads import Reads
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import Known, ScopeMemory
from aisync_desktop.sync.terms.plan_terms import Choice, PlanTerms, SecretRepairs, policies_of

Trusted: TypeAlias = frozenset[tuple[Scope, str]]
_Memory: TypeAlias = tuple[dict[str, object], dict[str, object]]  # what is remembered, and what was


@dataclass(frozen=True)
class Looked:
    """What a look at everything found, on which terms, and what would be done about it."""

    catalog: Catalog
    survey: Survey
    plan: Plan
    known: Known
    terms: PlanTerms
    since: Since  # from when on endpoints have been in the memory of a running client
    settings: Mapping[str, object]  # as they are stored
    keyring: bool = True  # whether one is wanted


class Looking:
    """The looks of one engine, or the single one of who writes nothing."""

    def __init__(
        self,
        store: Reads,
        program: ProgramReads,
        surveyor: Surveyor,
        clock: Clock,
        environ: Mapping[str, str],
        processes: Processes | None,
    ) -> None:
        self._program = program
        self._surveyor = surveyor
        self._environ = environ
        self._launched_entries = LaunchedEntries(surveyor.launcher)
        self._planner = Planner(surveyor)
        self.recent_writes = RecentWrites(clock)
        self.resting_deletions = RestingDeletions(clock)
        self.sessions = Sessions(processes, surveyor.catalog, clock)
        self.lost_texts = LostTexts(store, surveyor, clock)
        self.resets = Resets(store, surveyor)

    def forget(self) -> None:
        """Begin anew: what the files say now is what the user wished for."""
        self.recent_writes.forget()
        self.resting_deletions.forget()

    def survey(self, known: Known, only: Collection[Path] | None = None) -> Survey:
        """Look at every endpoint that is kept in step; where `only` some files are named, at no others."""
        seen = self._surveyor.survey(known.projects, known.asked_of, only)
        return self._launched_entries.with_launched(seen, known)

    def survey_after(self, plan: ScopePlan, before: Known, after: Known) -> Survey:
        """Return what will be found once a plan is written, and this is known; no file is looked at for it."""
        seen = self._surveyor.survey(before.projects, before.asked_of, ())
        return self._launched_entries.with_launched(as_written(seen, plan, self._surveyor), after)

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Look and settle in the block as if something were so; what is remembered is as before after it."""
        before = self._memories()
        try:
            yield
        finally:
            self._recall(before)

    @contextmanager
    def unless_refused(self) -> Iterator[None]:
        """Look and settle in the block; what is remembered is as before it only where something is raised there."""
        before = self._memories()
        try:
            yield
        except BaseException:
            self._recall(before)
            raise

    def _memories(self) -> tuple[_Memory, ...]:
        memories = (self.recent_writes, self.resting_deletions, self.lost_texts)
        every = (vars(memory) for memory in memories)
        return tuple((now, {name: _copied(value) for name, value in now.items()}) for now in every)

    @staticmethod
    def _recall(before: tuple[_Memory, ...]) -> None:
        for now, was in before:
            now.update(was)

    def look(
        self,
        known: Known,
        prefer: str = "",
        choices: tuple[Choice, ...] = (),
        *,
        patient: bool = False,
        trusted: Trusted = frozenset(),
        mending: SecretRepairs | None = None,
        only: Collection[Path] | None = None,
        foreseen: Survey | None = None,
    ) -> Looked:
        """Look at everything, or at `only` these files again, and say what would be done. Writes nothing.

        What is `foreseen` is taken for what was found.

        Who is patient does not follow a deletion before it has rested for a moment; `trusted` are endpoints that say
        what the user wishes, whatever a guard would think; `mending` is what the doctor's repairs would do.
        """
        survey = foreseen or self.survey(known, only)
        stored = self._program.sound_settings([SyncSettings])
        settings = load(SyncSettings, stored, self._environ)
        terms = PlanTerms(
            prefer,
            choices,
            policies_of(settings),
            known.coverage,
            with_approvals(known, survey),
            follows_equal=settings.loosening == "equal",
            trusted=trusted,
            mending=mending or SecretRepairs(),
        )
        since = self.sessions.look(survey)
        moved = [*_moved(survey, known)]
        terms = replace(
            terms,
            resting=self.resting_deletions.look(moved, known, patient=patient),
            stale=self.recent_writes.look(moved, since),
        )
        plan = self._planner.plan(survey, known, terms)
        if known.adopted:
            plan = self.lost_texts.asking(plan, survey, settings.lost_text)
            plan = self.resets.offering(plan, survey)
        return Looked(self._surveyor.catalog, survey, plan, known, terms, since, stored, settings.keyring)


def _copied(value: object) -> object:
    return copy(value) if isinstance(value, dict | set) else value


def _moved(survey: Survey, known: Known) -> Iterator[tuple[EndpointState, ScopeMemory]]:
    """Yield the endpoints that say something else than was agreed on, each with what is remembered of its scope."""
    for state in survey.endpoints:
        memory = known.of(state.scope)
        if state.problem is None and state.view.items != memory.base(state.id):
            yield state, memory
