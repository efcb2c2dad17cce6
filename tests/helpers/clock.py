"""A clock that goes on only when a test says so; the wall time is the machine's, moved by as much."""

from __future__ import annotations

import datetime as dt


class HandClock:
    """Time that a test moves by hand."""

    def __init__(self) -> None:
        self._passed = 0.0
        self._began = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        return self._began + dt.timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return 1_000.0 + self._passed

    def sleep(self, seconds: float) -> None:
        self._passed += seconds
