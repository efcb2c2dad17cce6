"""What the program needs of the world, behind interfaces, so that a whole run can be replayed from a seed."""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """Time: the wall's for people, the monotonic one for waiting."""

    def now(self) -> dt.datetime:
        """Return the wall time in UTC, with a time zone."""
        ...

    def monotonic(self) -> float:
        """Return seconds that only go forward."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait; a fake clock only moves forward."""
        ...
