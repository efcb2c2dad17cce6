"""Proposing: what an assistant asks for and only a person settles waits here until it is answered."""

from __future__ import annotations

from pydantic import JsonValue

from aisync_desktop.database.errors import understood
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.sync.model.events import DecisionAnswered, Proposed
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.agent_proposals import MOST, PROPOSAL, AgentProposal, proposals_of, proposed


class TooManyProposalsError(WorldError):
    """So many proposals wait that another one would only hide them."""

    def __init__(self) -> None:
        message = text("proposal.many.message", count=MOST)
        super().__init__(text("proposal.many"), message, text("proposal.many.next"))


class Proposing:
    """What waits, kept in the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        with understood(store.path):
            self.waiting = proposals_of(store.proposals())

    def add(self, operation: str, request: dict[str, JsonValue], by: str) -> AgentProposal:
        """Have something wait; what waits already is asked about once."""
        new = proposed(operation, request, by, self._clock.now())
        if all(one.id != new.id for one in self.waiting):
            if len(self.waiting) >= MOST:
                raise TooManyProposalsError
            with self._store.feed.asked_by(by), self._store.feed.telling(Proposed(target=operation, id=new.id)):
                self._keep((*self.waiting, new))
        return new

    def find(self, decision: str) -> AgentProposal | None:
        """Return what waits under this name."""
        return next((one for one in self.waiting if one.id == decision), None)

    def settle(self, proposal: AgentProposal, take: str) -> None:
        """Let it wait no more, as it was answered."""
        answered = DecisionAnswered(
            target=proposal.operation, id=proposal.id, kind=PROPOSAL, scope=proposal.line.scope, take=take
        )
        with self._store.feed.telling(answered):
            self._keep(tuple(one for one in self.waiting if one != proposal))

    def _keep(self, waiting: tuple[AgentProposal, ...]) -> None:
        self._store.set_proposals([one.stored for one in waiting])
        self.waiting = waiting
