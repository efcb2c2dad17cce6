"""What was done lately: the last changes, and the decisions that were answered."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from pydantic import Field

from aisync_desktop.service.operations.request import HIGHEST, LONGEST_PATH, OLDER, SCOPE, LookRequest
from aisync_desktop.sync.reports.answered import AnsweredDecisions, answered
from aisync_desktop.sync.reports.changes import Changes, changes
from aisync_desktop.sync.store.reader import Reader

if TYPE_CHECKING:
    from aisync_desktop.program.world import World

_MOST = 1_000


class ChangesRequest(LookRequest):
    """The last changes, newest first: what changed, in which client, where it went, and what can be undone."""

    limit: int = Field(20, ge=1, le=_MOST)
    before: int | None = Field(None, ge=1, le=HIGHEST, description=OLDER)
    scope: str = Field("", max_length=LONGEST_PATH, description=SCOPE)

    def run(self, world: World) -> Changes:
        """Look them up."""
        with closing(Reader.of(world)) as reader:
            return changes(reader, self.limit, self.before, self.scope or None)


class AnsweredRequest(LookRequest):
    """The decisions that were answered, newest first."""

    limit: int = Field(50, ge=1, le=_MOST)
    before: int | None = Field(None, ge=1, le=HIGHEST, description=OLDER)

    def run(self, world: World) -> AnsweredDecisions:
        """Look them up."""
        with closing(Reader.of(world)) as reader:
            return answered(reader, self.limit, self.before)
