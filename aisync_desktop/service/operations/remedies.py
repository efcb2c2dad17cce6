"""What can be done at once about a file: its last good version comes back, or it may be written again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from aisync_desktop.service.operations.answer import SyncAnswer, answer_of
from aisync_desktop.service.operations.request import HIGHEST, LONGEST_PATH, EngineRequest
from aisync_desktop.sync.reports.file_edits import FileEdit, PlannedEdits

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.engine import Engine
    from aisync_desktop.sync.planning.last_good import LastGood


class RestorePreview(BaseModel):
    """Which version of a file would come back, of when it is, and what would be written."""

    model_config = ConfigDict(frozen=True)
    path: str
    version: int
    over: str  # names what it would be written over
    at: dt.datetime
    files: tuple[FileEdit, ...]


class RestorePreviewRequest(EngineRequest):
    """What putting back the last good version of a file would write; nothing is written."""

    path: str = Field(max_length=LONGEST_PATH)

    def run(self, engine: Engine, world: World) -> RestorePreview:
        """Have the engine find and plan it."""
        del world
        found = engine.remedies.last_good(self.path)
        edits = _edits(found, engine).edits()
        version = found.version
        return RestorePreview(path=self.path, version=version.id, over=found.over, at=version.created_at, files=edits)


class RestoreFileRequest(EngineRequest):
    """Put back the last version of a file that can be read, where it cannot be read now or is gone.

    `version` and `over` are those that were shown before: where they are others by now, nothing is done.
    """

    path: str = Field(max_length=LONGEST_PATH)
    version: int = Field(0, ge=0, le=HIGHEST)
    over: str = Field("", max_length=LONGEST_PATH)

    def as_of_now(self, engine: Engine) -> RestoreFileRequest:
        """Return it for the version that is the last good one now, and what is there now."""
        if self.version and self.over:
            return self
        found = engine.remedies.last_good(self.path)
        return self.model_copy(update={"version": self.version or found.version.id, "over": self.over or found.over})

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.remedies.restore(self.path, self.version, self.over), engine)

    def foreseen(self, engine: Engine, world: World) -> PlannedEdits:
        """Have the engine plan it."""
        del world
        return _edits(engine.remedies.last_good(self.path), engine)


class WritableRequest(EngineRequest):
    """Give the owner of a file that is kept in step the right to write to it; whatever waited for that is written."""

    path: str = Field(max_length=LONGEST_PATH)

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.remedies.make_writable(self.path), engine)


def _edits(found: LastGood, engine: Engine) -> PlannedEdits:
    return PlannedEdits(found.whole, found.survey, engine.read_back, engine.literals)
