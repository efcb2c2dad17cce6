"""A whole database that was to take the place of one that is gone does so at the next start."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.backups import make_backup, restore
from aisync_desktop.sync.store.store import Store
from tests.helpers.killed import killed_at
from tests.sync.store.conftest import TickingClock


@pytest.fixture
def opened(path: Path, clock: TickingClock, ring: KeyRing) -> Callable[[], Store]:
    return lambda: Store.open(path, clock, ring)


def scraps(path: Path) -> list[str]:
    return [one.name for why in ("again", "restored") for one in path.parent.glob(f"{path.name}.{why}*")]


@pytest.mark.parametrize("last", ["in_place.require_whole", "writer.put_in_place", "writer.opened"])
def test_a_database_that_was_deleted_is_written_anew_though_whoever_did_so_was_killed(
    path: Path, opened: Callable[[], Store], last: str
) -> None:
    store = opened()
    store.set_pause("one")
    path.unlink()
    with killed_at(f"database.{last}"):
        store.keep_place()
    with closing(opened()) as again:
        assert again.pause() == "one"
    assert scraps(path) == []


def test_a_restore_that_was_cut_off_between_the_names_is_finished(
    path: Path, clock: TickingClock, ring: KeyRing, opened: Callable[[], Store], program: ProgramStore, tmp_path: Path
) -> None:
    with closing(opened()) as store:
        store.set_pause("one")
    make_backup(path, tmp_path / "backup", program)
    with closing(opened()) as store:
        store.set_pause("two")
    with killed_at("sync.store.backups.put_in_place"):
        restore(tmp_path / "backup", path, ring, clock.now())
    with closing(opened()) as again:
        assert again.pause() == "one"
    assert scraps(path) == []


def test_one_that_was_cut_off_before_is_as_if_it_had_never_begun(
    path: Path, clock: TickingClock, ring: KeyRing, opened: Callable[[], Store], program: ProgramStore, tmp_path: Path
) -> None:
    opened().close()
    make_backup(path, tmp_path / "backup", program)
    with closing(opened()) as store:
        store.set_pause("two")
    with killed_at("sync.store.backups.set_aside"):
        restore(tmp_path / "backup", path, ring, clock.now())
    assert scraps(path)
    with closing(opened()) as again:
        assert again.pause() == "two"
    assert scraps(path) == []
