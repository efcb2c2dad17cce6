"""What would be written, before anything is: at first, and by the answer to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, JsonValue

from aisync_desktop.service.operations.request import EngineRequest
from aisync_desktop.service.operations.syncing import AgreementFields, AnswerFields, DecideRequest
from aisync_desktop.service.proposals import proposed_request
from aisync_desktop.sync.reports.consent import Proposal, proposal_of
from aisync_desktop.sync.reports.file_edits import Behind, FileEdit, LeftOut, Loosening, PlannedEdits
from aisync_desktop.sync.terms.decisions import ALLOW

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.deciding import Outcome
    from aisync_desktop.sync.answering.engine import Engine
    from aisync_desktop.sync.looking.survey import Survey
    from aisync_desktop.sync.planning.planner import Plan
    from aisync_desktop.sync.terms.agent_proposals import AgentProposal


class AnswerPreview(BaseModel):
    """What an answer comes to.

    `result` is what the item is after it (null: it goes, or it is about no single item), `item` what that is called by
    then; `files` are exactly those that are written, `left_out` what clients cannot have of it, `behind` the files that
    get it later. `settles` are the decisions that it answers, `still_open` those that wait after it. `agreed` names all
    of that, for who agrees to exactly that. While syncing is `paused`, nothing is written and no answer is taken.
    """

    model_config = ConfigDict(frozen=True)
    item: str = ""
    result: dict[str, JsonValue] | None = None
    files: tuple[FileEdit, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    behind: tuple[Behind, ...] = ()
    loosens: tuple[Loosening, ...] = ()
    settles: tuple[str, ...]
    still_open: tuple[str, ...] = ()
    paused: bool = False
    agreed: str = ""


class ProposalRequest(AgreementFields, EngineRequest):
    """What would be written where the user agrees, on what terms: what was found, each file's diff, what is asked."""

    def run(self, engine: Engine, world: World) -> Proposal:
        """Have the engine look."""
        proposed = engine.propose(self.agreement())
        return proposal_of(proposed, _edits(engine, proposed.plan, proposed.looked.survey), world)


class DecisionPreviewRequest(AnswerFields, EngineRequest):
    """What an answer to a decision would write, byte for byte; nothing is written, and nothing is settled by it.

    `without` are the clients, kinds and items of the user's own files that stay out from the start, before all begins.
    """

    without: tuple[str, ...] = ()

    def run(self, engine: Engine, world: World) -> AnswerPreview:
        """Have the engine plan it, as of its last look."""
        proposal = engine.proposal(self.decision)
        if proposal is not None:
            return self._of_proposal(proposal, engine, world)
        return _told(self, engine.preview_answer(self.answer(), self.without), engine)

    def _of_proposal(self, proposal: AgentProposal, engine: Engine, world: World) -> AnswerPreview:
        """Return what comes of allowing what an assistant asked for, as far as that can be told before."""
        asked = proposed_request(proposal) if self.take == ALLOW else None
        found = AnswerPreview(settles=(self.decision,), paused=engine.paused)
        if isinstance(asked, DecideRequest):
            found = DecisionPreviewRequest(**dict(asked)).run(engine, world)
            return found.model_copy(update={"settles": (self.decision, *found.settles)})
        edits = asked.foreseen(engine, world) if asked else None
        told = {"files": edits.edits(), "loosens": tuple(edits.loosens())} if edits else {}
        return found.model_copy(update=told)


def _edits(engine: Engine, plan: Plan, survey: Survey) -> PlannedEdits:
    return PlannedEdits(plan, survey, engine.read_back, engine.literals)


def _told(request: AnswerFields, outcome: Outcome, engine: Engine) -> AnswerPreview:
    asked, planned = outcome.asked, _edits(engine, outcome.plan, outcome.survey)
    key = asked[0].key_if(request.take)
    after = next(one.after.items() for one in outcome.plan.scopes if one.scope == asked[0].scope)
    about = frozenset(key for one in asked for key in one.keys)
    return AnswerPreview.model_validate(
        {
            "item": str(key),
            "result": after[key].fields() if key in after else None,
            "files": planned.edits(about),
            "left_out": planned.left_out(about),
            "behind": planned.behind({one.key.kind for one in asked}, {one.scope for one in asked}),
            "loosens": planned.loosens(),
            "settles": tuple(one.id for one in asked),
            "still_open": tuple(one.id for one in outcome.plan.decisions if one not in asked),
            "paused": engine.paused,
            "agreed": outcome.agreed,
        }
    )
