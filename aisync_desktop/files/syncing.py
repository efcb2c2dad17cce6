"""Changes that wait for the disk together: it is faster at many things at once than at one after another.

A change is a generator that yields what must be durable before it goes on. Those that are made at once are taken from
one such moment to the next, side by side. Only the waiting is done in threads: all else happens in the calling one, in
the order of the changes, so nobody else needs to know of threads.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from aisync_desktop.kernel.errors import BugError, WorldError

_T = TypeVar("_T")
_MOST_THREADS = 8


class Sync(NamedTuple):
    """What is to be made durable, and the call that does it."""

    call: Callable[[Any], None]
    what: int | Path


Syncing: TypeAlias = Generator[Sync, None, _T]


class Course(Generic[_T]):
    """One change on its way; one that is `alone` holds what others may want (a client's lock) from its second step on.

    Attribute: `awaited` (what it needs to be durable by now; None: it has ended).
    """

    def __init__(self, change: Syncing[_T], *, alone: bool = False) -> None:
        self._change = change
        self._failed: OSError | None = None
        self._ended: _T | WorldError | None = None
        self.alone = alone
        self.awaited: Sync | None = None

    def go_on(self) -> None:
        """Take it to what it needs next, or to its end; what could not be made durable is raised in it."""
        failed, self._failed = self._failed, None
        try:
            self.awaited = self._change.send(None) if failed is None else self._change.throw(failed)
        except StopIteration as end:
            self.awaited, self._ended = None, end.value
        except WorldError as error:
            self.awaited, self._ended = None, error

    def told(self, failed: OSError | None) -> None:
        """Take note of whether what it awaits is durable."""
        self._failed = failed

    def drop(self) -> None:
        """Let it clear up where it is, if it has not ended."""
        self._change.close()

    @property
    def ended(self) -> _T | WorldError:
        """What came of it."""
        if self._ended is None:
            raise BugError("a change has not ended")
        return self._ended


def run_alone(change: Syncing[_T]) -> _T:
    """Take a change to its end in one step of another: whoever is in the middle of something does not wait for others.

    Whatever is raised in it is raised.
    """
    failed: OSError | None = None
    while True:
        try:
            failed = failure_of(change.send(None) if failed is None else change.throw(failed))
        except StopIteration as end:
            ended: _T = end.value
            return ended


def _nobody() -> None:
    pass


def run_together(courses: Sequence[Course[_T]], ended: Callable[[], object] = _nobody) -> list[_T | WorldError]:
    """Take changes to their ends, and return what came of each; `ended` is called as each of them has come to its own.

    What all of them need first is made durable at once; then they go side by side, but for those that must be alone.
    """
    together = [course for course in courses if not course.alone]
    try:
        for course in courses:
            _take_on(course, ended)
        _sync(courses)
        for group in (together, *([course] for course in courses if course.alone)):
            while waiting := [course for course in group if course.awaited]:
                for course in waiting:
                    _take_on(course, ended)
                _sync(waiting)
    finally:
        for course in courses:
            course.drop()
    return [course.ended for course in courses]


def _take_on(course: Course[_T], ended: Callable[[], object]) -> None:
    course.go_on()
    if course.awaited is None:
        ended()


def _sync(courses: Iterable[Course[_T]]) -> None:
    """Make durable what is awaited, each thing once."""
    waiting = [(course, course.awaited) for course in courses if course.awaited]
    wanted = list(dict.fromkeys(sync for _, sync in waiting))
    if len(wanted) > 1:
        with ThreadPoolExecutor(min(len(wanted), _MOST_THREADS)) as pool:
            failures = dict(zip(wanted, pool.map(failure_of, wanted), strict=True))
    else:
        failures = {sync: failure_of(sync) for sync in wanted}
    for course, sync in waiting:
        course.told(failures[sync])


def failure_of(sync: Sync) -> OSError | None:
    """Make something durable; return why it could not be."""
    try:
        sync.call(sync.what)
    except OSError as error:
        return error
    return None
