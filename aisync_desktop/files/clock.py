"""The clock of the machine, as `kernel.ports.Clock` wants it."""

from __future__ import annotations

import datetime as dt
import time


class SystemClock:
    """Real time."""

    def now(self) -> dt.datetime:
        """Return the wall time in UTC, with a time zone."""
        return dt.datetime.now(dt.UTC)

    def monotonic(self) -> float:
        """Return seconds that only go forward."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
