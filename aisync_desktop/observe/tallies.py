"""Figures that add up: counts, and durations as counts in fixed buckets.

What is known of a day is what is known of its hours, joined, in whatever order: so percentiles are read from joined
buckets, never made of percentiles. Eight buckets lie between a duration and its double, which leaves a percentile off
by less than a tenth of it; all is in whole numbers, so that adding loses nothing. The bounds are stored by number:
they stay what they are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import TypeAlias

from aisync_desktop.kernel.dataclass import dataclass

STEPS = 8  # from a bound to its double
_DOUBLINGS = 20  # from a millisecond to some 17 minutes; what takes longer has a bucket of its own
BOUNDS = tuple(round(1000 * 2 ** (number / STEPS)) for number in range(_DOUBLINGS * STEPS + 1))  # microseconds
_SECOND = 1_000_000


def summed(left: Mapping[str, int], right: Mapping[str, int]) -> dict[str, int]:
    """Add counts by name."""
    return {**left, **{name: left.get(name, 0) + count for name, count in right.items()}}


@dataclass(frozen=True, slots=True)
class Durations:
    """How long things took: all of them together in microseconds, and how many fell into which bucket.

    A bucket holds what took longer than the bound before its own, up to its own.
    """

    together: int = 0
    buckets: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, microseconds: Iterable[int]) -> Durations:
        """Return some, one by one."""
        each = tuple(microseconds)
        return cls(sum(each), Counter(bisect_left(BOUNDS, one) for one in each))

    def joined(self, other: Durations) -> Durations:
        """Return these and others."""
        both = {at: self.buckets.get(at, 0) + other.buckets.get(at, 0) for at in {*self.buckets, *other.buckets}}
        return Durations(self.together + other.together, both)

    @property
    def count(self) -> int:
        """How many there were."""
        return sum(self.buckets.values())

    @property
    def seconds(self) -> float:
        """How long they took together."""
        return self.together / _SECOND

    @property
    def mean(self) -> float | None:
        """How many seconds one took on average."""
        return self.seconds / self.count if self.count else None

    def percentile(self, share: float) -> float | None:
        """Return within how many seconds such a share of them was done; None where there was none."""
        wanted, before = share * self.count, 0
        for bucket, count in sorted(self.buckets.items()):
            if before + count >= wanted:
                low = BOUNDS[bucket - 1] if bucket else 0
                high = BOUNDS[min(bucket, len(BOUNDS) - 1)]
                return (low + (high - low) * (wanted - before) / count) / _SECOND
            before += count
        return None

    def within(self, bound: int) -> int:
        """Return how many took no longer than the bound of this number."""
        return sum(count for bucket, count in self.buckets.items() if bucket <= bound)


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted of one thing, by name, and how long it took where that is known."""

    counts: Mapping[str, int] = field(default_factory=dict)
    durations: Durations = field(default_factory=Durations)

    def joined(self, other: Tally) -> Tally:
        """Return what both counted."""
        return Tally(summed(self.counts, other.counts), self.durations.joined(other.durations))


Tallies: TypeAlias = Mapping[str, Tally]  # by what was counted


def joined(parts: Iterable[Tallies]) -> dict[str, Tally]:
    """Return what all of these counted."""
    whole: dict[str, Tally] = {}
    for part in parts:
        for name, tally in part.items():
            whole[name] = whole[name].joined(tally) if name in whole else tally
    return whole
