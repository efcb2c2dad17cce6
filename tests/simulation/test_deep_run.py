from __future__ import annotations

import pytest

from tests.simulation import deep_run


@pytest.mark.sweep
def test_what_held_is_counted_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert deep_run.main(["--worlds", "1", "--scenarios", "50", "--seed", "7", "--processes", "1"]) == 0
    told = capsys.readouterr().out
    assert "All 1 worlds from seed 7 to 7 held." in told
    assert "All 50 scenarios from seed 7 to 56 held." in told


def test_the_first_seed_that_fails_is_told_with_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(seed: int) -> tuple[str, ...]:
        assert seed < 12, "went wrong"
        return ("fine",)

    monkeypatch.setitem(deep_run._GAMES, "worlds", deep_run._Game("worlds", broken, 10))
    played = deep_run.play(("worlds", range(10, 20)))
    assert (played.runs, played.counts["fine"]) == (2, 2)
    assert played.failure.startswith("seed 12 of worlds\n")
    assert "went wrong" in played.failure


def test_a_failure_ends_the_play_and_the_exit_code_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = deep_run.Played(3, failure="seed 3 of worlds")
    monkeypatch.setattr(deep_run, "deep_run", lambda *_: failed)
    assert deep_run.main(["--worlds", "5"]) == 1
    assert "FAILED: seed 3 of worlds" in capsys.readouterr().out
