"""Where names cannot be traded at one instant: the same promise as far as links and renames can keep it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.protocol import LateWrite, Outcome
from aisync_desktop.files.temps import temp_name
from tests.files.breaking import Hook, Kept, StepClock, Watched, disk_with, names

_EXCHANGE = {"exchange", "rename_new"}
_LINKS_TOO = {*_EXCHANGE, "link"}


def _without(missing: set[str], code: int = errno.EINVAL, then: Hook | None = None) -> Hook:
    def hook(number: int, name: str) -> None:
        if then is not None:
            then(number, name)
        if name in missing:
            raise OSError(code, os.strerror(code))

    return hook


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(0o640)
    return file


@pytest.mark.parametrize("missing", [_EXCHANGE, _LINKS_TOO])
@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM])
def test_replace_works_and_says_that_it_promises_less(path: Path, missing: set[str], code: int) -> None:
    disk, kept = disk_with(_without(missing, code)), Kept()

    done = disk.replace(disk.read(path), b"new", keep=kept)

    assert (done.outcome, done.degraded) == (Outcome.WRITTEN, True)
    assert (path.read_bytes(), kept.versions) == (b"new", [b"old"])
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.stat().st_nlink == 1
    assert names(path.parent) == {"a"}


@pytest.mark.parametrize("missing", [_EXCHANGE, _LINKS_TOO])
def test_a_save_right_before_is_still_found(path: Path, missing: set[str]) -> None:
    saved = False

    def save(_number: int, name: str) -> None:
        nonlocal saved
        if name == "exchange" and not saved:
            saved = True
            path.with_name("tmp").write_bytes(b"theirs")
            path.with_name("tmp").replace(path)

    disk, kept = disk_with(_without(missing, then=save)), Kept()

    assert disk.replace(disk.read(path), b"new", keep=kept).outcome is Outcome.FOREIGN
    assert (path.read_bytes(), kept.versions) == (b"theirs", [b"theirs"])
    assert names(path.parent) == {"a"}


def test_late_writes_are_found_where_there_are_links(path: Path) -> None:
    disk = disk_with(_without(_EXCHANGE))
    with path.open("r+b", buffering=0) as client:
        disk.replace(disk.read(path), b"new", keep=Kept())
        client.write(b"late")

    assert disk.late_writes(closing=True) == (LateWrite(path, b"late"),)


def test_the_file_is_never_missing(path: Path) -> None:
    missing_at: list[str] = []

    def look(_number: int, name: str) -> None:
        if not path.exists():
            missing_at.append(name)

    disk = disk_with(_without(_LINKS_TOO, then=look))
    disk.replace(disk.read(path), b"new", keep=Kept())

    assert missing_at == []


def test_creation_by_link_promises_as_much(tmp_path: Path) -> None:
    disk = disk_with(_without(_EXCHANGE))

    done = disk.replace(disk.read(tmp_path / "a"), b"new", keep=Kept())

    assert (done.outcome, done.degraded) == (Outcome.WRITTEN, False)
    assert (tmp_path / "a").stat().st_nlink == 1
    assert names(tmp_path) == {"a"}


def test_creation_without_links_promises_less(tmp_path: Path) -> None:
    disk = disk_with(_without(_LINKS_TOO))

    done = disk.replace(disk.read(tmp_path / "a"), b"new", keep=Kept())

    assert (done.outcome, done.degraded) == (Outcome.WRITTEN, True)
    assert names(tmp_path) == {"a"}


@pytest.mark.parametrize("missing", [_EXCHANGE, _LINKS_TOO])
def test_creation_does_not_overwrite_what_came_first(tmp_path: Path, missing: set[str]) -> None:
    path = tmp_path / "a"

    def create(_number: int, name: str) -> None:
        if name == "rename_new":
            path.write_bytes(b"theirs")

    disk = disk_with(_without(missing, then=create))

    assert disk.replace(disk.read(path), b"new", keep=Kept()).outcome is Outcome.FOREIGN
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == {"a"}


class _NotPosix(Watched):
    """A system that cannot take the name of an open file away: displaced files keep ours until they are let go."""

    posix = False


def test_where_open_files_keep_their_names_late_writes_are_found_and_the_name_goes_in_the_end(path: Path) -> None:
    clock = StepClock()
    disk = RealDisk(clock, calls=_NotPosix())
    with path.open("r+b", buffering=0) as client:
        disk.replace(disk.read(path), b"new", keep=Kept())
        client.write(b"late")
    assert len(names(path.parent)) == 2

    clock.at = 2.0

    assert disk.late_writes() == (LateWrite(path, b"late"),)
    assert names(path.parent) == {"a"}


def test_where_a_crash_can_leave_the_file_without_its_name_it_is_given_back(path: Path) -> None:
    path.rename(temp_name(path, "swap"))

    assert RealDisk(StepClock(), calls=_NotPosix()).recover(path, keep=Kept()) == ()
    assert path.read_bytes() == b"old"
    assert names(path.parent) == {"a"}
