"""Proposals: an assistant asks for what only a person settles, and it waits among the decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text

if TYPE_CHECKING:
    from aisync_desktop.service.operations.operation import Operation
    from aisync_desktop.service.operations.request import EngineRequest
    from aisync_desktop.sync.answering.engine import Engine
    from aisync_desktop.sync.terms.agent_proposals import AgentProposal

PROPOSED = "proposal.made"


class ProposedError(WorldError):
    """What was asked for was not done: it waits for a person."""

    def __init__(self, decision: str) -> None:
        message = text("proposal.made.message", decision=decision)
        super().__init__(text(PROPOSED), message, text("proposal.made.next", decision=decision))


class PersonNeededError(WorldError):
    """What was asked for, or its answer, holds a secret: none is kept until somebody answers."""

    def __init__(self) -> None:
        super().__init__(text("proposal.never"), text("proposal.never.message"), text("proposal.never.next"))


class ProposalUnfitError(WorldError):
    """What was asked for is nothing that this version of the program does."""

    def __init__(self, proposal: AgentProposal) -> None:
        message = text("proposal.unfit.message", operation=proposal.operation)
        super().__init__(text("proposal.unfit"), message, text("proposal.unfit.next", decision=proposal.id))


def propose(engine: Engine, operation: Operation, request: EngineRequest, by: str) -> ProposedError:
    """Have a request wait for a person; return what tells of that."""
    hidden = {name: field.default for name, field in type(request).model_fields.items() if not field.repr}
    if request.for_a_person_now or any(getattr(request, name) != default for name, default in hidden.items()):
        raise PersonNeededError
    told = request.as_of_now(engine).model_dump(mode="json", exclude_defaults=True)
    return ProposedError(engine.propose_for(operation.name, told, by).id)


def proposed_request(proposal: AgentProposal) -> EngineRequest:
    """Return what an assistant asked for; it may have been of another version of this program."""
    from pydantic import ValidationError

    from aisync_desktop.service.operations.listed import operation_named
    from aisync_desktop.service.operations.request import EngineRequest

    try:
        request = operation_named(proposal.operation).request.model_validate(proposal.request)
    except (KeyError, ValidationError, WorldError) as error:
        raise ProposalUnfitError(proposal) from error
    if not isinstance(request, EngineRequest):
        raise ProposalUnfitError(proposal)
    return request
