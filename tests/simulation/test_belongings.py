from __future__ import annotations

import pytest

from tests.helpers.effort import tries
from tests.helpers.fresh_seeds import seeds
from tests.simulation.belongings import belongings

_RUNS = tries(desk=8, check=120, deep=10_000)  # each of twelve steps; 0.2 s
_PARTS = tries(desk=2, check=4, deep=4)


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.timeout(3600)
def test_what_only_one_client_can_say_survives_whatever_the_others_do(part: int) -> None:
    assert sum(belongings(seed).steps for seed in seeds(_RUNS, part, _PARTS)) >= _RUNS // _PARTS


@pytest.mark.parametrize(
    ("seed", "found"),
    [
        (6, "an edit that waited for a decision went with a deletion that rested"),
        (26, "an undo took away what was added to an entry since"),
        (31_054, "one list that a client has no word for took the other one, which it has, away"),
        (79, "a roll-back over a new name and edits made the entry anew"),
    ],
)
def test_runs_that_failed_once(seed: int, found: str) -> None:
    assert belongings(seed).steps, found
