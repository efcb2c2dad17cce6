"""Proposals: an assistant asks for what only a person settles, and it waits among the decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text

if TYPE_CHECKING:
    from aisync_desktop.service.operations.operation import Operation
    from aisync_desktop.service.operations.request import Request
    from aisync_desktop.sync.answering.engine import Engine

PROPOSED = "proposal.made"


class ProposedError(WorldError):
    """What was asked for was not done: it waits for a person."""

    def __init__(self, decision: str) -> None:
        message = text("proposal.made.message", decision=decision)
        super().__init__(text(PROPOSED), message, text("proposal.made.next", decision=decision))


class PersonNeededError(WorldError):
    """What was asked for holds a secret, which is not kept until somebody answers."""

    def __init__(self) -> None:
        super().__init__(text("proposal.never"), text("proposal.never.message"), text("proposal.never.next"))


def propose(engine: Engine, operation: Operation, request: Request, by: str) -> ProposedError:
    """Have a request wait for a person; return what tells of that."""
    if any(not field.repr for field in type(request).model_fields.values()):
        raise PersonNeededError
    told = request.model_dump(mode="json", exclude_defaults=True)
    return ProposedError(engine.propose_for(operation.name, told, by).id)
