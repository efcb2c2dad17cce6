from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from aisync_desktop.files import watch_targets as module
from aisync_desktop.kernel.problem import problem_of
from aisync_desktop.service.live.limits import UnwatchableError
from aisync_desktop.service.live.settle import rest_ms
from aisync_desktop.service.live.watching import Watching
from tests.service.live.test_watcher import Hints


@pytest.fixture
def woken() -> list[bool]:
    return []


@pytest.fixture
def watching(woken: list[bool]) -> Iterator[Watching]:
    made = Watching(lambda: woken.append(True))
    made.start()
    yield made
    made.stop()


def test_ten_thousand_hints_are_one_look(watching: Watching, woken: list[bool], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    watching.refresh((path,))
    for _ in range(10_000):
        watching.hint(path)
    assert len(woken) == 1
    assert watching.take()
    assert not watching.take()


def test_the_ways_are_walked_again_only_when_they_may_have_shifted(
    watching: Watching, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "there.json"
    path.write_text("{}")
    walks: list[bool] = []
    real = module.watch_targets

    def counted(paths: tuple[Path, ...], view: module.View, roots: tuple[Path, ...]) -> module.WatchTargets:
        walks.append(True)
        return real(paths, view, roots)

    monkeypatch.setattr("aisync_desktop.service.live.watching.watch_targets", counted)
    watching.refresh((path,))
    watching.hint(path)
    watching.refresh((path,))
    assert len(walks) == 1
    watching.hint(None)  # events were lost
    watching.refresh((path,))
    assert len(walks) == 2
    watching.doubt()
    watching.refresh((path,))
    assert len(walks) == 3
    watching.refresh((path, tmp_path / "more.json"))
    assert len(walks) == 4


def test_a_folder_that_was_deleted_and_made_again_is_watched_anew(tmp_path: Path) -> None:
    folder, hints = tmp_path / "client", Hints()
    folder.mkdir()
    path = folder / "a.json"
    watching = Watching(lambda: hints(folder))
    watching.start()
    watching.refresh((path,))
    folder.rmdir()
    folder.mkdir()
    hints.until(folder)
    watching.hint(folder)  # that it is there again, if that hint is not in yet
    watching.take()
    watching.refresh((path,))
    watching.take()
    path.write_text("{}")
    hints.until(folder)
    watching.stop()


def unwatchable(number: int, limits: Path) -> str:
    error = UnwatchableError([(Path("/home/me/.codex"), number)], 2, limits)
    return problem_of(error).next_step.english()


@pytest.mark.parametrize(
    ("number", "limit", "present", "wanted"),
    [
        (errno.ENOSPC, "max_user_watches", 8192, 524288),
        (errno.ENOSPC, "max_user_watches", 400000, 800000),
        (errno.EMFILE, "max_user_instances", 128, 1024),
    ],
)
def test_a_limit_is_told_with_the_command_that_raises_it(
    tmp_path: Path, number: int, limit: str, present: int, wanted: int
) -> None:
    (tmp_path / limit).write_text(f"{present}\n")
    assert f"sudo sysctl fs.inotify.{limit}={wanted}" in unwatchable(number, tmp_path)


def test_what_is_no_limit_asks_for_nothing(tmp_path: Path) -> None:
    assert "sysctl" not in unwatchable(errno.EACCES, tmp_path)
    assert "sysctl" not in unwatchable(errno.ENOSPC, tmp_path / "other system")


def test_a_look_that_brought_nothing_is_rested_from_in_proportion_and_not_for_long() -> None:
    assert rest_ms(0.01) == pytest.approx(40)
    assert rest_ms(60) == 2_000


def test_it_tells_when_the_first_of_the_hints_came(
    watching: Watching, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter((3.0, 5.0, 8.0))
    monkeypatch.setattr("aisync_desktop.service.live.watching.time.monotonic", lambda: next(moments))
    path = tmp_path / "a.json"
    watching.refresh((path,))
    assert watching.seen() is None
    watching.hint(path)
    watching.hint(path)
    watching.take()
    assert watching.seen() == 3.0
    watching.hint(path)
    assert (watching.seen(), watching.seen()) == (5.0, None)
