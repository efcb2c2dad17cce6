"""What needs no desktop; the icon in a real tray is tried in test_tray_host.py."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from aisync_desktop.sync.model.status import ClientState, Health, Status
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.shell.tray import Tray
from aisync_desktop.ui.shell.tray_host import TrayHost
from aisync_desktop.ui.shell.tray_menu import TrayMenu
from tests.ui.samples import CLAUDE, CODEX, DECISION, IN_STEP, NEW, OTHER_DECISION, PAUSED, WAITING, with_health

pytestmark = pytest.mark.usefixtures("languages")

_SYNCING = with_health(Health.SYNCING)


@pytest.fixture
def menu(qtbot: QtBot) -> TrayMenu:
    made = TrayMenu()
    qtbot.addWidget(made)
    return made


def _visible(menu: TrayMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isVisible() and not action.isSeparator()]


def test_a_short_sync_does_not_make_the_icon_flicker(qapp: object) -> None:
    tray = Tray()
    tray.set_status(IN_STEP)
    for _ in range(3):
        tray.set_status(_SYNCING)
        assert tray.shown_health() is Health.IN_STEP
        tray.set_status(IN_STEP)
        assert tray.shown_health() is Health.IN_STEP


def test_a_long_sync_is_shown_and_its_end_at_once(qtbot: QtBot) -> None:
    tray = Tray(busy_after_ms=1)
    tray.set_status(IN_STEP)
    tray.set_status(_SYNCING)
    qtbot.waitUntil(lambda: tray.shown_health() is Health.SYNCING)
    tray.set_status(WAITING)
    assert tray.shown_health() is Health.DECISION


def test_a_sync_at_the_start_is_shown_at_once(qapp: object) -> None:
    tray = Tray()
    tray.set_status(_SYNCING)
    assert tray.shown_health() is Health.SYNCING


def test_without_a_host_the_tray_is_not_live_and_shows_no_balloon(qapp: object) -> None:
    tray = Tray()
    assert not tray.is_live()
    assert not tray.show_message("title", "body")


def test_before_the_first_status_the_menu_can_open_and_quit(menu: TrayMenu) -> None:
    assert _visible(menu) == [
        "Starting…",
        "&Open AISync",
        "&Sync now",
        "&Undo the last change",
        "&Pause",
        "S&nooze notifications",
        "P&ermissions…",
        "&Check-up…",
        "&Quit AISync",
    ]


def test_before_the_first_sync_there_is_nothing_to_sync_or_pause(menu: TrayMenu) -> None:
    menu.set_status(NEW)
    enabled = {action.text(): action.isEnabled() for action in menu.actions()}
    assert not enabled["&Sync now"]
    assert not enabled["&Pause"]
    menu.set_status(IN_STEP)
    assert {action.text(): action.isEnabled() for action in menu.actions()}["&Sync now"]


def test_a_client_with_several_scopes_is_told_once_by_its_worst(menu: TrayMenu) -> None:
    project = CLAUDE.model_copy(update={"scope": "project:/p", "state": ClientState.HELD})
    menu.set_status(IN_STEP.model_copy(update={"clients": (CLAUDE, project, CODEX)}))
    assert _visible(menu)[1:3] == ["Claude Code — Waiting for you", "Codex CLI — Catching up"]


def test_of_many_clients_those_that_want_the_user_are_told(menu: TrayMenu) -> None:
    calm = [CLAUDE.model_copy(update={"id": f"c{n}", "name": f"C{n}"}) for n in range(12)]
    menu.set_status(IN_STEP.model_copy(update={"clients": (*calm, CODEX)}))
    told = [label for label in _visible(menu) if " — " in label]
    assert told[0] == "Codex CLI — Catching up"
    assert len(told) == 8


def test_the_same_actions_are_changed_in_place(menu: TrayMenu) -> None:
    menu.set_status(WAITING)
    before = menu.actions()
    for status in (PAUSED, NEW, WAITING):
        menu.set_status(status)
    assert menu.actions() == before


def test_nothing_is_told_to_the_panel_when_nothing_changed(menu: TrayMenu) -> None:
    menu.set_status(WAITING)
    changed: list[QAction] = []
    for action in menu.actions():
        action.changed.connect(lambda action=action: changed.append(action))
    menu.set_status(WAITING.model_copy(update={"sequence": 2}))
    assert not changed


@pytest.mark.parametrize("status", [IN_STEP, PAUSED])
def test_pause_depends_on_the_status_not_on_the_label(status: Status, menu: TrayMenu, qtbot: QtBot) -> None:
    menu.set_status(status)
    (pause,) = [action for action in menu.actions() if action.text() in {"&Pause", "&Resume"}]
    pause.setText("whatever")
    with qtbot.waitSignal(menu.pause_requested) as asked:
        pause.trigger()
    assert asked.args == [not status.paused]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_two_entries_share_a_mnemonic(language: str, menu: TrayMenu, languages: Languages, qtbot: QtBot) -> None:
    menu.set_status(WAITING)
    with qtbot.waitSignal(menu.retranslated):
        languages.use("ko")
    if language == "en":
        with qtbot.waitSignal(menu.retranslated):
            languages.use("en")
    labels = [label.replace("&&", "") for label in _visible(menu)]
    keys = [label[label.index("&") + 1].lower() for label in labels if "&" in label]
    assert len(keys) == 9
    assert len(set(keys)) == len(keys)


def test_the_decisions_entry_opens_the_first_decision(menu: TrayMenu, qtbot: QtBot) -> None:
    menu.set_status(WAITING.model_copy(update={"decisions": (DECISION, OTHER_DECISION)}))
    (entry,) = [action for action in menu.actions() if action.text() == "2 quest&ions…"]
    with qtbot.waitSignal(menu.decision_requested) as asked, qtbot.assertNotEmitted(menu.open_requested):
        entry.trigger()
    assert asked.args == ["7"]
    menu.set_status(IN_STEP)
    with qtbot.waitSignal(menu.open_requested):
        entry.trigger()  # a panel may show the menu of a moment ago


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


@pytest.mark.parametrize(
    ("label", "signal"), [("P&ermissions…", "permissions_requested"), ("&Check-up…", "checkup_requested")]
)
def test_the_menu_leads_to_the_other_windows(label: str, signal: str, qtbot: QtBot) -> None:
    tray = Tray()
    (action,) = (action for action in tray.menu.actions() if action.text() == label)
    with qtbot.waitSignal(getattr(tray, signal)):
        action.trigger()
