"""What needs no desktop; the icon in a real tray is tried in test_tray_host.py."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.model.status import Health, Status
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.shell.actions import Actions
from aisync_desktop.ui.shell.tray import Tray
from aisync_desktop.ui.shell.tray_host import TrayHost
from aisync_desktop.ui.shell.tray_icon import TURNS, tray_icon
from aisync_desktop.ui.shell.tray_menu import MOST_QUESTIONS, TrayMenu
from aisync_desktop.ui.shell.tray_state import TrayState, tray_state, tray_words
from tests.ui.samples import (
    ADDED,
    ASKED,
    DECISION,
    IN_STEP,
    LAST,
    NEW,
    OTHER_DECISION,
    PAUSED,
    PROBLEM,
    WAITING,
    with_health,
)

pytestmark = pytest.mark.usefixtures("languages")

_SYNCING = with_health(Health.SYNCING)
_STOPPED = with_health(Health.ERROR).model_copy(update={"headline": text("status.error"), "line": None})


@pytest.fixture
def actions(qapp: object) -> Actions:
    return Actions(lambda: dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC))


@pytest.fixture
def menu(actions: Actions, qtbot: QtBot) -> TrayMenu:
    made = TrayMenu(actions)
    qtbot.addWidget(made)
    return made


def _show(menu: TrayMenu, actions: Actions, status: Status) -> None:
    actions.set_status(status)
    menu.set_status(status)


def _visible(menu: TrayMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible() and not action.isSeparator()]


def _entry(menu: TrayMenu, label: str) -> QAction:
    (found,) = [action for action in menu.actions() if action.text() == label and action.isVisible()]
    return found


@pytest.mark.parametrize(
    ("status", "state", "headline", "line"),
    [
        (None, TrayState.STARTING, "Starting", ""),
        (IN_STEP, TrayState.IN_STEP, "Everything is in step", "12 items in 2 clients"),
        (_SYNCING, TrayState.CATCHING_UP, "Everything is in step", "12 items in 2 clients"),
        (PAUSED, TrayState.PAUSED, "Paused", "Nothing is written until you go on"),
        (
            ASKED,
            TrayState.WAITING,
            "1 question is waiting for you",
            "Everything else is in step: 12 items in 2 clients",
        ),
        (WAITING, TrayState.PROBLEM, "1 file cannot be read", "1 question is waiting for you"),
        (NEW, TrayState.WAITING, "2 clients were found", ""),
        (_STOPPED, TrayState.PROBLEM, "Syncing has stopped because of an error", ""),
    ],
)
def test_of_several_states_the_most_pressing_is_told_first(
    status: Status | None, state: TrayState, headline: str, line: str
) -> None:
    words = tray_words(status)
    assert (tray_state(status), words.headline, words.line) == (state, headline, line)


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"problems": (PROBLEM,)}, TrayState.PROBLEM),
        ({"decisions": (DECISION,)}, TrayState.WAITING),
        ({}, TrayState.PAUSED),
    ],
)
def test_a_pause_hides_neither_a_problem_nor_a_question(more: dict[str, object], state: TrayState) -> None:
    assert tray_state(PAUSED.model_copy(update=more)) is state


def test_a_short_sync_does_not_make_the_icon_flicker(actions: Actions) -> None:
    tray = Tray(actions)
    tray.set_status(IN_STEP)
    for _ in range(3):
        tray.set_status(_SYNCING)
        assert tray.shown_state() is TrayState.IN_STEP
        tray.set_status(IN_STEP)
        assert tray.shown_state() is TrayState.IN_STEP


def test_a_long_sync_is_shown_and_its_end_at_once(actions: Actions, qtbot: QtBot) -> None:
    tray = Tray(actions, busy_after_ms=1)
    tray.set_status(IN_STEP)
    tray.set_status(_SYNCING)
    qtbot.waitUntil(lambda: tray.shown_state() is TrayState.CATCHING_UP)
    tray.set_status(WAITING)
    assert tray.shown_state() is TrayState.PROBLEM


class _Panel:
    """The icon, as far as it is drawn anew."""

    def __init__(self) -> None:
        self.drawn: list[bytes] = []

    def setIcon(self, icon: QIcon) -> None:
        self.drawn.append(bytes(icon.pixmap(22).toImage().constBits()))

    def setToolTip(self, words: str) -> None: ...

    def toolTip(self) -> str:
        return ""


@pytest.fixture
def panel(monkeypatch: pytest.MonkeyPatch) -> _Panel:
    monkeypatch.setattr(Tray, "is_live", lambda _: True)
    return _Panel()


def test_the_ring_turns_while_files_are_written_and_stands_upright_after(
    actions: Actions, panel: _Panel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray = Tray(actions, busy_after_ms=1)
    monkeypatch.setattr(tray, "_icon", panel)
    tray._turning.setInterval(1)
    tray.set_status(_SYNCING)
    upright = bytes(tray_icon(TrayState.CATCHING_UP).pixmap(22).toImage().constBits())
    qtbot.waitUntil(lambda: len({*panel.drawn}) == TURNS)
    tray.set_status(_SYNCING.model_copy(update={"health": Health.PENDING}))
    assert not tray._turning.isActive()
    assert panel.drawn[-1] == upright
    tray.set_status(_SYNCING)
    assert tray._turning.isActive()
    tray.set_status(IN_STEP)
    assert not tray._turning.isActive()
    assert panel.drawn[-1] == bytes(tray_icon(TrayState.IN_STEP).pixmap(22).toImage().constBits())


def test_the_ring_stands_still_where_nobody_sees_it_or_nothing_should_move(
    actions: Actions, panel: _Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    tray = Tray(actions)
    monkeypatch.setattr(tray, "_icon", panel)
    monkeypatch.setattr("aisync_desktop.ui.parts.state.still", lambda: True)
    tray.set_status(_SYNCING)
    assert not tray._turning.isActive()
    monkeypatch.undo()
    monkeypatch.setattr(tray, "_icon", panel)
    monkeypatch.setattr(Tray, "is_live", lambda _: True)
    tray.set_status(_SYNCING)
    assert tray._turning.isActive()
    monkeypatch.setattr(Tray, "is_live", lambda _: False)
    tray._turning.timeout.emit()
    assert not tray._turning.isActive()


def test_a_sync_at_the_start_is_shown_at_once(actions: Actions) -> None:
    tray = Tray(actions)
    tray.set_status(_SYNCING)
    assert tray.shown_state() is TrayState.CATCHING_UP


def test_without_a_host_the_tray_is_not_live_and_shows_no_balloon(actions: Actions) -> None:
    tray = Tray(actions)
    assert not tray.is_live()
    assert not tray.show_message("title", "body", "decisions/7")


class _Balloon:
    """The icon, as far as a balloon needs it."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.icons: list[QIcon] = []

    def showMessage(self, title: str, body: str, icon: QIcon) -> None:
        del body
        self.shown.append(title)
        self.icons.append(icon)


def test_a_click_on_a_balloon_leads_to_the_place_of_the_one_that_is_shown(
    actions: Actions, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    tray, icon = Tray(actions), _Balloon()
    monkeypatch.setattr(tray, "_icon", icon)
    monkeypatch.setattr(tray, "is_live", lambda: True)
    for route in ("history/3", "decisions/7"):
        assert tray.show_message(route, "", route)
    with qtbot.waitSignal(actions.route_requested) as asked:
        tray._message_clicked()
    assert (asked.args, icon.shown) == (["decisions/7"], ["history/3", "decisions/7"])


@pytest.mark.parametrize(("platform", "plain"), [("linux", True), ("win32", False)])
def test_a_balloon_puts_no_picture_over_the_state(
    platform: str, plain: bool, actions: Actions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Panels that take icons over D-Bus show a message's icon in the place of ours, for ten seconds."""
    tray, icon = Tray(actions), _Balloon()
    monkeypatch.setattr(tray, "_icon", icon)
    monkeypatch.setattr(tray, "is_live", lambda: True)
    monkeypatch.setattr("aisync_desktop.ui.shell.tray.sys.platform", platform)
    assert tray.show_message("1 question waits for you", "", "decisions/7")
    assert [one.isNull() for one in icon.icons] == [plain]


@pytest.mark.parametrize(
    ("reason", "routes"),
    [(QSystemTrayIcon.ActivationReason.Context, []), (QSystemTrayIcon.ActivationReason.Trigger, [""])],
)
def test_a_click_on_the_icon_is_none_on_its_balloon(
    reason: QSystemTrayIcon.ActivationReason,
    routes: list[str],
    actions: Actions,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
) -> None:
    """In a tray of the old kind, Qt says of a click on the icon that it was one on the balloon, too."""
    tray = Tray(actions)
    monkeypatch.setattr(tray, "_icon", _Balloon())
    monkeypatch.setattr(tray, "is_live", lambda: True)
    tray.show_message("1 question waits for you", "", "decisions/7")
    asked: list[str] = []
    actions.route_requested.connect(asked.append)
    tray._message_clicked()
    tray._clicked(reason)
    qapp.processEvents()
    assert asked == routes


def test_before_the_first_status_the_menu_can_open_and_quit(menu: TrayMenu) -> None:
    assert _visible(menu) == [
        "Starting",
        "Open AISync",
        "Sync now",
        "Pause",
        "Undo the last change",
        "Settings",
        "Quit AISync",
    ]
    assert not _entry(menu, "Sync now").isEnabled()


def test_before_the_consent_there_is_nothing_to_sync_pause_or_undo(menu: TrayMenu, actions: Actions) -> None:
    _show(menu, actions, NEW)
    labels = "Sync now", "Pause", "Undo the last change"
    assert not any(_entry(menu, label).isEnabled() for label in labels)
    _show(menu, actions, IN_STEP.model_copy(update={"last": LAST}))
    assert all(_entry(menu, label).isEnabled() for label in labels)


def test_each_question_is_an_entry_by_its_words_and_opens_its_card(
    menu: TrayMenu, actions: Actions, qtbot: QtBot
) -> None:
    _show(menu, actions, ASKED.model_copy(update={"decisions": (DECISION, OTHER_DECISION)}))
    assert _visible(menu)[:4] == [
        "1 question is waiting for you",
        "Everything else is in step: 12 items in 2 clients",
        "“github” holds a secret: copy it to other clients?",
        "“files” holds a secret: copy it to other clients?",
    ]
    with qtbot.waitSignal(actions.route_requested) as asked:
        _entry(menu, "“files” holds a secret: copy it to other clients?").trigger()
    assert asked.args == [f"decisions/{OTHER_DECISION.id}"]


def test_an_entry_that_outlives_its_question_opens_the_list(menu: TrayMenu, actions: Actions, qtbot: QtBot) -> None:
    _show(menu, actions, ASKED)
    entry = _entry(menu, "“github” holds a secret: copy it to other clients?")
    _show(menu, actions, IN_STEP)
    with qtbot.waitSignal(actions.route_requested) as asked:
        entry.trigger()
    assert asked.args == ["decisions"]


def test_of_very_many_questions_the_rest_is_one_entry(menu: TrayMenu, actions: Actions, qtbot: QtBot) -> None:
    many = tuple(DECISION.model_copy(update={"id": str(n)}) for n in range(MOST_QUESTIONS + 2))
    _show(menu, actions, ASKED.model_copy(update={"decisions": many}))
    assert len([label for label in _visible(menu) if "holds a secret" in label]) == MOST_QUESTIONS
    with qtbot.waitSignal(actions.route_requested) as asked:
        _entry(menu, "All 7 questions").trigger()
    assert asked.args == ["decisions"]


def test_a_long_question_is_cut_and_an_ampersand_is_no_mnemonic(menu: TrayMenu, actions: Actions) -> None:
    long = DECISION.model_copy(update={"summary": text("decision.secret", item="a&b" * 40)})
    _show(menu, actions, ASKED.model_copy(update={"decisions": (long,)}))
    label = _visible(menu)[2].replace("&&", "&")
    assert label.endswith("…")
    assert len(label) == 72


def test_questions_before_the_consent_are_none_yet(menu: TrayMenu, actions: Actions) -> None:
    _show(menu, actions, NEW.model_copy(update={"decisions": (DECISION,)}))
    assert _visible(menu)[1] == "Open AISync"


def test_the_last_change_is_undone_by_its_name(menu: TrayMenu, actions: Actions, qtbot: QtBot) -> None:
    _show(menu, actions, IN_STEP.model_copy(update={"last": ADDED}))
    with qtbot.waitSignal(actions.undo_requested) as asked:
        _entry(menu, "Undo: github added in Codex CLI").trigger()
    assert asked.args == [7]


def test_a_change_without_a_name_is_the_last_one(menu: TrayMenu, actions: Actions) -> None:
    _show(menu, actions, IN_STEP.model_copy(update={"last": LAST}))
    assert _entry(menu, "Undo the last change").isEnabled()


def test_a_pause_has_three_lengths_and_an_end(menu: TrayMenu, actions: Actions, qtbot: QtBot) -> None:
    _show(menu, actions, IN_STEP)
    lengths = _entry(menu, "Pause").menu()
    assert isinstance(lengths, object)
    labels = [action.text() for action in menu._pause.actions()]
    assert labels == ["Pause for 30 minutes", "Pause for 2 hours", "Pause until tomorrow", "Pause until resumed"]
    with qtbot.waitSignal(actions.pause_requested) as asked:
        menu._pause.actions()[1].trigger()
    assert asked.args == [120]
    _show(menu, actions, PAUSED)
    assert "Pause" not in _visible(menu)
    with qtbot.waitSignal(actions.resume_requested):
        _entry(menu, "Go on").trigger()


def test_silence_is_ended_by_an_entry_that_is_there_only_then(menu: TrayMenu, qtbot: QtBot) -> None:
    assert "Show notifications again" not in _visible(menu)
    menu.set_snoozed(True)
    with qtbot.waitSignal(menu.wake_requested):
        _entry(menu, "Show notifications again").trigger()


def test_settings_are_a_place_in_the_window(menu: TrayMenu, actions: Actions, qtbot: QtBot) -> None:
    with qtbot.waitSignal(actions.route_requested) as asked:
        _entry(menu, "Settings").trigger()
    assert asked.args == ["settings"]


def test_the_same_entries_are_changed_in_place(menu: TrayMenu, actions: Actions) -> None:
    _show(menu, actions, WAITING)
    before = menu.actions()
    for status in (PAUSED, NEW, WAITING):
        _show(menu, actions, status)
    assert menu.actions() == before


def test_nothing_is_told_to_the_panel_when_nothing_changed(menu: TrayMenu, actions: Actions) -> None:
    _show(menu, actions, WAITING)
    changed: list[QAction] = []
    for action in menu.actions():
        action.changed.connect(lambda action=action: changed.append(action))
    menu.set_status(WAITING.model_copy(update={"sequence": 2}))
    assert not changed


def test_the_menu_speaks_the_new_language(menu: TrayMenu, actions: Actions, languages: Languages, qtbot: QtBot) -> None:
    _show(menu, actions, ASKED.model_copy(update={"last": ADDED}))
    with qtbot.waitSignal(menu.retranslated):
        languages.use("ko")
    actions.retranslate()
    assert _visible(menu)[0] == "질문 1개가 기다리고 있습니다"
    assert "실행 취소: Codex CLI에 github를 추가했습니다" in _visible(menu)


def test_a_host_that_is_there_is_found_without_waiting(qtbot: QtBot) -> None:
    host = TrayHost(available=lambda: True)
    with qtbot.waitSignal(host.found):
        host.start()
    assert not host.waiting()


def test_looking_for_a_host_gets_rarer_never_under_a_second_and_ends_when_it_is_found(qtbot: QtBot) -> None:
    there = False
    host = TrayHost(available=lambda: there)
    host.start()
    pauses = [host.next_look_ms()]
    for _ in range(10):
        host._timer.timeout.emit()
        pauses.append(host.next_look_ms())
    assert pauses == [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, *[60_000] * 5]
    there = True
    with qtbot.waitSignal(host.found):
        host._timer.timeout.emit()
    assert not host.waiting()
