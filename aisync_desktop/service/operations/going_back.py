"""Going back: to a snapshot, before the last change, or to first sight and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import Field

from aisync_desktop.service.operations.answer import SyncAnswer, answer_of
from aisync_desktop.service.operations.request import HIGHEST, EngineRequest

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.engine import Engine


class RollbackRequest(EngineRequest):
    """Put the files back to what they held at a snapshot; of one client, where that is named, and others follow."""

    snapshot: int = Field(ge=1, le=HIGHEST)
    client: str = ""

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.rollback(self.snapshot, self.client), engine)


class UndoRequest(EngineRequest):
    """Take back the last change at every client; again, and it goes further back.

    `only` is the snapshot that it led to, of who saw it: where something else was the last by now, nothing is done.
    """

    only: int = Field(0, ge=0, le=HIGHEST)

    def as_of_now(self, engine: Engine) -> Self:
        """Return it for the change that is the last one now."""
        return self if self.only else self.model_copy(update={"only": engine.last_snapshot()})

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.undo(self.only), engine)


class RedoRequest(EngineRequest):
    """Do again what was undone last; again, and it goes on to what was undone before that.

    `only` is the snapshot that the undo led to, of who saw it: where another one is the last by now, nothing is done.
    """

    only: int = Field(0, ge=0, le=HIGHEST)

    def as_of_now(self, engine: Engine) -> Self:
        """Return it for the undo that is the last one now."""
        return self if self.only else self.model_copy(update={"only": engine.last_snapshot()})

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.redo(self.only), engine)


class LeaveRequest(EngineRequest):
    """Put back the bytes of first sight, and keep nothing in step any more."""

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.leave(), engine)
