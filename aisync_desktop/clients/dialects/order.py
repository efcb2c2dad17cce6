"""Dialects in which the order of the rules counts: how a rule is put among others, and what stands in its way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from aisync_desktop.clients.dialects.base import Line, Wanted, in_order, strictest
from aisync_desktop.clients.lens import MAIN, Documents
from aisync_desktop.documents.protocol import Document
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.permissions.language import Action, Subject

_SHADOWED = Text("permission.shadowed")


class OrderedRules(ABC):
    """Rules of one file, of which the first that matches a request counts, or the last (`last_counts`)."""

    last_counts: ClassVar[bool]

    @abstractmethod
    def lines(self, documents: Documents) -> tuple[Line, ...]:
        """Return the rules in the order of the file."""

    @abstractmethod
    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why a rule cannot say this, for any document."""

    @abstractmethod
    def covers(self, one: Line, other: Line) -> bool:
        """Whether the one matches all that the other matches."""

    @abstractmethod
    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        """Return a document with one subject as it is wanted."""

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted."""
        document = documents[MAIN]
        for subject, action in in_order(wanted):
            document = self._written(document, subject, action)
        return {**documents, MAIN: document}

    def room(self, documents: Documents, subject: Subject) -> Documents:
        """Return the documents: an empty one has room for every rule."""
        del subject
        return documents

    def hindrance(self, documents: Documents, subject: Subject, action: Action) -> Text | None:
        """Return the rule beside which this one would not count, or that would not count any more beside it.

        Found out by writing it and reading all of them again.
        """
        if self.refusal(subject, action):
            return None
        before = strictest(self.lines(documents))
        lines = self.lines(self.write(documents, {subject: action}))
        after = strictest(lines)
        wanted = {one: line.action for one, line in before.items()} | {subject: action}
        lost = [one for one, said in wanted.items() if one not in after or after[one].action is not said]
        others = [before[one].spelled for one in lost if one != subject]
        if lost and not others:
            at = next((at for at, line in enumerate(lines) if line.action is action and line.meaning == _SHADOWED), 0)
            deciding = lines[at + 1 :] if self.last_counts else lines[:at]
            others = [line.spelled for line in deciding if line.action is not action and self.covers(line, lines[at])]
        return text("loss.permission-order", rule=others[0] if others else str(subject)) if lost else None
