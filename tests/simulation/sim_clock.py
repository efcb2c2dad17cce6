"""Time that only a simulated world moves."""

from __future__ import annotations

import datetime as dt


class SimClock:
    """The wall's time may jump, the other one only goes forward, as in `kernel.ports.Clock`."""

    def __init__(self) -> None:
        self._wall = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
        self._monotonic = 1000.0
        self._ticks = 0

    def now(self) -> dt.datetime:
        return self._wall

    def monotonic(self) -> float:
        return self._monotonic

    def sleep(self, seconds: float) -> None:
        self._monotonic += seconds
        self._wall += dt.timedelta(seconds=seconds)

    def jump(self, seconds: float) -> None:
        """Set the wall's clock, as a user or a time server does."""
        self._wall += dt.timedelta(seconds=seconds)

    def tick(self) -> int:
        """Return the time of a write, which is never that of another."""
        self._ticks += 1
        return int(self._wall.timestamp()) * 1_000_000_000 + self._ticks
