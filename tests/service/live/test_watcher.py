from __future__ import annotations

import errno
import logging
import os
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from aisync_desktop.service.live.watcher import FolderWatcher
from tests.helpers.patience import PATIENCE


class Hints:
    """Hints as they come from the observer's thread."""

    def __init__(self) -> None:
        self._queue: queue.Queue[Path | None] = queue.Queue()

    def __call__(self, path: Path | None) -> None:
        self._queue.put(path)

    def until(self, wanted: Path | None) -> list[Path | None]:
        """Wait for a hint; return all that came up to it."""
        seen: list[Path | None] = []
        while not seen or seen[-1] != wanted:
            seen.append(self._queue.get(timeout=PATIENCE))
        return seen


@pytest.fixture
def hints() -> Hints:
    return Hints()


@pytest.fixture
def watcher(hints: Hints) -> Iterator[FolderWatcher]:
    made = FolderWatcher(hints)
    made.start()
    yield made
    made.stop()


def test_a_write_in_place_is_a_hint(watcher: FolderWatcher, hints: Hints, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("1")
    assert watcher.watch([tmp_path]) == ()
    path.write_text("2")
    hints.until(path)


def test_a_rename_save_is_a_hint_every_time(watcher: FolderWatcher, hints: Hints, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    watcher.watch([tmp_path])
    for round_number in range(3):
        fresh = tmp_path / f"new{round_number}"
        fresh.write_text("x")
        fresh.replace(path)
        hints.until(path)


def test_reading_is_no_hint(watcher: FolderWatcher, hints: Hints, tmp_path: Path) -> None:
    path, last = tmp_path / "a.json", tmp_path / "last"
    path.write_text("1")
    watcher.watch([tmp_path])
    for _ in range(50):
        path.read_text()
    last.write_text("x")
    assert path not in hints.until(last)


def test_trees_are_not_watched(watcher: FolderWatcher, hints: Hints, tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    watcher.watch([tmp_path])
    (below / "deep").write_text("x")
    (tmp_path / "last").write_text("x")
    assert below / "deep" not in hints.until(tmp_path / "last")


def test_the_set_of_folders_can_change(watcher: FolderWatcher, hints: Hints, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    watcher.watch([one])
    watcher.watch([two])
    (one / "x").write_text("x")
    (two / "y").write_text("y")
    assert one / "x" not in hints.until(two / "y")


def test_a_folder_that_cannot_be_watched_is_told(watcher: FolderWatcher, tmp_path: Path) -> None:
    ((folder, _errno),) = watcher.watch([tmp_path, tmp_path / "missing"])
    assert folder == tmp_path / "missing"


def test_lost_events_are_a_hint_about_everything(watcher: FolderWatcher, hints: Hints) -> None:
    del watcher
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed; filesystem events were lost")
    assert hints.until(None) == [None]


def test_where_no_descriptor_is_left_no_limit_of_inotify_is_blamed(
    hints: Hints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left() -> tuple[int, int]:
        raise OSError(errno.EMFILE, "too many open files")

    watcher = FolderWatcher(hints)
    watcher.start()
    with monkeypatch.context() as full:
        full.setattr(os, "pipe", none_left)
        assert watcher.watch([tmp_path]) == ((tmp_path, errno.ENFILE),)
    assert watcher.watch([tmp_path]) == ()
    watcher.stop()
