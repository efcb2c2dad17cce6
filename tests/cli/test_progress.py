"""The line that tells that work goes on: at a terminal alone, never wider than that, and gone in the end."""

from __future__ import annotations

import io
import sys
import threading

import pytest

from aisync_desktop.cli.progress import fitting, progress, show_until
from aisync_desktop.kernel.texts import width


class _Terminal(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.shown = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, said: str, /) -> int:
        self.shown.set()
        return super().write(said)


def _screen(said: str) -> list[str]:
    """Return what stands in the line after each writing over it."""
    shown, screens = "", list[str]()
    for written in said.split("\r")[1:]:
        shown = written + shown[len(written) :]
        screens.append(shown.rstrip())
    return screens


def _shown(rounds: int, lines: list[str]) -> list[str]:
    written, waits = list[str](), iter([False] * rounds + [True])
    told = iter(lines)
    show_until(lambda _: next(waits), lambda _: next(told), written.append)
    return _screen("".join(written))


def test_what_ends_at_once_says_nothing() -> None:
    assert _shown(0, []) == []


def test_a_shorter_line_leaves_nothing_of_a_longer_one_and_the_end_nothing_at_all() -> None:
    assert _shown(3, ["Working 10 s", "Work 1", "x"]) == ["Working 10 s", "Work 1", "x", "", ""]


def test_seconds_are_counted() -> None:
    written, waits = list[str](), iter([False] * 10 + [True])
    show_until(lambda _: next(waits), str, written.append)
    assert (written[0], written[-2]) == ("\r0", "\r2")


@pytest.mark.parametrize("columns", ["20", "300"])
def test_it_is_never_wider_than_the_terminal(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    (line, *_) = _shown(1, ["작업 중 " * 100])
    assert int(columns) - 3 <= width(line) < int(columns)


def test_wide_letters_take_two_columns() -> None:
    assert (width("작업 a"), fitting("작업 a", 5), fitting("작업", 3), fitting("x", 0)) == (6, "작업 ", "작", "")


def test_it_is_shown_while_the_block_works_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress(lambda _: "Working"):
        terminal.shown.wait()
    screens = _screen(terminal.getvalue())
    assert (screens[0], screens[-1]) == ("Working", "")


def test_without_a_terminal_it_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> str:
        raise AssertionError

    with progress(fail):
        pass
    monkeypatch.setattr(sys, "stderr", None)
    with progress(fail):
        pass


def test_a_terminal_that_is_gone_costs_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()

    def closed(_: str) -> int:
        terminal.shown.set()
        raise OSError

    monkeypatch.setattr(terminal, "write", closed)
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress(lambda _: "Working"):
        terminal.shown.wait()
