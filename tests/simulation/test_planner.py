from __future__ import annotations

from collections import Counter

import pytest

from tests.helpers.effort import tries
from tests.helpers.fresh_seeds import seeds
from tests.simulation.planner_model import scenario

_PARTS = tries(desk=2, check=8, deep=8)
_SCENARIOS = tries(desk=4_000, check=20_000, deep=2_000_000)


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.timeout(3600)
def test_what_comes_out_of_random_edits_is_what_anybody_would_expect(part: int) -> None:
    endings: Counter[str] = Counter()
    for seed in seeds(_SCENARIOS, part, _PARTS):
        try:
            endings.update(scenario(seed))
        except AssertionError as error:
            error.add_note(f"seed {seed}; again: python -m tests.simulation.deep_run --scenarios 1 --seed {seed}")
            raise
    assert endings.keys() == {"untouched", "followed", "deleted", "asked", "merged"}
