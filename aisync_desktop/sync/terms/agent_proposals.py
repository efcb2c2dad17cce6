"""What assistants asked for and only a person settles: each waits among the decisions until it is answered."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue, TypeAdapter

from aisync_desktop.clients.items import Kind
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.texts import visible
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.status import DecisionStatus

PROPOSAL = "proposal"  # the kind of such a decision
MOST = 20  # that wait: who asks for more is refused until some are answered
ASKED_IN_WORDS = frozenset(  # a sentence each (messages.py)
    "apply apply.snapshot decide leave make-writable password-remove pin pin.everywhere project-add project-remove "
    "redo repair restore-file rollback secret-remove setting-set switch.off switch.on switch-client.off "
    "switch-client.on switch-client.place token-revoke undo".split()
)
SCOPE = "user"  # of all of them
_LONGEST = 100  # characters of a value in a sentence
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

    def line(self, names: Mapping[str, str]) -> DecisionStatus:
        """Return the decision that it is; clients are called by their names."""
        return DecisionStatus(
            id=self.id,
            kind=PROPOSAL,
            item=self.operation,
            scope=SCOPE,
            summary=self._asks(names),
            note=text("decision.proposal.note"),
        )

    def _asks(self, names: Mapping[str, str]) -> Text:
        """Say what is asked for, by whom; where no words are known for it, by the name of the operation."""
        client, request = names.get(self.by, self.by), self.request
        on = request.get("on", request.get("enabled"))
        way = "" if on is None else ".on" if on else ".off"
        if self.operation == "pin" and not request.get("clients"):
            way = ".everywhere"
        elif "priority" in request:
            way = ".place"
        elif self.operation == "apply" and "snapshot" in request:
            way = ".snapshot"
        if f"{self.operation}{way}" not in ASKED_IN_WORDS:
            return text("decision.proposal", client=client, operation=self.operation)
        told = {name: _named(value, names) for name, value in request.items() if name != "client"}
        target = _named(request.get("client", request.get("what", "")), names)
        return text(f"decision.proposal.{self.operation}{way}", **{**told, "client": client, "target": target})

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


def _named(value: JsonValue, names: Mapping[str, str]) -> str:
    """Return a value as it is put into a sentence: clients by their names, items without their kind."""
    if isinstance(value, list):
        return ", ".join(_named(one, names) for one in value)
    said = _shown(value)
    kind, slash, name = said.partition("/")
    return visible(name if slash and kind in {*Kind} else names.get(said, said), _LONGEST)


def _shown(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
