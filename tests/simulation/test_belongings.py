from __future__ import annotations

import pytest

from tests.simulation.belongings import belongings
from tests.simulation.effort import CI, DEEP

_RUNS = 10_000 if DEEP else 120 if CI else 16  # each of twelve steps; 0.2 s
_PARTS = 4


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.timeout(3600)
def test_what_only_one_client_can_say_survives_whatever_the_others_do(part: int) -> None:
    assert sum(belongings(seed).steps for seed in range(part, _RUNS, _PARTS)) >= _RUNS // _PARTS


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
