"""What others may have put in the place of our own files and folders: refused or mended, and told."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from aisync_desktop.files.errors import FolderOpen, NotOurs
from aisync_desktop.files.instance import InstanceLock
from aisync_desktop.files.places import Places, find_places
from aisync_desktop.observe.logging import FILE_NAME, configure_logging, get_logger, stop_logging
from aisync_desktop.service.running_app import RunningApp, announce, running_app
from aisync_desktop.service.token_file import bearer_token, token_and_doubt

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes, owners and links are POSIX's")
Plant = Callable[[Path], object]


def _portable(folder: Path) -> Places:
    return find_places({"AISYNC_HOME": str(folder)})


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770, 0o722])
@pytest.mark.parametrize("where", ["", "config", "state", "log"])
def test_a_folder_of_ours_that_others_can_write_to_is_closed_and_told(tmp_path: Path, where: str, mode: int) -> None:
    folder = tmp_path / "ours" / where
    folder.mkdir(parents=True)
    folder.chmod(mode)
    mended = _portable(tmp_path / "ours").create()
    assert [(type(one), one.path) for one in mended] == [(FolderOpen, folder)]
    assert _mode(folder) == 0o700
    assert _portable(tmp_path / "ours").create() == ()


def test_a_folder_that_is_not_ours_alone_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "somebody's").mkdir()
    tmp_path.chmod(0o777)
    assert _portable(tmp_path).create() == ()
    assert _mode(tmp_path) == 0o777


def test_what_others_may_only_read_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir(mode=0o755)
    assert _portable(tmp_path).create() == ()


def test_a_folder_that_belongs_to_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _portable(tmp_path).create()
    real = Path.stat

    def theirs(path: Path, **named: bool) -> os.stat_result:
        found = real(path, **named)
        return os.stat_result((*found[:4], 4711, *found[5:])) if path == tmp_path / "config" else found

    monkeypatch.setattr(Path, "stat", theirs)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(NotOurs) as caught:
        _portable(tmp_path).create()
    assert str(tmp_path / "config") in str(caught.value)


def _link(path: Path) -> None:
    path.symlink_to(path.with_name("target"))


def _hard_link(path: Path) -> None:
    path.hardlink_to(path.with_name("target"))


def _readable(path: Path) -> None:
    path.write_text("planted")
    path.chmod(0o644)


def _empty(path: Path) -> None:
    path.touch(0o600)


def _binary(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")
    path.chmod(0o600)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "target"
    path.write_text("planted")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("plant", [_link, _hard_link, _readable, _empty, _binary, os.mkfifo])
def test_a_token_that_somebody_else_may_know_is_made_anew_and_told(tmp_path: Path, target: Path, plant: Plant) -> None:
    plant(tmp_path / "api-token")
    token, doubt = token_and_doubt(tmp_path)
    assert token not in {"", "planted"}
    assert doubt is not None
    assert token_and_doubt(tmp_path) == (token, None)
    assert bearer_token(tmp_path) == token
    assert target.read_text() == "planted"


def test_somebody_elses_token_is_none_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bearer_token(tmp_path)
    real = os.fstat

    def theirs(fd: int) -> os.stat_result:
        found = real(fd)
        return os.stat_result((*found[:4], 4711, *found[5:]))

    first = bearer_token(tmp_path)
    monkeypatch.setattr(os, "fstat", theirs)
    token, doubt = token_and_doubt(tmp_path)
    assert token != first
    assert doubt is not None


@pytest.mark.parametrize("plant", [_link, os.mkfifo])
def test_an_announcement_that_is_no_file_of_ours_is_none(tmp_path: Path, plant: Plant) -> None:
    announce(tmp_path, RunningApp("http://127.0.0.1:9", 1, "0"))
    (tmp_path / "endpoint.json").rename(tmp_path / "target")
    plant(tmp_path / "endpoint.json")
    assert running_app(tmp_path) is None


@pytest.mark.parametrize("plant", [_link, _hard_link, os.mkfifo])
@pytest.mark.parametrize("name", ["aisync.lock", "aisync.lock.gate"])
def test_a_lock_that_leads_elsewhere_is_refused_and_nothing_is_written_there(
    tmp_path: Path, target: Path, plant: Plant, name: str
) -> None:
    plant(tmp_path / name)
    with pytest.raises(NotOurs):
        InstanceLock(tmp_path / "aisync.lock").acquire()
    assert target.read_text() == "planted"


@pytest.mark.parametrize("plant", [_link, _hard_link, os.mkfifo, Path.mkdir])
def test_a_log_that_leads_elsewhere_is_set_aside_and_told(tmp_path: Path, target: Path, plant: Plant) -> None:
    plant(tmp_path / FILE_NAME)
    level = logging.getLogger().level
    try:
        aside = configure_logging(tmp_path)
        get_logger("aisync").info("written")
    finally:
        stop_logging()
        logging.getLogger().setLevel(level)
    assert aside is not None
    assert target.read_text() == "planted"
    assert "written" in (tmp_path / FILE_NAME).read_text()
