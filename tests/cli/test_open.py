"""`aisync open`: the window of the running app, at a place; without an app it says how to start one."""

from __future__ import annotations

from tests.cli.conftest import one_line, run


def test_without_an_app_it_says_how_to_start_it() -> None:
    said = one_line("open", "decisions")
    assert "AISync does not run" in said
    assert "aisync run" in said


def test_a_page_that_is_not_there_is_refused_with_those_that_are() -> None:
    refused = run("open", "decision/029a")
    assert refused.exit_code == 2
    assert "decisions" in refused.stderr
