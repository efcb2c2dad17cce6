"""How things stand: the status, and the questions that wait for the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from aisync_desktop.service.operations.request import AppRequest, EngineRequest
from aisync_desktop.service.status import WholeStatus, whole_status
from aisync_desktop.service.status_lines import ToldStatus, told_in
from aisync_desktop.sync.applying.questions import Question, proposal_question, question_of
from aisync_desktop.sync.terms.errors import NoSuchDecisionError

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.service.facade import Facade
    from aisync_desktop.sync.answering.engine import Engine

_FIRST_SECONDS = 30  # while the engine is being opened, whoever asks waits for its first status


class Decisions(BaseModel):
    """What waits for the user, with all that is needed to decide it."""

    model_config = ConfigDict(frozen=True)
    decisions: tuple[Question, ...]


class StatusRequest(AppRequest):
    """How everything stands."""

    def run(self, app: Facade) -> WholeStatus:
        """Answer with the latest status."""
        latest = app.status
        if latest is None:
            latest = app.submit(lambda engine: engine.status()).result(_FIRST_SECONDS)
        return whole_status(latest, app.world)

    def alone(self, world: World) -> WholeStatus:
        """Look."""
        from aisync_desktop.sync.reports.preview import preview  # the app may be there to be asked

        return whole_status(preview(world).status, world)


class ToldStatusRequest(AppRequest):
    """How everything stands, as `aisync status` prints it: the status, its lines for people, and the exit code.

    `language` is that of the terminal; a setting wins over it.
    """

    language: str = Field("en", max_length=64)

    def run(self, app: Facade) -> ToldStatus:
        """Tell the latest status."""
        return told_in(self.language, StatusRequest().run(app), app.world)

    def alone(self, world: World) -> ToldStatus:
        """Look, and tell of it."""
        return told_in(self.language, StatusRequest().alone(world), world)


class DecisionsRequest(EngineRequest):
    """What waits for a decision: what each side says, and what can be taken."""

    def run(self, engine: Engine, world: World) -> Decisions:
        """Ask the engine, as of its last look."""
        del world
        return Decisions(decisions=engine.questions())

    def alone(self, world: World) -> Decisions:
        """Look."""
        from aisync_desktop.sync.reports.preview import preview

        seen = preview(world)
        at = seen.looked
        found = (question_of(one, at.survey, at.known, at.terms) for one in at.plan.decisions)
        return Decisions(decisions=(*found, *(proposal_question(one, at.survey.names) for one in seen.proposals)))


class DecisionRequest(EngineRequest):
    """One question that waits for a decision."""

    decision: str

    def run(self, engine: Engine, world: World) -> Question:
        """Ask the engine, as of its last look."""
        del world
        return engine.question(self.decision)

    def alone(self, world: World) -> Question:
        """Look."""
        for one in DecisionsRequest().alone(world).decisions:
            if one.id == self.decision:
                return one
        raise NoSuchDecisionError(self.decision)
