"""Bringing everything in step, and answering what is asked on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from aisync_desktop.service.operations.answer import SyncAnswer, answer_of, nothing_done
from aisync_desktop.service.operations.request import HIGHEST, LONGEST_PATH, EngineRequest
from aisync_desktop.service.proposals import ProposedError, proposed_request
from aisync_desktop.sync.reports.file_edits import PlannedEdits
from aisync_desktop.sync.terms.consents import LEAVE
from aisync_desktop.sync.terms.decisions import ALLOW
from aisync_desktop.sync.terms.errors import NoSuchChoiceError

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.beginning import Agreement
    from aisync_desktop.sync.answering.deciding import Answer
    from aisync_desktop.sync.answering.engine import Engine
    from aisync_desktop.sync.terms.agent_proposals import AgentProposal

_LONGEST_PAUSE = 7 * 24 * 60


class SyncRequest(EngineRequest):
    """Bring everything in step now."""

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.sync("user", patient=False), engine)


class FirstAnswer(BaseModel):
    """An answer to a question that comes up before anything is written; as `decide` takes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    decision: str
    take: str
    edit: str = Field("", repr=False)
    revision: str = ""
    alike: bool = False
    items: tuple[str, ...] = ()
    fields: dict[str, str] = Field(default_factory=dict)


class AgreementFields(BaseModel):
    """On what terms is begun: `prefer` is a client that wins where clients differ at first.

    `without` are the clients, kinds and items of the user's own files that stay out (`switch` lets them in later),
    `answers` those to the questions that the proposal asks.
    """

    prefer: str = Field("", max_length=LONGEST_PATH)
    without: tuple[str, ...] = ()
    answers: tuple[FirstAnswer, ...] = ()

    def agreement(self) -> Agreement:
        """Return it as the engine takes it."""
        from aisync_desktop.sync.answering.beginning import Agreement
        from aisync_desktop.sync.answering.deciding import Answer

        return Agreement(self.prefer, self.without, tuple(Answer(**dict(one)) for one in self.answers))


class ApplyRequest(AgreementFields, EngineRequest):
    """Begin to write; `adopt` is the user's word that we may, on what terms the other fields say.

    `agreed` names what the user was shown: where anything else would be written by now, nothing is.
    With `snapshot` it is that which is applied: to the files of these `clients`, whom the others follow, or to all.
    """

    adopt: bool = False
    agreed: str = Field("", max_length=64)
    snapshot: int | None = Field(None, ge=1, le=HIGHEST)
    clients: tuple[str, ...] = ()
    allow_loosening: bool = Field(default=False, description="Go, though something that is refused now would not be.")

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        begins = self.adopt or self.agreed or self.prefer or self.without or self.answers
        if begins if self.snapshot is not None else self.clients or self.allow_loosening:
            raise ValueError("either a `snapshot` (with `clients`, `allow_loosening`), or the terms to begin on")
        return self

    def as_of_now(self, engine: Engine) -> Self:
        """Return it for what would be written now."""
        if not self.adopt or self.agreed:
            return self.model_copy(update={"allow_loosening": False})  # nobody can give the user's word for that
        return self.model_copy(update={"agreed": engine.propose(self.agreement()).agreed})

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        if self.snapshot is not None:
            return answer_of(engine.rollback(self.snapshot, *self.clients, loosening=self.allow_loosening), engine)
        if not self.adopt:
            return SyncRequest().run(engine, world)
        return answer_of(engine.begin("user", self.agreement(), self.agreed), engine)

    def foreseen(self, engine: Engine, world: World) -> PlannedEdits:
        """Have the engine plan it."""
        del world
        if self.snapshot is not None:
            way = engine.going_back.way_to(self.snapshot, *self.clients)
            return PlannedEdits(way.whole, way.survey, engine.read_back, engine.literals)
        proposed = engine.propose(self.agreement())
        return PlannedEdits(proposed.plan, proposed.looked.survey, engine.read_back, engine.literals)


class AnswerFields(BaseModel):
    """An answer to a decision.

    `take` is a client's id, "base" for what was agreed before, "restore" for the whole file of a client that was reset,
    or "merged" for all that does not clash; then `edit` may be an item written by hand (a server's fields as JSON, a
    rule's text). Of what would loosen a client it is "copy" or "leave", of a secret those or "launch" (the
    client's entry has AISync start the server) or "leave", as far as that is offered. `revision` is that of the
    question that the user saw: where another one is asked by now, nothing is done. `alike` takes the same for every
    other open decision of the same kind and scope that can be answered so. Of a project's servers it is "allow" or
    "leave", for all that are asked about, or only those whose names are in `items`. With "merged", `fields` may name
    fields that differ, each with the client, or "base", whose value it is to have. `agreed` is that of the preview that
    the user saw: where anything else would be written by now, nothing is.
    """

    decision: str
    take: str
    edit: str = Field("", repr=False)
    revision: str = ""
    alike: bool = False
    items: tuple[str, ...] = ()
    fields: dict[str, str] = Field(default_factory=dict)
    agreed: str = Field("", max_length=64)

    def answer(self) -> Answer:
        """Return it as the engine takes it."""
        from aisync_desktop.sync.answering.deciding import Answer  # who only reads the list needs no planner

        return Answer(**{name: getattr(self, name) for name in AnswerFields.model_fields})


class DecideRequest(AnswerFields, EngineRequest):
    """Settle a decision, and write the outcome everywhere."""

    def as_of_now(self, engine: Engine) -> Self:
        """Return it for the question as it is now; what waits for a person already needs no second question."""
        if engine.proposal(self.decision) is not None:
            raise ProposedError(self.decision)
        return self if self.revision else self.model_copy(update={"revision": engine.question(self.decision).revision})

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        proposal = engine.proposal(self.decision)
        if proposal is not None:
            return self._settle(proposal, engine, world)
        return answer_of(engine.settle(self.answer()), engine)

    def _settle(self, proposal: AgentProposal, engine: Engine, world: World) -> SyncAnswer:
        """Do what an assistant asked for, or leave it; what the world refuses now has been answered all the same.

        What cannot even be asked for any more is not: it waits until it is left. Nor is what was not done to its end.
        """
        if self.take not in {ALLOW, LEAVE}:
            raise NoSuchChoiceError(self.take, (ALLOW, LEAVE))
        request = proposed_request(proposal) if self.take == ALLOW else None
        with engine.settling(proposal, self.take):
            done = request.run(engine, world) if request else None  # type: ignore[attr-defined]  # an engine request
        written = done.model_copy(update={"status": engine.status()}) if isinstance(done, SyncAnswer) else None
        return written or nothing_done(engine)


class PauseRequest(EngineRequest):
    """Stop writing to the clients' files, for some minutes or until resumed."""

    minutes: int = Field(0, ge=0, le=_LONGEST_PAUSE)

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        engine.pause_for(self.minutes)
        return answer_of(engine.sync("user"), engine)


class ResumeRequest(EngineRequest):
    """End a pause and bring everything in step."""

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.resume(), engine)
