from __future__ import annotations

import pytest

from tests.helpers import fresh_seeds
from tests.helpers.fresh_seeds import first_fresh_seed, seeds


def test_half_of_all_seeds_are_fixed_and_half_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPOTHESIS_PROFILE", "check")
    played = [seed for part in range(8) for seed in seeds(64, part, 8)]
    assert sorted(played) == [*range(32), *range(first_fresh_seed() + 32, first_fresh_seed() + 64)]


def test_another_commit_plays_others(monkeypatch: pytest.MonkeyPatch) -> None:
    found = set()
    for commit in ("a" * 40, "a" * 39 + "b", ""):  # none: then what the sources hold says it
        monkeypatch.setattr(fresh_seeds, "_commit", lambda commit=commit: commit)
        found |= {first_fresh_seed.__wrapped__(), first_fresh_seed.__wrapped__()}
    assert len(found) == 3
