"""What can be done from everywhere: tray, palette, side bar and pages share these actions, each made once.

An action has its text, glyph, shortcut and whether it can be done now, all from the status. It does nothing by itself:
it is wired to a request, or to a place in the window.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from aisync_desktop.kernel.messages import fill
from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.language import render

_HALF_HOUR = 30
_TWO_HOURS = 120
_MORNING = dt.time(8)  # when a pause until tomorrow ends


class Actions(QObject):
    """The actions.

    Signals: sync_requested, pause_requested(minutes; 0 until resumed), resume_requested, undo_requested(the snapshot
    that the last change led to), redo_requested, route_requested(a place in the window), quit_requested, find_requested
    (the palette), changed (texts or what can be done now).
    """

    sync_requested = Signal()
    pause_requested = Signal(int)
    resume_requested = Signal()
    undo_requested = Signal(int)
    redo_requested = Signal()
    route_requested = Signal(str)
    quit_requested = Signal()
    find_requested = Signal()
    changed = Signal()

    def __init__(self, now: Callable[[], dt.datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._status: Status | None = None
        self.sync = self._make("refresh", self.sync_requested.emit, "Ctrl+R")
        self.pause = self._make("pause", lambda: self.pause_requested.emit(0), "Ctrl+Shift+P")
        self.pause_half_hour = self._make("pause", lambda: self.pause_requested.emit(_HALF_HOUR))
        self.pause_two_hours = self._make("pause", lambda: self.pause_requested.emit(_TWO_HOURS))
        self.pause_until_tomorrow = self._make("pause", lambda: self.pause_requested.emit(self._until_tomorrow()))
        self.resume = self._make("play", self.resume_requested.emit, "Ctrl+Shift+P")
        self.undo = self._make("undo", self._undo, "Ctrl+Z")
        self.redo = self._make("redo", self.redo_requested.emit, "Ctrl+Shift+Z")
        self.answer = self._make("inbox", lambda: self.route_requested.emit("decisions"))
        self.open = self._make("home", lambda: self.route_requested.emit(""))
        self.find = self._make("search", self.find_requested.emit, "Ctrl+K")
        self.quit = self._make("x", self.quit_requested.emit, "Ctrl+Q")
        self.retranslate()

    @property
    def all(self) -> tuple[QAction, ...]:
        """Every action, as the palette lists them."""
        pauses = self.pause, self.pause_half_hour, self.pause_two_hours, self.pause_until_tomorrow, self.resume
        return self.sync, *pauses, self.undo, self.redo, self.answer, self.open, self.find, self.quit

    def set_status(self, status: Status) -> None:
        """Offer what can be done as things stand now."""
        self._status = status
        self._follow()
        self.changed.emit()

    def retranslate(self) -> None:
        """Speak the language that is in use now."""
        self.sync.setText(self.tr("Sync now"))
        self.pause.setText(self.tr("Pause until resumed"))
        self.pause_half_hour.setText(self.tr("Pause for 30 minutes"))
        self.pause_two_hours.setText(self.tr("Pause for 2 hours"))
        self.pause_until_tomorrow.setText(self.tr("Pause until tomorrow"))
        self.resume.setText(self.tr("Go on"))
        self.redo.setText(self.tr("Redo what was undone"))
        self.open.setText(self.tr("Open AISync"))
        self.find.setText(self.tr("Find or run"))
        self.quit.setText(self.tr("Quit AISync"))
        self._follow()
        self.changed.emit()

    def _make(self, glyph: str, run: Callable[[], object], keys: str = "") -> QAction:
        action = QAction(self)
        action.setData(glyph)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(run)
        return action

    def _follow(self) -> None:
        status = self._status
        writes = status is not None and status.adopted
        paused = status is not None and status.paused
        questions = status.questions if status is not None else 0
        self.sync.setEnabled(writes and not paused)
        for action in (self.pause, self.pause_half_hour, self.pause_two_hours, self.pause_until_tomorrow):
            action.setVisible(not paused)
            action.setEnabled(writes)
        self.resume.setVisible(paused)
        self.undo.setEnabled(writes and not paused and status is not None and status.last is not None)
        self.undo.setText(self._undo_words())
        self.redo.setEnabled(writes and not paused)
        self.answer.setVisible(questions > 0)
        self.answer.setText(self.tr("Answer %n question(s)", "", questions))

    def _undo_words(self) -> str:
        """Name the change that is taken back, where it has a name."""
        status = self._status
        if status is None or status.last is None:
            return self.tr("Undo the last change")
        title = status.last.title({client.id: client.name for client in status.clients})
        return fill(self.tr("Undo: {change}"), {"change": render(title)}) if title else self.tr("Undo the last change")

    def _undo(self) -> None:
        last = self._status.last if self._status is not None else None
        self.undo_requested.emit(last.snapshot if last is not None else 0)

    def _until_tomorrow(self) -> int:
        """Return the minutes until eight in the morning of the next day, here; that day may be in summer time."""
        now = self._now()
        tomorrow = now.astimezone().date() + dt.timedelta(days=1)
        morning = dt.datetime.combine(tomorrow, _MORNING).astimezone()
        return max(1, round((morning - now).total_seconds() / 60))
