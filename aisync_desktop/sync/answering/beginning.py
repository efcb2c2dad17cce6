"""Beginning: what would be written first of all, on what terms, and writing exactly that once the user agrees.

The terms are said before anything is written: who is preferred where clients differ, which clients, kinds and items
stay out, and answers to the questions that come up by then. An answer may bring up the next question; so those that can
be given are taken, and those to what is asked after that. One whose question is not asked (any more) is none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from aisync_desktop.clients.items import USER, Kind
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.event import Event
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.sync.answering.adoption import ProposalChangedError, agreed_by
from aisync_desktop.sync.answering.deciding import Answer, Deciding, Given
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.rounds import Rounds
from aisync_desktop.sync.model.events import Adopted, Switched
from aisync_desktop.sync.planning.look import Looked
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.terms.consents import Consents
from aisync_desktop.sync.terms.coverage import Coverage, item_named
from aisync_desktop.sync.terms.plan_terms import Choice


@dataclass(frozen=True)
class Agreement:
    """On what terms is begun: who is preferred, what stays `without` (clients, kinds, items), and answers."""

    prefer: str = ""
    without: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """What would be written on these terms, with all that it was planned from."""

    looked: Looked
    told: tuple[Event, ...] = ()

    @property
    def plan(self) -> Plan:
        """What would be done."""
        return self.looked.plan

    @property
    def agreed(self) -> str:
        """A name for what is written."""
        return agreed_by(self.plan)


class Beginning:
    """Proposes, and begins."""

    def __init__(
        self,
        rounds: Rounds,
        deciding: Deciding,
        clock: Clock,
        register: Callable[[], None],
        on_first: Callable[[], None],
    ) -> None:
        self._rounds = rounds
        self._deciding = deciding
        self._clock = clock
        self._register = register
        self._on_first = on_first

    def propose(self, agreement: Agreement) -> Proposed:
        """Look at everything, and return what would be written; nothing is, and nothing is settled by it."""
        rounds = self._rounds
        adopted = rounds.known.adopted
        if adopted or agreement == Agreement():  # what a look takes in is no matter of a trial
            rounds.plan()
        if agreement == Agreement():
            return Proposed(rounds.looked)
        with rounds.trial():
            return self._proposed(agreement, only=() if adopted else None)

    def begin(self, origin: str, agreement: Agreement, agreed: str) -> Receipt:
        """Take what is there as the beginning, keep its bytes, and start to write.

        `agreed` names the proposal that the user saw: anything else is not written.
        """
        rounds = self._rounds
        proposed = self._proposed(agreement)
        if agreed not in {"", proposed.agreed}:
            raise ProposalChangedError
        first = not rounds.known.adopted
        if first:
            self._on_first()
            rounds.keep_first_sight(origin, rounds.survey.endpoints)
            self._register()
        with rounds.store.feed.telling(*((Adopted(),) if first else ()), *proposed.told):
            self._keep(proposed)
        rounds.applier.remember()
        return rounds.run(origin, agreement.prefer, proposed.plan)

    def _keep(self, proposed: Proposed) -> None:
        """Write down what was agreed to; last of all, that it was: who is cut off before that begins anew."""
        rounds, known = self._rounds, proposed.looked.known
        if known.coverage != rounds.known.coverage:
            rounds.store.set_reach(known.coverage.payload())
        if known.consents != rounds.known.consents:
            rounds.store.set_consents(known.consents.payload())
        if not rounds.known.adopted:
            rounds.store.set_adopted(self._clock.now())

    def _proposed(self, agreement: Agreement, only: Collection[Path] | None = None) -> Proposed:
        rounds = self._rounds
        rounds.surveyor.catalog.require(agreement.prefer)
        plan = rounds.plan(agreement.prefer, only=only)
        known = replace(rounds.known, coverage=self.coverage(agreement.without, plan))
        told: list[Event] = [Switched(target=what, scope=str(USER), on=False) for what in agreement.without]
        choices, left = tuple[Choice, ...](), agreement.answers
        if agreement.without:
            plan = rounds.plan(agreement.prefer, known=known, only=())
        while due := [answer for answer in left if any(one.id == answer.decision for one in plan.decisions)]:
            taken = [*self._taken(due, plan, known.consents)]
            for _, given in taken:
                known, choices = replace(known, consents=given.consents), (*choices, *given.choices)
                told += given.told
            plan = rounds.plan(agreement.prefer, choices, known=known, only=())
            for answer, given in taken:
                self._deciding.require_settled(answer, given, plan)
            left = tuple(answer for answer in left if answer not in due)
        return Proposed(rounds.looked, tuple(told))

    def _taken(self, due: Iterable[Answer], plan: Plan, consents: Consents) -> Iterator[tuple[Answer, Given]]:
        """Yield what each answer adds to the terms, none to a question that one before it answers alike."""
        settled: set[str] = set()
        for answer in due:
            if answer.decision not in settled:
                given = self._deciding.given(answer, plan, plan, consents)
                settled |= {one.id for one in given.asked}
                consents = given.consents
                yield answer, given

    def coverage(self, without: Collection[str], plan: Plan | None = None) -> Coverage:
        """Return what takes part without some of it, in the user's own files."""
        plan = plan or self._rounds.planned or self._rounds.plan()
        coverage = self._rounds.known.coverage
        names = {descriptor.id for descriptor in self._rounds.surveyor.catalog.descriptors} | {*Kind}
        keys = {key for one in plan.scopes if one.scope == USER for key in one.after.items()}
        for what in without:
            place = what if what in names else str(item_named(what, keys))
            coverage = coverage.switched(USER, place, on=False)
        return coverage
