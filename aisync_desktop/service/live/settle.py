"""When to look again: at once on a complete file, on a short ladder while a file is not whole, rarely after an error.

A pure value: the worker asks it for the next wait and keeps the timer.
"""

from __future__ import annotations

from random import Random

from aisync_desktop.kernel.dataclass import dataclass

# While a client is in the middle of replacing its file (moments without a file, half-written ones).
LADDER_MS = (20, 60, 150, 400, 1_000, 3_000)
_BACKOFF_FIRST_MS = 5_000
_BACKOFF_LAST_MS = 300_000
_REST = 4  # times as long as a look took
_LONGEST_REST_MS = 2_000


def rest_ms(took: float) -> float:
    """Return how long hints wait after a look of so many seconds that brought nothing."""
    return min(took * 1000 * _REST, _LONGEST_REST_MS)


@dataclass(frozen=True)
class Rest:
    """How long hints wait after a look, in milliseconds, and whether that look wrote."""

    wait_ms: float = 0.0
    wrote: bool = False

    def after(self, took: float, *, wrote: bool) -> Rest:
        """Return the rest after one more look of so many seconds.

        The first look after one that wrote is for our own writes, mostly: it does not tell how often others change.
        """
        return Rest(0.0 if wrote or self.wrote else rest_ms(took), wrote)


@dataclass(frozen=True)
class Retry:
    """How often a round has ended with something still to be had."""

    attempts: int = 0

    def failed(self) -> Retry:
        """Return the state after one more round that left something."""
        return Retry(self.attempts + 1)

    def wait_ms(self, random: Random) -> int:
        """Return how long to wait before the next look: the ladder, then a growing pause with jitter."""
        if self.attempts <= len(LADDER_MS):
            return LADDER_MS[max(self.attempts - 1, 0)]
        doubled: int = _BACKOFF_FIRST_MS << min(self.attempts - len(LADDER_MS) - 1, 10)
        return round(min(doubled, _BACKOFF_LAST_MS) * random.uniform(0.8, 1.2))

    @property
    def settled(self) -> bool:
        """Whether the ladder is used up: what is wrong now is a fact to be shown, not a moment to be waited out."""
        return self.attempts > len(LADDER_MS)
