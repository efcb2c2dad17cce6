"""After a crash: half files go, whole versions are kept, and what is not in place is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.files.protocol import LateWrite
from aisync_desktop.files.temps import is_our_temp, tag, temp_name
from tests.files.breaking import Kept, disk_with, names


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.json"
    file.write_bytes(b"now")
    return file


@given(st.text(min_size=1).filter(lambda name: "/" not in name and "\0" not in name))
def test_our_names_are_recognised_and_short_whatever_the_file_is_called(name: str) -> None:
    real = Path("/folder") / name
    if real.name:
        for suffix in ("new", "swap"):
            made = temp_name(real, suffix)
            assert is_our_temp(made.name)
            assert made.name.startswith(tag(real.name))
            assert len(made.name) < 64
            assert made != temp_name(real, suffix)


@pytest.mark.parametrize("name", [".aisync", ".aisync-notes.new", "settings.json.tmp", ".aisync-12345678-x.swap"])
def test_other_names_are_not_ours(name: str) -> None:
    assert not is_our_temp(name)


def test_half_written_files_go(path: Path) -> None:
    temp_name(path, "new").write_bytes(b"ne")
    kept = Kept()

    assert disk_with().recover(path, keep=kept) == ()
    assert kept.versions == []
    assert names(path.parent) == {"a.json"}


def test_a_whole_version_is_kept_and_told(path: Path) -> None:
    temp_name(path, "swap").write_bytes(b"theirs")
    kept = Kept()

    assert disk_with().recover(path, keep=kept) == (LateWrite(path, b"theirs"),)
    assert kept.versions == [b"theirs"]
    assert names(path.parent) == {"a.json"}


def test_what_is_in_place_anyway_is_not_told(path: Path) -> None:
    temp_name(path, "swap").write_bytes(b"now")
    os.link(path, temp_name(path, "swap"))

    assert disk_with().recover(path, keep=Kept()) == ()
    assert names(path.parent) == {"a.json"}
    assert path.stat().st_nlink == 1


def test_the_leftovers_of_another_file_stay(path: Path) -> None:
    other = temp_name(path.with_name("b.json"), "swap")
    other.write_bytes(b"theirs")

    assert disk_with().recover(path, keep=Kept()) == ()
    assert names(path.parent) == {"a.json", other.name}


def test_leftovers_are_found_behind_links(tmp_path: Path, path: Path) -> None:
    temp_name(path, "swap").write_bytes(b"theirs")
    link = tmp_path / "link"
    link.symlink_to("a.json")

    assert disk_with().recover(link, keep=Kept()) == (LateWrite(link, b"theirs"),)


def test_a_leftover_is_not_taken_for_the_file_that_the_user_removed(path: Path) -> None:
    temp_name(path, "swap").write_bytes(b"theirs")
    path.unlink()

    assert disk_with().recover(path, keep=Kept()) == (LateWrite(path, b"theirs"),)
    assert names(path.parent) == set()


def test_where_there_is_no_folder_there_is_nothing(tmp_path: Path) -> None:
    assert disk_with().recover(tmp_path / "x" / "a", keep=Kept()) == ()
