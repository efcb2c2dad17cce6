"""Draw the window to a file, in a process of its own since the scale of the screen is fixed at start."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from aisync_desktop.ui.shell.window import MainWindow
from aisync_desktop.ui.theme import Appearance
from tests.ui.frames import FakeFrame
from tests.ui.samples import WAITING

if __name__ == "__main__":
    application = QApplication([])
    Appearance(application).use("light")
    around = FakeFrame(lambda _: None)
    window = MainWindow(around.asks, around.had.append, around.actions, around.prompter, lambda: False)
    window.set_status(WAITING)
    window.resize(800, 600)
    window.show()
    while window.page is None:  # it is being imported
        application.processEvents()
    picture = window.grab()
    picture.save(sys.argv[1])
    sys.stdout.write(f"{picture.width()} {picture.height()}")
