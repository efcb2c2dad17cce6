"""From an error of the world to the value that status, API and windows show."""

from __future__ import annotations

from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.status import Problem


def problem_of(error: WorldError) -> Problem:
    """Return an error as a value that can be shown anywhere."""
    return Problem(title=error.title, message=error.message, next_step=error.next_step, path=error.where)
