"""Lists of entries, one list for each action: read, and edited entry by entry.

The descriptor names the lists by their actions, first the one that counts before all others. A list that is emptied
goes (see `tidy`), unless another one stands empty there, too: then the client keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from aisync_desktop.clients.descriptor import PermissionsEndpoint
from aisync_desktop.clients.dialects.base import Line, Wanted, in_order
from aisync_desktop.clients.dialects.tidy import is_empty, tidied
from aisync_desktop.clients.lens import MAIN, Documents, Spot
from aisync_desktop.documents.protocol import Append, Document, Remove, SetValue
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.values import KeyPath, Value
from aisync_desktop.permissions.language import Action, Subject

Meaning: TypeAlias = Callable[[str, Action], "Subject | Text"]
Saying: TypeAlias = Callable[[Subject, Action], "str | None"]
Naming: TypeAlias = Callable[[str, Action], str]  # what an entry names, however it is spelled


@dataclass(frozen=True)
class EntryLine(Line):
    """A line, and the entry as it stands in its list."""

    entry: str = ""


class EntryLists:
    """The lists of one endpoint, in a language of entries."""

    def __init__(
        self, endpoint: PermissionsEndpoint, meaning: Meaning, saying: Saying, named: Naming = lambda entry, _: entry
    ) -> None:
        self._lists = {Action(name): (*endpoint.root, *way) for name, way in endpoint.lists.items()}
        self._closed = {Action(name) for name in endpoint.given}
        self._complete = endpoint.complete
        self._meaning, self._saying, self._named = meaning, saying, named

    def lines(self, documents: Documents) -> tuple[EntryLine, ...]:
        """Return the entries, those that count first before the others."""
        found: dict[str, EntryLine] = {}
        lines = []
        for line in self._entries(documents[MAIN]):
            counts = found.setdefault(self._named(line.entry, line.action), line)
            why = text("permission.shadowed") if _overrules(counts, line) else line.meaning
            lines.append(EntryLine(line.action, line.spelled, why, line.spot, line.entry))
        return tuple(lines)

    def _entries(self, document: Document) -> Iterator[EntryLine]:
        for action, way in self._lists.items():
            for at, entry in enumerate(_listed(document, way)):
                if isinstance(entry, str):
                    meaning = self._meaning(entry, action)
                    yield EntryLine(action, f"{way[-1]}: {entry}", meaning, Spot(MAIN, (*way, at)), entry)

    def refusal(self, subject: Subject, action: Action) -> Text | None:
        """Return why no entry says this."""
        if action not in self._lists or action in self._closed:
            return text("loss.permission-action", action=action.value)
        return None if self._said(subject, action) else text("loss.permission-matcher")

    def _said(self, subject: Subject, action: Action) -> str | None:
        said = self._saying(subject, action)
        return said if said and self._meaning(said, action) == subject else None

    def write(self, documents: Documents, wanted: Wanted) -> Documents:
        """Return the documents with these subjects as they are wanted."""
        document = documents[MAIN]
        for subject, action in in_order(wanted):
            document = self._written(document, subject, action)
        return {**documents, MAIN: self._tidied(documents[MAIN], document)}

    def _written(self, document: Document, subject: Subject, action: Action | None) -> Document:
        mine = [line for line in self._entries(document) if line.meaning == subject]
        kept = next((line for line in mine if line.action is action), None)
        if action and not kept and self.refusal(subject, action) is None:
            document = self._added(document, self._lists[action], self._said(subject, action))
        gone = [line.spot.path for line in mine if line is not kept]
        for path in sorted(gone, key=lambda one: one[-1], reverse=True):
            document = document.edit(Remove(path))
        return document

    def _added(self, document: Document, way: KeyPath, entry: Value) -> Document:
        holder = document.get(way[:-1]) if len(way) > 1 else document.value()
        if self._complete and not isinstance(holder, dict):
            empty: dict[str, Value] = {str(one[-1]): [] for one in self._lists.values()}
            document = document.edit(SetValue(way[:-1], empty))
        return document.edit(Append(way, entry))

    def _tidied(self, before: Document, after: Document) -> Document:
        """Return a document without the lists that were emptied, if the client can do without them."""
        ways = list(self._lists.values())
        if not self._complete:
            return after if any(is_empty(before.get(way)) for way in ways) else tidied(before, after, ways)
        holder, names = ways[0][:-1], {way[-1] for way in ways}
        held = after.get(holder) if holder else None
        is_ours = isinstance(held, dict) and held.keys() <= names and not any(_listed(after, way) for way in ways)
        was_filled = any(_listed(before, way) for way in ways)
        return after.edit(Remove(holder)) if is_ours and was_filled else after


def _overrules(counts: EntryLine, line: EntryLine) -> bool:
    """Whether of two lines of one name the first hides the other: it is wider, or means nothing in our language."""
    if counts.action is line.action or counts.meaning == text("permission.unread"):
        return False
    return counts.subject is None or counts.action.strictness < line.action.strictness


def _listed(document: Document, way: KeyPath) -> list[Value]:
    held = document.get(way)
    return held if isinstance(held, list) else []
