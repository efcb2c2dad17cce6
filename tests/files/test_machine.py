"""What sort of machine this is, from files that a test lays."""

from __future__ import annotations

from pathlib import Path

import pytest

from aisync_desktop.files.machine import Machine, is_windows_side, machines


def laid(system: Path, file: str, content: str = "") -> Path:
    path = system / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return system


def test_an_ordinary_machine_is_nothing_special(tmp_path: Path) -> None:
    assert machines({}, tmp_path) == ()
    assert machines({"SSH_CONNECTION": ""}, laid(tmp_path, "proc/version", "Linux version 6.8.0")) == ()


@pytest.mark.parametrize(
    ("file", "content", "machine"),
    [
        ("proc/version", "Linux version 5.15.1-microsoft-standard-WSL2", Machine.WSL),
        ("proc/version", "Linux version 4.4.0-19041-Microsoft", Machine.WSL),
        (".dockerenv", "", Machine.CONTAINER),
        ("run/.containerenv", "", Machine.CONTAINER),
    ],
)
def test_files_tell_what_is_around(tmp_path: Path, file: str, content: str, machine: Machine) -> None:
    assert machines({}, laid(tmp_path, file, content)) == (machine,)


def test_the_environment_tells_of_ssh_and_all_is_told_from_the_outermost(tmp_path: Path) -> None:
    laid(laid(tmp_path, "proc/version", "x-microsoft-y"), ".dockerenv")
    assert machines({"SSH_CONNECTION": "1.2.3.4 1 5.6.7.8 22"}, tmp_path) == (
        Machine.SSH,
        Machine.WSL,
        Machine.CONTAINER,
    )


@pytest.mark.parametrize(
    ("program", "is_so"),
    [("/mnt/c/Users/me/claude", True), ("/usr/bin/claude", False), ("/mnt/data/claude", False), ("/mnt/c", False)],
)
def test_a_program_on_a_drive_of_windows_is_one_of_windows(program: str, is_so: bool) -> None:
    assert is_windows_side(Path(program), (Machine.WSL,)) is is_so
    assert not is_windows_side(Path(program), ())
