"""The shell: what comes from outside leads where it belongs, what is done is told where the user looks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.kernel.bus import Fed
from aisync_desktop.program.events import PROGRAM_FEED
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.service.operations.program import Settings, SettingsRequest
from aisync_desktop.sync.model.status import Status, Writing
from aisync_desktop.sync.terms.errors import NotWritingError
from aisync_desktop.ui.pages.decisions.card_keeper import Settled
from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.parts.toast import Toast
from aisync_desktop.ui.shell.desktop import Shell, prepare_application, take_down
from aisync_desktop.ui.shell.notes import Note
from tests.ui.asks import FakeAsks
from tests.ui.samples import IN_STEP, LAST, WAITING
from tests.ui.shell.quiet_live import QuietLive

pytestmark = pytest.mark.usefixtures("languages", "appearance")


@pytest.fixture
def live() -> QuietLive:
    return QuietLive()


@pytest.fixture
def world(tmp_path: Path) -> World:
    places = Places(*(tmp_path / name for name in ("config", "state", "cache", "log")))
    places.create()
    clock = SystemClock()
    return World(places, tmp_path, {}, RealDisk(clock), clock)


@pytest.fixture
def shell(live: QuietLive, world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    made = Shell(cast("LiveEngine", live), world, ProgramSettings())
    monkeypatch.setattr(made.asks, "_looker", _Waiting())
    yield made
    made.stop()
    if made._window is not None:
        qtbot.addWidget(made._window)


class _Waiting:
    """Looks that are never over: pages ask, and nobody answers."""

    def look(self, call: object) -> Future[Any]:
        del call
        return Future()

    def stop(self) -> None:
        pass


def _show(live: QuietLive, status: Status) -> None:
    live.status_changed.emit(status)


@pytest.fixture
def toasts(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> list[Toast]:
    told: list[Toast] = []
    monkeypatch.setattr(shell.window.toasts, "show", told.append)
    object.__setattr__(shell.window.frame, "toast", told.append)
    return told


@pytest.fixture
def notes(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> list[Note]:
    told: list[Note] = []
    monkeypatch.setattr(shell.notifier, "show", told.append)
    return told


def test_the_tray_starts_without_the_window_and_what_is_in_it() -> None:
    script = "import sys, aisync_desktop.ui.shell.desktop; print(*(m for m in sys.modules if m.startswith('aisync')))"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "aisync_desktop.ui.shell.desktop" in loaded
    assert "aisync_desktop.ui.shell.window" not in loaded
    late = ("ui.pages", "ui.parts.rows", "sync.reports.doctor", "sync.reports.audit")
    assert not [module for module in loaded if module.removeprefix("aisync_desktop.").startswith(late)]


def test_at_the_end_all_windows_are_taken_down(qapp: QApplication) -> None:
    window = QWidget()
    dialog = QDialog(window)
    button = Button("Go on")
    QVBoxLayout(dialog).addWidget(button)
    window.show()
    dialog.open()
    button.setFocus(Qt.FocusReason.TabFocusReason)  # with its ring, which is a widget of its own
    take_down()
    assert qapp.topLevelWidgets() == []
    assert not any(map(isValid, (window, dialog, button)))


def test_at_the_end_what_windows_qt_has_made_for_itself_are_left_to_it(qapp: QApplication) -> None:
    """An icon in an XEmbed tray is such a one, and so is its balloon: they went twice, and the program crashed."""
    QToolTip.showText(QPoint(0, 0), "words")
    (tip,) = [one for one in qapp.topLevelWidgets() if one.metaObject().className() == "QTipLabel"]
    take_down()
    assert isValid(tip)
    tip.hide()


def test_what_came_of_a_card_is_told_where_the_user_looks(
    shell: Shell, notes: list[Note], toasts: list[Toast], qtbot: QtBot
) -> None:
    settled = Settled("7", "db: 2 files written", snapshot=3, title="db")
    shell.desk.settled.emit(settled)
    (note,) = notes
    assert (note.title, note.important, note.undo, note.change) == ("db: 2 files written", True, 3, "db")
    assert toasts == []
    shell.show_window()
    qtbot.waitUntil(shell.window.isVisible)
    shell.desk.settled.emit(replace(settled, failed=1))
    (toast,) = toasts
    assert (toast.words, toast.state) == ("db: 2 files written. 1 file could not be written", State.BAD)
    assert len(notes) == 1


def test_without_a_window_a_question_from_outside_is_a_card_of_its_own(
    shell: Shell, live: QuietLive, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened: list[str] = []
    _show(live, WAITING)
    monkeypatch.setattr(shell.desk, "open", opened.append)
    shell.open_from_outside("decisions/7")
    assert opened == ["7"]
    assert shell._window is None
    shell.open_from_outside("decisions")
    qtbot.waitUntil(shell.window.isVisible)


def test_with_the_window_a_question_from_outside_is_opened_in_it(shell: Shell, live: QuietLive, qtbot: QtBot) -> None:
    _show(live, WAITING)
    shell.show_window()
    qtbot.waitUntil(shell.window.isVisible)
    shell.notifier.route_requested.emit("decisions/7")
    assert shell.window.page is not None
    assert shell.window.page.accessibleName() == "Decisions"


def test_how_far_the_writing_is_comes_to_the_pages(
    shell: Shell, live: QuietLive, world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.bus.publish(Writing(1, 9))  # there is no window that could show it
    _show(live, IN_STEP)
    shell.show_window()
    qtbot.waitUntil(shell.window.isVisible)
    told: list[Writing] = []
    page = shell.window.page
    assert page is not None
    page.set_writing(Writing(0, 0))  # most pages tell nothing of it
    monkeypatch.setattr(page, "set_writing", told.append)
    for done in (2, 3, 4):
        world.bus.publish(Writing(done, 9))
    qtbot.waitUntil(lambda: told == [Writing(4, 9)])  # of several at once, the last


def test_what_an_edit_elsewhere_led_to_is_told_with_its_undo(
    shell: Shell, live: QuietLive, toasts: list[Toast], qtbot: QtBot
) -> None:
    shell.show_window()
    _show(live, IN_STEP)
    named = LAST.model_copy(update={"snapshot": 9})
    _show(live, IN_STEP.model_copy(update={"last": named}))
    (toast,) = toasts
    assert (toast.words.rpartition(": ")[2], toast.action, toast.state) == ("3 files written", "Undo", State.OK)
    _show(live, IN_STEP.model_copy(update={"last": named}))
    assert len(toasts) == 1


@pytest.mark.parametrize("change", [{"origin": "user"}, {"origin": "start"}, {"writes": 0}])
def test_what_the_user_asked_for_is_not_told_twice(
    change: dict[str, object], shell: Shell, live: QuietLive, toasts: list[Toast]
) -> None:
    shell.show_window()
    _show(live, IN_STEP)
    _show(live, IN_STEP.model_copy(update={"last": LAST.model_copy(update=change)}))
    assert toasts == []


def test_a_failure_is_told_where_the_user_looks(shell: Shell, toasts: list[Toast], notes: list[Note]) -> None:
    error = NotWritingError(paused=True)
    shell.refused.emit(error)
    assert ([note.key for note in notes], toasts) == (["refused"], [])
    shell.show_window()
    shell.refused.emit(error)
    (toast,) = toasts
    assert (toast.state, toast.stays, len(notes)) == (State.BAD, True, 1)
    assert toast.words.startswith("Nothing is written now. ")


def test_a_setting_that_is_changed_elsewhere_is_followed_at_once(
    shell: Shell, world: World, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[SettingsRequest] = []

    def answer(request: SettingsRequest) -> Settings:
        asked.append(request)
        return Settings(settings={"language": "ko", "notifications": "none", "other": 1})

    monkeypatch.setattr(shell.settings, "_asks", FakeAsks(answer))
    with qtbot.waitSignal(shell.settings.changed) as told:
        world.bus.publish(Fed(PROGRAM_FEED))
    assert told.args is not None
    assert (told.args[0].language, shell.settings.now.notifications) == ("ko", "none")
    with qtbot.waitSignal(shell.settings._bridge.heard):
        world.bus.publish(Fed("sync"))  # no matter of settings
    assert len(asked) == 1
    with qtbot.assertNotEmitted(shell.settings.changed):
        world.bus.publish(Fed(PROGRAM_FEED))  # another one, or the same again
        qtbot.waitUntil(lambda: len(asked) > 1)
    assert len(asked) == 2


def test_who_computes_gives_way_to_the_window_often(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[float] = []
    monkeypatch.setattr(sys, "setswitchinterval", turns.append)
    looks = prepare_application(qapp, ProgramSettings(language="en", appearance="light"))
    looks.languages.leave()
    assert turns
    assert turns[0] < sys.getswitchinterval()
