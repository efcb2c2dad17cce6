"""The window: pages made when they are opened, routes, the side bar, closing, and where it stands on the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.model.status import Health, Status
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.toast import Toast
from aisync_desktop.ui.shell.pages import FIRST_RUN, Frame, Page, PageInfo, split_route
from aisync_desktop.ui.shell.window import MainWindow
from aisync_desktop.ui.shell.window_place import WindowPlace, clamped, place_on_screen
from tests.ui.frames import FakeFrame
from tests.ui.samples import DECISION, IN_STEP, NEW, PAUSED, WAITING

pytestmark = pytest.mark.usefixtures("languages", "appearance")

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier
MakeWindow = Callable[..., MainWindow]


class PlainPage(Page):
    """A page that says what it is shown."""

    made = 0

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        type(self).made += 1
        self.shown = ""
        self.button = Button("page")
        QVBoxLayout(self).addWidget(self.button)

    def open_route(self, rest: str) -> None:
        self.shown = rest


@pytest.fixture(autouse=True)
def _plain_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pages that do nothing of their own: what they are made of is no matter of the window."""
    PlainPage.made = 0
    monkeypatch.setattr(PageInfo, "make", lambda _, frame: PlainPage(frame))


@pytest.fixture
def around() -> FakeFrame:
    return FakeFrame()


@pytest.fixture
def make(qtbot: QtBot, around: FakeFrame) -> MakeWindow:
    windows = []  # pytest-qt keeps weak references only

    def make(status: Status | None = IN_STEP, *, tray: bool = True, explain_close: bool = False) -> MainWindow:
        window = MainWindow(
            around.asks, around.had.append, around.actions, around.prompter, lambda: tray, explain_close=explain_close
        )
        windows.append(window)
        qtbot.addWidget(window)
        if status is not None:
            around.actions.set_status(status)
            window.set_status(status)
        with qtbot.waitExposed(window):
            window.show()
        return window

    return make


def _open(window: MainWindow) -> tuple[str, PlainPage]:
    page = window.page
    assert isinstance(page, PlainPage)
    checked = [entry.page.name for entry in window.sidebar.entries if entry.isChecked()]
    return (checked or [""])[0], page


def test_a_page_is_made_when_it_is_first_opened_and_kept(make: MakeWindow) -> None:
    window = make()
    assert (_open(window)[0], PlainPage.made) == ("home", 1)
    window.go("decisions/7")
    name, page = _open(window)
    assert (name, page.shown, PlainPage.made) == ("decisions", "7", 2)
    window.go("home")
    window.go("decisions")
    assert (_open(window)[1], PlainPage.made) == (page, 2)


@pytest.mark.parametrize(
    ("route", "means"),
    [
        ("", ("home", "")),
        ("decisions/029a", ("decisions", "029a")),
        ("/clients-that-are-not", ("home", "")),
        ("decisions/", ("decisions", "")),
        ("permissions/shell/rm", ("permissions", "shell/rm")),
    ],
)
def test_a_route_names_a_page_and_what_it_shows(route: str, means: tuple[str, str]) -> None:
    assert split_route(route) == means


def test_before_anything_was_agreed_to_every_place_is_the_first_run(make: MakeWindow) -> None:
    window = make(NEW)
    window.go("decisions/7")
    assert not window.sidebar.isVisible()
    window.set_status(WAITING)
    name, page = _open(window)
    assert (name, page.shown) == ("decisions", "7")  # where one wanted to go
    assert window.sidebar.isVisible()
    window.go(FIRST_RUN)
    assert _open(window)[0] == "home"


def test_the_side_bar_counts_what_waits_and_says_how_things_stand(make: MakeWindow) -> None:
    two = WAITING.model_copy(update={"decisions": (DECISION, DECISION.model_copy(update={"id": "8"}))})
    window = make(two)
    entries = {entry.page.name: entry for entry in window.sidebar.entries}
    assert entries["decisions"].count == 2
    assert entries["decisions"].accessibleName() == "Decisions, 2 waiting"
    assert window.sidebar.standing.text() == "2 questions"
    assert window.sidebar.standing.accessibleName() == "1 question is waiting for you"  # what the status says
    window.set_status(IN_STEP)
    assert entries["decisions"].accessibleName() == "Decisions"


def test_for_a_screen_reader_it_is_a_window(make: MakeWindow) -> None:
    told = QAccessible.queryAccessibleInterface(make())
    assert (told.role(), told.text(QAccessible.Text.Name)) == (QAccessible.Role.Window, "AISync")


def test_a_screen_reader_opens_a_page_as_a_click_does_and_once(make: MakeWindow, qtbot: QtBot) -> None:
    window = make(WAITING)
    asked: list[str] = []
    window.sidebar.route_requested.connect(asked.append)
    home, decisions = window.sidebar.entries[:2]
    QAccessible.queryAccessibleInterface(decisions).actionInterface().doAction("Toggle")
    assert (_open(window)[0], asked) == ("decisions", ["decisions"])
    QTest.mouseClick(home, Qt.MouseButton.LeftButton)
    assert (_open(window)[0], asked) == ("home", ["decisions", "home"])
    window.go("permissions")
    assert asked == ["decisions", "home"]


def test_how_things_stand_leads_to_the_questions(make: MakeWindow) -> None:
    window = make(WAITING)
    QTest.mouseClick(window.sidebar.standing, Qt.MouseButton.LeftButton)
    assert _open(window)[0] == "decisions"
    window.set_status(IN_STEP)
    QTest.mouseClick(window.sidebar.standing, Qt.MouseButton.LeftButton)
    assert _open(window)[0] == "home"


def test_pause_and_go_on_are_one_button(make: MakeWindow, around: FakeFrame, qtbot: QtBot) -> None:
    window = make(IN_STEP)
    with qtbot.waitSignal(around.actions.pause_requested) as asked:
        QTest.mouseClick(window.sidebar.pause, Qt.MouseButton.LeftButton)
    assert asked.args == [0]
    around.actions.set_status(PAUSED)
    window.set_status(PAUSED)
    with qtbot.waitSignal(around.actions.resume_requested):
        QTest.mouseClick(window.sidebar.pause, Qt.MouseButton.LeftButton)


def test_keys_open_pages_and_run_actions(make: MakeWindow, around: FakeFrame, qtbot: QtBot) -> None:
    window = make(WAITING)
    QTest.keyClick(window, _Key.Key_2, _CTRL)
    assert _open(window)[0] == "decisions"
    with qtbot.waitSignal(around.actions.sync_requested):
        QTest.keyClick(window, _Key.Key_R, _CTRL)
    with qtbot.waitSignal(around.actions.quit_requested):
        QTest.keyClick(window, _Key.Key_Q, _CTRL)


def test_the_arrows_walk_the_side_bar_and_f6_jumps(make: MakeWindow) -> None:
    window = make(IN_STEP)
    QTest.keyClick(window, _Key.Key_F6)
    assert window.focusWidget() is _open(window)[1].button
    QTest.keyClick(window, _Key.Key_F6)
    home, decisions = window.sidebar.entries[:2]
    assert window.focusWidget() is home
    QTest.keyClick(home, _Key.Key_Down)
    assert window.focusWidget() is decisions
    QTest.keyClick(decisions, _Key.Key_Up)
    assert window.focusWidget() is home
    QTest.keyClick(home, _Key.Key_Up)
    assert window.focusWidget() is home


def test_a_narrow_window_shows_glyphs_alone(make: MakeWindow, qtbot: QtBot) -> None:
    window = make(WAITING)
    window.resize(1120, 720)
    qtbot.waitUntil(lambda: window.sidebar.width() == 208)
    window.resize(900, 600)
    qtbot.waitUntil(lambda: window.sidebar.width() == 56)
    assert window.sidebar.entries[0].toolTip() == "Home"
    window.resize(970, 600)  # within the border it stays as it is
    qtbot.waitUntil(lambda: window.width() == 970)
    assert window.sidebar.width() == 56
    window.resize(1000, 600)
    qtbot.waitUntil(lambda: window.sidebar.width() == 208)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_side_bar_stands_where_one_begins_to_read(
    direction: Qt.LayoutDirection, make: MakeWindow, qtbot: QtBot
) -> None:
    window = make(WAITING)
    window.setLayoutDirection(direction)
    right = direction is Qt.LayoutDirection.RightToLeft
    qtbot.waitUntil(lambda: (window.sidebar.x() > 0) is right)
    assert not window.sidebar.grab().isNull()


def test_it_speaks_the_new_language_at_once(make: MakeWindow, languages: Languages, around: FakeFrame) -> None:
    window = make(WAITING)
    languages.use("ko")
    around.actions.retranslate()
    assert [entry.text() for entry in window.sidebar.entries][:2] == ["홈", "결정"]
    assert window.sidebar.standing.text() == "질문 1개"


@pytest.mark.parametrize("health", list(Health))
def test_each_state_has_its_dot(health: Health, make: MakeWindow) -> None:
    window = make(IN_STEP.model_copy(update={"health": health, "headline": text("status.paused")}))
    tones = {"new": "idle", "in-step": "ok", "syncing": "accent", "paused": "idle", "error": "bad"}
    assert window.sidebar.standing.tone == tones.get(health.value, "wait")


def test_the_first_close_says_that_the_program_goes_on(make: MakeWindow, qtbot: QtBot, around: FakeFrame) -> None:
    window = make(IN_STEP, explain_close=True)
    with (
        qtbot.waitSignals([window.close_explained, window.visibility_changed, window.placed]),
        qtbot.assertNotEmitted(window.quit_requested),
    ):
        QTest.keyClick(window, _Key.Key_W, _CTRL)
    assert [question.accept for question in around.prompter.asked] == ["Keep running"]
    assert not window.isVisible()
    window.show()
    window.close()
    assert len(around.prompter.asked) == 1


def test_the_first_close_offers_to_quit_instead(make: MakeWindow, qtbot: QtBot, around: FakeFrame) -> None:
    around.prompter.answer = False
    window = make(IN_STEP, explain_close=True)
    with qtbot.waitSignal(window.quit_requested):
        window.close()


def test_who_does_not_answer_the_first_close_neither_quits_nor_closes(
    make: MakeWindow, qtbot: QtBot, around: FakeFrame
) -> None:
    around.prompter.answer = None
    window = make(IN_STEP, explain_close=True)
    with qtbot.assertNotEmitted(window.quit_requested), qtbot.assertNotEmitted(window.close_explained):
        window.close()
    assert window.isVisible()


def test_without_a_tray_closing_quits(make: MakeWindow, qtbot: QtBot, around: FakeFrame) -> None:
    window = make(IN_STEP, tray=False, explain_close=True)
    with qtbot.waitSignal(window.quit_requested):
        window.close()
    assert around.prompter.asked == []


SCREEN = QRect(0, 30, 1280, 770)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (QRect(100, 100, 800, 600), QRect(100, 100, 800, 600)),
        (QRect(-500, -500, 800, 600), QRect(0, 30, 800, 600)),
        (QRect(1200, 700, 800, 600), QRect(480, 200, 800, 600)),
        (QRect(0, 0, 4000, 3000), SCREEN),
    ],
)
def test_the_window_lies_on_the_screen_as_a_whole(wanted: QRect, given: QRect) -> None:
    assert clamped(wanted, SCREEN) == given


def test_it_comes_back_where_it_was_if_a_screen_is_there() -> None:
    screen = QGuiApplication.primaryScreen().availableGeometry()
    usual = QSize(400, 300)
    middle = place_on_screen(None, usual)
    assert middle.center() == screen.center()
    kept = WindowPlace(screen.left() + 5, screen.top() + 7, 200, 100)
    assert place_on_screen(kept, usual) == QRect(QPoint(kept.left, kept.top), QSize(200, 100))
    away = WindowPlace(90_000, 90_000, 200, 100)
    assert place_on_screen(away, usual) == middle


def test_the_focus_goes_with_the_page_and_not_to_what_lies_over_it(make: MakeWindow) -> None:
    window = make(IN_STEP)
    window.toasts.show(Toast("done", action="Undo"))
    _open(window)[1].button.setFocus()
    window.go("decisions")
    assert window.focusWidget() is _open(window)[1]
    window.sidebar.entries[0].setFocus()
    window.go("home")
    assert window.focusWidget() is window.sidebar.entries[0]
