"""Pausing: nothing is written until the user resumes, or until a time of day; the store keeps it over restarts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aisync_desktop.core.ports import Clock
from aisync_desktop.core.values import Value

if TYPE_CHECKING:
    from aisync_desktop.store.store import Store  # who only looks imports no writer

_OPEN_END = "until-resumed"


@dataclass(frozen=True)
class Pause:
    """A pause that was asked for; without an end it lasts until the user resumes."""

    until: dt.datetime | None = None

    def lasts(self, now: dt.datetime) -> bool:
        """Whether it is not over yet."""
        return self.until is None or now < self.until

    @property
    def stored(self) -> str:
        """The form in which the store keeps it."""
        return self.until.isoformat() if self.until else _OPEN_END


def stored_pause(value: Value) -> Pause | None:
    """Read what the store keeps; what makes no sense is no pause."""
    if value == _OPEN_END:
        return Pause()
    try:
        until = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return Pause(until) if until and until.tzinfo else None


class Pausing:
    """The pause that there may be, kept in the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._pause = stored_pause(store.pause())

    @property
    def current(self) -> Pause | None:
        """The pause that lasts at present: we only look."""
        return self._pause if self._pause and self._pause.lasts(self._clock.now()) else None

    def begin(self, pause: Pause) -> None:
        """Pause from now on."""
        self._pause = pause
        self._store.set_pause(pause.stored)

    def end(self) -> None:
        """Go on."""
        self._pause = None
        self._store.set_pause(None)
