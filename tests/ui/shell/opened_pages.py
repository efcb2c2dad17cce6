"""Opens the window and each of its pages as the program does, and says what its own thread imported meanwhile.

A process of its own, for `test_late_imports`: in that of the tests all pages are imported already.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.ui.shell.desktop import Shell, application, prepare_application
from aisync_desktop.ui.shell.pages import DECISIONS, FIRST_RUN, PAGES
from tests.helpers.patience import PATIENCE
from tests.ui.samples import WAITING
from tests.ui.shell.quiet_live import QuietLive

if TYPE_CHECKING:
    from aisync_desktop.service.live.live import LiveEngine


class _Watch(MetaPathFinder):
    """Finds nothing, and remembers what was looked for in the thread of the windows."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        del path, target
        if fullname.startswith("aisync_desktop") and threading.current_thread() is threading.main_thread():
            self.seen.append(fullname)


def _wait(app: QApplication, until: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > end:
            raise SystemExit("it never came")
        app.processEvents()


def _shows(shell: Shell, title: str) -> bool:
    page = shell.window.page
    return page is not None and page.accessibleName() == title


def main(folder: Path) -> None:
    """Open a question, the window, each page, and what takes a change back."""
    app = application()
    looks = prepare_application(app, ProgramSettings())
    places = Places(*(folder / name for name in ("config", "state", "cache", "log")))
    places.create()
    clock = SystemClock()
    live = QuietLive()
    shell = Shell(cast("LiveEngine", live), World(places, folder, {}, RealDisk(clock), clock), ProgramSettings(), looks)
    live.status_changed.emit(WAITING)
    watch = _Watch()
    sys.meta_path.insert(0, watch)
    shell.open_from_outside(f"{DECISIONS}/7")
    _wait(app, lambda: shell._desk)
    shell.show_window()
    _wait(app, lambda: shell._window is not None and shell._window.isVisible())
    for page in PAGES:
        if page.name != FIRST_RUN:
            shell.window.go(page.name)
            _wait(app, partial(_shows, shell, page.title()))
    shell.actions.undo_requested.emit(0)
    _wait(app, lambda: "aisync_desktop.ui.pages.history.step_dialog" in sys.modules)
    sys.stdout.write(json.dumps(watch.seen) + "\n")
    sys.stdout.flush()
    shell.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
