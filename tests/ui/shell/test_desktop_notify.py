"""Without a notification server; with one it is tried in test_tray_host.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.shell import desktop_notify
from aisync_desktop.ui.shell.desktop_notify import DesktopNotifier, Level
from aisync_desktop.ui.shell.notes import Note
from tests.ui.samples import IN_STEP, WAITING

_IMPORTANT = Note("decisions", "1 question waits for you", "github", important=True)
_SYNC = Note("sync:codex", "3 files brought in step", "Codex CLI")


class _FakeBus(QObject):
    """A notification server that answers when the test says so."""

    ready = Signal()
    failed = Signal()
    shown = Signal(int, int)
    invoked = Signal(int, str)
    closed = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.sent: list[tuple[str, int]] = []
        self.offered: list[tuple[str, ...]] = []
        self.withdrawn: list[int] = []

    def open(self) -> None:
        self.ready.emit()

    def close(self) -> None:
        pass

    def notify(self, title: str, body: str, *, replaces: int, actions: Sequence[str], **rest: object) -> int:
        self.offered.append(tuple(actions))
        self.sent.append((title, replaces))
        return len(self.sent)

    def withdraw(self, notification: int) -> None:
        self.withdrawn.append(notification)


class _Balloons:
    def __init__(self, *, tray: bool = True) -> None:
        self.shown: list[str] = []
        self._tray = tray

    def __call__(self, title: str, body: str, route: str) -> bool:
        if self._tray:
            self.shown.append(title)
        return self._tray


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("level", "shown"), [("all", [_IMPORTANT, _SYNC]), ("important", [_IMPORTANT]), ("none", [])])
def test_the_setting_says_what_is_shown(level: Level, shown: list[Note], qtbot: QtBot) -> None:
    balloons = _Balloons()
    notifier = DesktopNotifier(balloons, level, server=False, pause_ms=0)
    for note in (_IMPORTANT, _SYNC):
        notifier.show(note)
    qtbot.waitUntil(lambda: balloons.shown == [note.title for note in shown])


def test_without_a_session_bus_there_are_balloons(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    balloons = _Balloons()
    notifier = DesktopNotifier(balloons, server=True)
    notifier.show(_IMPORTANT)
    assert balloons.shown == [_IMPORTANT.title]


@pytest.mark.parametrize("address", [None, "", "tcp:host=x", "nonsense"])
def test_an_unusable_bus_address_is_no_error(
    address: str | None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    if address is not None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    balloons = _Balloons()
    DesktopNotifier(balloons, server=True).show(_IMPORTANT)
    assert balloons.shown == [_IMPORTANT.title]


def test_without_bus_and_tray_nothing_happens(qtbot: QtBot) -> None:
    balloons = _Balloons(tray=False)
    DesktopNotifier(balloons, server=False).show(_IMPORTANT)
    assert not balloons.shown


def test_a_snooze_is_silence_until_it_is_ended(qtbot: QtBot) -> None:
    balloons = _Balloons()
    notifier = DesktopNotifier(balloons, server=False)
    with qtbot.waitSignal(notifier.snoozed_changed) as told:
        notifier.snooze(30)
    assert told.args == [True]
    notifier.show(_IMPORTANT)
    assert not balloons.shown
    with qtbot.waitSignal(notifier.snoozed_changed) as told:
        notifier.snooze(0)
    assert told.args == [False]
    notifier.show(_IMPORTANT)
    assert balloons.shown == [_IMPORTANT.title]


def test_of_many_notes_in_a_row_the_first_and_the_last_are_shown(qtbot: QtBot) -> None:
    balloons = _Balloons()
    notifier = DesktopNotifier(balloons, "all", server=False, pause_ms=1)
    for count in range(1, 50):
        notifier.show(Note("sync:codex", f"{count} files", ""))
    qtbot.waitUntil(lambda: len(balloons.shown) == 2)
    assert balloons.shown == ["1 files", "49 files"]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> tuple[DesktopNotifier, _FakeBus, _Balloons]:
    """Return a notifier that is connected and has shown one note, which is not answered yet."""
    monkeypatch.setattr(desktop_notify, "NotificationBus", _FakeBus)
    balloons = _Balloons()
    notifier = DesktopNotifier(balloons, "all", server=True, pause_ms=0)
    notifier.show(_SYNC)
    (bus,) = notifier.findChildren(_FakeBus)
    qtbot.waitUntil(lambda: not notifier._pause.isActive())
    return notifier, bus, balloons


_Served = tuple[DesktopNotifier, _FakeBus, _Balloons]


def test_a_note_waits_until_the_number_of_the_one_that_it_replaces_is_known(served: _Served, qtbot: QtBot) -> None:
    notifier, bus, _ = served
    notifier.show(_SYNC)
    assert bus.sent == [(_SYNC.title, 0)]
    bus.shown.emit(1, 77)
    qtbot.waitUntil(lambda: bus.sent == [(_SYNC.title, 0), (_SYNC.title, 77)])


def test_a_note_that_is_settled_before_it_was_answered_is_withdrawn_afterwards(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(desktop_notify, "NotificationBus", _FakeBus)
    notifier = DesktopNotifier(_Balloons(), "all", server=True, pause_ms=0)
    notifier.set_status(WAITING.model_copy(update={"problems": ()}))
    (bus,) = notifier.findChildren(_FakeBus)
    notifier.set_status(IN_STEP)
    assert not bus.withdrawn
    bus.shown.emit(1, 77)
    assert bus.withdrawn == [77]


def test_what_a_server_left_unanswered_when_it_died_becomes_a_balloon(served: _Served) -> None:
    _, bus, balloons = served
    bus.failed.emit()
    assert balloons.shown == [_SYNC.title]


def test_a_click_on_a_notification_of_another_program_means_nothing(served: _Served, qtbot: QtBot) -> None:
    notifier, bus, _ = served
    bus.shown.emit(1, 77)
    with qtbot.assertNotEmitted(notifier.route_requested):
        bus.invoked.emit(76, "default")
    with qtbot.waitSignal(notifier.route_requested):
        bus.invoked.emit(77, "default")


def test_a_click_leads_to_the_place_of_the_newest_note_of_its_kind(served: _Served, qtbot: QtBot) -> None:
    notifier, bus, _ = served
    bus.shown.emit(1, 77)
    notifier.show(replace(_SYNC, route="history/3"))
    qtbot.waitUntil(lambda: len(bus.sent) == 2)
    bus.shown.emit(2, 77)
    with qtbot.waitSignal(notifier.route_requested) as asked:
        bus.invoked.emit(77, "default")
    assert asked.args == ["history/3"]
    bus.closed.emit(77)
    with qtbot.assertNotEmitted(notifier.route_requested):
        bus.invoked.emit(77, "default")


def test_the_way_back_names_the_change_that_it_takes_back(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(desktop_notify, "NotificationBus", _FakeBus)
    notifier = DesktopNotifier(_Balloons(), "all", server=True, pause_ms=0)
    notifier.show(Note("sync:codex", "1 item deleted everywhere", "", important=True, undo=7, change="a & b removed"))
    (bus,) = notifier.findChildren(_FakeBus)
    assert bus.offered[0][2:4] == ("undo", "Undo: a & b removed")
    bus.shown.emit(1, 77)
    with qtbot.waitSignal(notifier.undo_requested) as asked:
        bus.invoked.emit(77, "undo")
    assert asked.args == [7]


def test_other_notes_offer_no_way_back(served: _Served) -> None:
    assert served[1].offered[0][::2] == ("default", "snooze")


def test_what_the_user_sees_anyway_raises_no_note_and_is_not_made_up_for(
    served: tuple[DesktopNotifier, _FakeBus, _Balloons],
) -> None:
    notifier, bus, _ = served
    notifier.set_status(IN_STEP)
    bus.sent.clear()
    notifier.set_status(WAITING, seen=True)
    notifier.set_status(WAITING.model_copy(update={"sequence": 9}))
    assert bus.sent == []
