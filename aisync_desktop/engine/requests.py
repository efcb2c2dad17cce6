"""What a client of the facade can ask, as values: the CLI runs them here, or sends them to the app, which runs them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, JsonValue

from aisync_desktop.core.problems import problem_of
from aisync_desktop.core.status import Problem, Status
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
        receipt = engine.adopt("user", self.prefer) if self.adopt else engine.sync("user")
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
