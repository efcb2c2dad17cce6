"""Our own last writes, remembered so that a client which takes them back is not believed.

A client that loaded its file before our write and saves it after puts back what was there before: such an overwrite is
recognised by what it takes back, all of our last write at once, and is written over again. Of a client that is known to
write from memory as long as it runs (client_sessions.py) that is all that we wrote since it began, whenever that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from aisync_desktop.clients.items import ItemKey, Items, Scope
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.sync.looking.client_sessions import Since
from aisync_desktop.sync.model.diff import Change, diff
from aisync_desktop.sync.planning.guards import AGAIN_AT_MOST, is_mass_deletion
from aisync_desktop.sync.terms.endpoints import EndpointState
from aisync_desktop.sync.terms.known import ScopeMemory
from aisync_desktop.sync.terms.plan_terms import ItemAt

_STALE_SECONDS = 10.0


@dataclass(frozen=True)
class _Wrote:
    """What we wrote to an endpoint last, and when, also by the wall."""

    changes: Mapping[ItemKey, Change]
    at: float
    moment: float = 0.0


class RecentWrites:
    """The memory of one run; a restart begins without it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wrote: dict[tuple[Scope, str], _Wrote] = {}
        self._again: dict[ItemAt, int] = {}
        self._since: Since = {}
        self._suspects: Mapping[ItemAt, int] = {}  # seen to be stale: so until it is another state

    def remember(self, scope: Scope, endpoint: str, before: Items, after: Items) -> None:
        """Take note of what we changed in an endpoint."""
        changes = {change.key: change for change in diff(before, after)}
        last = self._wrote.get((scope, endpoint), _Wrote({}, 0.0))
        for key, change in changes.items():
            at = ItemAt(scope, endpoint, key)
            self._again[at] = self._again.get(at, -1) + 1 if last.changes.get(key) == change else 0
        remembered = self._is_remembered(scope, endpoint, last)
        kept = {
            key: change
            for key, change in last.changes.items()
            if remembered or ItemAt(scope, endpoint, key) in self._suspects
        }
        both = {**kept, **{key: _joined(kept.get(key), change) for key, change in changes.items()}}
        sound = {key: change for key, change in both.items() if change.before != change.after}
        self._wrote[scope, endpoint] = _Wrote(sound, self._clock.monotonic(), self._clock.now().timestamp())

    def forget(self) -> None:
        """Begin anew: what the files say now is what the user wished for."""
        self._wrote, self._again, self._suspects = {}, {}, {}

    def _is_remembered(self, scope: Scope, endpoint: str, last: _Wrote) -> bool:
        """Whether a client is running that had loaded its file before our last write."""
        since = self._since.get((scope, endpoint))
        return since is not None and last.moment > since

    def look(self, moved: Iterable[tuple[EndpointState, ScopeMemory]], since: Since) -> dict[ItemAt, int]:
        """Return what clients took back, with how often they did, of the endpoints that say something new.

        `since` tells which endpoints are in the memory of a running client.
        """
        now, self._since = self._clock.monotonic(), since
        stale = {at: times for state, memory in moved for at, times in self._stale(state, memory, now)}
        self._suspects = stale
        return stale

    def _stale(self, state: EndpointState, memory: ScopeMemory, now: float) -> Iterator[tuple[ItemAt, int]]:
        """Yield what a client took back that had loaded its file before our last write, with how often it did."""
        last = self._wrote.get((state.scope, state.id))
        if last is None:
            return
        remembered = self._is_remembered(state.scope, state.id, last)
        if is_mass_deletion(state, memory) and not remembered:
            return
        recent = remembered or now - last.at <= _STALE_SECONDS
        changes = diff(memory.base(state.id), state.view.items, state.view.opaque)
        renamed = memory.renames_at(state)  # who gives another name knows of the item
        taken = {change.key for change in changes if _takes_back(change, last.changes.get(change.key))}
        back = taken - renamed.keys()
        others = [change for change in changes if change.key not in back and change.after is not None]
        whole = back == last.changes.keys() and (bool(others) or len(back) > 1)
        for key in back:
            at = ItemAt(state.scope, state.id, key)
            if at in self._suspects or (recent and whole):
                yield at, max(self._again[at], self._suspects.get(at, 0))
            elif recent and last.changes[key].after is None and key not in memory.unified:
                yield at, AGAIN_AT_MOST  # what was deleted is there again: by its user, or from a memory?


def _joined(first: Change | None, change: Change) -> Change:
    """Return two changes, one after the other, as one."""
    return Change(change.key, first.before, change.after) if first else change


def _takes_back(change: Change, ours: Change | None) -> bool:
    return ours is not None and (change.before, change.after) == (ours.after, ours.before)
