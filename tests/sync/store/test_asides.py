"""What is set aside does not pile up, and no good one goes that is the only one."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from aisync_desktop.database.asides import Kind, set_aside, thin_out
from aisync_desktop.files.places import PROGRAM_DATABASE
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.backups import make_backup, restore
from aisync_desktop.sync.store.migrations import KNOWN
from aisync_desktop.sync.store.store import Store
from tests.sync.store.conftest import TickingClock

BEGAN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def good(path: Path, clock: TickingClock, ring: KeyRing, tmp_path: Path) -> Path:
    """A whole database, elsewhere."""
    Store.open(path, clock, ring).close()
    return Path(shutil.move(path, tmp_path / "good"))


def day(number: int) -> dt.datetime:
    return BEGAN + dt.timedelta(days=number)


def names(path: Path, kind: str) -> list[str]:
    """Return the days of what was set aside; no side file is there without its database."""
    found = {one.name for one in path.parent.glob(f"{path.name}.{kind}-*")}
    databases = {name for name in found if not name.endswith(("-wal", "-shm"))}
    assert {name.removesuffix("-wal").removesuffix("-shm") for name in found} == databases
    return sorted(name.partition(f"{kind}-")[2][:8] for name in databases)


def test_of_many_broken_ones_the_first_and_the_last_stay(path: Path, good: Path) -> None:
    del good
    for number in range(8):
        path.write_bytes(b"broken")
        path.with_name(f"{path.name}-wal").write_bytes(b"its log")
        thin_out(path, Kind.DAMAGED, KNOWN, set_aside(path, Kind.DAMAGED, day(number)))
    assert names(path, "damaged") == ["20260101", "20260106", "20260107", "20260108"]


def test_the_last_good_one_stays_however_many_broken_ones_follow(path: Path, good: Path) -> None:
    for number in range(8):
        shutil.copy(good, path) if number == 2 else path.write_bytes(b"broken")
        thin_out(path, Kind.DAMAGED, KNOWN, set_aside(path, Kind.DAMAGED, day(number)))
    assert "20260103" in names(path, "damaged")
    assert len(names(path, "damaged")) == 5


def test_a_clock_that_is_wrong_does_not_take_the_one_of_just_now(path: Path, good: Path) -> None:
    for number in (100, 101, 102, 103, 104):
        shutil.copy(good, path)
        aside = set_aside(path, Kind.DAMAGED, day(number))
        thin_out(path, Kind.DAMAGED, KNOWN, aside)
    for number in (99, 50):
        shutil.copy(good, path)
        aside = set_aside(path, Kind.DAMAGED, day(number))
        thin_out(path, Kind.DAMAGED, KNOWN, aside)
        assert aside is not None
        assert aside.exists()


def test_two_of_one_moment_are_two(path: Path, good: Path) -> None:
    for content in (b"one", b"two"):
        path.write_bytes(content)
        set_aside(path, Kind.DAMAGED, BEGAN)
    found = sorted(path.parent.glob("*.damaged-*"))
    assert [one.read_bytes() for one in found] == [b"one", b"two"]
    assert good.exists()


def test_updates_leave_a_few_copies_behind(path: Path, clock: TickingClock, ring: KeyRing, good: Path) -> None:
    for number in range(2, 9):
        shutil.copy(good, path.with_name(f"{path.name}.before-m00{number}_step"))
    Store.open(path, clock, ring).close()
    left = sorted(one.name.partition(".before-m00")[2] for one in path.parent.glob("*.before-m*_step"))
    assert left == ["2_step", "6_step", "7_step", "8_step"]


def test_restores_leave_a_few_behind(
    path: Path, clock: TickingClock, ring: KeyRing, program: ProgramStore, tmp_path: Path
) -> None:
    Store.open(path, clock, ring).close()
    make_backup(path, tmp_path / "backup", program)
    for number in range(8):
        restore(tmp_path / "backup", path, ring, day(number))
        ProgramStore.open(path.with_name(PROGRAM_DATABASE), path, clock).close()
    for database in (path, path.with_name(PROGRAM_DATABASE)):
        assert names(database, "before-restore") == ["20260101", "20260106", "20260107", "20260108"]
