"""What is worth a notification: the difference between two statuses, as a few notes that replace each other.

There is one live note per cause (decisions, problems, syncs of one client), so that ten changes are one note that says
"10 changes", not ten notes.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.sync.model.status import Health, Status
from aisync_desktop.ui.language import render
from aisync_desktop.ui.words import origin_word, short_path

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
    change: str = ""  # that change by its name
    route: str = ""  # the place that a click leads to


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
        named = last.title({client.id: client.name for client in status.clients})
        change = render(named) if named else ""
        alone = self._writes[key] == last.writes  # what several syncs did has no name but a count
        origin = origin_word(last.origin, status.clients)
        if last.deleted:
            title, body = Titles().deleted(len(last.deleted)), f"{origin}: {', '.join(map(_name, last.deleted))}"
        else:
            title = (change if alone else "") or Titles().files(self._writes[key])
            body = f"{origin}: {render(last.summary)}"
        route = f"history/{last.snapshot}" if last.snapshot else ""
        return Note(key, title, body, bool(last.deleted), last.snapshot if change else 0, change, route)


def _name(item: str) -> str:
    return item.partition("/")[2]


def _decisions(before: Status | None, status: Status) -> Note | None:
    known = {decision.id for decision in before.decisions} if before else set()
    new = [decision for decision in status.decisions if decision.id not in known]
    if not new:
        return None
    route = f"decisions/{new[-1].id}" if len(status.decisions) == 1 or len(new) == 1 else DECISIONS
    return Note(DECISIONS, Titles().decisions(status.questions), render(new[-1].summary), important=True, route=route)


def _problems(before: Status | None, status: Status) -> Note | None:
    """Tell the new trouble; of several at once the number, and each in a line."""
    known = {trouble.about for trouble in _troubles(before)} if before else set()
    new = [trouble for trouble in _troubles(status) if trouble.about not in known]
    if not new:
        return None
    last = new[-1]
    if len(new) == 1:
        return Note(PROBLEMS, last.title, last.body, important=True, route=last.route)
    return Note(
        PROBLEMS, Titles().problems(len(new)), "\n".join(one.title for one in new), important=True, route="home"
    )


@dataclass(frozen=True)
class _Trouble:
    """Something that is wrong, in words, and where it is shown."""

    about: Problem | None
    title: str
    body: str
    route: str = "home"


def _troubles(status: Status) -> list[_Trouble]:
    """Return everything that is wrong; an engine that stopped is trouble even without a problem."""
    found = [_trouble(problem, status) for problem in status.problems]
    stopped = status.health is Health.ERROR and not found
    return [_Trouble(None, "AISync", render(status.headline))] if stopped else found


def _trouble(problem: Problem, status: Status) -> _Trouble:
    """Return a problem in words that name its file, and the clients that it is about."""
    clients = {client.name: client.id for client in status.clients if client.problem == problem}
    about = f"{', '.join(clients)}: " if clients else ""
    place = f"{short_path(problem.path)}: " if problem.path else ""
    body = f"{place}{render(problem.message)}\n{render(problem.next_step)}"
    route = f"clients/{next(iter(clients.values()))}" if clients else "home"
    return _Trouble(problem, f"{about}{render(problem.title)}", body, route)


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

    def problems(self, count: int) -> str:
        """Say how many problems there are at once."""
        return self.tr("%n problem(s)", "", count)
