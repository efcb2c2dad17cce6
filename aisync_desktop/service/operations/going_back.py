"""Going back: to a snapshot, before the last change, or to first sight and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, Field

from aisync_desktop.service.operations.answer import SyncAnswer, answer_of
from aisync_desktop.service.operations.request import HIGHEST, EngineRequest
from aisync_desktop.sync.reports.file_edits import PlannedEdits
from aisync_desktop.sync.reports.steps import StepPreview, step_preview

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.engine import Engine
    from aisync_desktop.sync.answering.going_back import Way


class _Snapshot(BaseModel):
    snapshot: int = Field(ge=1, le=HIGHEST)
    client: str = ""

    @property
    def clients(self) -> tuple[str, ...]:
        """The client whose files go back, where that is one."""
        return (self.client,) if self.client else ()


class _Last(BaseModel):
    only: int = Field(0, ge=0, le=HIGHEST)


class _Word(EngineRequest):
    allow_loosening: bool = Field(default=False, description="Go, though something that is refused now would not be.")

    def as_of_now(self, engine: Engine) -> Self:
        """Return it without this word, which nobody can give for the user."""
        del engine
        return self.model_copy(update={"allow_loosening": False})


class _LastStep(_Last, _Word):
    def as_of_now(self, engine: Engine) -> Self:
        """Return it for the step that is the last one now."""
        asked = super().as_of_now(engine)
        return asked if asked.only else asked.model_copy(update={"only": engine.last_snapshot()})


class RollbackRequest(_Snapshot, _Word):
    """Put the files back to what they held at a snapshot; of one client, where that is named, and others follow."""

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.rollback(self.snapshot, *self.clients, loosening=self.allow_loosening), engine)

    def foreseen(self, engine: Engine, world: World) -> PlannedEdits:
        """Have the engine plan it."""
        del world
        return _edits(engine.going_back.way_to(self.snapshot, *self.clients), engine)


class UndoRequest(_LastStep):
    """Take back the last change at every client; again, and it goes further back.

    `only` is the snapshot that it led to, of who saw it: where something else was the last by now, nothing is done.
    """

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.undo(self.only, loosening=self.allow_loosening), engine)

    def foreseen(self, engine: Engine, world: World) -> PlannedEdits:
        """Have the engine plan it."""
        del world
        return _edits(engine.going_back.way_back(self.only), engine)


class RedoRequest(_LastStep):
    """Do again what was undone last; again, and it goes on to what was undone before that.

    `only` is the snapshot that the undo led to, of who saw it: where another one is the last by now, nothing is done.
    """

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.redo(self.only, loosening=self.allow_loosening), engine)

    def foreseen(self, engine: Engine, world: World) -> PlannedEdits:
        """Have the engine plan it."""
        del world
        return _edits(engine.going_back.way_forth(self.only), engine)


class RollbackPreviewRequest(_Snapshot, EngineRequest):
    """What a rollback would write, byte for byte; nothing is written."""

    def run(self, engine: Engine, world: World) -> StepPreview:
        """Have the engine plan it."""
        del world
        return _step(engine.going_back.way_to(self.snapshot, *self.clients), engine)


class UndoPreviewRequest(_Last, EngineRequest):
    """Which change an undo would take back, and what it would write, byte for byte; nothing is written."""

    def run(self, engine: Engine, world: World) -> StepPreview:
        """Have the engine plan it."""
        del world
        return _step(engine.going_back.way_back(self.only), engine)


class RedoPreviewRequest(_Last, EngineRequest):
    """Which change a redo would do again, and what it would write, byte for byte; nothing is written."""

    def run(self, engine: Engine, world: World) -> StepPreview:
        """Have the engine plan it."""
        del world
        return _step(engine.going_back.way_forth(self.only), engine)


def _step(way: Way, engine: Engine) -> StepPreview:
    return step_preview(way, _edits(way, engine))


def _edits(way: Way, engine: Engine) -> PlannedEdits:
    return PlannedEdits(way.whole, way.survey, engine.read_back, engine.literals)


class LeaveRequest(EngineRequest):
    """Put back the bytes of first sight, and keep nothing in step any more."""

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.leave(), engine)
