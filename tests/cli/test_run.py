"""`aisync run` as it is read without the rest of the command line, and how it ends when it cannot begin."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.cli import run as command
from aisync_desktop.cli.run import Asked, parse
from aisync_desktop.files.errors import AlreadyRunning
from tests.cli.conftest import run


@pytest.fixture(autouse=True)
def _collector_stays(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(gc, "freeze", lambda: None)
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.fixture
def starts(isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what the app is started with, in place of one that runs; an exception that is in it is raised."""
    asked: list[Any] = []

    def started(_world: object, _tell: object, **how: object) -> int:
        if asked and isinstance(asked[0], Exception):
            raise asked[0]
        asked.append(how)
        return 7

    monkeypatch.setattr("aisync_desktop.app.run_app", started)
    return asked


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], Asked()),
        (["--headless"], Asked(headless=True)),
        (["--background", "--port", "0"], Asked(background=True, port=0)),
        (["--port=65535", "--headless", "--background"], Asked(headless=True, background=True, port=65_535)),
    ],
)
def test_plain_words_are_read(words: list[str], asked: Asked, starts: list[Any]) -> None:
    assert parse(words) == asked
    assert run("run", *words).exit_code == 7  # the full reader understands the same
    assert starts == [{"headless": asked.headless, "background": asked.background, "port": asked.port}]


@pytest.mark.parametrize(
    "words", [["--help"], ["--port"], ["--port", "65536"], ["--port=x"], ["--port", "-1"], ["--port=٣"], ["x"]]
)
def test_all_else_is_left_to_the_full_reader(words: list[str], starts: list[Any]) -> None:
    assert parse(words) is None
    assert starts == []


def test_what_the_world_refuses_is_one_line(starts: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    starts.append(AlreadyRunning(Path("lock"), pid=3))

    assert command.start(Asked()) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "3" in line


def test_a_fault_of_ours_becomes_a_report(starts: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    starts.append(RuntimeError("ours"))

    assert command.start(Asked()) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert list((Path(os.environ["AISYNC_HOME"]) / "log").iterdir())


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_folders_that_were_mended_are_told_of(starts: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    log = Path(os.environ["AISYNC_HOME"]) / "log"
    log.mkdir(parents=True)
    log.chmod(0o777)

    assert command.start(Asked(headless=True)) == 7
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert len(starts) == 1
