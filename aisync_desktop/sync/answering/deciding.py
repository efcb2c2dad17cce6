"""Deciding: what the user answers to a question, what that comes to, and writing it.

What an answer comes to is found out before anything is written, by the plan that is then carried out. So what it would
write can be shown, and is what it writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from aisync_desktop.clients.items import ItemKey, Kind, McpServer, Scope
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.sync.answering.adoption import ProposalChangedError, agreed_by
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.questions import Question, question_of
from aisync_desktop.sync.applying.rounds import Rounds
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.model.events import DecisionAnswered
from aisync_desktop.sync.model.taking import BASE, MERGED
from aisync_desktop.sync.planning.planner import Plan, make_plan
from aisync_desktop.sync.planning.unreadable_sides import consented
from aisync_desktop.sync.terms.consents import COPY, LAUNCH, Consents
from aisync_desktop.sync.terms.coverage import Coverage
from aisync_desktop.sync.terms.decisions import ALLOW, CONSENTING, RESTORE, SECRET, SERVERS, Decision, item_by_hand
from aisync_desktop.sync.terms.errors import (
    ClashLeftError,
    DecisionChangedError,
    FieldsOpenError,
    NoSuchChoiceError,
    NoSuchDecisionError,
    NoSuchFieldError,
    NotAskedError,
)
from aisync_desktop.sync.terms.known import Known
from aisync_desktop.sync.terms.plan_terms import Choice


@dataclass(frozen=True)
class Answer:
    """What the user answers to a question.

    `take` is one client's side, what was agreed before, or what does not clash; for that last, `edit` is an item that
    the user wrote by hand, or `fields` names fields with the side (or "base") whose value they are to have. `revision`
    is that of the question that the user saw, if they did, and `agreed` names what they saw that would be written. With
    `alike` the same is taken for every other open decision of the kind in the scope for which it can be, but none that
    came, or changed, since the last look: those the user cannot have seen. With `items`, of a question about a
    project's servers, only those of these names are answered for.
    """

    decision: str
    take: str
    edit: str = ""
    revision: str = ""
    alike: bool = False
    items: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    agreed: str = ""


@dataclass(frozen=True)
class Given:
    """What an answer adds to the terms of a plan, the questions that it is for, and what is told of it."""

    asked: tuple[Decision, ...]
    consents: Consents
    choices: tuple[Choice, ...]
    told: tuple[DecisionAnswered, ...]


@dataclass(frozen=True)
class Outcome:
    """What an answer comes to: the questions that it is for, what is agreed to by it, and what is written."""

    asked: tuple[Decision, ...]
    consents: Consents
    plan: Plan
    survey: Survey
    told: tuple[DecisionAnswered, ...]

    @property
    def agreed(self) -> str:
        """A name for what is written."""
        return agreed_by(self.plan)


class Deciding:
    """Asks, and takes answers."""

    def __init__(self, rounds: Rounds) -> None:
        self._rounds = rounds

    def question(self, decision_id: str) -> Question:
        """Return an open decision with all that the user needs to settle it, as of the last look."""
        return self._told(_open_decision(self._rounds.planned or self._rounds.plan(), decision_id))

    def questions(self) -> tuple[Question, ...]:
        """Return all open decisions, as of one look: asked for one by one, some may be settled meanwhile."""
        return tuple(map(self._told, (self._rounds.planned or self._rounds.plan()).decisions))

    def _told(self, asked: Decision) -> Question:
        return question_of(asked, self._rounds.survey, self._rounds.known, self._rounds.terms)

    def preview(self, answer: Answer, coverage: Coverage | None = None) -> Outcome:
        """Return what an answer would come to, as of the last look; nothing is written, nothing is settled by it.

        With a `coverage`, as if that were what takes part.
        """
        rounds = self._rounds
        plan, known = rounds.planned or rounds.plan(), rounds.known
        with rounds.trial():
            if coverage is not None:
                known = replace(known, coverage=coverage)
                plan = rounds.plan(known=known, only=())
            return self._outcome(answer, plan, plan, known)

    def decide(self, answer: Answer) -> Receipt:
        """Settle an open decision and write the outcome everywhere."""
        rounds = self._rounds
        rounds.require_writing()
        seen = rounds.planned
        plan = rounds.plan()
        with rounds.looking.unless_refused():
            outcome = self._outcome(answer, plan, seen or plan, rounds.known)
            if answer.agreed not in {"", outcome.agreed}:
                raise ProposalChangedError
        with rounds.store.feed.telling(*outcome.told):
            if outcome.consents != rounds.known.consents:
                rounds.store.set_consents(outcome.consents.payload())
                rounds.applier.remember()
            return rounds.run("user", "", outcome.plan, patient=True)

    def _outcome(self, answer: Answer, plan: Plan, seen: Plan, known: Known) -> Outcome:
        """Return what an answer comes to, by what the last look found."""
        rounds = self._rounds
        given = self.given(answer, plan, seen, known.consents)
        if answer.take == RESTORE:
            return self._of_restored(given)
        for one in given.asked:
            rounds.looking.lost_texts.settle(one, answer.take, rounds.survey)
        known = replace(known, consents=given.consents)
        plan = rounds.plan(choices=given.choices, known=known, patient=True, only=())
        if not given.choices:
            by_itself = tuple(replace(one, marked=one.marked or bool(one.targets)) for one in plan.scopes)  # for undo
            return Outcome(given.asked, given.consents, Plan(by_itself), rounds.survey, given.told)
        asked = self.require_settled(answer, given, plan)
        told = tuple(_answered(one, answer.take) for one in asked)
        return Outcome(asked, given.consents, plan, rounds.survey, told)

    def given(self, answer: Answer, plan: Plan, seen: Plan, consents: Consents) -> Given:
        """Return what an answer to a question of a plan adds to its terms; of the others alike, for those `seen`."""
        found = _open_decision(plan, answer.decision)
        take = answer.take
        if answer.revision not in {"", found.revision}:
            raise DecisionChangedError(found.key.name)
        if take not in found.choices:
            raise NoSuchChoiceError(take, found.choices)
        if answer.fields:
            self._require_fields(answer, found)
        every = (found, *(_others_alike(plan, seen, found, take) if answer.alike else ()))
        if found.kind == SERVERS:
            return self._of_servers(found, answer, consents)
        told = tuple(_answered(one, take) for one in every)
        if found.kind in CONSENTING:
            return Given(every, self._consenting(every, take, consents), (), told)
        by_hand = item_by_hand(found, answer.edit) if answer.edit and take == MERGED else None
        mine = Choice(found, take, by_hand, answer.fields)
        return Given(every, consents, (mine, *(Choice(other, take) for other in every[1:])), told)

    def _require_fields(self, answer: Answer, found: Decision) -> None:
        """Refuse to take fields that do not differ, or from who is no side."""
        if answer.take != MERGED:
            raise NoSuchChoiceError(answer.take, (MERGED,))
        names = [one.field for one in self._told(found).differences]
        for name, take in answer.fields.items():
            if name not in names:
                raise NoSuchFieldError(name, names)
            if take not in {BASE, *found.sides}:
                raise NoSuchChoiceError(take, (*sorted(found.sides), BASE))

    def require_settled(self, answer: Answer, given: Given, plan: Plan) -> tuple[Decision, ...]:
        """Return the questions that are answered; of those alike, some may be left that cannot be settled so."""
        left = {one.subject for one in plan.decisions} if answer.take == MERGED else frozenset[str]()
        found, *_ = given.asked
        if found.subject in left:
            raise self._still_open(found, answer)
        return tuple(one for one in given.asked if one.subject not in left)

    def _still_open(self, found: Decision, answer: Answer) -> ClashLeftError | FieldsOpenError:
        differences = self._told(found).differences if answer.fields else ()
        left = [one.field for one in differences if one.clashes and one.field not in answer.fields]
        return FieldsOpenError(found.key.name, left) if left else ClashLeftError(found.key.name, found.id)

    def _consenting(self, every: Iterable[Decision], take: str, consents: Consents) -> Consents:
        """Return the consents once items, or their secrets, may be written at the clients that lack them, or not.

        A client that has them needs no consent; with it, a value that changes elsewhere will reach that client too.
        """
        for asked in every:
            here = [(state.label, state.raw.get(asked.key)) for state in self._rounds.survey.of(asked.scope)]
            for label, item in (*(here if take == COPY and asked.kind == SECRET else ()), *asked.sides.items()):
                fields = consented(asked, item)
                consents = consents.settled(asked.key, fields, [label], asked.scope, take)
            if take == LAUNCH:
                consents = self._rounds.agreeing_to_start(consents, asked.scope, asked.key)
        return consents

    def _of_servers(self, asked: Decision, answer: Answer, consents: Consents) -> Given:
        """Return what it adds that some of a project's servers may come into its other files, or are left."""
        servers = {key: McpServer.of(item) for key, item in asked.servers.items()}
        for name in answer.items:
            if ItemKey(Kind.MCP, name) not in servers:
                raise NotAskedError(name)
        said, told = consents.servers, []
        for key, item in servers.items():
            if not answer.items or key.name in answer.items:
                said = (said.allowing if answer.take == ALLOW else said.leaving)(asked.scope, key, item)
                told.append(_answered(asked, answer.take, key))
        return Given((asked,), replace(consents, servers=said), (), tuple(told))

    def _of_restored(self, given: Given) -> Outcome:
        """Return what comes of putting reset files back as a whole; at every other endpoint nothing changes by that."""
        rounds, resets = self._rounds, self._rounds.looking.resets
        before, mine = rounds.survey, frozenset[tuple[Scope, str]]()
        for asked in given.asked:
            before, its = resets.as_it_was(asked, before, rounds.survey)
            mine |= its
        plan = make_plan(before, rounds.known, rounds.surveyor, replace(rounds.terms, restored=mine))
        for asked in given.asked:
            plan = resets.whole(plan, asked, rounds.survey)
        return Outcome(given.asked, given.consents, plan, rounds.survey, given.told)


def _answered(asked: Decision, take: str, key: ItemKey | None = None) -> DecisionAnswered:
    """Return the answer as what happened; `key` names one of several that were asked about."""
    return DecisionAnswered(
        target=str(key or asked.key),
        id=asked.id,
        kind=asked.kind,
        scope=str(asked.scope),
        take=take,
        clients=tuple(sorted(asked.sides)) if asked.kind in CONSENTING else (),
    )


def _open_decision(plan: Plan, decision_id: str) -> Decision:
    found = next((decision for decision in plan.decisions if decision.id == decision_id), None)
    if found is None:
        raise NoSuchDecisionError(decision_id)
    return found


def _others_alike(plan: Plan, seen: Plan, found: Decision, take: str) -> Iterator[Decision]:
    """Yield the other open decisions of the same kind and scope that were seen and can be answered by the same."""
    revisions = {one.id: one.revision for one in seen.decisions}
    for other in plan.decisions:
        same = (other.kind, other.scope, other.summary.code) == (found.kind, found.scope, found.summary.code)
        if same and other.id != found.id and take in other.choices and revisions.get(other.id) == other.revision:
            yield other
