from __future__ import annotations

import datetime as dt
import os
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from aisync_desktop.kernel.messages import Text
from aisync_desktop.observe.crash import watch_for_bugs, write_report
from tests.helpers.logfail import ExpectLog

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"


def divide(token: str) -> None:
    raise ZeroDivisionError(f"with token={token}")


def broken() -> BaseException:
    with pytest.raises(ZeroDivisionError) as caught:
        divide(CANARY)
    return caught.value


def test_a_report_has_the_traceback_and_no_secret(tmp_path: Path) -> None:
    path = write_report(tmp_path / "log", broken(), NOW)
    told = path.read_text()
    assert "ZeroDivisionError" in told
    assert "in divide" in told
    assert CANARY not in told
    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_old_reports_make_room(tmp_path: Path) -> None:
    paths = [write_report(tmp_path, broken(), NOW + dt.timedelta(seconds=second)) for second in range(12)]
    assert sorted(tmp_path.iterdir()) == paths[2:]


@pytest.fixture
def hooks() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before


@pytest.mark.usefixtures("hooks")
def test_what_nobody_catches_is_reported_and_told(tmp_path: Path, expect_log: ExpectLog) -> None:
    told: list[Text] = []
    watch_for_bugs(tmp_path, lambda: NOW + dt.timedelta(seconds=len(told)), told.append)
    error = broken()

    def fail() -> None:
        raise error

    with expect_log("ERROR", "bug"):
        sys.excepthook(type(error), error, None)
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    reports = sorted(tmp_path.glob("crash-*.txt"))
    assert [text.params["path"] for text in told] == [str(report) for report in reports]
    assert len(reports) == 2


@pytest.mark.usefixtures("hooks")
def test_where_no_report_can_be_written_the_fault_itself_is_told(tmp_path: Path, expect_log: ExpectLog) -> None:
    no_folder, told = tmp_path / "file", list[Text]()
    no_folder.touch()
    watch_for_bugs(no_folder, lambda: NOW, told.append)
    error = broken()
    with expect_log("ERROR", "bug"):
        sys.excepthook(type(error), error, None)
    said = "\n".join(line.english() for line in told)
    assert "ZeroDivisionError" in said
    assert CANARY not in said
