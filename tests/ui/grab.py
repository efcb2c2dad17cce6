"""Draw the window to a file, in a process of its own since the scale of the screen is fixed at start."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QLabel

from aisync_desktop.ui.shell.window import StatusWindow
from tests.helpers.recording_prompter import RecordingPrompter
from tests.ui.samples import WAITING

if __name__ == "__main__":
    application = QApplication([])
    window = StatusWindow(RecordingPrompter(), lambda: False)
    window.set_status(WAITING)
    window.show()
    picture = window.grab()
    picture.save(sys.argv[1])
    icon = next(label.pixmap() for label in window.findChildren(QLabel) if not label.pixmap().isNull())
    sys.stdout.write(f"{picture.width()} {picture.height()} {icon.width()}")
