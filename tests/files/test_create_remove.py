"""Creating never overwrites what somebody else created, removing never removes what somebody else wrote."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from aisync_desktop.files.errors import DanglingLink, DeviceFailure, FileProblem, NotAFolder
from aisync_desktop.files.protocol import ABSENT, ClientLock, Outcome
from tests.files.breaking import HistoryRefusedError, Kept, disk_with, failing, meanwhile, names


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_a_new_file_has_the_mode_that_was_asked_for_whatever_the_umask(tmp_path: Path, mode: int) -> None:
    disk, path = disk_with(), tmp_path / "a"
    before = os.umask(0o077)
    try:
        done = disk.replace(disk.read(path), b"new", keep=Kept(), new_mode=mode)
    finally:
        os.umask(before)

    assert (done.outcome, done.old_hash, done.degraded) == (Outcome.WRITTEN, ABSENT, False)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == mode
    assert path.stat().st_nlink == 1
    assert names(tmp_path) == {"a"}


def test_missing_folders_are_made_private(tmp_path: Path) -> None:
    disk, path = disk_with(), tmp_path / ".codex" / "deep" / "config.toml"

    disk.replace(disk.read(path), b"new", keep=Kept(), lock=ClientLock())

    assert path.read_bytes() == b"new"
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700
    assert names(path.parent) == {"config.toml"}


def test_folders_are_taken_away_again_when_the_file_does_not_come(tmp_path: Path) -> None:
    disk, path = disk_with(failing(errno.EIO, call="sync_file")), tmp_path / "x" / "y" / "a"

    with pytest.raises(DeviceFailure):
        disk.replace(disk.read(path), b"new", keep=Kept())

    assert names(tmp_path) == set()


def test_a_folder_that_somebody_else_made_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "x" / "a"
    hook = meanwhile("mkdir", path.parent.mkdir)
    fail = failing(errno.EIO, call="sync_file")

    def both(number: int, name: str) -> None:
        hook(number, name)
        fail(number, name)

    disk = disk_with(both)
    with pytest.raises(DeviceFailure):
        disk.replace(disk.read(path), b"new", keep=Kept())

    assert names(tmp_path) == {"x"}


def test_a_file_that_somebody_creates_first_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a"
    disk = disk_with(meanwhile("rename_new", lambda: path.write_bytes(b"theirs")))

    assert disk.replace(disk.read(path), b"new", keep=Kept()).outcome is Outcome.FOREIGN
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == {"a"}


def test_a_dangling_link_gets_its_target_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    link = tmp_path / "link"
    link.symlink_to("dotfiles/a")
    disk = disk_with()

    assert disk.replace(disk.read(link), b"new", keep=Kept()).outcome is Outcome.WRITTEN
    assert link.is_symlink()
    assert (tmp_path / "dotfiles" / "a").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["link", "folder/a"])
def test_a_link_into_a_folder_that_is_not_there_makes_no_folders(tmp_path: Path, name: str) -> None:
    (tmp_path / "link").symlink_to("unmounted/disk/a")
    (tmp_path / "folder").symlink_to("unmounted")
    disk = disk_with()

    with pytest.raises(DanglingLink):
        disk.replace(disk.read(tmp_path / name), b"new", keep=Kept())

    assert names(tmp_path) == {"link", "folder"}


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    disk, path = disk_with(), tmp_path / "x" / "a"
    known = disk.read(path)
    (tmp_path / "x").touch()

    with pytest.raises(NotAFolder):
        disk.replace(known, b"new", keep=Kept())


def test_names_that_are_not_durable_are_withdrawn(tmp_path: Path) -> None:
    disk, path = disk_with(failing(errno.EIO, call="sync_folder")), tmp_path / "x" / "a"

    with pytest.raises(DeviceFailure):
        disk.replace(disk.read(path), b"new", keep=Kept())

    assert names(tmp_path) == set()


def test_what_somebody_wrote_into_the_withdrawn_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a"

    def hook(_number: int, name: str) -> None:
        if name == "sync_folder":
            path.write_bytes(b"theirs")
            raise OSError(errno.EIO, "no")

    disk = disk_with(hook)
    with pytest.raises(DeviceFailure):
        disk.replace(disk.read(path), b"new", keep=Kept())

    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == {"a"}


def test_remove_takes_away_what_we_know_and_keeps_it(tmp_path: Path) -> None:
    disk, path, kept = disk_with(), tmp_path / "a", Kept()
    path.write_bytes(b"ours")

    done = disk.remove(disk.read(path), keep=kept, lock=ClientLock())

    assert (done.outcome, done.new_hash) == (Outcome.WRITTEN, ABSENT)
    assert kept.versions == [b"ours"]
    assert names(tmp_path) == set()


def test_remove_of_what_is_gone_has_nothing_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"ours")
    known = disk_with().read(path)
    path.unlink()

    assert disk_with().remove(known, keep=Kept()).outcome is Outcome.SAME


def test_remove_of_what_goes_meanwhile_has_nothing_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"ours")
    disk = disk_with(meanwhile("rename", path.unlink))

    assert disk.remove(disk.read(path), keep=Kept()).outcome is Outcome.SAME
    assert names(tmp_path) == set()


@pytest.mark.parametrize("moment", ["realpath", "rename"])
def test_remove_leaves_what_somebody_else_wrote(tmp_path: Path, moment: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"ours")
    known = disk_with().read(path)
    disk = disk_with(meanwhile(moment, lambda: path.write_bytes(b"theirs")))

    assert disk.remove(known, keep=Kept()).outcome is Outcome.FOREIGN
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == {"a"}


def test_remove_keeps_two_foreign_versions_apart(tmp_path: Path) -> None:
    path, kept = tmp_path / "a", Kept()
    path.write_bytes(b"ours")
    first = meanwhile("rename", lambda: path.write_bytes(b"first"))
    second = meanwhile("rename_new", lambda: path.write_bytes(b"second"))

    def both(number: int, name: str) -> None:
        first(number, name)
        second(number, name)

    disk = disk_with(both)

    assert disk.remove(disk.read(path), keep=kept).outcome is Outcome.FOREIGN
    assert path.read_bytes() == b"second"
    assert kept.versions == [b"first"]
    disk.late_writes(closing=True)
    assert names(tmp_path) == {"a"}


def test_a_history_that_refuses_stops_the_removal(tmp_path: Path) -> None:
    disk, path = disk_with(), tmp_path / "a"
    path.write_bytes(b"ours")

    with pytest.raises(HistoryRefusedError):
        disk.remove(disk.read(path), keep=Kept(HistoryRefusedError()))

    assert path.read_bytes() == b"ours"
    assert names(tmp_path) == {"a"}


def test_remove_through_a_link_leaves_the_link(tmp_path: Path) -> None:
    disk = disk_with()
    (tmp_path / "real").write_bytes(b"ours")
    (tmp_path / "link").symlink_to("real")

    disk.remove(disk.read(tmp_path / "link"), keep=Kept())

    assert names(tmp_path) == {"link"}


def test_remove_that_is_refused_leaves_all(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"ours")
    disk = disk_with(failing(errno.EACCES, call="rename"))

    with pytest.raises(FileProblem):
        disk.remove(disk.read(path), keep=Kept())

    assert names(tmp_path) == {"a"}
