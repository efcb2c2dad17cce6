"""The desk leaves out what is played before a change goes in, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.alike import spread
from tests.helpers.effort import Effort, effort, tries
from tests.helpers.fresh_seeds import first_fresh_seed, seeds, some

pytest_plugins = ["pytester"]

_ALIKE = """
import pytest

@pytest.mark.alike(desk=3)
@pytest.mark.parametrize("number", range(12))
def test_many(number): pass

@pytest.mark.parametrize("number", range(5))
def test_all(number): pass
"""


@pytest.fixture(params=Effort, ids=lambda each: each.value)
def chosen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Effort:
    monkeypatch.setenv("HYPOTHESIS_PROFILE", request.param.value)
    return Effort(request.param)


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        ({}, Effort.DESK),
        ({"CI": "true"}, Effort.CHECK),
        ({"CI": "true", "HYPOTHESIS_PROFILE": "desk"}, Effort.DESK),
        ({"HYPOTHESIS_PROFILE": "deep"}, Effort.DEEP),
    ],
)
def test_ci_tries_what_make_check_does_unless_told_otherwise(
    machine: dict[str, str], expected: Effort, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CI", "HYPOTHESIS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in machine.items():
        monkeypatch.setenv(name, value)
    assert effort() is expected


def test_each_effort_has_its_number(chosen: Effort) -> None:
    assert tries(desk=1, check=2, deep=3) == list(Effort).index(chosen) + 1


def test_a_desk_plays_fresh_seeds_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYPOTHESIS_PROFILE", "desk")
    assert all(seed >= first_fresh_seed() for seed in seeds(16, 0, 2))


def test_a_deep_run_plays_all_of_many_and_a_desk_some(chosen: Effort) -> None:
    played = some(100, desk=10, check=2)
    assert len(played) == {Effort.DESK: 10, Effort.CHECK: 50, Effort.DEEP: 100}[chosen]
    assert set(played) <= set(range(100))


@pytest.mark.parametrize("seed", range(7))
def test_the_cases_that_are_played_are_different_ones_and_lie_apart(seed: int) -> None:
    played = spread(range(12), 3, seed)
    assert len(set(played)) == 3
    assert {(one + 4) % 12 for one in played} == set(played)


def test_over_the_commits_every_case_is_played() -> None:
    assert {case for seed in range(12) for case in spread(range(12), 3, seed)} == set(range(12))


def test_few_cases_are_all_played() -> None:
    assert sorted(spread(range(2), 5, 1)) == [0, 1]


@pytest.mark.parametrize(
    ("arguments", "effort", "passed", "left_out"),
    [((), "desk", 8, 9), ((), "check", 17, 0), (("test_it.py::test_many",), "desk", 12, 0)],
)
def test_the_desk_plays_some_cases_unless_they_are_named(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    effort: str,
    passed: int,
    left_out: int,
) -> None:
    monkeypatch.setenv("HYPOTHESIS_PROFILE", effort)
    pytester.makepyfile(test_it=_ALIKE)
    ours = [*arguments, "-p", "tests.helpers.alike", "-p", "no:randomly", "-W", "ignore"]
    pytester.runpytest_inprocess(*ours).assert_outcomes(passed=passed, deselected=left_out)


def test_the_root_is_where_the_commit_is_asked_for() -> None:
    assert (Path(first_fresh_seed.__wrapped__.__globals__["_ROOT"]) / "pyproject.toml").exists()
