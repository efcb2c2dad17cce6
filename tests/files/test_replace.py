"""Replacing: only what we know, whole or not at all, dressed as before, with every displaced version kept."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.errors import DiskFull, FileProblem, HardLinked, OwnerLost, WriteProtected
from aisync_desktop.files.protocol import ClientLock, Outcome, Reading, content_hash
from tests.files.breaking import HistoryRefusedError, Kept, disk_with, failing, meanwhile, names

linux = pytest.mark.skipif(sys.platform != "linux", reason="extended attributes")
root = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may give files away")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.json"
    file.write_bytes(b"old")
    return file


def test_new_bytes_take_the_place_of_the_old_which_are_kept(path: Path) -> None:
    disk, kept = disk_with(), Kept()

    done = disk.replace(disk.read(path), b"new", keep=kept)

    assert done.outcome is Outcome.WRITTEN
    assert (done.old_hash, done.new_hash) == (content_hash(b"old"), content_hash(b"new"))
    assert not done.degraded
    assert path.read_bytes() == b"new"
    assert kept.versions == [b"old"]
    assert names(path.parent) == {"a.json"}


def test_the_same_with_the_systems_own_calls_and_clock(path: Path) -> None:
    disk, kept = RealDisk(SystemClock()), Kept()

    written = disk.replace(disk.read(path), b"new", keep=kept, lock=ClientLock())
    removed = disk.remove(disk.read(path), keep=kept)
    created = disk.replace(disk.read(path), b"newest", keep=kept)

    assert {written.outcome, removed.outcome, created.outcome} == {Outcome.WRITTEN}
    assert (path.read_bytes(), kept.versions) == (b"newest", [b"old", b"new"])
    assert disk.late_writes(closing=True) == ()
    assert names(path.parent) == {"a.json"}


@given(old=st.binary(max_size=200), new=st.binary(max_size=200), other=st.binary(max_size=200), fits=st.booleans())
def test_only_what_was_expected_is_replaced(old: bytes, new: bytes, other: bytes, *, fits: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, disk, kept = Path(folder) / "a", disk_with(), Kept()
        path.write_bytes(other)
        known = disk.read(path)
        path.write_bytes(other if fits else old)
        there = path.read_bytes()

        done = disk.replace(known, new, keep=kept)

        expected: tuple[Outcome, bytes, list[bytes]]
        if there == new:
            expected = Outcome.SAME, there, []
        elif there == other:
            expected = Outcome.WRITTEN, new, [there]
        else:
            expected = Outcome.FOREIGN, there, []
        assert (done.outcome, path.read_bytes(), kept.versions) == expected
        disk.late_writes(closing=True)
        assert names(path.parent) == {"a"}


def test_bytes_that_are_there_already_are_not_written_again(path: Path) -> None:
    disk = disk_with()
    before = path.stat()

    assert disk.replace(disk.read(path), b"old", keep=Kept()).outcome is Outcome.SAME
    assert path.stat().st_ino == before.st_ino
    assert path.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o755, 0o400 | 0o200, 0o2644])
def test_the_mode_stays(path: Path, mode: int) -> None:
    disk = disk_with()
    path.chmod(mode)

    disk.replace(disk.read(path), b"new", keep=Kept())

    assert path.stat().st_mode & 0o7777 == mode


def test_the_new_file_is_never_more_open_than_the_old_one(path: Path) -> None:
    path.chmod(0o640)
    seen: list[int] = []

    def look(_number: int, _name: str) -> None:
        seen.extend(one.stat().st_mode & 0o777 for one in path.parent.iterdir())

    disk = disk_with(look)
    disk.replace(disk.read(path), b"new", keep=Kept())

    assert set(seen) == {0o600, 0o640}


@linux
def test_extended_attributes_stay(path: Path) -> None:
    disk = disk_with()
    os.setxattr(path, "user.note", b"mine")

    disk.replace(disk.read(path), b"new", keep=Kept())

    assert os.getxattr(path, "user.note") == b"mine"


@linux
def test_an_access_list_stays_and_opens_nothing(path: Path) -> None:
    # user::rw- user:65534:r-- group::--- mask::r-- other::---
    rows = [(1, 6, 0xFFFFFFFF), (2, 4, 65534), (4, 0, 0xFFFFFFFF), (16, 4, 0xFFFFFFFF), (32, 0, 0xFFFFFFFF)]
    acl = (2).to_bytes(4, "little") + b"".join(
        tag.to_bytes(2, "little") + rights.to_bytes(2, "little") + who.to_bytes(4, "little")
        for tag, rights, who in rows
    )
    try:
        os.setxattr(path, "system.posix_acl_access", acl)
    except OSError:
        pytest.skip("no access lists here")
    disk, before = disk_with(), path.stat().st_mode

    disk.replace(disk.read(path), b"new", keep=Kept())

    assert os.getxattr(path, "system.posix_acl_access") == acl
    assert path.stat().st_mode == before


@linux
def test_an_access_list_that_cannot_be_copied_forbids_the_replacement(path: Path) -> None:
    os.setxattr(path, "user.note", b"mine")
    disk = disk_with(failing(errno.EPERM, call="set_xattr"))

    with pytest.raises(FileProblem):
        disk.replace(disk.read(path), b"new", keep=Kept())

    assert path.read_bytes() == b"old"
    assert names(path.parent) == {"a.json"}


@root
def test_owner_and_group_stay(path: Path) -> None:
    disk = disk_with()
    os.chown(path, 65534, 65533)

    disk.replace(disk.read(path), b"new", keep=Kept())

    assert (path.stat().st_uid, path.stat().st_gid) == (65534, 65533)


@root
def test_a_file_that_cannot_be_given_back_to_its_owner_is_left_alone(path: Path) -> None:
    os.chown(path, 65534, 65533)
    disk = disk_with(failing(errno.EPERM, call="chown"))

    with pytest.raises(OwnerLost):
        disk.replace(disk.read(path), b"new", keep=Kept())

    assert path.read_bytes() == b"old"
    assert names(path.parent) == {"a.json"}


def test_links_stay_links_and_the_real_file_is_written(tmp_path: Path, path: Path) -> None:
    disk = disk_with()
    home = tmp_path / "home"
    home.mkdir()
    (home / "folder").symlink_to(tmp_path)
    (home / "link").symlink_to("folder/a.json")

    done = disk.replace(disk.read(home / "link"), b"new", keep=Kept())

    assert done.outcome is Outcome.WRITTEN
    assert done.path == home / "link"
    assert (home / "link").readlink() == Path("folder/a.json")
    assert path.read_bytes() == b"new"
    assert names(home) == {"folder", "link"}


def test_a_link_that_is_turned_elsewhere_meanwhile_is_foreign(tmp_path: Path, path: Path) -> None:
    link, other = tmp_path / "link", tmp_path / "other"
    other.write_bytes(b"old")
    link.symlink_to("a.json")

    def turn() -> None:
        link.unlink()
        link.symlink_to("other")

    disk = disk_with(meanwhile("sync_file", turn))

    assert disk.replace(disk.read(link), b"new", keep=Kept()).outcome is Outcome.FOREIGN
    assert (path.read_bytes(), other.read_bytes()) == (b"old", b"old")
    assert names(tmp_path) == {"a.json", "link", "other"}


def test_a_file_with_two_names_is_refused(tmp_path: Path, path: Path) -> None:
    os.link(path, tmp_path / "second")
    disk = disk_with()

    with pytest.raises(HardLinked):
        disk.replace(disk.read(path), b"new", keep=Kept())

    assert path.read_bytes() == b"old"


def test_a_write_protected_file_is_left_alone(path: Path) -> None:
    path.chmod(0o444)
    disk = disk_with()

    with pytest.raises(WriteProtected):
        disk.replace(disk.read(path), b"new", keep=Kept())

    assert path.read_bytes() == b"old"


def test_a_history_that_refuses_stops_the_replacement(path: Path) -> None:
    disk = disk_with()

    with pytest.raises(HistoryRefusedError):
        disk.replace(disk.read(path), b"new", keep=Kept(HistoryRefusedError()))

    assert path.read_bytes() == b"old"
    assert names(path.parent) == {"a.json"}


def test_the_old_version_still_has_a_name_while_it_is_kept(path: Path) -> None:
    found: list[Path] = []
    disk = disk_with()

    def keep(_path: Path, data: bytes) -> None:
        found.extend(one for one in path.parent.iterdir() if one.read_bytes() == data)

    disk.replace(disk.read(path), b"new", keep=keep)

    assert len(found) == 1


def _rename_in(path: Path, data: bytes) -> None:
    side = path.with_name("client.tmp")
    side.write_bytes(data)
    side.replace(path)


def _write_in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


_SAVES = [_rename_in, _write_in_place]


@pytest.mark.parametrize("save", _SAVES)
def test_a_save_right_before_the_swap_stays_in_place(path: Path, save: object) -> None:
    assert callable(save)
    disk, kept = disk_with(meanwhile("exchange", lambda: save(path, b"theirs"))), Kept()

    done = disk.replace(disk.read(path), b"new", keep=kept)

    assert done.outcome is Outcome.FOREIGN
    assert path.read_bytes() == b"theirs"
    assert kept.versions == [b"theirs"]
    assert disk.late_writes(closing=True) == ()
    assert names(path.parent) == {"a.json"}


@pytest.mark.parametrize("first", _SAVES)
@pytest.mark.parametrize("second", _SAVES)
def test_of_two_saves_around_the_swap_the_last_stays_and_both_are_kept(
    path: Path, first: object, second: object
) -> None:
    assert callable(first)
    assert callable(second)
    before = meanwhile("exchange", lambda: first(path, b"first"))
    after = meanwhile("exchange", lambda: second(path, b"second"), nth=1)

    def both(number: int, name: str) -> None:
        before(number, name)
        after(number, name)

    disk, kept = disk_with(both), Kept()

    done = disk.replace(disk.read(path), b"new", keep=kept)

    assert done.outcome is Outcome.FOREIGN
    assert path.read_bytes() == b"second"
    assert kept.versions == [b"first", b"second"]
    assert disk.late_writes(closing=True) == ()
    assert names(path.parent) == {"a.json"}


def test_a_writer_that_never_rests_cannot_make_a_version_disappear(path: Path) -> None:
    count = 0

    def save(_number: int, name: str) -> None:
        nonlocal count
        if name == "exchange":
            count += 1
            _rename_in(path, b"theirs %d" % count)

    disk, kept = disk_with(save), Kept()

    done = disk.replace(disk.read(path), b"new", keep=kept)

    late = {write.data for write in disk.late_writes(closing=True)}
    seen = {path.read_bytes(), *kept.versions, *late}
    assert done.outcome is Outcome.FOREIGN
    assert {b"theirs %d" % number for number in range(1, count + 1)} <= seen
    assert names(path.parent) == {"a.json"}


def test_a_save_that_has_taken_the_file_away_is_not_disturbed(path: Path) -> None:
    away = path.with_name("a.json.orig")
    disk = disk_with(meanwhile("exchange", lambda: path.rename(away)))

    assert disk.replace(disk.read(path), b"new", keep=Kept()).outcome is Outcome.FOREIGN
    assert names(path.parent) == {"a.json.orig"}


def test_our_version_taken_away_between_two_trades_brings_theirs_back(path: Path) -> None:
    away = path.with_name("a.json.orig")
    before = meanwhile("exchange", lambda: _rename_in(path, b"theirs"))
    after = meanwhile("exchange", lambda: path.rename(away), nth=1)

    def both(number: int, name: str) -> None:
        before(number, name)
        after(number, name)

    disk = disk_with(both)

    assert disk.replace(disk.read(path), b"new", keep=Kept()).outcome is Outcome.FOREIGN
    assert path.read_bytes() == b"theirs"
    assert names(path.parent) == {"a.json", "a.json.orig"}


def test_a_link_that_appears_in_place_of_the_file_is_put_back(tmp_path: Path, path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"old")

    def become_a_link() -> None:
        path.unlink()
        path.symlink_to("other")

    disk = disk_with(meanwhile("exchange", become_a_link))

    assert disk.replace(disk.read(path), b"new", keep=Kept()).outcome is Outcome.FOREIGN
    assert path.is_symlink()
    assert other.read_bytes() == b"old"
    assert names(tmp_path) == {"a.json", "other"}


def test_a_folder_that_appears_in_place_of_the_file_is_put_back(path: Path) -> None:
    def become_a_folder() -> None:
        path.unlink()
        path.mkdir()

    disk = disk_with(meanwhile("exchange", become_a_folder))

    assert disk.replace(disk.read(path), b"new", keep=Kept()).outcome is Outcome.FOREIGN
    assert path.is_dir()
    assert names(path.parent) == {"a.json"}


def test_a_file_that_goes_away_before_anything_is_written_is_foreign(path: Path) -> None:
    disk = disk_with(meanwhile("xattrs", path.unlink))
    assert disk.replace(disk.read(path), b"new", keep=Kept()).outcome is Outcome.FOREIGN
    assert names(path.parent) == set()


# --- what the system refuses ---


def test_a_full_disk_leaves_the_old_bytes(path: Path) -> None:
    disk = disk_with(failing(errno.ENOSPC, call="write"))

    with pytest.raises(DiskFull) as caught:
        disk.replace(disk.read(path), b"new", keep=Kept())

    assert caught.value.path == path
    assert path.read_bytes() == b"old"
    assert names(path.parent) == {"a.json"}


def test_a_file_is_written_to_the_end_by_a_system_that_writes_little_at_a_time(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = disk_with()
    known, real_write = disk.read(path), os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real_write(fd, data[:7]))

    disk.replace(known, b"0123456789" * 10, keep=Kept())

    assert path.read_bytes() == b"0123456789" * 10


def test_our_file_that_cannot_be_removed_at_once_is_removed_later(path: Path) -> None:
    broken = [True]

    def hook(_number: int, name: str) -> None:
        if name == "unlink" and broken[0]:
            raise OSError(errno.EACCES, "no")

    disk = disk_with(hook)
    assert disk.replace(disk.read(path), b"new", keep=Kept()).outcome is Outcome.WRITTEN
    assert len(names(path.parent)) == 2
    broken[0] = False

    disk.late_writes()

    assert names(path.parent) == {"a.json"}


@linux
def test_a_process_without_rights_is_told_so(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs a second user")
    folder = Path(tempfile.mkdtemp(dir="/tmp"))  # pytest's own folders are closed to other users
    try:
        folder.chmod(0o755)
        (folder / "a").write_bytes(b"old")
        script = (
            "import pathlib, sys\n"
            "from aisync_desktop.files.clock import SystemClock\n"
            "from aisync_desktop.files.disk import RealDisk\n"
            "from aisync_desktop.files.errors import PermissionDenied\n"
            "import os; os.setgroups([]); os.setgid(65533); os.setuid(65534)\n"
            "disk, path = RealDisk(SystemClock()), pathlib.Path(sys.argv[1])\n"
            "try: disk.replace(disk.read(path), b'new', keep=lambda path, data: None)\n"
            "except PermissionDenied: print('denied')\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, str(folder / "a")],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
        assert done.stdout == "denied\n"
        assert names(folder) == {"a"}
    finally:
        (folder / "a").unlink()
        folder.rmdir()


def test_the_reading_may_come_from_anywhere(path: Path) -> None:
    """Only its hash counts: an engine makes one from what it stored."""
    stored = Reading(path, path, b"old", content_hash(b"old"))

    assert disk_with().replace(stored, b"new", keep=Kept()).outcome is Outcome.WRITTEN


def test_who_may_write_to_a_path_is_told_of_the_file_and_its_folder(tmp_path: Path, path: Path) -> None:
    disk = disk_with()
    link = tmp_path / "link"
    link.symlink_to(path)
    before = disk.rights(path)
    assert disk.rights(link) == before
    path.chmod(0o444)
    assert disk.rights(path) != before
    assert len(disk.rights(tmp_path / "none")) == 1
    path.chmod(0o640)
    path.parent.chmod(0o500)
    protected = disk.rights(path)
    path.parent.chmod(0o700)
    assert disk.rights(path) != protected
    link.unlink()
    link.symlink_to(link)
    assert disk.rights(link) == ()
