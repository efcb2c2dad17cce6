"""What every permission dialect can do: read the lines of a document, write subjects into it, and evaluate.

A line is one rule as it stands in a client's file, with what it means in our language, or why it means nothing there:
then it is left alone, and evaluated all the same. `verdict` is what the client itself would do, measured where it could
be; what a target does not say of a request counts as "asks", never as "allows". Adding or taking out a subject touches
its own lines only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from aisync_desktop.clients.lens import Documents, Spot
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text
from aisync_desktop.permissions.language import Action, Request, Subject, Surrounding, Tool, strictness

Wanted = Mapping[Subject, Action | None]  # None: no line of it any more


@dataclass(frozen=True)
class Line:
    """One rule of a client: `spelled` as people know it, `meaning` in our language or why it has none there."""

    action: Action
    spelled: str
    meaning: Subject | Text
    spot: Spot

    @property
    def subject(self) -> Subject | None:
        """The subject, where there is one."""
        return self.meaning if isinstance(self.meaning, Subject) else None


class Verdict(NamedTuple):
    """What a client does with a request, and the line that decides; no line: that is what it does by itself."""

    action: Action
    line: Line | None = None


class Firm(Verdict):
    """A verdict on which the client itself insists, whatever its rules allow."""

    __slots__ = ()


class Dialect(Protocol):
    """One semantics of permissions, for one endpoint of one client. Made by its class from that endpoint."""

    @property
    def tools(self) -> frozenset[Tool]:
        """The tools that its subjects can be of."""

    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the rules in the order of the file; what is no rule at all is no line."""

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why a line cannot say this, for any document."""

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted: other lines of the same subjects go."""

    def verdict(self, lines: Sequence[Line], request: Request, where: Surrounding) -> Verdict:
        """Return what the client does with a request, by lines in the order in which `lines` gave them."""


@runtime_checkable
class Conditional(Protocol):
    """A dialect that can say some things in some documents only."""

    def hindrance(self, documents: Documents, subject: Subject, action: Action) -> Text | None:
        """Return why these documents cannot take a line that is not there yet."""

    def room(self, documents: Documents, subject: Subject) -> Documents:
        """Return documents that have what a line of a subject needs, for trying it out: they are never written."""


def in_order(wanted: Wanted) -> list[tuple[Subject, Action | None]]:
    """Return what is wanted in the order in which it is written: the stricter first.

    Where a line stands, and whether it has a place at all, depends on those before it; all that is written is judged
    in the same order.
    """
    return sorted(wanted.items(), key=lambda one: (-strictness(one[1]), one[0]))


def strictest(lines: Iterable[Line]) -> dict[Subject, Line]:
    """Return the line that counts for each subject."""
    found: dict[Subject, Line] = {}
    for line in lines:
        subject = line.subject
        if subject is not None and (subject not in found or line.action.strictness > found[subject].action.strictness):
            found[subject] = line
    return found
