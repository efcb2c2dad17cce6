"""The thread of the windows touches no file of the user's and no database, whatever page is open: it never waits."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.ui.shell.desktop import Shell
from aisync_desktop.ui.shell.pages import FIRST_RUN, PAGES
from tests.helpers.patience import PATIENCE

pytestmark = pytest.mark.usefixtures("languages", "appearance")


class _Watch:
    """What the thread of the windows did that may wait; a hook of the interpreter stays for good, so it is asked."""

    watches = False
    waits = frozenset("open sqlite3.connect os.listdir os.scandir os.rename os.remove socket.connect".split())
    thread = get_ident()
    seen: list[str] = []  # noqa: RUF012 - one for the one hook
    installed = False


def _hook(
    event: str, arguments: tuple[object, ...], watch: type[_Watch] = _Watch, current: Callable[[], int] = get_ident
) -> None:
    """Note it; what this needs comes with it, as the interpreter calls it still when this module is no more."""
    if watch.watches and event in watch.waits and current() == watch.thread:
        watch.seen.append(f"{event} {arguments[0]}" if arguments else event)


@contextmanager
def _watched() -> Iterator[list[str]]:
    if not _Watch.installed:
        _Watch.installed = True
        sys.addaudithook(_hook)
    _Watch.seen.clear()
    _Watch.thread = get_ident()
    _Watch.watches = True
    try:
        yield _Watch.seen
    finally:
        _Watch.watches = False


def test_no_page_waits_for_a_file_or_a_database(
    live: LiveEngine, world: World, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    live.submit(lambda engine: engine.adopt("user")).result(PATIENCE)
    qtbot.waitUntil(lambda: live.status is not None and live.status.adopted)
    shell = Shell(live, world, ProgramSettings())
    with _watched() as seen:
        shell.show_window()  # it is made here, and finds its place
        qtbot.addWidget(shell.window)
        for page in PAGES:
            if page.name != FIRST_RUN:
                shell.window.go(page.name)
                qapp.processEvents()
        live.submit(lambda engine: engine.sync("user")).result(PATIENCE)
        qtbot.waitUntil(lambda: shell.asks.aside(lambda: True).result(PATIENCE))
        qapp.processEvents()
    shell.stop()
    assert [one for one in seen if str(tmp_path) in one or one.startswith(("sqlite3", "socket"))] == []


def test_the_watch_sees_what_the_thread_of_the_windows_does(tmp_path: Path) -> None:
    with _watched() as seen:
        (tmp_path / "x").write_text("x", encoding="utf-8")
    assert any("open" in one and str(tmp_path) in one for one in seen)
