"""What is known of the whole is what is known of its parts, however it was cut."""

from __future__ import annotations

from math import ceil
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.observe.tallies import BOUNDS, Durations, Tally, joined

TOOK = st.integers(0, 2 * BOUNDS[-1])
MANY = st.lists(TOOK, min_size=1, max_size=50)
TALLIES = st.dictionaries(
    st.sampled_from(["syncs", "log", "client/codex"]),
    st.builds(
        Tally,
        st.dictionaries(st.sampled_from(["done", "failed"]), st.integers(1, 9)),
        st.lists(TOOK, max_size=9).map(Durations.of),
    ),
)


@given(MANY, st.integers(0, 50))
def test_durations_in_two_parts_are_those_in_one(took: list[int], cut: int) -> None:
    parts = Durations.of(took[:cut]).joined(Durations.of(took[cut:]))
    assert parts == Durations.of(took)
    assert parts.count == len(took)
    assert parts.mean == sum(took) / 1_000_000 / len(took)


@given(st.lists(st.integers(BOUNDS[0] + 1, BOUNDS[-1]), min_size=1, max_size=50), st.sampled_from([0.5, 0.95, 0.99]))
def test_a_percentile_is_off_by_less_than_a_tenth(took: list[int], share: float) -> None:
    told = Durations.of(took).percentile(share)
    meant = sorted(took)[ceil(len(took) * share) - 1] / 1_000_000
    assert told is not None
    assert abs(told - meant) <= 0.1 * meant


@given(MANY)
def test_percentiles_are_in_order(took: list[int]) -> None:
    found = [Durations.of(took).percentile(share) or 0.0 for share in (0.0, 0.5, 0.95, 0.99, 1.0)]
    assert found == sorted(found)


@given(MANY)
def test_buckets_hold_what_is_within_their_bound(took: list[int]) -> None:
    for number in (0, 80, len(BOUNDS) - 1):
        assert Durations.of(took).within(number) == sum(one <= BOUNDS[number] for one in took)


def test_of_nothing_nothing_is_told() -> None:
    assert (Durations().mean, Durations().percentile(0.5), Durations().count) == (None, None, 0)


def test_what_took_longer_than_any_bound_is_told_as_the_highest() -> None:
    assert Durations.of([BOUNDS[-1] * 9]).percentile(0.5) == BOUNDS[-1] / 1_000_000


@given(st.lists(TALLIES, max_size=6), st.randoms(use_true_random=False), st.integers(0, 6))
def test_tallies_join_in_any_order_and_by_any_parts(parts: list[dict[str, Tally]], random: Random, cut: int) -> None:
    whole = joined(parts)
    shuffled = sorted(parts, key=lambda _: random.random())
    assert joined(shuffled) == whole
    assert joined([joined(parts[:cut]), joined(parts[cut:])]) == whole


def test_the_bounds_stay_what_they_are() -> None:
    """Buckets are stored by number."""
    assert (BOUNDS[:3], BOUNDS[8], BOUNDS[-1], len(BOUNDS)) == ((1000, 1091, 1189), 2000, 1_048_576_000, 161)
