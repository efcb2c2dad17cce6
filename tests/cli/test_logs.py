from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.cli.logs import moment_named
from aisync_desktop.files.clock import SystemClock
from tests.cli.conftest import answer, engine, run
from tests.helpers.clients import Clients

NOW = dt.datetime(2026, 5, 6, 12, tzinfo=dt.UTC)


@pytest.fixture
def lines(clients: Clients) -> None:
    """Two lines of syncs (1 and 2), then these."""
    with engine() as opened:
        opened._store.log("warning", "held back", {"client": "codex", "path": "/h/a"})
        opened._store.log("error", "files.busy.title", {"client": "rovodev"})


def ids(*words: str) -> list[int]:
    """Return the lines of an answer, the oldest first: an answer has the newest first, as over HTTP."""
    return [line["id"] for line in answer("logs", *words)["logs"][::-1]]


def test_the_log_is_shown_with_the_newest_line_last(lines: None) -> None:
    assert ids() == [1, 2, 3, 4]
    assert ids("--limit", "2") == [3, 4]
    told = run("logs").stdout.splitlines()
    assert told[2].endswith("warning  held back  client=codex  path=/h/a")
    assert told[3].endswith("error    File is busy  client=rovodev")


def test_lines_are_filtered_and_searched(lines: None) -> None:
    assert ids("--level", "warning") == [3, 4]
    assert ids("--client", "codex") == [2, 3]
    assert ids("--search", "held ba") == [3]
    assert ids("--since", "2h") == [1, 2, 3, 4]
    assert ids("--since", "2999-01-01") == []


def test_no_line_commands_the_terminal(clients: Clients) -> None:
    with engine() as opened:
        opened._store.log("info", "a\x1b]0;title\x07b", {"path": "c\x9bd"})
    assert "a\\x1b]0;title\\x07b  path=c\\u009bd" in run("logs").stdout


def test_without_a_database_the_log_is_empty(isolated_home: Path) -> None:
    assert answer("logs") == {"logs": []}


def following(monkeypatch: pytest.MonkeyPatch, *between: Callable[[], object]) -> list[float]:
    """Do these between looks, then press Ctrl+C; return how long was slept each time."""
    slept = list[float]()
    turns = iter(between)

    def sleep(self: SystemClock, seconds: float) -> None:
        slept.append(seconds)
        turn = next(turns, None)
        if turn is None:
            raise KeyboardInterrupt
        turn()

    monkeypatch.setattr(SystemClock, "sleep", sleep)
    return slept


def add(level: str, message: str, times: int = 1) -> Callable[[], None]:
    def adding() -> None:
        with engine() as opened:
            for _ in range(times):
                opened._store.log(level, message)

    return adding


def test_following_prints_new_lines_until_ctrl_c(lines: None, monkeypatch: pytest.MonkeyPatch) -> None:
    slept = following(monkeypatch, add("info", "first"), add("info", "second"), lambda: None, add("info", "third"))
    done = run("logs", "--follow", "--json", "--limit", "1")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.exit_code, done.stderr) == (0, "")
    assert [line["message"] for line in found] == ["files.busy.title", "first", "second", "third"]
    assert all(seconds >= 1 for seconds in slept)


def test_following_filters_and_misses_none_of_many(lines: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aisync_desktop.sync.reports.logbook._PAGE", 3)
    following(monkeypatch, add("info", "quiet"), add("error", "loud", 8), add("info", "quiet"))
    found = [json.loads(line) for line in run("logs", "-f", "--level", "error", "--json").stdout.splitlines()]
    assert [line["message"] for line in found] == ["files.busy.title", *["loud"] * 8]
    assert [line["id"] for line in found] == sorted(line["id"] for line in found)


def test_following_begins_before_there_is_anything(isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    following(monkeypatch, lambda: None, add("info", "hello"))
    assert run("logs", "-f").stdout.splitlines()[0].endswith("hello")


@pytest.mark.parametrize(
    ("word", "moment"),
    [
        ("45m", NOW - dt.timedelta(minutes=45)),
        ("2h", NOW - dt.timedelta(hours=2)),
        ("3d", NOW - dt.timedelta(days=3)),
        ("1w", NOW - dt.timedelta(weeks=1)),
        ("30s", NOW - dt.timedelta(seconds=30)),
        ("2026-05-01T10:00:00+02:00", dt.datetime(2026, 5, 1, 8, tzinfo=dt.UTC)),
        ("2026-05-01", dt.datetime(2026, 5, 1).astimezone()),
    ],
)
def test_moments_as_people_name_them(word: str, moment: dt.datetime) -> None:
    assert moment_named(word, NOW) == moment


@given(st.text() | st.from_regex(r"\d{1,30}[smhdw]", fullmatch=True))
def test_any_other_word_is_wrong_usage(word: str) -> None:
    with suppress(typer.BadParameter):
        assert moment_named(word, NOW).tzinfo


def test_wrong_usage() -> None:
    assert run("logs", "--since", "nonsense").exit_code == 2
    assert run("logs", "--level", "loud").exit_code == 2
    assert run("logs", "--limit", "0").exit_code == 2
