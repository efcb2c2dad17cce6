"""Adoption: what the user agrees to at first is the plan that is carried out, and no other.

A proposal lists every file of the plan. Its `agreed` names these files and what changes in them: whoever was shown it
gives it back with the user's word, and if by then anything else would be written, nothing is, and it is shown again.
A client that only goes on writing its own state into a listed file changes nothing about it.
"""

from __future__ import annotations

import hashlib
import json

from pydantic import BaseModel, ConfigDict

from aisync_desktop.clients.items import Item
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.planning.planner import Plan


class ProposedFile(BaseModel):
    """A file that would be written: whose it is, where it really is behind links, and how many items change in it."""

    model_config = ConfigDict(frozen=True)
    name: str
    path: str
    end: str = ""
    creates: bool
    items: int


class Proposal(BaseModel):
    """All that would be written, and how much is left out, asked or cannot be read."""

    model_config = ConfigDict(frozen=True)
    files: tuple[ProposedFile, ...]
    losses: int
    questions: int
    problems: int
    agreed: str


class ProposalChangedError(WorldError):
    """What would be written is not what the user was shown."""

    def __init__(self) -> None:
        super().__init__(text("adoption.changed"), text("adoption.changed.message"), text("adoption.changed.next"))


def proposal_of(plan: Plan, survey: Survey) -> Proposal:
    """Return what a plan would do, for the user to agree to."""
    names = {(state.scope, state.id): state.shared or state.name for state in survey.endpoints}
    files = tuple(
        ProposedFile(
            name=names.get((scope.scope, target.endpoints[0]), target.client),
            path=str(target.path),
            end=str(target.elsewhere or ""),
            creates=target.expected.absent,
            items=len(target.changes),
        )
        for scope in plan.scopes
        for target in scope.targets
    )
    return Proposal(
        files=files,
        losses=len(plan.losses),
        questions=len(plan.decisions),
        problems=len(plan.problems),
        agreed=agreed_by(plan),
    )


def agreed_by(plan: Plan) -> str:
    """Return a name for what a plan writes: the files, where they really are, and what each item becomes there."""
    written: list[Value] = [
        [
            str(target.path),
            str(target.expected.real_path),
            target.data is None,
            {str(one.key): _fields(one.after) for one in target.changes},
        ]
        for target in plan.targets
    ]
    return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()[:16]


def _fields(item: Item | None) -> dict[str, Value] | None:
    return item.fields() if item else None
