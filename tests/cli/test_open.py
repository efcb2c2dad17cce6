"""`aisync open`: the window of the running app, at a place; without an app it says how to start one."""

from __future__ import annotations

from tests.cli.conftest import one_line


def test_without_an_app_it_says_how_to_start_it() -> None:
    said = one_line("open", "decisions")
    assert "AISync does not run" in said
    assert "aisync run" in said
