"""The thread of the windows touches no file of the user's and no database, whatever page is open: it never waits."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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

_WAITS = {"open", "sqlite3.connect", "os.listdir", "os.scandir", "os.rename", "os.remove", "socket.connect"}


class _Watch:
    """What the thread of the windows did that may wait; a hook of the interpreter stays for good, so it is asked."""

    watches = False
    seen: list[str] = []  # noqa: RUF012 - one for the one hook
    installed = False


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _Watch.watches and event in _WAITS and threading.current_thread() is threading.main_thread():
        _Watch.seen.append(f"{event} {arguments[0]}" if arguments else event)


@contextmanager
def _watched() -> Iterator[list[str]]:
    if not _Watch.installed:
        _Watch.installed = True
        sys.addaudithook(_hook)
    _Watch.seen.clear()
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
