"""Deletions that have only just been seen: each rests for a while before it is followed.

A client may be in the middle of writing: an item that is gone now may be there again in a moment. Who asks for a sync
by hand is not patient, and has every deletion followed at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aisync_desktop.kernel.ports import Clock
from aisync_desktop.sync.model.diff import diff
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import Known, ScopeMemory
from aisync_desktop.sync.terms.plan_terms import ItemAt

REST_SECONDS = 2.0


class RestingDeletions:
    """When each deletion was first seen; a restart begins without it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._gone: dict[ItemAt, float] = {}

    def look(
        self, moved: Iterable[tuple[EndpointState, ScopeMemory]], known: Known, *, patient: bool
    ) -> frozenset[ItemAt]:
        """Return the deletions that are not to be followed yet, of the endpoints that say something new."""
        now = self._clock.monotonic()
        self._gone = {
            at: self._gone.get(at, float("-inf") if _is_asked_about(at, known) else now)
            for state, memory in moved
            for at in _deletions(state, memory)
        }
        return frozenset(at for at, since in self._gone.items() if patient and now - since < REST_SECONDS)

    def forget(self) -> None:
        """Begin anew."""
        self._gone = {}

    def due_in(self) -> float | None:
        """Return in how many seconds a deletion has rested; None where none rests."""
        now = self._clock.monotonic()
        waits = [since + REST_SECONDS - now for since in self._gone.values()]
        return min((wait for wait in waits if wait > 0), default=None)


def _is_asked_about(at: ItemAt, known: Known) -> bool:
    """Whether a question tells of a deletion: then it was seen before, be it by an earlier run."""
    questions = known.of(at.scope).questions
    return any(one.said.get(at.endpoint, {}).get(at.key, at) is None for one in questions)


def _deletions(state: EndpointState, memory: ScopeMemory) -> Iterator[ItemAt]:
    renamed = memory.renames_at(state)
    for change in diff(memory.base(state.id), state.view.items, state.view.opaque):
        if change.after is None and change.key not in renamed:
            yield ItemAt(state.scope, state.id, change.key)
