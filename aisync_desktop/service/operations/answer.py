"""What comes of whatever syncs: the files that were written, what failed, and how things stand now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from aisync_desktop.kernel.problem import Problem, problem_of
from aisync_desktop.sync.model.status import Status

if TYPE_CHECKING:
    from aisync_desktop.sync.answering.engine import Engine
    from aisync_desktop.sync.applying.applier import Receipt


class SyncAnswer(BaseModel):
    """What a sync did, and how things stand after it."""

    model_config = ConfigDict(frozen=True)
    written: tuple[str, ...]
    failed: tuple[Problem, ...]
    status: Status


def answer_of(receipt: Receipt, engine: Engine) -> SyncAnswer:
    """Return what a receipt says, with how things stand now."""
    return SyncAnswer(
        written=tuple(str(replaced.path) for replaced in receipt.written),
        failed=tuple(problem_of(error) for error in receipt.failed.values()),
        status=engine.status(),
    )


def nothing_done(engine: Engine) -> SyncAnswer:
    """Return how things stand, where nothing was synced."""
    return SyncAnswer(written=(), failed=(), status=engine.status())
