"""One line cannot rotate the others away, and is not lost either."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from aisync_desktop.observe.logging import FILE_NAME, configure_logging, get_logger, stop_logging
from aisync_desktop.observe.throttle import CONTEXT, Throttle


def line(at: float, event: str = "again", **context: object) -> logging.LogRecord:
    made = logging.LogRecord("aisync", logging.WARNING, "", 0, event, None, None)
    made.created = at
    setattr(made, CONTEXT, context)
    return made


def told(throttle: Throttle, *records: logging.LogRecord) -> list[tuple[str, dict[str, object]]]:
    return [(one.msg, getattr(one, CONTEXT)) for record in records for one in throttle.take(record)]


def test_of_a_line_that_comes_ten_thousand_times_in_a_minute_some_are_told_and_then_how_many() -> None:
    throttle = Throttle()
    first = told(throttle, *(line(number / 1000, path=number) for number in range(10_000)))
    assert [context for _, context in first] == [{"path": number} for number in range(20)]
    assert told(throttle, line(61, path="later")) == [
        ("again", {"path": 9_999, "repeated": 9_980}),
        ("again", {"path": "later"}),
    ]


def test_other_lines_are_told_meanwhile() -> None:
    throttle = Throttle()
    told(throttle, *(line(0) for _ in range(100)))
    assert told(throttle, line(1, "other")) == [("other", {})]
    assert told(throttle, line(62, "other")) == [("again", {"repeated": 80}), ("other", {})]


def test_a_clock_that_is_set_back_silences_nothing() -> None:
    throttle = Throttle()
    told(throttle, *(line(1_000) for _ in range(100)))
    assert ("again", {}) in told(throttle, line(5))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    level = logging.getLogger().level
    configure_logging(tmp_path)
    yield tmp_path
    stop_logging()
    logging.getLogger().setLevel(level)


def test_a_flood_does_not_rotate_the_log_and_its_count_is_in_it_at_the_end(folder: Path) -> None:
    get_logger("aisync").info("worth reading")
    for _ in range(30_000):
        get_logger("aisync").info("flood", words="x" * 200)
    stop_logging()
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]
    lines = [json.loads(one) for one in (folder / FILE_NAME).read_text().splitlines()]
    assert lines[0]["event"] == "worth reading"
    assert (len(lines), lines[-1]["repeated"]) == (22, 29_980)
