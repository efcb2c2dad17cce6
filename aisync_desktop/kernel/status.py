"""What each wing tells at a glance, in a form that every face can show without knowing the wing."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from aisync_desktop.kernel.messages import Text
from aisync_desktop.kernel.problem import Problem


class StatusSection(BaseModel):
    """One wing's part of the status; it adds fields of its own, which are kept by who knows only these."""

    model_config = ConfigDict(frozen=True, extra="allow")
    headline: Text
    needs_user: bool = False
    problems: tuple[Problem, ...] = ()
