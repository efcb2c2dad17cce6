"""The bus: tells whoever listens, in whichever thread, that something is new.

Nothing that must not be missed goes this way: it is in a feed (database/feed.py), and the bus only wakes its readers.
Whoever publishes never waits. Each subscriber has a queue of its own of so much room; where it is full the oldest goes,
and the subscriber is told how many it has missed. It is woken once, by a call from the publisher's thread that must
return at once, and not again before it has taken what there is.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable

from aisync_desktop.kernel.dataclass import dataclass

_log = logging.getLogger(__name__)
ROOM = 256


@dataclass(frozen=True, slots=True)
class Taken:
    """What a subscriber had waiting, oldest first; `missed` came before all of it and is gone."""

    events: tuple[object, ...] = ()
    missed: int = 0


class Subscription:
    """One subscriber's queue; `kinds` are the types that it wants to hear of."""

    def __init__(self, wake: Callable[[], object], kinds: tuple[type, ...], room: int) -> None:
        self._wake = wake
        self._kinds = kinds
        self._lock = threading.Lock()
        self._waiting: deque[object] = deque(maxlen=room)
        self._missed = 0
        self._closed = False

    def take(self) -> Taken:
        """Take all that waits; whatever comes after that wakes again."""
        with self._lock:
            taken = Taken(tuple(self._waiting), self._missed)
            self._waiting.clear()
            self._missed = 0
        return taken

    def close(self) -> None:
        """Hear no more, and be woken no more."""
        with self._lock:
            self._closed = True
            self._waiting.clear()

    @property
    def closed(self) -> bool:
        """Whether it hears no more."""
        return self._closed

    def put(self, event: object) -> None:
        """Have it wait, and wake the subscriber if nothing waited before."""
        if not isinstance(event, self._kinds):
            return
        with self._lock:
            if self._closed:
                return
            was_empty = not self._waiting
            self._missed += len(self._waiting) == self._waiting.maxlen
            self._waiting.append(event)
        if was_empty:
            self._call()

    def _call(self) -> None:
        try:
            self._wake()
        except Exception:  # noqa: BLE001 - a subscriber's fault is no affair of the publisher's, nor of the others'
            _log.exception("a subscriber of the bus could not be woken")


class Bus:
    """Hands immutable events to all who subscribed; from any thread, to any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscriptions: tuple[Subscription, ...] = ()

    def subscribe(self, wake: Callable[[], object], *kinds: type, room: int = ROOM) -> Subscription:
        """Listen from now on, to all events or those of some types; `wake` is called when something begins to wait."""
        made = Subscription(wake, kinds or (object,), room)
        with self._lock:
            self._subscriptions = (*(one for one in self._subscriptions if not one.closed), made)
        return made

    def publish(self, event: object) -> None:
        """Tell everybody; nobody is waited for."""
        for subscription in self._subscriptions:  # one immutable tuple: no lock is held while others are called
            subscription.put(event)


@dataclass(frozen=True, slots=True)
class Fed:
    """A feed has new rows."""

    feed: str
