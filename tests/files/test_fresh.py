from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from aisync_desktop.files.errors import FileExists, FileProblem, NotAFile
from aisync_desktop.files.fresh import fresh_file
from aisync_desktop.files.syscalls import Syscalls


def write(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    with fresh_file(path, overwrite=overwrite) as file:
        file.write(data)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "out"
    write(path, b"content")
    assert path.read_bytes() == b"content"
    assert os.name != "posix" or path.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["out"]


def test_a_file_that_exists_is_left_alone_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"mine")
    path.chmod(0o644)
    with pytest.raises(FileExists):
        write(path, b"new")
    assert path.read_bytes() == b"mine"
    write(path, b"new", overwrite=True)
    assert path.read_bytes() == b"new"
    assert os.name != "posix" or path.stat().st_mode & 0o777 == 0o600
    write(tmp_path / "other", b"first", overwrite=True)
    assert (tmp_path / "other").read_bytes() == b"first"


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_failure_leaves_what_was_there(tmp_path: Path, overwrite: bool) -> None:
    path = tmp_path / "out"
    if overwrite:
        path.write_bytes(b"mine")
    before = names(tmp_path)

    def fail() -> None:
        with fresh_file(path, overwrite=overwrite) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert names(tmp_path) == before
    assert not overwrite or path.read_bytes() == b"mine"


def test_nothing_has_the_name_before_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with fresh_file(path) as file:
        file.write(b"half")
        file.flush()
        assert not path.exists()  # a program that was killed here would leave an empty file that looks like a backup
    assert path.read_bytes() == b"half"


@pytest.mark.parametrize("at_once", [True, False])
def test_what_somebody_puts_there_meanwhile_is_not_run_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    def cannot(*_: object) -> None:
        raise OSError(errno.EINVAL, "no such flag")

    if not at_once:
        monkeypatch.setattr(Syscalls, "rename_new", cannot)
    path = tmp_path / "out"

    def make() -> None:
        with fresh_file(path) as file:
            file.write(b"ours")
            path.write_bytes(b"theirs")

    with pytest.raises(FileExists):
        make()
    assert (path.read_bytes(), names(tmp_path)) == (b"theirs", ["out"])
    path.unlink()
    write(path, b"ours")
    assert (path.read_bytes(), names(tmp_path)) == (b"ours", ["out"])


def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(NotAFile):
        write(tmp_path, b"", overwrite=True)
    with pytest.raises(FileExists):
        write(tmp_path, b"")
    with pytest.raises(FileProblem):
        write(tmp_path / "no" / "folder", b"")
