"""When the running app is asked for the whole of `aisync status`, and when that is left to the full reader."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

import pytest

from aisync_desktop import __main__
from aisync_desktop.cli import quick_status
from aisync_desktop.files.places import find_places
from aisync_desktop.kernel.values import Value
from aisync_desktop.service.client import ApiRefusedError, AppBusyError, AppClient
from aisync_desktop.service.running_app import RunningApp, announce

TOLD: dict[str, Value] = {
    "status": {"health": "in-step"},
    "lines": ["In step.", ["2026-11-30T12:00:00Z", "two files"]],
    "next_step": "Look.",
    "exit_code": 3,
}


class _App:
    """A running app that gives one answer, or fails."""

    def __init__(self, answer: Value | Exception) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def call(self, method: str, path: str) -> Value:
        self.asked.append(f"{method} {path}")
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


Run: TypeAlias = Callable[["Value | Exception | None"], _App]


@pytest.fixture
def runs(isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Have an app run that answers so; None is one that is gone."""
    places = find_places(os.environ)
    places.create()
    announce(places.state, RunningApp("http://127.0.0.1:1", 1, "1"))
    monkeypatch.setenv("TZ", "UTC")

    def run(answer: Value | Exception | None) -> _App:
        app = _App(answer)
        monkeypatch.setattr(AppClient, "find", lambda _places: None if answer is None else app)
        return app

    return run


def test_what_the_app_says_is_printed(
    runs: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    app = runs(TOLD)

    assert quick_status.tell([], os.environ) == 3
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "In step."
    assert told[1].endswith("two files")
    assert app.asked == ["GET /api/v1/sync/status/told?language=ko"]
    assert quick_status.tell(["--json"], os.environ) == 3
    assert '"health": "in-step"' in capsys.readouterr().out


@pytest.mark.parametrize(("words", "last"), [(["status"], "two files"), ([], "Look.")])
def test_the_program_ends_with_its_exit_code_and_alone_tells_the_next_step(
    runs: Run, words: list[str], last: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs(TOLD)
    monkeypatch.setattr(sys, "argv", ["aisync", *words])
    monkeypatch.setattr(__main__, "gc", SimpleNamespace(set_threshold=lambda _few: None, freeze=lambda: None))

    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 3
    assert capsys.readouterr().out.splitlines()[-1].endswith(last)


@pytest.mark.parametrize("words", [["--help"], ["--json", "--json"], ["--json=1"], ["codex"]])
def test_other_words_are_left_to_the_full_reader(runs: Run, words: list[str]) -> None:
    assert (quick_status.tell(words, os.environ), runs(TOLD).asked) == (None, [])


def test_variables_of_ours_are_left_to_the_full_reader(runs: Run) -> None:
    assert quick_status.tell([], {**os.environ, "AISYNC_LANGUAGE": "ko"}) is None
    assert runs(TOLD).asked == []


def test_folders_that_want_mending_are_left_to_the_full_reader(runs: Run) -> None:
    app, places = runs(TOLD), find_places(os.environ)
    places.log.rmdir()
    assert quick_status.tell([], os.environ) is None
    places.log.mkdir(mode=0o700)
    if os.name == "posix":
        places.log.chmod(0o777)
        assert quick_status.tell([], os.environ) is None
        places.log.chmod(0o700)
    assert app.asked == []
    assert quick_status.tell([], os.environ) == 3


def test_no_app_or_one_that_does_not_know_how_is_left_to_the_full_reader(runs: Run) -> None:
    left: list[Any] = [None, ApiRefusedError(404, "Not Found"), ConnectionResetError(), {"lines": []}]
    left += [{**TOLD, "lines": [[at, "x"]]} for at in ("", "never", "0001-01-01T00:00:00+14:00")]
    for answer in left:
        runs(answer)
        assert quick_status.tell([], os.environ) is None
    (find_places(os.environ).state / "endpoint.json").unlink()
    runs(TOLD)
    assert quick_status.tell([], os.environ) is None
    assert quick_status.tell([], {"HOME": "/nowhere"}) is None


def test_a_busy_app_is_told_of_and_not_asked_twice(runs: Run, capsys: pytest.CaptureFixture[str]) -> None:
    app = runs(AppBusyError(30))

    assert quick_status.tell(["--json"], os.environ) == 1
    assert len(app.asked) == 1
    said = capsys.readouterr()
    assert ("api.busy" in said.out, "busy" in said.err) == (True, True)
