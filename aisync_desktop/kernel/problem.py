"""What is wrong in the world, as a value that status, API and windows show."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from aisync_desktop.kernel.errors import Remedy, WorldError
from aisync_desktop.kernel.messages import Text


class Problem(BaseModel):
    """Something wrong in the world, ready to be shown."""

    model_config = ConfigDict(frozen=True)
    title: Text
    message: Text
    next_step: Text
    path: str = ""
    actions: tuple[Remedy, ...] = ()


def problem_of(error: WorldError) -> Problem:
    """Return an error as a value that can be shown anywhere."""
    told = {"title": error.title, "message": error.message, "next_step": error.next_step}
    return Problem(**told, path=error.where, actions=error.actions)
