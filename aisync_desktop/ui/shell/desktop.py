"""The desktop side of the running app: tray, window and notifications around one live engine.

All three render the Status that the live loop publishes; what the user wants goes back to it as calls.
"""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.problem import problem_of
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.service.facade import ForEngine
from aisync_desktop.service.live.asking import LiveAsking
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.service.operations.going_back import UndoRequest
from aisync_desktop.service.operations.program import SettingChange
from aisync_desktop.service.operations.standing import ProposalRequest
from aisync_desktop.service.operations.switching import SwitchRequest
from aisync_desktop.service.operations.syncing import ApplyRequest, PauseRequest, ResumeRequest, SyncRequest
from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.appearance import Appearance
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.language import Languages, render
from aisync_desktop.ui.outcomes import hand_over, tell_failure
from aisync_desktop.ui.pages.decisions.decision_desk import DecisionDesk
from aisync_desktop.ui.shell.desktop_notify import APP_ID, DesktopNotifier
from aisync_desktop.ui.shell.notes import Note
from aisync_desktop.ui.shell.prompter import QtPrompter
from aisync_desktop.ui.shell.side_windows import SideWindows
from aisync_desktop.ui.shell.tray import Tray
from aisync_desktop.ui.shell.window import StatusWindow

A = TypeVar("A", bound=BaseModel)


def prepare_application(app: QApplication, settings: ProgramSettings) -> tuple[Languages, Appearance]:
    """Give the application its name, language and colours; the answer must live as long as the application."""
    app.setApplicationName("AISync")
    app.setDesktopFileName(APP_ID)
    app.setQuitOnLastWindowClosed(False)
    languages, appearance = Languages(app), Appearance(app)
    languages.use(settings.language)
    appearance.use(settings.appearance)
    return languages, appearance


class Shell(QObject):
    """Tray, window and notifications.

    Signals: quit_requested, refused (the WorldError that a command of the user ended with).
    """

    quit_requested = Signal()
    refused = Signal(object)
    _arrived = Signal(object)

    def __init__(
        self, live: LiveEngine, world: World, settings: ProgramSettings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._settings = settings
        self._asks = LiveAsking(live, world)
        self.tray = Tray(self)
        prompter = QtPrompter()
        self.window = StatusWindow(prompter, self.tray.is_live, explain_close=settings.explain_close)
        self.desk = DecisionDesk(self._asks, self.window, self)
        self.side = SideWindows(self._asks, prompter, self)
        self.notifier = DesktopNotifier(self.tray.show_message, settings.notifications, self)
        self._proposals = Inquiry(self)
        live.status_changed.connect(self._on_status)
        self._connect_commands()

    def start(self, *, show_window: bool) -> None:
        """Show the tray icon; and the window where it is wanted."""
        self.tray.start()
        if show_window or not self.tray.is_live():
            self.show_window()

    def stop(self) -> None:
        """Take everything off the screen."""
        self.notifier.close()
        self.desk.close()
        self.side.close()
        self._asks.stop()
        self.window.hide()

    @Slot()
    def show_window(self) -> None:
        """Bring the window to the front."""
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _connect_commands(self) -> None:
        for source in (self.tray, self.window):
            source.sync_requested.connect(self._sync)
            source.pause_requested.connect(self._pause)
            source.permissions_requested.connect(self.side.open_permissions)
            source.checkup_requested.connect(self.side.open_checkup)
            source.quit_requested.connect(self.quit_requested)
        self.side.undo_requested.connect(self._undo)
        self.tray.undo_requested.connect(self._undo)
        self.notifier.undo_requested.connect(self._undo)
        self.refused.connect(self._on_refused)
        self._arrived.connect(self._on_arrival)
        self.tray.open_requested.connect(self.show_window)
        self.notifier.open_requested.connect(self.show_window)
        self.tray.snooze_requested.connect(self.notifier.snooze)
        self.notifier.snoozed_changed.connect(self.tray.set_snoozed)
        self.tray.decision_requested.connect(self._decide)
        self.window.decision_requested.connect(self.desk.open)
        self.desk.settled.connect(self.window.tell)
        self.desk.refused.connect(self.refused)
        self.desk.stumbled.connect(self._on_stumble)
        self.window.switch_requested.connect(self._switch)
        self.window.proposal_requested.connect(self._propose)
        self._proposals.answered.connect(self.window.propose)
        self._proposals.refused.connect(self.refused)
        self._proposals.stumbled.connect(self._on_stumble)
        self.window.adopt_requested.connect(self._adopt)
        self.window.visibility_changed.connect(self._on_visibility)
        self.window.close_explained.connect(self._on_close_explained)

    @Slot(object)
    def _on_status(self, status: Status) -> None:
        self.tray.set_status(status)
        self.window.set_status(status)
        self.desk.set_status(status)
        self.side.set_status(status)
        self.notifier.set_status(status)

    @Slot()
    def _sync(self) -> None:
        self._have(SyncRequest())

    @Slot()
    @Slot(int)
    def _undo(self, only: int = 0) -> None:
        self._have(UndoRequest(only=only))

    @Slot(str)
    def _decide(self, decision: str) -> None:
        self.show_window()
        self.desk.open(decision)

    @Slot(str, str, bool)
    def _switch(self, scope: str, client: str, on: bool) -> None:
        self._have(SwitchRequest(what=client, scope=scope, on=on))

    def _have(self, request: ForEngine[A]) -> None:
        """Have the engine do something that nobody waits for; it is told if that fails."""
        hand_over(self._asks.ask(request), self._arrived.emit)

    @Slot(object)
    def _on_arrival(self, came: object) -> None:
        tell_failure(came, self.refused.emit, self._on_stumble)

    @Slot()
    def _on_stumble(self) -> None:
        words = self.tr("Something went wrong in AISync. A report was written; you can try again.")
        self.notifier.show(Note("stumbled", "AISync", words, important=True))

    @Slot(object)
    def _on_refused(self, error: WorldError) -> None:
        problem = problem_of(error)
        body = f"{render(problem.message)}\n{render(problem.next_step)}"
        self.notifier.show(Note("refused", render(problem.title), body, important=True))

    @Slot()
    def _propose(self) -> None:
        self._proposals.follow(self._asks.ask(ProposalRequest()))

    @Slot(str)
    def _adopt(self, agreed: str) -> None:
        self._have(ApplyRequest(adopt=True, agreed=agreed))

    @Slot(bool)
    def _pause(self, paused: bool) -> None:
        if paused:
            self._have(PauseRequest())
        else:
            self._have(ResumeRequest())

    @Slot()
    def _on_close_explained(self) -> None:
        self._have(SettingChange(name="explain_close", value=False))

    @Slot(bool)
    def _on_visibility(self, visible: bool) -> None:
        settings = self._settings
        pace = settings.rescan_open_seconds if visible else settings.rescan_idle_seconds
        hand_over(self._live.set_rescan(pace), self._arrived.emit)


def application() -> QApplication:
    """Return the one QApplication."""
    app = QCoreApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    return app
