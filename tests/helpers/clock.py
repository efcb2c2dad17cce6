"""Clocks for which no test waits."""

from __future__ import annotations

import datetime as dt

from aisync_desktop.files.clock import SystemClock


class HandClock:
    """Time that a test moves by hand: it goes on only when told to."""

    def __init__(self) -> None:
        self._passed = 0.0
        self._began = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        return self._began + dt.timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return 1_000.0 + self._passed

    def sleep(self, seconds: float) -> None:
        self._passed += seconds


class LeapingClock(SystemClock):
    """The machine's time, but for waits: who wants to sleep finds at once that so much time has passed."""

    def __init__(self) -> None:
        self._leapt = 0.0

    def now(self) -> dt.datetime:
        return super().now() + dt.timedelta(seconds=self._leapt)

    def monotonic(self) -> float:
        return super().monotonic() + self._leapt

    def sleep(self, seconds: float) -> None:
        self._leapt += seconds
