"""The desktop side of the running app: tray, window and notifications around one live engine.

All three render the Status that the live loop publishes, and share one set of actions; what the user wants goes back
to the engine as requests. The window is made when it is first wanted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication
from shiboken6 import createdByPython, delete, isValid

from aisync_desktop.kernel.bus import Taken
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.problem import problem_of
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.service.facade import ForEngine
from aisync_desktop.service.live.asking import LiveAsking
from aisync_desktop.service.live.bus_bridge import BusBridge
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.service.live.looker import is_anybody_apart
from aisync_desktop.service.operations.program import SettingChange
from aisync_desktop.service.operations.syncing import PauseRequest, ResumeRequest, SyncRequest
from aisync_desktop.sync.model.status import Status, Writing
from aisync_desktop.ui.language import Languages, render
from aisync_desktop.ui.outcomes import hand_over, tell_failure
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.parts.toast import CHANGE, Toast
from aisync_desktop.ui.shell.actions import Actions
from aisync_desktop.ui.shell.desktop_notify import APP_ID, DesktopNotifier
from aisync_desktop.ui.shell.late_imports import LateImports
from aisync_desktop.ui.shell.live_settings import LiveSettings
from aisync_desktop.ui.shell.notes import Note
from aisync_desktop.ui.shell.pages import DECISIONS, FIRST_RUN, HOME, PAGES
from aisync_desktop.ui.shell.prompter import QtPrompter
from aisync_desktop.ui.shell.tray import Tray
from aisync_desktop.ui.shell.window_place import WindowPlace, keep_place, kept_place
from aisync_desktop.ui.theme import Appearance
from aisync_desktop.ui.working_out import stop_working

if TYPE_CHECKING:
    from aisync_desktop.ui.edits_dialog import Failures
    from aisync_desktop.ui.pages.decisions.card_keeper import Settled
    from aisync_desktop.ui.pages.decisions.decision_desk import DecisionDesk
    from aisync_desktop.ui.shell.window import MainWindow

A = TypeVar("A", bound=BaseModel)
_TURN = 0.000_5  # seconds for which a thread that computes keeps the others waiting; Python's own is ten times as long
_WINDOW = "aisync_desktop.ui.shell.window"
_DESK = ["aisync_desktop.ui.pages.decisions.decision_desk", "aisync_desktop.ui.pages.decisions.toasts"]
_STEPS = "aisync_desktop.ui.pages.history.step_dialog"
_BY_ITSELF = frozenset({"user", "start"})  # who has a sync made that is told by whoever asked for it


class Looks:
    """Language, colours and text size of the application; it must live as long as that."""

    def __init__(self, app: QApplication, settings: ProgramSettings) -> None:
        self.languages, self.appearance = Languages(app), Appearance(app)
        self._language = ""
        self.use(settings)

    def use(self, settings: ProgramSettings) -> None:
        """Take on what the settings say; what is so already stays untouched."""
        if settings.language != self._language:
            self._language = settings.language
            self.languages.use(settings.language)
        still = settings.reduce_motion
        self.appearance.use(settings.appearance, settings.text_size, reduce_motion=still)


def prepare_application(app: QApplication, settings: ProgramSettings) -> Looks:
    """Give the application its name, language and colours; the answer must live as long as the application.

    Its thread comes back from Qt to Python hundreds of times to draw a page. While the engine computes, it waits each
    time until that gives way: those waits must be short.
    """
    sys.setswitchinterval(_TURN)
    app.setApplicationName("AISync")
    app.setDesktopFileName(APP_ID)
    app.setQuitOnLastWindowClosed(False)
    return Looks(app, settings)


class Shell(QObject):
    """Tray, window and notifications.

    Signals: quit_requested, refused (the WorldError that a command of the user ended with).
    """

    quit_requested = Signal()
    refused = Signal(object)

    def __init__(
        self,
        live: LiveEngine,
        world: World,
        settings: ProgramSettings,
        looks: Looks | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._live, self._world, self._looks = live, world, looks
        self._status: Status | None = None
        self._window: MainWindow | None = None
        self._desk: DecisionDesk | None = None
        self._explain_close = settings.explain_close
        self._place = kept_place(world.places.state)  # before anything moves: later, this thread waits for no file
        self.asks = LiveAsking(live, world)
        self.prompter = QtPrompter()
        self.imports = LateImports(self)
        self.actions = Actions(world.clock.now, self)
        self.settings = LiveSettings(world.bus, self.asks, settings, self)
        self.tray = Tray(self.actions, self)
        self.notifier = DesktopNotifier(self.tray.show_message, settings.notifications, self)
        self._progress = BusBridge(world.bus, Writing, parent=self)
        self._progress.heard.connect(self._on_writing)
        live.status_changed.connect(self._on_status)
        self._connect_actions()
        self._connect_tray()

    @property
    def window(self) -> MainWindow:
        """The window, made when it is first wanted: the tray starts without; see `_with_window`."""
        if self._window is None:
            self._window = self._make_window()
        return self._window

    @property
    def desk(self) -> DecisionDesk:
        """The cards of questions that are open without the window."""
        if self._desk is None:
            from aisync_desktop.ui.pages.decisions.decision_desk import DecisionDesk  # most starts never want it

            self._desk = DecisionDesk(self.asks, None, self)
            self._desk.settled.connect(self._on_settled)
            self._desk.refused.connect(self.refused)
            self._desk.stumbled.connect(self._on_stumble)
            if self._status is not None:
                self._desk.set_status(self._status)
        return self._desk

    def start(self, *, show_window: bool) -> None:
        """Show the tray icon; and the window where it is wanted."""
        self.tray.start()
        if show_window or not self.tray.is_live():
            self.show_window()

    def stop(self) -> bool:
        """Take everything off the screen; return whether no thread is at anything for it any more."""
        self.notifier.close()
        self.settings.close()
        self._progress.close()
        ended = [self.asks.stop(), stop_working(), not is_anybody_apart()]
        if self._desk is not None:
            self._desk.close()
        if self._window is not None:
            self._window.hide()
        return all(ended)

    @Slot()
    def show_window(self) -> None:
        """Bring the window to the front."""
        self.open_route("")

    @Slot(str)
    def open_route(self, route: str) -> None:
        """Show a place in the window; "" is the window as it is."""
        self._with_window(partial(self._bring, route))

    def _bring(self, route: str) -> None:
        if self._window is None:
            self._window = self._make_window()
            QTimer.singleShot(0, self, partial(self._bring, route))  # what is waiting meanwhile comes first
            return
        if route:
            self._window.go(route)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def _with_window(self, do: Callable[[], object], *besides: str) -> None:
        """Do something once what the window is made of is imported, with the page that it opens with."""
        first = FIRST_RUN if self._status is not None and not self._status.adopted else HOME
        page = next(info.module for info in PAGES if info.name == first)
        self.imports.when_there((_WINDOW, page, *besides), do)

    @Slot(str)
    def open_from_outside(self, route: str) -> None:
        """Show what a notification or the tray is about: a question without the window, where that is not there."""
        page, _, decision = route.partition("/")
        if page == DECISIONS and decision and not self._is_seen():
            self.imports.when_there(_DESK, lambda: self.desk.open(decision))
        else:
            self.open_route(route)

    def _is_seen(self) -> bool:
        return self._window is not None and self._window.isVisible()

    def _make_window(self) -> MainWindow:
        from aisync_desktop.ui.shell.window import MainWindow  # the tray starts without

        window = MainWindow(
            self.asks,
            self._have,
            self.actions,
            self.prompter,
            self.tray.is_live,
            explain_close=self._explain_close,
            place=self._place,
        )
        self.destroyed.connect(window.deleteLater)
        window.quit_requested.connect(self.quit_requested)
        window.visibility_changed.connect(self._on_visibility)
        window.close_explained.connect(self._on_close_explained)
        window.placed.connect(self._on_placed)
        window.imports.stumbled.connect(self._on_stumble)
        if self._status is not None:
            window.set_status(self._status)
        return window

    def _connect_actions(self) -> None:
        actions = self.actions
        actions.sync_requested.connect(lambda: self._have(SyncRequest()))
        actions.pause_requested.connect(lambda minutes: self._have(PauseRequest(minutes=minutes)))
        actions.resume_requested.connect(lambda: self._have(ResumeRequest()))
        actions.undo_requested.connect(self._undo)
        actions.redo_requested.connect(self._redo)
        actions.route_requested.connect(self.open_from_outside)
        actions.quit_requested.connect(self.quit_requested)
        self.settings.changed.connect(self._on_settings)
        self.refused.connect(self._on_refused)
        self.imports.stumbled.connect(self._on_stumble)

    def _connect_tray(self) -> None:
        self.tray.wake_requested.connect(partial(self.notifier.snooze, 0))
        self.notifier.snoozed_changed.connect(self.tray.set_snoozed)
        self.notifier.route_requested.connect(self.open_from_outside)
        self.notifier.undo_requested.connect(self._undo)

    @Slot(object)
    def _on_status(self, status: Status) -> None:
        before, self._status = self._status, status
        self.actions.set_status(status)
        self.tray.set_status(status)
        self.notifier.set_status(status, seen=self._window is not None and self._window.isActiveWindow())
        if self._desk is not None:
            self._desk.set_status(status)
        if self._window is not None:
            self._window.set_status(status)
        if before is not None and status.last != before.last:
            self._tell_success(status)

    @Slot(object)
    def _on_writing(self, taken: Taken) -> None:
        """Show how far it is; of all that was told since, only the last still holds."""
        last = taken.events[-1]
        if self._window is not None and isinstance(last, Writing):
            self._window.set_writing(last)

    def _tell_success(self, status: Status) -> None:
        """Tell in the window what an edit elsewhere has led to; what the user asked for here is told there."""
        last = status.last
        if self._window is None or not self._is_seen() or last is None or not last.writes or last.origin in _BY_ITSELF:
            return
        title = last.title({client.id: client.name for client in status.clients})
        files = self.tr("%n file(s) written", "", last.writes)
        words = f"{render(title)}: {files}" if title else files
        undo = self.tr("Undo") if last.snapshot else ""
        back = partial(self._undo, last.snapshot)
        self._window.frame.toast(Toast(words, action=undo, on_action=back, key=CHANGE))

    @Slot(object)
    def _on_settled(self, settled: Settled) -> None:
        """Tell what came of an answer that was given in a card of its own."""
        from aisync_desktop.ui.pages.decisions.toasts import settled_note, settled_toast  # there by now, with the card

        if self._window is not None and self._is_seen():
            self._window.frame.toast(settled_toast(self._window.frame, settled))
        else:
            self.notifier.show(settled_note(settled))

    @Slot(int)
    def _undo(self, only: int = 0) -> None:
        def undo() -> None:
            from aisync_desktop.ui.pages.history.step_dialog import open_undo

            open_undo(self.window.frame, only, self._failures())

        self._with_window(undo, _STEPS)

    @Slot()
    def _redo(self) -> None:
        def redo() -> None:
            from aisync_desktop.ui.pages.history.step_dialog import open_redo

            open_redo(self.window.frame, self._failures())

        self._with_window(redo, _STEPS)

    def _failures(self) -> Failures:
        from aisync_desktop.ui.edits_dialog import Failures

        return Failures(self.refused.emit, self._on_stumble)

    def _have(self, request: ForEngine[A]) -> None:
        """Have the engine do something that nobody waits for; it is told if that fails."""
        hand_over(self.asks.ask(request), self._on_arrival)

    def _on_arrival(self, came: object) -> None:
        tell_failure(came, self.refused.emit, self._on_stumble)

    @Slot()
    def _on_stumble(self) -> None:
        words = self.tr("Something went wrong in AISync. A report was written; you can try again.")
        self._tell_failure(Note("stumbled", "AISync", words, important=True), words)

    @Slot(object)
    def _on_refused(self, error: WorldError) -> None:
        problem = problem_of(error)
        body = f"{render(problem.message)}\n{render(problem.next_step)}"
        words = f"{render(problem.title)}. {render(problem.next_step)}"
        self._tell_failure(Note("refused", render(problem.title), body, important=True), words)

    def _tell_failure(self, note: Note, words: str) -> None:
        """Tell it where the user looks: in the window, if that is there, else by a notification."""
        if self._window is not None and self._is_seen():
            self._window.frame.toast(Toast(words, State.BAD, key=note.key, stays=True))
        else:
            self.notifier.show(note)

    @Slot(object)
    def _on_settings(self, settings: ProgramSettings) -> None:
        if self._looks is not None:
            self._looks.use(settings)
        self.actions.retranslate()
        self.notifier.set_level(settings.notifications)

    @Slot()
    def _on_close_explained(self) -> None:
        self._explain_close = False
        self._have(SettingChange(name="explain_close", value=False))

    @Slot(object)
    def _on_placed(self, place: WindowPlace) -> None:
        hand_over(self.asks.aside(partial(keep_place, self._world.places.state, place)), self._on_arrival)

    @Slot(bool)
    def _on_visibility(self, visible: bool) -> None:
        settings = self.settings.now
        pace = settings.rescan_open_seconds if visible else settings.rescan_idle_seconds
        hand_over(self._live.set_rescan(pace), self._on_arrival)


def take_down() -> None:
    """Delete our windows while style and application still are: Python's own order at the end is none.

    Those that Qt has made for itself, as an icon in an XEmbed tray is one, it deletes, too.
    """
    for widget in QApplication.topLevelWidgets():
        # Dialogs and menus go with what they belong to.
        if isValid(widget) and createdByPython(widget) and widget.parent() is None:
            delete(widget)


def application() -> QApplication:
    """Return the one QApplication."""
    app = QCoreApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    return app
