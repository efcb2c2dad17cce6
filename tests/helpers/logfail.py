"""Fails a test that logs a warning or worse which it did not announce.

    with expect_log("WARNING", "could not be read"):
        ...

announces one: at least one record of that level whose message holds that text must come, and such records are fine.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

# Loggers that warn about the test machine rather than about our code.
_IGNORED = frozenset({"asyncio"})  # "Executing ... took 0.1 seconds": only on a busy machine

ExpectLog = Callable[[str, str], AbstractContextManager[None]]


class _Recorder(logging.Handler):
    """Collects what nobody announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.unexpected: list[str] = []
        self.expected: list[tuple[int, str, list[str]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Sort a record into expected or not."""
        if record.name in _IGNORED:
            return
        message = record.getMessage()
        for level, text, seen in self.expected:
            if record.levelno == level and text in message:
                seen.append(message)
                return
        self.unexpected.append(f"{record.levelname} {record.name}: {message}")


_recorder_key = pytest.StashKey[_Recorder]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Listen to the root logger from set-up to tear-down."""
    recorder = item.stash[_recorder_key] = _Recorder()
    root = logging.getLogger()
    root.addHandler(recorder)
    try:
        return (yield)
    finally:
        root.removeHandler(recorder)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a test that passed but for what it logged."""
    yield
    _check(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """The same for what its fixtures logged on their way out."""
    yield
    _check(item)


def _check(item: pytest.Item) -> None:
    recorder = item.stash[_recorder_key]
    unexpected, recorder.unexpected = recorder.unexpected, []
    if unexpected:
        pytest.fail("logged without being expected:\n  " + "\n  ".join(unexpected), pytrace=False)


@pytest.fixture
def expect_log(request: pytest.FixtureRequest) -> ExpectLog:
    """Return the context manager that announces a log record."""
    recorder = request.node.stash[_recorder_key]

    @contextmanager
    def expecting(level: str, text: str) -> Iterator[None]:
        seen: list[str] = []
        recorder.expected.append((logging.getLevelNamesMapping()[level], text, seen))
        yield
        if not seen:
            pytest.fail(f"no {level} with {text!r} was logged")

    return expecting
