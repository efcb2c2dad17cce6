"""Each screen in each look and language: nothing is cut off, nothing empty. They are drawn, not compared by pixels."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.shell.window import MainWindow
from aisync_desktop.ui.theme import Appearance, theme
from tests.ui.frames import FakeFrame
from tests.ui.samples import IN_STEP, PAUSED, WAITING

_SCREENS = {"in-step": IN_STEP, "waiting": WAITING, "paused": PAUSED}


def _is_whole(widget: QWidget) -> bool:
    needed = widget.sizeHint() if not (isinstance(widget, QLabel) and widget.wordWrap()) else None
    if needed is None:
        return widget.height() >= widget.heightForWidth(widget.width())
    return widget.width() >= needed.width() and widget.height() >= needed.height()


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("screen", _SCREENS)
def test_no_text_is_cut_off(
    screen: str, look: str, language: str, qtbot: QtBot, languages: Languages, appearance: Appearance
) -> None:
    languages.use(language)
    appearance.use(look)
    window = _window(qtbot, _SCREENS[screen])
    everything: list[QLabel | QPushButton] = [*window.findChildren(QLabel), *window.findChildren(QPushButton)]
    visible = [widget for widget in everything if widget.isVisible()]
    assert not [w.text() for w in visible if w.text() and not _is_whole(w)]
    for one in visible:
        assert window.rect().contains(QRect(one.mapTo(window, QPoint(0, 0)), one.size()))
    grabbed = window.grab().toImage()
    assert grabbed.pixelColor(2, 2) == theme().colour("sidebar")
    assert grabbed.pixelColor(window.width() - 3, window.height() - 3) == theme().colour("window")


@pytest.mark.parametrize("scale", [1, 2])
def test_a_dense_screen_gets_dense_pictures(scale: int, tmp_path: Path) -> None:
    script = Path(__file__).with_name("grab.py")
    shot = tmp_path / "shot.png"
    environ = {**os.environ, "QT_SCALE_FACTOR": str(scale), "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, script, shot], env=environ, capture_output=True, text=True, check=True)
    width, height = map(int, done.stdout.split())
    assert (width, height) == (800 * scale, 600 * scale)
    assert shot.stat().st_size > 10_000


def _window(qtbot: QtBot, status: Status) -> MainWindow:
    around = FakeFrame(lambda _: None)
    around.actions.set_status(status)
    window = MainWindow(around.asks, around.had.append, around.actions, around.prompter, lambda: False)
    qtbot.addWidget(window)
    window.set_status(status)
    with qtbot.waitExposed(window):
        window.show()
    return window
