from __future__ import annotations

import pytest

from tests.helpers.effort import tries
from tests.helpers.fresh_seeds import seeds
from tests.simulation.world import run

# A run is three times a handful of disturbances and a rest: 0.2 s. Many short runs find more than few long ones.
_RUNS = tries(desk=16, check=1_800, deep=20_000)
_QUARRELS = tries(desk=6, check=120, deep=2_000)
_QUARREL_OVER_A_LOST_FILE = 62_000_304  # in one of five a file is lost that a question is about
_PARTS = tries(desk=2, check=8, deep=8)
_PARTS_OF_QUARRELS = tries(desk=1, check=2, deep=2)


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(_PARTS))
@pytest.mark.timeout(3600)
def test_whatever_happens_all_comes_to_rest_in_step_and_nothing_is_lost(part: int) -> None:
    checked = [run(seed, rests=3).agreement for seed in seeds(_RUNS, part, _PARTS)]
    assert sum(agreement.expected for agreement in checked) > len(checked)  # edits were followed, not just survived


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(_PARTS_OF_QUARRELS))
@pytest.mark.timeout(3600)
def test_no_question_closes_because_a_file_is_lost(part: int) -> None:
    chosen = (*seeds(_QUARRELS, part, _PARTS_OF_QUARRELS), _QUARREL_OVER_A_LOST_FILE)
    played = [run(seed, rests=3, quarrels=True) for seed in chosen]
    assert sum(world.agreement.questions.kept for world in played)


@pytest.mark.parametrize("seed", range(3))
def test_the_same_seed_gives_the_same_run(seed: int) -> None:
    first, again = run(seed, rests=2), run(seed, rests=2)
    assert first.disk.trace == again.disk.trace
    assert any(entry[0] == "replaced" for entry in first.disk.trace)


def test_a_broken_file_holds_up_those_that_it_stands_beside_and_nothing_else() -> None:
    """A seed that a deep run found: the user's file of a client broke while a project's was behind."""
    assert run(500_047, rests=3).agreement.checked


def test_text_that_is_put_back_brings_no_field_of_another_transport() -> None:
    """A seed that a deep run found: a server became one by URL, and the arguments of its command came back."""
    assert run(500_164, rests=3).agreement.checked


@pytest.mark.parametrize("seed", [8_100_506, 8_200_543, 8_400_623, 8_500_124, 8_600_169])
def test_an_edit_beside_a_file_that_is_away_is_followed_once_that_is_back(seed: int) -> None:
    """Seeds that a deep run found: Claude's file was taken away, and a project's edited beside it."""
    assert run(seed, rests=3).agreement.expected


def test_what_a_merger_shows_was_seen_of_either_transport() -> None:
    """A seed that CI found: a project's server became one by URL, and what does not clash was taken."""
    assert run(305_525_000_923, rests=3).agreement.checked


@pytest.mark.parametrize("seed", [7_700_353, 8_301_539])
def test_going_back_takes_away_what_was_asked_about(seed: int) -> None:
    """Seeds that a deep run found: a question about a secret was open when the user went back to before it."""
    assert run(seed, rests=3).agreement.expected


def test_an_edit_where_a_launcher_stands_says_nothing_of_the_secret() -> None:
    """A seed that a deep run found: the entry that had our program start a server was edited by hand."""
    assert run(9_000_841, rests=3).agreement.expected


def test_an_entry_without_command_and_url_is_left_alone() -> None:
    """A seed that a deep run found: it was what a half-written file said, and a later edit kept it."""
    assert run(9_003_197, rests=3).agreement.checked


def test_nothing_is_expected_where_nobody_can_be_read() -> None:
    """A seed that a deep run found: of a project, one file was away, and the other held up."""
    assert run(9_003_866, rests=3).agreement.checked


def test_a_file_that_is_put_back_as_a_whole_changes_beside_its_servers() -> None:
    """A seed that a deep run found: what was put back was edited, too, as a server had gone elsewhere since."""
    assert run(9_007_249, rests=3).agreement.checked


def test_a_question_about_a_deletion_needs_no_rest_after_a_restart() -> None:
    """A seed that a deep run found: who started anew took the deletion for one that has only just been seen."""
    assert run(40_000_462, rests=3).agreement.checked


@pytest.mark.sweep
def test_many_disturbances_without_a_rest_come_to_rest_too() -> None:
    run(1, rests=1, most=60)
