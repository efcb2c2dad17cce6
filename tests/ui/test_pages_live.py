"""Both windows over real files and a real engine in its thread: what they show, and what a repair does."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.ui.pages.first_run.page import CHANGES, FirstRunPage
from aisync_desktop.ui.pages.health.page import HealthPage
from aisync_desktop.ui.pages.history.step_dialog import StepDialog
from aisync_desktop.ui.pages.home.page import HomePage
from aisync_desktop.ui.pages.permissions.page import PermissionsPage
from aisync_desktop.ui.shell.desktop import Shell
from tests.helpers.clients import Clients
from tests.helpers.patience import PATIENCE
from tests.helpers.recording_prompter import RecordingPrompter
from tests.ui.samples import CANARY

pytestmark = pytest.mark.usefixtures("languages")


def _adopt(engine: Engine) -> None:
    engine.adopt("user")


def test_pages_show_what_the_files_say(live: LiveEngine, world: World, qtbot: QtBot) -> None:
    live.submit(_adopt).result(PATIENCE)
    qtbot.waitUntil(lambda: live.status is not None and live.status.adopted)
    shell = Shell(live, world, ProgramSettings())
    shell.open_route("permissions")
    qtbot.waitUntil(lambda: isinstance(shell.window.page, PermissionsPage))
    page = shell.window.page
    assert isinstance(page, PermissionsPage)
    page.view.argument.setText("rm -rf x")
    page.view.ask.click()
    qtbot.waitUntil(lambda: page.view.tree.model().rowCount() > 0)
    table = page.view.table.model()
    qtbot.waitUntil(lambda: table.rowCount() > 0)
    assert ["Denied", "Bash(rm:*)"] in [
        [table.index(row, 1).data(), table.index(row, 2).data()] for row in range(table.rowCount())
    ]
    shell.open_route("health")
    health = shell.window.page
    assert isinstance(health, HealthPage)
    qtbot.waitUntil(lambda: len(health.view.cards) > 0)
    shell.stop()
    assert not shell.window.isVisible()


def test_a_repair_is_shown_done_and_undone(live: LiveEngine, world: World, clients: Clients, qtbot: QtBot) -> None:
    live.submit(_adopt).result(PATIENCE)
    qtbot.waitUntil(lambda: live.status is not None and live.status.adopted)
    shell, prompter = Shell(live, world, ProgramSettings()), RecordingPrompter()
    frame = replace(shell.window.frame, prompter=prompter)
    page = HealthPage(frame)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    view, path = page.view, clients.paths["claude-code"]
    qtbot.waitUntil(lambda: len(view.cards) > 0)
    labels = {one.text(): one for card in view.cards for one in card.buttons.values()}
    before = path.read_bytes()
    labels["Have AISync start it…"].click()
    qtbot.waitUntil(view.undo.isVisible)
    assert f"{path}: mcp/s" in prompter.asked[0].detail
    assert CANARY not in path.read_text()
    view.undo.click()
    qtbot.waitUntil(lambda: any(isinstance(one, StepDialog) for one in QApplication.topLevelWidgets()))
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, StepDialog)]
    assert str(path) in dialog.files.files
    dialog.do.click()
    qtbot.waitUntil(lambda: path.read_bytes() == before)
    shell.stop()


def test_the_first_run_leads_into_the_app(world: World, clients: Clients, qtbot: QtBot) -> None:
    before, live = clients.bytes(), LiveEngine(partial(open_engine, world), 3600)
    shell = Shell(live, world, ProgramSettings())
    shell.show_window()
    live.start()
    qtbot.waitUntil(lambda: isinstance(shell.window.page, FirstRunPage))
    page = shell.window.page
    assert isinstance(page, FirstRunPage)
    assert not shell.window.sidebar.isVisible()
    qtbot.waitUntil(lambda: page.next.isVisible() and page.next.isEnabled())
    while page.step != CHANGES:
        page.next.click()
    qtbot.waitUntil(page.next.isEnabled)
    shown = {row.key.partition("|")[2] for row in page.changes.rows.rows()}
    assert clients.bytes() == before
    page.next.click()
    qtbot.waitUntil(lambda: "There is no keyring" in page.changes.keyring.accessibleName())
    assert clients.bytes() == before
    page.changes.keyring.acted.emit()
    qtbot.waitUntil(lambda: isinstance(shell.window.page, HomePage))
    qtbot.waitUntil(lambda: shell.window.toasts.current() is not None)
    written = {str(path) for client, path in clients.paths.items() if clients.bytes()[client] != before[client]}
    assert written <= shown
    assert shell.window.sidebar.isVisible()
    assert live.status is not None
    assert live.status.notes == ()  # who goes on without a keyring knows that there is none
    shell.stop()
    assert live.stop()
