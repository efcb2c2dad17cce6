"""Several files at once: each under the same promise as one, and the disk is waited for together."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from aisync_desktop.files.errors import DeviceFailure, DiskFull, FileProblem, WriteProtected
from aisync_desktop.files.protocol import ClientLock, Outcome, Replaced, Replacement
from aisync_desktop.files.syncing import Course, Sync, Syncing, failure_of, run_alone, run_together
from aisync_desktop.kernel.errors import BugError, WorldError
from tests.files.breaking import HistoryRefusedError, Kept, disk_with, failing, meanwhile, names

NAMES = ("a.json", "b.json", "c.json")
LARGE = 2_000_000
posix = pytest.mark.skipif(os.name != "posix", reason="elsewhere a status does not tell of every write")


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    found = [tmp_path / name for name in NAMES]
    for path in found:
        path.write_bytes(b"old")
    return found


def _changed(ended: list[Replaced | WorldError]) -> list[Outcome | type[WorldError]]:
    return [one.outcome if isinstance(one, Replaced) else type(one) for one in ended]


def test_files_that_change_together_wait_for_the_disk_together(paths: list[Path]) -> None:
    disk, kept = disk_with(), Kept()
    fresh = paths[0].parent / "fresh" / "d.json"
    known = [disk.read(path) for path in (*paths, fresh)]

    new = (b"new", b"new", None, b"new")
    ended = disk.replace_all([Replacement(one, data, kept) for one, data in zip(known, new, strict=True)])

    assert _changed(ended) == [Outcome.WRITTEN] * 4
    assert [path.read_bytes() for path in (*paths[:2], fresh)] == [b"new"] * 3
    assert not paths[2].exists()
    assert kept.versions == [b"old"] * 3
    assert names(paths[0].parent) == {"a.json", "b.json", "fresh"}


def test_each_end_is_told_as_it_comes_whatever_comes_of_it(paths: list[Path]) -> None:
    ends: list[int] = []
    known = [disk_with().read(path) for path in paths]
    disk, lock = disk_with(), ClientLock()
    paths[1].chmod(0o444)
    changes = [Replacement(one, b"new", Kept(), lock if one is known[2] else None) for one in known]
    ended = disk.replace_all(changes, lambda: ends.append(sum(path.read_bytes() == b"new" for path in paths)))

    assert _changed(ended) == [Outcome.WRITTEN, WriteProtected, Outcome.WRITTEN]
    assert (len(ends), ends[-1]) == (3, 2)
    assert 1 in ends  # not all of them at the very end


def test_all_are_durable_before_the_first_takes_its_place_and_a_folder_is_synced_once(paths: list[Path]) -> None:
    calls: list[str] = []
    disk = disk_with(lambda _number, name: calls.append(name))

    disk.replace_all([Replacement(disk.read(path), b"new", Kept()) for path in paths])

    steps = [name for name in calls if name in {"sync_file", "exchange", "sync_folder"}]
    assert steps == ["sync_file"] * 3 + ["exchange"] * 3 + ["sync_folder"]


def test_a_file_that_cannot_be_written_stops_no_other(paths: list[Path]) -> None:
    disk = disk_with(failing(errno.ENOSPC, at=None, call="write"))
    full = disk.replace_all([Replacement(disk.read(path), b"new", Kept()) for path in paths])

    assert _changed(full) == [DiskFull] * 3
    assert [path.read_bytes() for path in paths] == [b"old"] * 3
    assert names(paths[0].parent) == set(NAMES)


def test_what_is_not_durable_is_put_back(paths: list[Path]) -> None:
    disk = disk_with(failing(errno.EIO, call="sync_folder"))

    ended = disk.replace_all([Replacement(disk.read(path), b"new", Kept()) for path in paths])

    assert _changed(ended) == [DeviceFailure] * 3
    assert [path.read_bytes() for path in paths] == [b"old"] * 3
    disk.late_writes(closing=True)
    assert names(paths[0].parent) == set(NAMES)


def test_what_somebody_writes_while_the_others_are_made_durable_is_theirs(paths: list[Path]) -> None:
    disk = disk_with(meanwhile("sync_file", lambda: paths[1].write_bytes(b"theirs"), nth=2))

    ended = disk.replace_all([Replacement(disk.read(path), b"new", Kept()) for path in paths])

    assert _changed(ended) == [Outcome.WRITTEN, Outcome.FOREIGN, Outcome.WRITTEN]
    assert [path.read_bytes() for path in paths] == [b"new", b"theirs", b"new"]


def test_a_lock_is_held_for_one_file_only(paths: list[Path]) -> None:
    held: list[set[str]] = []
    disk = disk_with(meanwhile("exchange", lambda: held.append(names(paths[0].parent) - set(NAMES))))
    lock = ClientLock()

    changes = [Replacement(disk.read(path), b"new", Kept(), lock) for path in paths]
    assert _changed(disk.replace_all(changes)) == [Outcome.WRITTEN] * 3

    (seen,) = held
    assert len([name for name in seen if name.endswith(".lock")]) == 1
    assert names(paths[0].parent) == set(NAMES)


def test_a_fault_of_ours_in_one_leaves_all_as_they_were(paths: list[Path]) -> None:
    disk = disk_with()
    known = [disk.read(path) for path in paths]
    refusing = Kept(HistoryRefusedError())

    with pytest.raises(HistoryRefusedError):
        disk.replace_all([Replacement(known[0], b"new", Kept()), Replacement(known[1], b"new", refusing)])

    assert [path.read_bytes() for path in paths] == [b"old"] * 3
    disk.late_writes(closing=True)
    assert names(paths[0].parent) == set(NAMES)


@posix
def test_a_large_file_is_read_once_when_it_is_replaced(tmp_path: Path) -> None:
    path, new = tmp_path / "large.json", b"b" * LARGE
    path.write_bytes(b"a" * LARGE)
    reads: list[str] = []
    disk = disk_with(lambda _number, name: reads.append(name) if name == "read" else None)
    known = disk.read(path)
    whole = len(reads)

    assert disk.replace(known, new, keep=Kept()).outcome is Outcome.WRITTEN

    assert len(reads) == 2 * whole  # what came out of its place
    assert path.read_bytes() == new


@posix
def test_a_large_file_that_changed_behind_its_status_is_put_back(tmp_path: Path) -> None:
    path, theirs = tmp_path / "large.json", b"c" * LARGE
    path.write_bytes(b"a" * LARGE)
    disk, kept = disk_with(), Kept()
    known, status = disk.read(path), path.stat()
    path.write_bytes(theirs)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert disk.replace(known, b"b" * LARGE, keep=kept).outcome is Outcome.FOREIGN

    assert path.read_bytes() == theirs
    assert kept.versions == [theirs]


@posix
def test_a_large_file_that_is_gone_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b"a" * LARGE)
    disk = disk_with()
    known = disk.read(path)
    path.unlink()

    assert disk.replace(known, b"b" * LARGE, keep=Kept()).outcome is Outcome.FOREIGN
    assert not path.exists()


def _write(durable: list[str], name: str) -> Syncing[str]:
    yield Sync(lambda _: durable.append(name), 0)
    return name


def _failing(code: int) -> Syncing[str]:
    def fail(_: object) -> None:
        raise OSError(code, "")

    try:
        yield Sync(fail, 1)
    except OSError as error:
        raise FileProblem(Path("x")) from error
    return "written"


def test_each_change_ends_by_itself() -> None:
    durable: list[str] = []
    ended = run_together([Course(_write(durable, "one")), Course(_failing(errno.EIO)), Course(_write(durable, "two"))])

    assert (ended[0], ended[2]) == ("one", "two")
    assert isinstance(ended[1], FileProblem)
    assert sorted(durable) == ["one", "two"]


def test_a_change_by_itself_waits_by_itself() -> None:
    durable: list[str] = []
    assert run_alone(_write(durable, "one")) == "one"
    with pytest.raises(FileProblem):
        run_alone(_failing(errno.EIO))
    assert durable == ["one"]


def test_a_failure_is_told_and_a_change_that_has_not_ended_has_no_end() -> None:
    pending: Iterator[Sync] = _failing(errno.EIO)
    failed = failure_of(next(pending))
    assert failed is not None
    assert failed.errno == errno.EIO
    with pytest.raises(BugError):
        Course(_write([], "one")).ended  # noqa: B018 - reading it is what raises
