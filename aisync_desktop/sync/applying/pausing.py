"""Pausing: nothing is written until the user resumes, or until a time of day; the store keeps it over restarts.

A pause knows when it began, so that a clock that is set back does not make minutes into years: then it begins anew.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from aisync_desktop.kernel.actors import PROGRAM
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.events import Paused, Resumed

if TYPE_CHECKING:
    from aisync_desktop.sync.store.store import Store  # who only looks imports no writer

_OPEN_END = "until-resumed"


@dataclass(frozen=True)
class Pause:
    """A pause that was asked for; without an end it lasts until the user resumes."""

    until: dt.datetime | None = None
    since: dt.datetime | None = None

    def lasts(self, now: dt.datetime) -> bool:
        """Whether it is not over yet."""
        return self.until is None or now < self.until

    def at(self, now: dt.datetime) -> Pause:
        """Return it as it is meant at a moment: before its own beginning, the clock was set back, and it begins now."""
        if self.until is None or self.since is None or self.since <= now:
            return self
        return Pause(now + (self.until - self.since), now)

    @property
    def stored(self) -> str:
        """The form in which the store keeps it: an ISO interval, of older programs only its end."""
        if self.until is None:
            return _OPEN_END
        return "/".join(moment.isoformat() for moment in (self.since, self.until) if moment)


def stored_pause(value: Value) -> Pause | None:
    """Read what the store keeps; what makes no sense is no pause."""
    if value == _OPEN_END:
        return Pause()
    try:
        moments = [dt.datetime.fromisoformat(moment) for moment in value.split("/")] if isinstance(value, str) else []
    except ValueError:
        return None
    match moments:
        case [until] if until.tzinfo:
            return Pause(until)
        case [since, until] if since.tzinfo and until.tzinfo:
            return Pause(until, since)
        case _:
            return None


class Pausing:
    """The pause that there may be, kept in the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._pause = stored_pause(store.pause())

    @property
    def asked(self) -> Pause | None:
        """The pause that was asked for last, be it over."""
        return self._pause

    @property
    def current(self) -> Pause | None:
        """The pause that lasts at present: we only look."""
        now = self._clock.now()
        if self._pause and self._pause.at(now) != self._pause:
            self.begin(self._pause.at(now))
        return self._pause if self._pause and self._pause.lasts(now) else None

    def begin(self, pause: Pause) -> None:
        """Pause from now on."""
        self._pause = pause
        with self._store.feed.telling(Paused(until=pause.until)):
            self._store.set_pause(pause.stored)

    def end_if_over(self) -> None:
        """Go on where the time of a pause has come, and tell that, too."""
        if self._pause and self.current is None:
            with self._store.feed.asked_by(PROGRAM):
                self.end()

    def end(self) -> None:
        """Go on."""
        ended, self._pause = (Resumed(),) if self._pause else (), None
        with self._store.feed.telling(*ended):
            self._store.set_pause(None)
