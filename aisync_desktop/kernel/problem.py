"""What is wrong in the world, as a value that status, API and windows show."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text


class Problem(BaseModel):
    """Something wrong in the world, ready to be shown."""

    model_config = ConfigDict(frozen=True)
    title: Text
    message: Text
    next_step: Text
    path: str = ""


def problem_of(error: WorldError) -> Problem:
    """Return an error as a value that can be shown anywhere."""
    return Problem(title=error.title, message=error.message, next_step=error.next_step, path=error.where)
