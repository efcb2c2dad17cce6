"""What a client of the facade can ask, as values: the CLI runs them here, or sends them to the app, which runs them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from aisync_desktop.core.problems import problem_of
from aisync_desktop.core.status import Problem, Status
from aisync_desktop.engine.applying import Receipt
from aisync_desktop.engine.facade import Engine


class SyncAnswer(BaseModel):
    """What a sync did, and how things stand after it."""

    model_config = ConfigDict(frozen=True)
    written: tuple[str, ...]
    failed: tuple[Problem, ...]
    status: Status


class SyncRequest(BaseModel):
    """Bring everything in step; `adopt` is the user's word that we may write, `prefer` settles the first conflicts."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    adopt: bool = False
    prefer: str = ""

    def run(self, engine: Engine) -> SyncAnswer:
        """Do it, in the engine's thread."""
        return answer_of(engine.adopt("user", self.prefer) if self.adopt else engine.sync("user"), engine)


class DecideRequest(BaseModel):
    """Settle a decision: `take` is a client's id, or "base" for what was agreed before."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    take: str

    def run(self, engine: Engine, decision: str) -> SyncAnswer:
        """Do it, in the engine's thread."""
        return answer_of(engine.decide(decision, self.take), engine)


class ProjectRequest(BaseModel):
    """A project's root folder, to be kept in step or left alone from now on."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    path: str
    keep: bool = True

    def run(self, engine: Engine) -> SyncAnswer:
        """Do it, in the engine's thread."""
        if self.keep:
            return answer_of(engine.add_project(self.path), engine)
        engine.remove_project(self.path)
        return answer_of(engine.sync("user"), engine)


class PauseRequest(BaseModel):
    """Stop writing, for some minutes or until resumed; or resume and catch up."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    paused: bool = True
    minutes: int = Field(0, ge=0, le=7 * 24 * 60)

    def run(self, engine: Engine) -> SyncAnswer:
        """Do it, in the engine's thread."""
        if not self.paused:
            return answer_of(engine.resume(), engine)
        engine.pause_for(self.minutes)
        return answer_of(engine.sync("user"), engine)


def answer_of(receipt: Receipt, engine: Engine) -> SyncAnswer:
    """Return what a receipt says, with how things stand now."""
    return SyncAnswer(
        written=tuple(str(replaced.path) for replaced in receipt.written),
        failed=tuple(problem_of(error) for error in receipt.failed.values()),
        status=engine.status(),
    )


class SettingChange(BaseModel):
    """Give a setting another value."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    value: JsonValue

    def run(self, engine: Engine) -> None:
        """Do it, in the engine's thread."""
        engine.set_setting(self.name, self.value)
