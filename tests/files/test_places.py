"""Where our own files are, and what is said when they cannot be there."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sys
import tempfile
from pathlib import Path

import pytest

from aisync_desktop.files import places
from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.errors import NoHome, NotAFolder, StateUnusable
from aisync_desktop.files.places import Places, find_places, home, resource
from aisync_desktop.kernel.errors import BugError


def _folders(found: Places) -> list[Path]:
    return [found.config, found.state, found.cache, found.log]


def test_everything_is_under_the_portable_home_and_private(tmp_path: Path) -> None:
    root = tmp_path / "portable"
    found = find_places({"AISYNC_HOME": str(root)})

    assert not root.exists()
    found.create()
    found.create()

    assert all(folder.is_relative_to(root) and folder.is_dir() for folder in _folders(found))
    assert len(set(_folders(found))) == 4
    assert all(folder.stat().st_mode & 0o777 == 0o700 for folder in [root, *_folders(found)])
    assert found.lock == root / "state" / "aisync.lock"
    assert list(found.state.iterdir()) == []


def test_a_relative_portable_home_does_not_move_with_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert find_places({"AISYNC_HOME": "here"}).state == tmp_path / "here" / "state"


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of this desktop")
def test_without_it_the_folders_are_where_the_desktop_wants_them(isolated_home: Path) -> None:
    found = find_places({"HOME": str(isolated_home), "AISYNC_HOME": ""})

    assert found.config == isolated_home / ".config" / "aisync"
    assert found.state == isolated_home / ".local" / "state" / "aisync"


@pytest.mark.parametrize("environ", [{}, {"HOME": ""}, {"HOME": "/no/such/home"}])
def test_without_any_home_we_say_so(environ: dict[str, str]) -> None:
    with pytest.raises(NoHome) as caught:
        find_places(environ)

    assert "AISYNC_HOME" in caught.value.next_step.english()


def test_the_users_home_is_found(tmp_path: Path) -> None:
    assert home({"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}) == tmp_path


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_state_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_args: object, **_named: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    found = find_places({"AISYNC_HOME": str(tmp_path)})

    with pytest.raises(StateUnusable) as caught:
        found.create()

    assert caught.value.path == found.state


def test_a_state_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    found = find_places({"AISYNC_HOME": str(tmp_path)})
    found.state.touch()

    with pytest.raises(StateUnusable):
        found.create()


def test_a_portable_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(NotAFolder):
        find_places({"AISYNC_HOME": str(tmp_path / "file")}).create()


def test_resources_are_found_in_a_checkout() -> None:
    assert resource("icons").is_dir()


def test_resources_are_found_in_a_frozen_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "only-here").touch()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert resource("only-here") == tmp_path / "resources" / "only-here"


def test_resources_are_found_in_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "aisync_desktop"
    (package / "resources").mkdir(parents=True)
    (package / "resources" / "icon").touch()
    monkeypatch.setattr(places, "_PACKAGE", package)

    assert resource("icon") == package / "resources" / "icon"


def test_a_missing_resource_is_our_bug() -> None:
    with pytest.raises(BugError):
        resource("no-such-thing")


def test_the_systems_clock_knows_its_zone_and_only_goes_forward() -> None:
    clock = SystemClock()
    before = clock.monotonic()
    clock.sleep(0)

    assert clock.now().tzinfo is dt.UTC
    assert clock.monotonic() >= before
