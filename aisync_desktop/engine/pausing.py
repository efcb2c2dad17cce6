"""Pausing: nothing is written until the user resumes, or until a time of day; the store keeps it over restarts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from aisync_desktop.core.values import Value

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
