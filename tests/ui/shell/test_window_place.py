"""Where the window was: kept, found again, and no worse for a file that is nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest

from aisync_desktop.ui.shell.window_place import WindowPlace, keep_place, kept_place


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    place = WindowPlace(-20, 40, 1120, 720, maximised=True)
    keep_place(tmp_path, place)
    assert kept_place(tmp_path) == place


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[1, 2]",
        "null",
        '{"left": 1, "top": 2, "width": 3}',
        '{"left": "x", "top": 2, "width": 3, "height": 4, "maximised": false}',
        '{"left": 1e99, "top": 2, "width": 3, "height": 4, "maximised": false}',
        '{"left": 1000000, "top": 2, "width": 3, "height": 4, "maximised": false}',
        "[" * 900,
    ],
)
def test_a_file_that_says_nothing_usable_is_as_none(content: str, tmp_path: Path) -> None:
    assert kept_place(tmp_path) is None
    (tmp_path / "window.json").write_text(content)
    assert kept_place(tmp_path) is None


def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path: Path) -> None:
    keep_place(tmp_path / "away", WindowPlace(1, 2, 3, 4))
    assert kept_place(tmp_path / "away") is None
