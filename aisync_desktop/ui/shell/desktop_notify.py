"""Desktop notifications: by the session's notification server, else as a balloon at the tray icon, else not at all.

A note with the key of a live one replaces it. A key is not sent more than once a second: of what comes in between, the
newest is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from aisync_desktop.files.places import resource
from aisync_desktop.kernel.messages import fill
from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.shell.notes import Note, NoteTaker
from aisync_desktop.ui.shell.notification_bus import NotificationBus

APP_ID = "io.github.aisync.AISyncDesktop"
Level = Literal["all", "important", "none"]

PAUSE_MS = 1_000
_SNOOZE, _UNDO = "snooze", "undo"
_SNOOZE_MINUTES = 60
_URGENCY_LOW, _URGENCY_NORMAL = 0, 1


class DesktopNotifier(QObject):
    """Shows what changed, as much of it as the user wants to know.

    Signals: route_requested(the place that a notification leads to that was clicked), undo_requested(the snapshot whose
    change is to be taken back), snoozed_changed(bool).
    """

    route_requested = Signal(str)
    undo_requested = Signal(int)
    snoozed_changed = Signal(bool)

    def __init__(
        self,
        balloon: Callable[[str, str, str], bool],
        level: Level = "important",
        parent: QObject | None = None,
        *,
        server: bool = sys.platform == "linux",
        pause_ms: int = PAUSE_MS,
    ) -> None:
        super().__init__(parent)
        self._balloon = balloon
        self._level = level
        self._taker = NoteTaker()
        self._waiting: dict[str, Note] = {}
        self._ids: dict[str, int] = {}
        self._live: dict[int, Note] = {}  # what is shown, by the server's number
        self._sent: dict[int, Note | None] = {}  # without an answer yet; None is one that was withdrawn since
        self._has_server = server
        self._bus: NotificationBus | None = None
        self._ready = False
        self._pause = QTimer(self, singleShot=True, interval=pause_ms)
        self._pause.timeout.connect(self._flush)
        self._snooze = QTimer(self, singleShot=True, timerType=Qt.TimerType.VeryCoarseTimer)
        self._snooze.timeout.connect(self._wake)

    def set_level(self, level: Level) -> None:
        """Show all notes, the important ones or none."""
        self._level = level

    def snooze(self, minutes: int) -> None:
        """Stay silent for some minutes; 0 ends the silence."""
        if minutes:
            self._snooze.start(minutes * 60_000)
            self.snoozed_changed.emit(True)
        else:
            self._wake()

    def set_status(self, status: Status, *, seen: bool = False) -> None:
        """Show what is new in this status, take back what is settled; what the user sees anyway needs no note."""
        notes = self._taker.take(status)
        for key in notes.withdraw:
            self._withdraw(key)
        for note in () if seen else notes.show:
            self.show(note)

    def show(self, note: Note) -> None:
        """Show a note, unless the user wants silence."""
        wanted = self._level == "all" or (self._level == "important" and note.important)
        if not wanted or self._snooze.isActive():
            return
        self._waiting[note.key] = note
        if not self._pause.isActive():
            self._flush()

    def close(self) -> None:
        """Leave the bus; what is shown stays."""
        if self._bus is not None:
            self._bus.close()

    def _wake(self) -> None:
        self._snooze.stop()
        self.snoozed_changed.emit(False)

    def _flush(self) -> None:
        if not self._waiting:
            return
        if self._has_server and self._bus is None:
            self._connect()
        if self._ready or not self._has_server:
            self._send_all()

    def _connect(self) -> None:
        self._bus = NotificationBus(self)
        self._bus.ready.connect(self._server_ready)
        self._bus.failed.connect(self._server_failed)
        self._bus.shown.connect(self._shown)
        self._bus.invoked.connect(self._invoked)
        self._bus.closed.connect(self._closed)
        self._bus.open()

    def _send_all(self) -> None:
        # A note whose number is not known yet cannot be replaced: the next one with its key waits for the answer.
        unanswered = {note.key for note in self._sent.values() if note}
        notes = [note for note in self._waiting.values() if note.key not in unanswered]
        self._waiting = {key: note for key, note in self._waiting.items() if key in unanswered}
        self._pause.start()
        for note in notes:
            if self._bus is not None and self._ready:
                self._send(self._bus, note)
            else:
                self._balloon(note.title, note.body, note.route)

    def _send(self, bus: NotificationBus, note: Note) -> None:
        undo = (_UNDO, fill(self.tr("Undo: {change}"), {"change": note.change})) if note.undo else ()
        serial = bus.notify(
            note.title,
            note.body,
            icon=str(resource("icons/aisync.svg")),
            entry=APP_ID,
            replaces=self._ids.get(note.key, 0),
            actions=("default", self.tr("Open AISync"), *undo, _SNOOZE, self.tr("Snooze for 1 hour")),
            urgency=_URGENCY_NORMAL if note.important else _URGENCY_LOW,
        )
        self._sent[serial] = note

    def _withdraw(self, key: str) -> None:
        self._waiting.pop(key, None)
        for serial, note in self._sent.items():
            if note and note.key == key:
                self._sent[serial] = None
        notification = self._ids.pop(key, None)
        self._live.pop(notification or 0, None)
        if notification is not None and self._bus is not None and self._ready:
            self._bus.withdraw(notification)

    def _server_ready(self) -> None:
        self._ready = True
        self._send_all()

    def _server_failed(self) -> None:
        """Use balloons for what was not shown; the next note tries a server again, it may have been restarted."""
        self._ready = False
        self._ids.clear()
        self._live.clear()
        self._waiting = {note.key: note for note in self._sent.values() if note} | self._waiting
        self._sent.clear()
        if self._bus is not None:
            self._bus.deleteLater()
            self._bus = None
        self._send_all()

    def _shown(self, serial: int, notification: int) -> None:
        note = self._sent.pop(serial)
        if note:
            self._ids[note.key] = notification
            self._live[notification] = note
        elif self._bus is not None:
            self._bus.withdraw(notification)
        if not self._pause.isActive():
            self._flush()

    def _invoked(self, notification: int, action: str) -> None:
        if notification not in self._live:
            return  # the signal goes to every program that listens
        if action == _SNOOZE:
            self.snooze(_SNOOZE_MINUTES)
        elif action == _UNDO:
            self.undo_requested.emit(self._live[notification].undo)
        else:
            self.route_requested.emit(self._live[notification].route)

    def _closed(self, notification: int) -> None:
        note = self._live.pop(notification, None)
        if note is not None:
            del self._ids[note.key]
            self._taker.closed(note.key)
