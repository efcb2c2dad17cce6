from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.service.live.settle import LADDER_MS, Rest, Retry, rest_ms


def waits(count: int, seed: int = 1) -> list[int]:
    random, retry, found = Random(seed), Retry(), []
    for _ in range(count):
        retry = retry.failed()
        found.append(retry.wait_ms(random))
    return found


def test_a_file_that_is_not_whole_is_looked_at_on_the_ladder() -> None:
    assert tuple(waits(len(LADDER_MS))) == LADDER_MS


@given(st.integers(0, 1000))
def test_after_the_ladder_the_pauses_grow_to_five_minutes_and_stay(seed: int) -> None:
    later = waits(30, seed)[len(LADDER_MS) :]
    assert 4_000 <= later[0] <= 6_000
    assert all(240_000 <= wait <= 360_000 for wait in later[8:])


def test_the_same_seed_waits_the_same() -> None:
    assert waits(20, 7) == waits(20, 7)


def test_what_is_left_after_the_ladder_is_a_fact() -> None:
    retry = Retry()
    settled = []
    for _ in range(8):
        retry = retry.failed()
        settled.append(retry.settled)
    assert settled == [False] * 6 + [True] * 2


def test_looks_that_bring_nothing_are_rested_from_but_not_the_first_one_after_we_wrote() -> None:
    wrote = Rest().after(0.1, wrote=True)
    echo = wrote.after(0.1, wrote=False)
    nothing = echo.after(0.1, wrote=False)
    assert (wrote.wait_ms, echo.wait_ms) == (0, 0)
    assert nothing.wait_ms == rest_ms(0.1)
