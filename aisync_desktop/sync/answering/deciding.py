"""Deciding: what the user answers to a question, and what follows from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from aisync_desktop.clients.items import ItemKey, Kind, McpServer
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.questions import Question, question_of
from aisync_desktop.sync.applying.rounds import Rounds
from aisync_desktop.sync.model.events import DecisionAnswered
from aisync_desktop.sync.model.merge import MERGED
from aisync_desktop.sync.planning.planner import Plan, make_plan
from aisync_desktop.sync.planning.unreadable_sides import consented
from aisync_desktop.sync.terms.consents import COPY, LAUNCH, Consents
from aisync_desktop.sync.terms.decisions import ALLOW, CONSENTING, RESTORE, SECRET, SERVERS, Decision, item_by_hand
from aisync_desktop.sync.terms.errors import (
    ClashLeftError,
    DecisionChangedError,
    NoSuchChoiceError,
    NoSuchDecisionError,
    NotAskedError,
)
from aisync_desktop.sync.terms.plan_terms import Choice


class Deciding:
    """Asks, and takes answers."""

    def __init__(self, rounds: Rounds) -> None:
        self._rounds = rounds

    def question(self, decision_id: str) -> Question:
        """Return an open decision with all that the user needs to settle it, as of the last look."""
        found = _open_decision(self._rounds.planned or self._rounds.plan(), decision_id)
        return question_of(found, self._rounds.survey, self._rounds.known, self._rounds.terms)

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
        """Settle an open decision and write the outcome everywhere.

        `take` is one client's side, what was agreed before, or what does not clash; for that last, `edit` is an item
        that the user wrote by hand. `revision` is that of the question that the user saw, if they did. With `alike`
        the same is taken for every other open decision of the kind in the scope for which it can be, but none that
        came, or changed, since the last look: those the user cannot have seen. With `items`, of a question about a
        project's servers, only those of these names are answered for.
        """
        self._rounds.require_writing()
        seen = self._rounds.planned
        plan = self._rounds.plan()
        found = _open_decision(plan, decision_id)
        if revision not in {"", found.revision}:
            raise DecisionChangedError(found.key.name)
        if take not in found.choices:
            raise NoSuchChoiceError(take, found.choices)
        if found.kind == SERVERS:
            return self._answer_servers(found, take, items)
        others = tuple(_others_alike(plan, seen or plan, found, take)) if alike else ()
        if found.kind in CONSENTING:
            return self._consent((found, *others), take)
        receipt = self._settle(found, take, edit)
        for other in others:
            with suppress(NoSuchDecisionError, NoSuchChoiceError, ClashLeftError):  # settled by the one before, or left
                receipt = receipt.followed_by(self.decide(other.id, take))
        return receipt

    def _settle(self, found: Decision, take: str, edit: str) -> Receipt:
        if take == RESTORE:
            return self._restore(found)
        self._rounds.looking.lost_texts.settle(found, take, self._rounds.survey)
        by_hand = item_by_hand(found, edit) if edit and take == MERGED else None
        plan = self._rounds.plan(choice=Choice(found, take, by_hand), patient=True)
        if take == MERGED and any(decision.subject == found.subject for decision in plan.decisions):
            raise ClashLeftError(found.key.name, found.id)
        with self._rounds.store.feed.telling(_answered(found, take)):
            return self._rounds.run("user", "", plan, patient=True)

    def _consent(self, every: Iterable[Decision], take: str) -> Receipt:
        """Remember whether items, or their secrets, may be written at the clients that lack them, and go on.

        A client that has them needs no consent; with it, a value that changes elsewhere will reach that client too.
        """
        consents, answered = self._rounds.known.consents, []
        for asked in every:
            here = [(state.label, state.raw.get(asked.key)) for state in self._rounds.survey.of(asked.scope)]
            for label, item in (*(here if take == COPY and asked.kind == SECRET else ()), *asked.sides.items()):
                fields = consented(asked, item)
                consents = consents.settled(asked.key, fields, [label], asked.scope, take)
            if take == LAUNCH:
                consents = self._rounds.agreeing_to_start(consents, asked.scope, asked.key)
            answered.append(_answered(asked, take))
        return self._follow(consents, answered)

    def _answer_servers(self, asked: Decision, take: str, names: Collection[str]) -> Receipt:
        """Remember which of a project's servers may come into its other files, and which stay where they stand."""
        servers = {key: McpServer.of(item) for key, item in asked.servers.items()}
        for name in names:
            if ItemKey(Kind.MCP, name) not in servers:
                raise NotAskedError(name)
        said, answered = self._rounds.known.consents.servers, []
        for key, item in servers.items():
            if not names or key.name in names:
                said = (said.allowing if take == ALLOW else said.leaving)(asked.scope, key, item)
                answered.append(_answered(asked, take, key))
        return self._follow(replace(self._rounds.known.consents, servers=said), answered)

    def _follow(self, consents: Consents, answered: Iterable[DecisionAnswered]) -> Receipt:
        """Keep what the user agreed to, and do what follows from it."""
        with self._rounds.store.feed.telling(*answered):
            self._rounds.store.set_consents(consents.payload())
        self._rounds.applier.remember()
        plan = self._rounds.plan(patient=True)
        by_itself = tuple(replace(one, marked=one.marked or bool(one.targets)) for one in plan.scopes)  # for undo
        return self._rounds.run("user", "", Plan(by_itself), patient=True)

    def _restore(self, asked: Decision) -> Receipt:
        """Put a reset file back as a whole; at every other endpoint nothing changes by that."""
        before, mine = self._rounds.looking.resets.as_it_was(asked, self._rounds.survey)
        plan = make_plan(before, self._rounds.known, self._rounds.surveyor, replace(self._rounds.terms, restored=mine))
        with self._rounds.store.feed.telling(_answered(asked, RESTORE)):
            return self._rounds.run("user", "", self._rounds.looking.resets.whole(plan, asked, before), patient=True)


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
