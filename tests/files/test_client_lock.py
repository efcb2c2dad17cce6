"""The client's own lock, held over a replacement."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aisync_desktop.files.errors import LockHeld
from aisync_desktop.files.protocol import ClientLock, Outcome
from tests.files.breaking import Kept, StepClock, disk_with, meanwhile, names


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.json"
    file.write_bytes(b"old")
    return file


def test_the_clients_lock_is_held_over_the_swap_and_given_back(path: Path) -> None:
    held: list[bool] = []
    lock = path.with_name("a.json.lock")
    disk = disk_with(meanwhile("exchange", lambda: held.append(lock.is_dir())))

    done = disk.replace(disk.read(path), b"new", keep=Kept(), lock=ClientLock())

    assert (done.outcome, held) == (Outcome.WRITTEN, [True])
    assert names(path.parent) == {"a.json"}


def test_a_lock_that_is_released_in_time_is_waited_for(path: Path) -> None:
    lock, clock = path.with_name("a.json.lock"), StepClock()
    lock.mkdir()

    def release() -> None:
        if clock.at > 0.3 and lock.exists():
            lock.rmdir()

    clock.on_sleep = release
    disk = disk_with(clock=clock)

    assert disk.replace(disk.read(path), b"new", keep=Kept(), lock=ClientLock()).outcome is Outcome.WRITTEN
    assert 0.3 < clock.at < 0.5


def test_a_lock_that_stays_fresh_makes_us_come_back_later(path: Path) -> None:
    path.with_name("a.json.lock").mkdir()
    clock = StepClock()
    disk = disk_with(clock=clock)

    with pytest.raises(LockHeld):
        disk.replace(disk.read(path), b"new", keep=Kept(), lock=ClientLock(wait_seconds=1.0))

    assert clock.at == pytest.approx(1.0)
    assert path.read_bytes() == b"old"
    assert names(path.parent) == {"a.json", "a.json.lock"}


@pytest.mark.parametrize("touched", [1, 32_503_680_000])  # and one from before the clock was set back
def test_a_lock_left_behind_by_a_crash_is_taken_over(path: Path, touched: int) -> None:
    lock = path.with_name("a.json.lock")
    lock.mkdir()
    os.utime(lock, (touched, touched))
    disk = disk_with()

    assert disk.replace(disk.read(path), b"new", keep=Kept(), lock=ClientLock()).outcome is Outcome.WRITTEN
    assert names(path.parent) == {"a.json"}


def test_something_else_by_the_name_of_the_lock_is_not_removed(path: Path) -> None:
    lock = path.with_name("a.json.lock")
    lock.write_bytes(b"a file")
    os.utime(lock, (1, 1))
    disk = disk_with()

    with pytest.raises(LockHeld):
        disk.replace(disk.read(path), b"new", keep=Kept(), lock=ClientLock())

    assert lock.read_bytes() == b"a file"


def test_a_lock_that_a_client_took_over_meanwhile_stays_theirs(path: Path) -> None:
    lock = path.with_name("a.json.lock")

    def take_over() -> None:
        lock.rename(lock.with_name("gone"))  # so that its inode number is not used again
        lock.mkdir()

    disk = disk_with(meanwhile("exchange", take_over))
    disk.replace(disk.read(path), b"new", keep=Kept(), lock=ClientLock())

    assert names(path.parent) == {"a.json", "a.json.lock", "gone"}
