"""The interface as a program of its own, for the tests that need a real tray: JSON commands in, JSON events out.

With `--never-look` only D-Bus can tell it that a host came.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtWidgets import QApplication

from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.shell.desktop_notify import DesktopNotifier
from aisync_desktop.ui.shell.tray import Tray
from aisync_desktop.ui.shell.window import MainWindow
from tests.ui.frames import FakeFrame

_REQUESTS = (
    "route_requested",
    "sync_requested",
    "undo_requested",
    "pause_requested",
    "resume_requested",
    "quit_requested",
)


class TrayApp(QObject):
    """Tray, window and notifications, wired as the real program does it."""

    def __init__(self, app: QApplication, *, never_look: bool) -> None:
        super().__init__()
        self._app = app
        self._languages = Languages(app)
        self._languages.use("en")
        around = FakeFrame(lambda _: None)
        self._actions = around.actions
        self._tray = Tray(self._actions, self, busy_after_ms=0)
        self._window = MainWindow(around.asks, around.had.append, around.actions, around.prompter, self._tray.is_live)
        self._notifier = DesktopNotifier(self._tray.show_message, "all", self, pause_ms=0)
        self._notifier.snoozed_changed.connect(self._tray.set_snoozed)
        for name in _REQUESTS:
            getattr(self._actions, name).connect(self._teller(name))
        for name in ("wake_requested", "appeared"):
            getattr(self._tray, name).connect(self._teller(name))
        self._window.quit_requested.connect(self._teller("window_quit"))
        self._notifier.route_requested.connect(self._teller("notification_route"))
        self._notifier.undo_requested.connect(self._teller("notification_undo"))
        self._notifier.snoozed_changed.connect(self._teller("snoozed"))
        self._tray.start()
        if never_look:
            self._tray._host._timer.setInterval(3_600_000)
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._obey)
        _say(event="ready", live=self._tray.is_live())

    def _teller(self, name: str) -> Callable[..., None]:
        return lambda *arguments: _say(event=name, arguments=list(arguments))

    @Slot()
    def _obey(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._app.quit()
            return
        for name, value in json.loads(line).items():
            getattr(self, f"_do_{name}")(value)

    def _do_status(self, value: object) -> None:
        status = Status.model_validate(value)
        self._actions.set_status(status)
        self._tray.set_status(status)
        self._window.set_status(status)
        self._notifier.set_status(status)
        _say(event="status", sequence=status.sequence)

    def _do_language(self, value: str) -> None:
        self._languages.use(value)
        self._actions.retranslate()
        self._app.processEvents()
        _say(event="language")

    def _do_level(self, value: str) -> None:
        self._notifier.set_level(value)  # type: ignore[arg-type] # the test says only what there is
        _say(event="level")

    def _do_look(self, _: object) -> None:
        self._tray._host._look_again()

    def _do_live(self, _: object) -> None:
        _say(event="live", live=self._tray.is_live())

    def _do_close_window(self, _: object) -> None:
        self._window.show()
        self._window.close()
        _say(event="closed", visible=self._window.isVisible())


def _say(**event: object) -> None:
    sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Run it until its input ends."""
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    tray_app = TrayApp(application, never_look="--never-look" in arguments)
    code = application.exec()
    del tray_app
    return code
