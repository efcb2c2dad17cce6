"""What is worth a notification: the difference between two statuses, as a few notes that replace each other.

There is one live note per cause (decisions, problems, syncs of one client), so that ten changes are one note that says
"10 changes", not ten notes.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.sync.model.status import Health, Status
from aisync_desktop.ui.language import render
from aisync_desktop.ui.words import origin_word

DECISIONS = "decisions"
PROBLEMS = "problems"


@dataclass(frozen=True)
class Note:
    """One notification; a later one with the same key takes its place."""

    key: str
    title: str
    body: str
    important: bool = False
    undo: int = 0  # the snapshot whose change the note offers to take back


@dataclass(frozen=True)
class Notes:
    """What to show now, and the keys of what is settled and may go."""

    show: tuple[Note, ...] = ()
    withdraw: tuple[str, ...] = ()


class NoteTaker:
    """Remembers the last status and what the live notes already count."""

    def __init__(self) -> None:
        self._last: Status | None = None
        self._writes: Counter[str] = Counter()

    def take(self, status: Status) -> Notes:
        """Return what this status changes for the user."""
        before, self._last = self._last, status
        if not status.adopted:
            return Notes()
        shown = (_decisions(before, status), _problems(before, status), self._sync(before, status))
        settled = ((DECISIONS, status.decisions), (PROBLEMS, _troubles(status)))
        return Notes(tuple(filter(None, shown)), tuple(key for key, left in settled if before is not None and not left))

    def closed(self, key: str) -> None:
        """Forget what a note counted: the user has seen it."""
        self._writes.pop(key, None)

    def _sync(self, before: Status | None, status: Status) -> Note | None:
        last = status.last
        if before is None or last is None or last == before.last or not last.writes:
            return None
        key = f"sync:{last.origin}"
        self._writes[key] += last.writes
        count = self._writes[key]
        origin = origin_word(last.origin, status.clients)
        if last.deleted:
            title = Titles().deleted(len(last.deleted))
            names = ", ".join(item.partition("/")[2] for item in last.deleted)
            return Note(key, title, f"{origin}: {names}", important=True, undo=last.snapshot)
        return Note(key, Titles().files(count), f"{origin}: {render(last.summary)}")


def _decisions(before: Status | None, status: Status) -> Note | None:
    known = {decision.id for decision in before.decisions} if before else set()
    new = [decision for decision in status.decisions if decision.id not in known]
    if not new:
        return None
    title = Titles().decisions(len(status.decisions))
    return Note(DECISIONS, title, render(new[-1].summary), important=True)


def _problems(before: Status | None, status: Status) -> Note | None:
    known = _troubles(before) if before else ()
    new = [trouble for trouble in _troubles(status) if trouble not in known]
    return Note(PROBLEMS, *new[-1], important=True) if new else None


def _troubles(status: Status) -> tuple[tuple[str, str], ...]:
    """Return title and body of everything that is wrong; an engine that stopped is trouble even without a problem."""
    found = tuple((render(p.title), f"{render(p.message)}\n{render(p.next_step)}") for p in status.problems)
    return found or ((("AISync", render(status.headline)),) if status.health is Health.ERROR else ())


class Titles(QObject):
    """Titles with a count. They are made by tr(), as lupdate sees a plural in nothing else (PySide6 6.11)."""

    def files(self, count: int) -> str:
        """Say how many files were written."""
        return self.tr("%n file(s) brought in step", "", count)

    def deleted(self, count: int) -> str:
        """Say how many items were deleted everywhere."""
        return self.tr("%n item(s) deleted everywhere", "", count)

    def decisions(self, count: int) -> str:
        """Say how many questions are open."""
        return self.tr("%n question(s) wait for you", "", count)
