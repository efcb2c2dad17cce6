"""Both windows over real files and a real engine in its thread: what they show, and what a repair does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.service.live.asking import LiveAsking
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.store.records import JournalEntry
from aisync_desktop.ui.pages.health.checkup_desk import CheckupDesk
from aisync_desktop.ui.shell.desktop import Shell
from tests.helpers.clients import Clients
from tests.helpers.patience import PATIENCE
from tests.helpers.recording_prompter import RecordingPrompter

pytestmark = pytest.mark.usefixtures("languages")

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"


@pytest.fixture
def clients(tmp_path: Path) -> Clients:
    clients = Clients.make(tmp_path / "home")
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    clients.paths["claude-code"].chmod(0o644)
    (clients.home / ".claude").mkdir()
    rules = {"permissions": {"allow": ["Bash(git:*)"], "deny": ["Bash(rm:*)"]}}
    (clients.home / ".claude/settings.json").write_text(json.dumps(rules))
    return clients


@pytest.fixture
def world(tmp_path: Path, clients: Clients) -> World:
    root = tmp_path / "own"
    places = Places(root / "config", root / "state", root / "cache", root / "log")
    places.create()
    clock = SystemClock()
    return World(places, clients.home, {}, RealDisk(clock), clock)


@pytest.fixture
def live(world: World, qtbot: QtBot) -> Iterator[LiveEngine]:
    made = LiveEngine(partial(open_engine, world), 3600)
    with qtbot.waitSignal(made.started):
        made.start()
    yield made
    assert made.stop()


def _adopt(engine: Engine) -> None:
    engine.adopt("user")


def test_the_trays_menu_opens_windows_that_show_what_the_files_say(
    live: LiveEngine, world: World, qtbot: QtBot
) -> None:
    shell = Shell(live, world, ProgramSettings())
    shell.tray.permissions_requested.emit()
    shell.window.checkup_requested.emit()
    assert shell.side.permissions is not None
    assert shell.side.checkup is not None
    permissions, checkup = shell.side.permissions.window, shell.side.checkup.window
    assert permissions is not None
    assert checkup is not None
    permissions.argument.setText("rm -rf x")
    permissions.ask.click()
    qtbot.waitUntil(lambda: permissions.tree.model().rowCount() > 0)
    table = permissions.table.model()
    qtbot.waitUntil(lambda: table.rowCount() > 0)
    assert ["Denied", "Bash(rm:*)"] in [
        [table.index(row, 1).data(), table.index(row, 2).data()] for row in range(table.rowCount())
    ]
    qtbot.waitUntil(lambda: len(checkup.cards) > 0)
    shell.stop()
    assert not permissions.isVisible()
    assert not checkup.isVisible()


def test_a_repair_is_shown_done_and_undone(live: LiveEngine, world: World, clients: Clients, qtbot: QtBot) -> None:
    live.submit(_adopt).result(PATIENCE)
    asks, prompter = LiveAsking(live, world), RecordingPrompter()
    desk = CheckupDesk(asks, prompter)
    desk.open()
    window, path = desk.window, clients.paths["claude-code"]
    assert window is not None
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: len(window.cards) > 0)
    labels = {one.text(): one for card in window.cards for one in card.buttons.values()}
    before = path.read_bytes()
    labels["Have AISync start it…"].click()
    qtbot.waitUntil(window.undo.isVisible)
    assert f"{path}: mcp/s" in prompter.asked[0].detail
    assert CANARY not in path.read_text()

    def undo(only: int) -> None:
        live.submit(lambda engine: engine.undo(only)).result(PATIENCE)

    desk.undo_requested.connect(undo)
    window.undo.click()
    assert path.read_bytes() == before
    desk.close()
    asks.stop()


def test_what_is_agreed_to_at_first_is_what_is_written(
    live: LiveEngine, world: World, clients: Clients, qtbot: QtBot
) -> None:
    """With an open question, too: it holds one item, and hides no file."""
    clients.add("claude-code", "clash", "one")
    clients.add("codex", "clash", "other")
    before = clients.bytes()
    shell, prompter = Shell(live, world, ProgramSettings()), RecordingPrompter(answer=False)
    shell.window._prompter = prompter
    shell.window.proposal_requested.emit()
    qtbot.waitUntil(lambda: len(prompter.asked) == 1)
    assert clients.bytes() == before
    prompter.answer = True
    shell.window.proposal_requested.emit()
    qtbot.waitUntil(lambda: live.submit(lambda engine: engine.adopted).result(PATIENCE))
    written = live.submit(lambda engine: [entry.path for entry in _written(engine)]).result(PATIENCE)
    listed = [line for line in prompter.asked[1].detail.splitlines() if ": /" in line]
    assert prompter.asked[1].text == f"{len(written)} files will be written:"
    assert sorted(line.partition(": ")[2].removesuffix(" (new)") for line in listed) == sorted(written)
    assert "questions wait for you" in prompter.asked[1].detail
    shell.stop()


def _written(engine: Engine) -> list[JournalEntry]:
    return [entry for sync in engine._store.sync_events() for entry in engine._store.targets(sync.id)]


def test_what_has_changed_since_it_was_shown_is_not_written(
    live: LiveEngine, world: World, clients: Clients, qtbot: QtBot
) -> None:
    shell, prompter = Shell(live, world, ProgramSettings()), RecordingPrompter()
    refused: list[WorldError] = []
    shell.refused.connect(refused.append)
    proposal = live.submit(lambda engine: engine.propose()).result(PATIENCE)
    clients.add("rovodev", "late")
    before = clients.bytes()
    shell.window._prompter = prompter
    shell.window.propose(proposal)
    qtbot.waitUntil(lambda: len(refused) == 1)
    assert refused[0].title.english() == "Nothing was written"
    assert clients.bytes() == before
    assert not live.submit(lambda engine: engine.adopted).result(PATIENCE)
    shell.stop()
