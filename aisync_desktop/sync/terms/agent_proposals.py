"""What assistants asked for and only a person settles: each waits among the decisions until it is answered."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue, TypeAdapter

from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.status import DecisionStatus

PROPOSAL = "proposal"  # the kind of such a decision
MOST = 20  # that wait: who asks for more is refused until some are answered
MOST_OF_ONE = 5  # assistant: one that asks for much keeps no other from asking


class AgentProposal(BaseModel):
    """One thing that was asked for: the operation, its request, and the assistant that asked."""

    model_config = ConfigDict(frozen=True)
    operation: str
    request: dict[str, JsonValue]
    by: str
    at: AwareDatetime

    @property
    def id(self) -> str:
        """The same for the same thing asked for by the same assistant: it is asked about once.

        It begins as no other decision's does: whoever asks chooses the words, and with them what comes of the hash.
        """
        told = json.dumps([self.operation, self.request, self.by], sort_keys=True)
        return f"p{hashlib.sha256(told.encode()).hexdigest()[:8]}"

    @property
    def line(self) -> DecisionStatus:
        """The decision that it is."""
        return DecisionStatus(
            id=self.id,
            kind=PROPOSAL,
            item=self.operation,
            scope="user",
            summary=text("decision.proposal", client=self.by, operation=self.operation),
            note=text("decision.proposal.note"),
        )

    @property
    def said(self) -> tuple[str, ...]:
        """What is asked for in detail, a line for each thing that the request says."""
        return tuple(f"{name}: {_shown(value)}" for name, value in self.request.items())

    @property
    def stored(self) -> dict[str, Value]:
        """The form in which the store keeps it."""
        return {"operation": self.operation, "request": self.request, "by": self.by, "at": self.at.isoformat()}  # type: ignore[dict-item]  # JSON is JSON


_STORED = TypeAdapter(tuple[AgentProposal, ...])


def proposals_of(stored: object) -> tuple[AgentProposal, ...]:
    """Read what the store keeps; a ValueError where that is none."""
    return _STORED.validate_python(stored or ())


def proposed(operation: str, request: dict[str, JsonValue], by: str, at: dt.datetime) -> AgentProposal:
    """Return what an assistant asks for now."""
    return AgentProposal(operation=operation, request=request, by=by, at=at)


def _shown(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
