"""Proposing: what an assistant asks for and only a person settles waits here until it is answered.

It is told as any other decision: opened, answered, closed. Of what is allowed the answer is told with the first thing
that is done, and it waits until all is done: who is killed in between finds it waiting, and may allow it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import JsonValue

from aisync_desktop.database.errors import understood
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.sync.model.events import DecisionAnswered, DecisionClosed, DecisionOpened, Proposed
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.agent_proposals import (
    MOST,
    MOST_OF_ONE,
    PROPOSAL,
    SCOPE,
    AgentProposal,
    proposals_of,
    proposed,
)


class TooManyProposalsError(WorldError):
    """So many proposals wait that another one would only hide them."""

    def __init__(self, by: str = "") -> None:
        of_one = text("proposal.many.one", client=by, count=MOST_OF_ONE)
        message = of_one if by else text("proposal.many.message", count=MOST)
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
            if sum(one.by == by for one in self.waiting) >= MOST_OF_ONE:
                raise TooManyProposalsError(by)
            if len(self.waiting) >= MOST:
                raise TooManyProposalsError
            told = Proposed(target=operation, id=new.id), DecisionOpened(**_named(new))
            with self._store.feed.asked_by(by), self._store.feed.telling(*told):
                self._keep((*self.waiting, new))
        return new

    def find(self, decision: str) -> AgentProposal | None:
        """Return what waits under this name."""
        return next((one for one in self.waiting if one.id == decision), None)

    @contextmanager
    def settling(self, proposal: AgentProposal, take: str) -> Iterator[None]:
        """Let it wait no more once the block has done what was asked for, or the world has refused to do it."""
        with self._store.feed.telling(DecisionAnswered(**_named(proposal), take=take)):
            try:
                yield
            except WorldError:
                self._close(proposal)
                raise
            self._close(proposal)

    def _close(self, proposal: AgentProposal) -> None:
        with self._store.feed.telling(DecisionClosed(**_named(proposal))):
            self._keep(tuple(one for one in self.waiting if one != proposal))

    def _keep(self, waiting: tuple[AgentProposal, ...]) -> None:
        self._store.set_proposals([one.stored for one in waiting])
        self.waiting = waiting


def _named(proposal: AgentProposal) -> dict[str, str]:
    """Return what an event says of it as of a decision."""
    return {"target": proposal.operation, "id": proposal.id, "kind": PROPOSAL, "scope": SCOPE}
