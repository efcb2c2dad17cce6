"""What commands say and write where the settings are: in sync's database still, in their own, or nowhere sound."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest

from aisync_desktop.program.store.carried import carried_by
from aisync_desktop.program.world import World
from tests.cli.conftest import answer, one_line, run
from tests.helpers.clients import Clients
from tests.helpers.old_database import OLD_VERSIONS, SETTINGS, make_old

pytestmark = pytest.mark.skipif(os.name != "posix", reason="file modes as POSIX has them")


class Killed(BaseException):
    """Nobody catches it."""


@pytest.fixture
def world(isolated_home: Path) -> World:
    Clients.make(isolated_home)
    return World.real(os.environ)


def settings() -> dict[str, object]:
    found = answer("settings", "get")["settings"]
    return {name: found[name] for name in SETTINGS}


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_settings_are_read_where_an_older_version_left_them_and_nothing_is_written(world: World, version: int) -> None:
    before = make_old(world.database, version).read_bytes()
    assert settings() == SETTINGS
    assert world.database.read_bytes() == before
    assert not world.program_database.exists()


@pytest.mark.parametrize("version", OLD_VERSIONS[2:])
def test_the_status_is_told_before_anything_is_written(world: World, version: int) -> None:
    """What the versions before them wrote lacks columns: there, a command that writes has to come first."""
    make_old(world.database, version)
    assert run("status").exit_code == 3  # the user has not agreed yet
    assert run("history").exit_code == 0
    assert not world.program_database.exists()


def test_the_first_setting_brings_all_of_them_into_their_own_database(world: World) -> None:
    make_old(world.database, 4)
    assert answer("settings", "set", "history_days", "60")["settings"] == {"history_days": 60}
    assert settings() == {**SETTINGS, "history_days": 60}
    assert carried_by(world.database).settings == ()
    assert world.program_database.stat().st_mode & 0o777 == 0o600


def test_a_backup_brings_settings_along_also_of_a_database_that_is_not_up_to_date(world: World, tmp_path: Path) -> None:
    make_old(world.database, 5)
    answer("backup", str(tmp_path / "old"))
    answer("settings", "set", "history_days", "60")
    answer("backup", str(tmp_path / "new"))
    answer("settings", "set", "history_days", "90")
    for name, days in (("old", 30), ("new", 60)):
        answer("restore", str(tmp_path / name), "--yes")
        assert settings() == {**SETTINGS, "history_days": days}
        assert carried_by(world.database).settings == ()
    assert len(list(world.places.state.glob("program.sqlite3.before-restore-*"))) == 2


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_a_backup_of_every_older_version_is_taken_back(world: World, tmp_path: Path, version: int) -> None:
    answer("settings", "set", "history_days", "60")
    make_old(tmp_path / "backup", version)
    answer("restore", str(tmp_path / "backup"), "--yes")
    assert settings() == SETTINGS


@pytest.mark.parametrize("step", range(1, 8))
def test_a_restore_that_is_cut_off_leaves_the_backup_and_what_was(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    answer("settings", "set", "history_days", "60")
    answer("backup", str(tmp_path / "backup"))
    answer("settings", "set", "history_days", "90")
    moved: list[Path] = []
    move = Path.replace

    def cut_off(self: Path, target: Path) -> Path:
        moved.append(self)
        if len(moved) == step:
            raise Killed
        return move(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut_off)
        with suppress(Killed):
            run("restore", str(tmp_path / "backup"), "--yes")
    everywhere = [*world.places.state.glob("program.sqlite3*")]
    assert answer("settings", "get")["settings"]["history_days"] in {90, 60, 365}
    assert [one for one in everywhere if not one.name.endswith(("-wal", "-shm"))]
    answer("restore", str(tmp_path / "backup"), "--yes")
    assert answer("settings", "get")["settings"]["history_days"] == 60


def test_damaged_settings_hinder_only_who_asks_for_them(world: World) -> None:
    answer("settings", "set", "history_days", "60")
    world.program_database.write_bytes(b"x" * 8192)
    assert run("history").exit_code == 0
    assert "program.sqlite3" in one_line("settings", "get")
    assert run("sync").exit_code == 3  # the user has not agreed yet
    assert answer("settings", "get")["settings"]["history_days"] == 365
    assert list(world.places.state.glob("program.sqlite3.damaged-*"))


def test_a_new_machine_has_no_database_for_asking(world: World) -> None:
    assert run("settings", "get").exit_code == 0
    assert run("status").exit_code in {0, 3}
    assert not list(world.places.state.glob("*.sqlite3"))
