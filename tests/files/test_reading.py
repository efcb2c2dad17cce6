"""Reading: only versions that were whole at one moment."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.errors import Busy, IsAFolder, NotAFile, NotAFolder, PermissionDenied, SymlinkLoop, TooLarge
from aisync_desktop.files.protocol import ABSENT, content_hash
from aisync_desktop.kernel.errors import BugError
from tests.files.breaking import StepClock, disk_with, failing, meanwhile


def test_reads_bytes_and_what_they_are_called(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf{}\r\n")
    path.chmod(0o640)

    reading = disk_with().read(path)

    assert reading.data == b"\xef\xbb\xbf{}\r\n"
    assert reading.hash == content_hash(b"\xef\xbb\xbf{}\r\n")
    assert (reading.size, reading.mode, reading.real_path) == (7, 0o640, path)
    assert reading.mtime_ns == path.stat().st_mtime_ns


@pytest.mark.parametrize("name", ["missing", "no/such/folder/missing"])
def test_absent_is_an_answer(tmp_path: Path, name: str) -> None:
    reading = disk_with().read(tmp_path / name)

    assert reading.absent
    assert reading.hash == ABSENT


def test_an_empty_file_is_not_absent(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.touch()

    assert disk_with().read(path).data == b""


def test_follows_links_to_the_real_file(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "a"
    real.parent.mkdir()
    real.write_bytes(b"x")
    (tmp_path / "folder").symlink_to("dotfiles")
    (tmp_path / "link").symlink_to("folder/a")

    reading = disk_with().read(tmp_path / "link")

    assert (reading.data, reading.real_path, reading.path) == (b"x", real, tmp_path / "link")


def test_a_link_to_nothing_reads_as_absent_where_it_points(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("elsewhere/a")

    reading = disk_with().read(tmp_path / "link")

    assert reading.absent
    assert reading.real_path == tmp_path / "elsewhere" / "a"


def test_a_loop_of_links_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")

    with pytest.raises(SymlinkLoop):
        disk_with().read(tmp_path / "a")


def test_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(IsAFolder):
        disk_with().read(tmp_path)


def test_a_file_on_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").touch()

    with pytest.raises(NotAFolder):
        disk_with().read(tmp_path / "a" / "b")


def test_a_pipe_neither_hangs_nor_reads(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(NotAFile):
        disk_with().read(tmp_path / "pipe")


def test_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # socket names are short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        with pytest.raises(NotAFile):
            disk_with().read(tmp_path / "s")


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)

    with pytest.raises(TooLarge):
        disk_with().read(path)


def test_the_limit_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    disk = RealDisk(StepClock(), limit=10)
    assert disk.read(path).data == b"x"
    path.write_bytes(b"x" * 11)

    with pytest.raises(TooLarge):
        disk.read(path)


def test_no_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.touch()

    with pytest.raises(PermissionDenied) as caught:
        disk_with(failing(errno.EACCES, call="open")).read(path)

    assert caught.value.path == path


def test_relative_paths_are_our_bug() -> None:
    with pytest.raises(BugError):
        disk_with().read(Path("a"))


def test_a_write_in_the_middle_is_never_seen_torn(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old" * 10)
    disk = disk_with(meanwhile("read", lambda: path.write_bytes(b"newer")))

    assert disk.read(path).data == b"newer"


def test_a_replacement_in_the_middle_is_noticed(tmp_path: Path) -> None:
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"old")
    other.write_bytes(b"new")
    disk = disk_with(meanwhile("read", lambda: other.replace(path)))

    assert disk.read(path).data == b"new"


def test_a_removal_in_the_middle_reads_as_absent(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    disk = disk_with(meanwhile("read", path.unlink))

    assert disk.read(path).absent


def test_a_file_that_never_holds_still_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")

    def grow(_number: int, name: str) -> None:
        if name == "read":
            with path.open("ab") as file:
                file.write(b"x")

    with pytest.raises(Busy):
        disk_with(grow).read(path)


@pytest.mark.parametrize("gone", ["absent", "empty"])
def test_a_settled_read_waits_for_a_save_that_takes_the_file_away_for_a_moment(tmp_path: Path, gone: str) -> None:
    path = tmp_path / "a"
    if gone == "empty":
        path.touch()
    clock = StepClock()

    def come_back() -> None:
        if clock.at > 0.1:
            path.write_bytes(b"back")

    clock.on_sleep = come_back

    assert disk_with(clock=clock).read_settled(path, 3.0).data == b"back"
    assert clock.at < 0.5


def test_a_settled_read_ends_in_time_with_what_there_is(tmp_path: Path) -> None:
    clock = StepClock()

    assert disk_with(clock=clock).read_settled(tmp_path / "a", 3.0).absent
    assert clock.at == pytest.approx(3.0)


def test_a_settled_read_does_not_wait_for_a_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    clock = StepClock()

    assert disk_with(clock=clock).read_settled(tmp_path / "a", 3.0).data == b"x"
    assert clock.at == 0


def _large(path: Path, word: bytes = b"a") -> None:
    path.write_bytes(word * 2_000_000)


def _counted() -> tuple[list[str], RealDisk, StepClock]:
    """Return a disk, its clock, and the calls that read."""
    reads: list[str] = []
    clock = StepClock()
    return reads, disk_with(lambda _number, name: reads.append(name) if name == "read" else None, clock), clock


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a status does not tell of every write")
def test_a_large_file_that_stays_as_it_is_is_not_read_at_every_look(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    _large(path)
    reads, disk, clock = _counted()
    first = disk.look(path)
    clock.at += 3
    assert disk.look(path) == first  # from then on its status has been the same for long enough
    reads.clear()
    assert disk.look(path) == first
    assert reads == []
    assert disk.read(path) == first
    assert reads != []


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a status does not tell of every write")
def test_a_large_file_that_changes_is_seen_whatever_its_size_and_time_say(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    _large(path)
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    _, disk, clock = _counted()
    for word in (b"b", b"c", b"d"):
        disk.look(path)
        clock.at += 3
        disk.look(path)
        _large(path, word)
        os.utime(path, ns=times)
        assert disk.look(path).data == word * 2_000_000


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a status does not tell of every write")
def test_a_link_that_leads_to_another_large_file_is_seen(tmp_path: Path) -> None:
    one, other, path = tmp_path / "one", tmp_path / "other", tmp_path / "a.json"
    _large(one)
    _large(other, b"b")
    path.symlink_to(one)
    _, disk, clock = _counted()
    disk.look(path)
    clock.at += 3
    disk.look(path)
    path.unlink()
    path.symlink_to(other)
    assert disk.look(path).real_path == other
    path.unlink()
    assert disk.look(path).absent


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a status does not tell of every write")
def test_a_large_file_that_was_just_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    _large(path)
    reads, disk, clock = _counted()
    disk.look(path)
    clock.at += 1
    disk.look(path)
    reads.clear()
    disk.look(path)
    assert reads != []


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a status does not tell of every write")
def test_of_many_large_files_the_newest_are_remembered(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.json" for number in range(17)]
    for path in paths:
        path.write_bytes(b"a" * (1 << 20))
    reads, disk, clock = _counted()
    for path in paths:
        for _ in range(3):
            disk.look(path)
            clock.at += 3
    reads.clear()
    disk.look(paths[-1])
    assert reads == []
    disk.look(paths[0])
    assert reads != []


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a status does not tell of every write")
def test_a_large_file_whose_folder_is_gone_is_absent(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.json"
    path.parent.mkdir()
    _large(path)
    _, disk, clock = _counted()
    for _ in range(3):
        disk.look(path)
        clock.at += 3
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to(path.parent)
    with pytest.raises(SymlinkLoop):
        disk.look(path)


def test_a_large_file_that_is_to_be_replaced_is_read_again_where_its_status_is_another(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    _large(path)
    reads, disk, _ = _counted()
    first = disk.read(path)
    reads.clear()
    assert disk._reader.again(first) is first
    assert reads == []
    path.write_bytes(b"b" * 2_000_001)
    assert disk._reader.again(first).data == b"b" * 2_000_001
    path.unlink()
    assert disk._reader.again(first).absent
