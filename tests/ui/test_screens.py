"""Each screen in each look and language: nothing is cut off, nothing empty. They are drawn, not compared by pixels."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.appearance import Appearance
from aisync_desktop.ui.client_model import Column
from aisync_desktop.ui.client_table import AbsentLine
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.shell.window import StatusWindow
from tests.helpers.recording_prompter import RecordingPrompter
from tests.ui.samples import IN_STEP, NEW, PAUSED, WAITING

_SCREENS = {"in-step": IN_STEP, "waiting": WAITING, "new": NEW, "paused": PAUSED}


def _is_whole(widget: QWidget) -> bool:
    needed = widget.sizeHint() if not (isinstance(widget, QLabel) and widget.wordWrap()) else None
    if needed is None:
        return widget.height() >= widget.heightForWidth(widget.width())
    return widget.width() >= needed.width() and widget.height() >= needed.height()


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("screen", _SCREENS)
def test_no_text_is_cut_off(
    screen: str,
    look: str,
    language: str,
    qtbot: QtBot,
    qapp: QApplication,
    languages: Languages,
    appearance: Appearance,
) -> None:
    languages.use(language)
    appearance.use(look)
    window = _window(qtbot, _SCREENS[screen])
    everything: list[QLabel | QPushButton] = [*window.findChildren(QLabel), *window.findChildren(QPushButton)]
    visible = [widget for widget in everything if widget.isVisible()]
    assert not [w.text() for w in visible if w.text() and not isinstance(w, AbsentLine) and not _is_whole(w)]
    for one in visible:
        assert window.rect().contains(QRect(one.mapTo(window, QPoint(0, 0)), one.size()))
    for column in set(Column) - {Column.FILES}:
        assert window.table.columnWidth(column) >= window.table.sizeHintForColumn(column)
    grabbed = window.grab().toImage()
    ground = qapp.palette().color(QPalette.ColorRole.Window)
    assert grabbed.pixelColor(2, 2) == ground


@pytest.mark.parametrize("width", [560, 820, 1600])
def test_the_lines_of_the_inbox_wrap_to_its_width(width: int, qtbot: QtBot, languages: Languages) -> None:
    window = _window(qtbot, WAITING)
    window.resize(width, 700)
    qtbot.waitUntil(lambda: window.inbox.viewport().width() < width)
    assert window.inbox.horizontalScrollBar().maximum() == 0


def test_an_entry_of_the_inbox_shows_its_sign(qtbot: QtBot, languages: Languages, appearance: Appearance) -> None:
    appearance.use("light")
    window = _window(qtbot, WAITING)
    entry = window.inbox.visualRect(window.inbox.model().index(1, 0))
    sign = window.inbox.viewport().grab(QRect(entry.left(), entry.top(), 32, 32)).toImage()
    colours = {sign.pixelColor(x, y).name() for x in range(sign.width()) for y in range(sign.height())}
    assert "#cf3341" in colours


@pytest.mark.parametrize("scale", [1, 2])
def test_a_dense_screen_gets_dense_pictures(scale: int, tmp_path: Path) -> None:
    script = Path(__file__).with_name("grab.py")
    shot = tmp_path / "shot.png"
    environ = {**os.environ, "QT_SCALE_FACTOR": str(scale), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, script, shot], env=environ, capture_output=True, text=True, check=True)
    width, height, icon = map(int, done.stdout.split())
    assert (width, height) == (820 * scale, 600 * scale)
    assert icon == 48 * scale
    assert shot.stat().st_size > 10_000


def _window(qtbot: QtBot, status: Status) -> StatusWindow:
    window = StatusWindow(RecordingPrompter(), lambda: False)
    qtbot.addWidget(window)
    window.set_status(status)
    with qtbot.waitExposed(window):
        window.show()
    return window
