from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.sync.model.status import ClientState, Status
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.shell.window import StatusWindow
from tests.helpers.recording_prompter import RecordingPrompter
from tests.ui.samples import (
    CLAUDE,
    CODEX,
    DECISION,
    GONE,
    IN_STEP,
    LAST,
    NEW,
    OTHER_DECISION,
    PAUSED,
    PROPOSAL,
    WAITING,
)

pytestmark = pytest.mark.usefixtures("languages")

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier

MakeWindow = Callable[..., StatusWindow]


@pytest.fixture
def prompter() -> RecordingPrompter:
    return RecordingPrompter()


@pytest.fixture
def make(qtbot: QtBot, prompter: RecordingPrompter) -> MakeWindow:
    windows = []  # pytest-qt keeps weak references only

    def make(status: Status, *, tray: bool = True, explain_close: bool = False) -> StatusWindow:
        window = StatusWindow(prompter, lambda: tray, explain_close=explain_close)
        windows.append(window)
        qtbot.addWidget(window)
        window.set_status(status)
        with qtbot.waitExposed(window):
            window.show()
        return window

    return make


def _shown(window: QWidget) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def test_it_tells_headline_last_sync_and_activity(make: MakeWindow) -> None:
    shown = _shown(make(WAITING))
    assert "1 question is waiting for you" in shown
    assert "Last sync: " in shown
    assert "Claude Code · 2 items synced, 3 files written." in shown
    assert "&Waiting for you (2)" in shown


def test_it_is_whole_before_the_first_status(qtbot: QtBot, prompter: RecordingPrompter) -> None:
    window = StatusWindow(prompter, lambda: False)
    qtbot.addWidget(window)
    window.show()
    assert "Starting…" in _shown(window)
    assert not window.header.sync.isVisible()


def test_calm_is_said_too(make: MakeWindow) -> None:
    window = make(IN_STEP)
    assert "Nothing waits for you" in _shown(window)
    assert "No sync yet" in _shown(window)
    window.set_status(WAITING)
    assert "Nothing waits for you" not in _shown(window)


def test_no_client_is_said_too(make: MakeWindow) -> None:
    assert "No client was found on this machine." in _shown(make(NEW.model_copy(update={"clients": ()})))


def test_buttons_ask_for_what_they_say(make: MakeWindow, qtbot: QtBot) -> None:
    window = make(IN_STEP)
    with qtbot.waitSignal(window.sync_requested):
        window.header.sync.click()
    with qtbot.waitSignal(window.pause_requested) as asked:
        window.header.pause.click()
    assert asked.args == [True]


def test_a_paused_sync_can_be_resumed(make: MakeWindow, qtbot: QtBot) -> None:
    window = make(PAUSED)
    assert window.header.pause.text() == "&Resume"
    with qtbot.waitSignal(window.pause_requested) as asked:
        window.header.pause.click()
    assert asked.args == [False]


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [(_Key.Key_F5, Qt.KeyboardModifier.NoModifier, "sync_requested"), (_Key.Key_Q, _CTRL, "quit_requested")],
)
def test_keys_do_what_buttons_do(
    key: Qt.Key, modifier: Qt.KeyboardModifier, signal: str, make: MakeWindow, qtbot: QtBot
) -> None:
    window = make(IN_STEP)
    with qtbot.waitSignal(getattr(window, signal)):
        QTest.keyClick(window, key, modifier)


def test_the_first_close_says_that_the_program_goes_on(
    make: MakeWindow, qtbot: QtBot, prompter: RecordingPrompter
) -> None:
    window = make(IN_STEP, explain_close=True)
    with (
        qtbot.waitSignals([window.close_explained, window.visibility_changed]),
        qtbot.assertNotEmitted(window.quit_requested),
    ):
        QTest.keyClick(window, _Key.Key_W, _CTRL)
    assert [question.accept for question in prompter.asked] == ["&Keep running"]
    assert not window.isVisible()
    window.show()
    window.close()
    assert len(prompter.asked) == 1


def test_the_first_close_offers_to_quit_instead(make: MakeWindow, qtbot: QtBot, prompter: RecordingPrompter) -> None:
    prompter.answer = False
    window = make(IN_STEP, explain_close=True)
    with qtbot.waitSignal(window.quit_requested):
        window.close()


def test_who_does_not_answer_the_first_close_neither_quits_nor_closes(
    make: MakeWindow, qtbot: QtBot, prompter: RecordingPrompter
) -> None:
    prompter.answer = None
    window = make(IN_STEP, explain_close=True)
    with qtbot.assertNotEmitted(window.quit_requested), qtbot.assertNotEmitted(window.close_explained):
        window.close()
    assert window.isVisible()
    assert prompter.asked[0].cancel
    window.close()
    assert len(prompter.asked) == 2


def test_without_a_tray_the_window_is_the_app(make: MakeWindow, qtbot: QtBot, prompter: RecordingPrompter) -> None:
    window = make(IN_STEP, tray=False, explain_close=True)
    with qtbot.waitSignal(window.quit_requested):
        window.close()
    assert not prompter.asked


def test_it_tells_whether_somebody_looks(make: MakeWindow, qtbot: QtBot) -> None:
    window = make(IN_STEP)
    with qtbot.waitSignal(window.visibility_changed) as hidden:
        window.hide()
    with qtbot.waitSignal(window.visibility_changed) as shown:
        window.show()
    assert (hidden.args, shown.args) == ([False], [True])


def test_on_the_first_run_one_button_starts_and_nothing_else_writes(make: MakeWindow, qtbot: QtBot) -> None:
    window = make(NEW)
    assert window.header.start.isVisible()
    assert not window.header.sync.isVisible()
    assert not window.header.pause.isVisible()
    with qtbot.assertNotEmitted(window.sync_requested):
        QTest.keyClick(window, _Key.Key_F5)


def test_starting_shows_first_what_would_be_written(
    make: MakeWindow, qtbot: QtBot, prompter: RecordingPrompter
) -> None:
    window = make(NEW)
    with qtbot.waitSignal(window.proposal_requested):
        window.header.start.click()
    with qtbot.waitSignal(window.adopt_requested) as adopted:
        window.propose(PROPOSAL)
    (question,) = prompter.asked
    assert question.text == "2 files will be written:"
    assert question.detail.splitlines() == [
        "Codex CLI: /h/.codex/config.toml",
        "Qwen & Code: /h/.qwen/QWEN.md (new)",
        "",
        "2 entries cannot be expressed by every client.",
        "1 question waits for you; what it is about stays as it is.",
        "",
        "Every version that is replaced is kept in the history.",
    ]
    assert adopted.args == ["what-was-shown"]


def test_starting_with_everything_in_step_says_that_nothing_is_written(
    make: MakeWindow, prompter: RecordingPrompter
) -> None:
    make(NEW).propose(PROPOSAL.model_copy(update={"files": ()}))
    assert prompter.asked[0].text == "No file has to be written now."


def test_a_file_behind_a_link_is_shown_with_where_it_really_is(make: MakeWindow, prompter: RecordingPrompter) -> None:
    behind = PROPOSAL.files[0].model_copy(update={"end": "/h/dotfiles/codex.toml"})
    make(NEW).propose(PROPOSAL.model_copy(update={"files": (behind,)}))
    assert "Codex CLI: /h/.codex/config.toml -> /h/dotfiles/codex.toml" in prompter.asked[0].detail.splitlines()


def test_of_very_many_files_it_is_told_how_many_are_not_listed(make: MakeWindow, prompter: RecordingPrompter) -> None:
    make(NEW).propose(PROPOSAL.model_copy(update={"files": PROPOSAL.files * 20}))
    assert prompter.asked[0].text == "40 files will be written:"
    assert "and 16 more (“aisync plan” lists them all)" in prompter.asked[0].detail.splitlines()


def test_not_now_starts_nothing(make: MakeWindow, qtbot: QtBot, prompter: RecordingPrompter) -> None:
    prompter.answer = False
    window = make(NEW)
    with qtbot.assertNotEmitted(window.adopt_requested):
        window.propose(PROPOSAL)


def test_a_decision_is_opened_by_enter_and_a_problem_is_not(make: MakeWindow, qtbot: QtBot) -> None:
    window = make(WAITING)
    window.inbox.setFocus()
    window.inbox.setCurrentIndex(window.inbox.model().index(0, 0))
    with qtbot.waitSignal(window.decision_requested) as asked:
        QTest.keyClick(window.inbox, _Key.Key_Return)
    assert asked.args == ["7"]
    window.inbox.setCurrentIndex(window.inbox.model().index(1, 0))
    with qtbot.assertNotEmitted(window.decision_requested):
        QTest.keyClick(window.inbox, _Key.Key_Return)


def test_a_button_opens_the_decision_that_is_chosen_or_the_first(make: MakeWindow, qtbot: QtBot) -> None:
    window = make(WAITING.model_copy(update={"decisions": (DECISION, OTHER_DECISION)}))
    with qtbot.waitSignal(window.decision_requested) as asked:
        window.decide.click()
    assert asked.args == ["7"]
    window.inbox.setCurrentIndex(window.inbox.model().index(1, 0))
    with qtbot.waitSignal(window.decision_requested) as asked:
        window.decide.click()
    assert asked.args == ["8"]
    window.set_status(IN_STEP)
    assert not window.decide.isVisible()


def test_clients_that_are_not_here_are_one_line_under_the_table(make: MakeWindow) -> None:
    others = [GONE.model_copy(update={"id": f"x{n}", "name": f"Assistant <{n}>"}) for n in range(40)]
    window = make(WAITING.model_copy(update={"clients": (*WAITING.clients, *others)}))
    assert window.table.model().rowCount() == 3
    assert window.absent.text().startswith("Not on this machine: Rovo Dev, Assistant <0>")
    assert window.absent.text().endswith("…")
    assert window.width() == 820
    assert "Assistant &lt;39&gt;" in window.absent.toolTip()
    assert window.absent.accessibleName().endswith("Assistant <39>")
    window.set_status(IN_STEP)
    assert not window.absent.isVisible()


@pytest.mark.parametrize(("state", "on"), [(ClientState.IN_STEP, False), (ClientState.OFF, True)])
def test_the_keyboard_switches_a_client_off_and_on(
    state: ClientState, on: bool, make: MakeWindow, qtbot: QtBot
) -> None:
    client = CLAUDE.model_copy(update={"state": state, "scope": "project:/p", "name": "A & B"})
    window = make(IN_STEP.model_copy(update={"clients": (CODEX, client)}))
    window.table.selectRow(1)
    (switch,) = _menu(window).actions()
    assert "A && B" in switch.text()
    with qtbot.waitSignal(window.switch_requested) as asked:
        switch.trigger()
    assert asked.args == ["project:/p", "claude-code", on]


@pytest.mark.parametrize("status", [NEW, PAUSED])
def test_nothing_is_switched_while_nothing_may_be_written(status: Status, make: MakeWindow) -> None:
    window = make(status)
    window.table.selectRow(0)
    (switch,) = _menu(window).actions()
    assert not switch.isEnabled()


def _menu(window: StatusWindow) -> QMenu:
    """Open the menu of the current row by the keyboard."""
    place = window.table.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, window.table.mapToGlobal(place))
    QApplication.sendEvent(window.table, event)
    (menu,) = window.table.findChildren(QMenu)
    return menu


def test_what_the_user_had_done_is_told_until_the_next_sync(make: MakeWindow) -> None:
    window = make(WAITING)
    window.tell("github: Take Codex CLI's · 3 files written")
    assert "You · github: Take Codex CLI's · 3 files written" in _shown(window)
    later = LAST.model_copy(update={"at": dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)})
    window.set_status(WAITING.model_copy(update={"last": later}))
    assert "Codex CLI's" not in _shown(window)


def test_several_clients_that_brought_a_sync_about_are_told_by_name(make: MakeWindow) -> None:
    both = LAST.model_copy(update={"origin": "claude-code,codex"})
    assert "Claude Code, Codex CLI · 2 items" in _shown(make(WAITING.model_copy(update={"last": both})))


def test_an_entry_can_be_copied(make: MakeWindow) -> None:
    window = make(WAITING)
    window.inbox.setFocus()
    window.inbox.setCurrentIndex(window.inbox.model().index(0, 0))
    QTest.keyClick(window.inbox, _Key.Key_C, _CTRL)
    assert "aisync decide 7" in QGuiApplication.clipboard().text()


def test_every_control_can_be_reached_by_tab(make: MakeWindow) -> None:
    window = make(WAITING)
    window.header.sync.setFocus()
    reached = set()
    for _ in range(7):
        reached.add(window.focusWidget())
        QTest.keyClick(window.focusWidget(), _Key.Key_Tab)
    assert {window.header.sync, window.header.pause, window.table, window.decide, window.inbox} <= reached


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_button_and_list_has_a_name(language: str, make: MakeWindow, languages: Languages) -> None:
    languages.use(language)
    window = make(WAITING)
    ours = [button for button in window.findChildren(QAbstractButton) if button.isVisible()]
    assert ours
    assert not [button for button in ours if not (button.text() or button.accessibleName())]
    assert window.table.accessibleName()
    assert window.inbox.accessibleName()


def test_an_open_window_speaks_the_new_language(make: MakeWindow, qtbot: QtBot, languages: Languages) -> None:
    window = make(WAITING)
    languages.use("ko")
    qtbot.waitUntil(lambda: window.header.sync.text() == "지금 동기화(&S)")
    assert "질문 1개가 기다리고 있습니다" in _shown(window)
    assert "in a terminal" not in window.inbox.model().index(0, 0).data()


def test_a_selection_outlives_a_change_of_state(make: MakeWindow) -> None:
    window = make(WAITING)
    window.table.selectRow(1)
    clients = tuple(c.model_copy(update={"state": ClientState.HELD}) if c is CODEX else c for c in WAITING.clients)
    window.set_status(WAITING.model_copy(update={"clients": clients}))
    assert [index.row() for index in window.table.selectionModel().selectedRows()] == [1]


def test_buttons_lead_to_the_permissions_and_to_the_check_up(make: MakeWindow, qtbot: QtBot) -> None:
    window = make(WAITING)
    for button, signal in (
        (window.permissions, window.permissions_requested),
        (window.checkup, window.checkup_requested),
    ):
        with qtbot.waitSignal(signal):
            button.click()
