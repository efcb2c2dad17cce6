"""One switch of a map from patterns to yes or no, and what there is to know of the patterns of one tool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aisync_desktop.clients.dialects.base import Line, Verdict
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.permissions.language import Action, Request, Subject, Surrounding, Tool


@dataclass(frozen=True)
class Switch(Line):
    """A line, and the pattern as it stands in its map."""

    pattern: str = ""
    is_of_line: bool = False  # of commands: about a whole line
    tool: Tool = Tool.SHELL


class Patterns(Protocol):
    """The patterns of one tool, of which the first or the last that matches counts."""

    EVERY: frozenset[str]  # those that are about everything
    FIRST_COUNTS: bool

    def meaning(self, pattern: str, action: Action) -> Subject | None:
        """Return what a pattern is about in our language."""

    def said(self, subject: Subject, action: Action) -> str | None:
        """Return the pattern for a subject; none if it would be read as something else."""

    def decided(self, switches: Sequence[Switch], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request."""
