"""The page over real files and a real engine: a clash is settled field by field, undone, and done again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.world import World
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.ui.pages.decisions.field_grid import FieldGrid
from aisync_desktop.ui.pages.decisions.page import DecisionsPage
from aisync_desktop.ui.pages.history.step_dialog import StepDialog
from aisync_desktop.ui.shell.desktop import Shell
from tests.helpers.clients import Clients
from tests.helpers.patience import PATIENCE

pytestmark = pytest.mark.usefixtures("languages", "appearance")


@pytest.fixture
def shell(live: LiveEngine, world: World, clients: Clients, qtbot: QtBot) -> Iterator[Shell]:
    """Return a shell with a question: two clients changed the same server, and one field of it in two ways."""
    live.submit(lambda engine: engine.adopt("user")).result(PATIENCE)
    clients.replace("claude-code", '"server-github"', '"server-github", "--a"')
    clients.replace("qwen-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("qwen-code", '"server-github"', '"server-github", "--b"')
    live.submit(lambda engine: engine.sync("user")).result(PATIENCE)
    shell = Shell(live, world, ProgramSettings())
    qtbot.addWidget(shell.window)
    yield shell
    shell.stop()


def _page(shell: Shell) -> DecisionsPage:
    page = shell.window.page
    assert isinstance(page, DecisionsPage)
    return page


def _go(qtbot: QtBot) -> str:
    """Do what the open dialog shows; return the change that it names."""

    def dialogs() -> list[StepDialog]:
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, StepDialog)]
        return [one for one in found if one.isVisible()]

    qtbot.waitUntil(lambda: bool(dialogs()))
    (dialog,) = dialogs()
    title = dialog.header.title()
    dialog.do.click()
    qtbot.waitUntil(lambda: not dialogs())
    return title


def test_a_clash_is_settled_by_field_undone_and_done_again(
    shell: Shell, live: LiveEngine, clients: Clients, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: shell.window.sidebar.isVisibleTo(shell.window))
    (clash,) = [one.id for one in live.status.decisions if one.kind == "conflict"] if live.status is not None else [""]
    shell.open_route(f"decisions/{clash}")
    page = _page(shell)
    card = page.pane.card
    qtbot.waitUntil(lambda: isinstance(card.body, FieldGrid))
    clashing = clients.bytes()
    body = card.body
    assert isinstance(body, FieldGrid)
    assert body.open_fields() == ["Arguments"]
    card.take_column([column.take for column in body.columns].index("claude-code") + 1)
    qtbot.waitUntil(lambda: card.preview is not None)
    assert card.preview is not None
    told = {edit.path for edit in card.preview.files}
    page.pane.use.click()
    qtbot.waitUntil(lambda: clash not in [row.key for row in page.rows.rows()])
    settled = clients.bytes()
    written = {str(path) for client, path in clients.paths.items() if settled[client] != clashing[client]}
    assert written == told
    servers = [clients.servers(client)["github"] for client in clients.paths]
    assert {one["command"] for one in servers} == {"bunx"}
    assert {tuple(one["args"]) for one in servers} == {("-y", "server-github", "--a")}
    shell.actions.undo.trigger()
    assert _go(qtbot).startswith("Undo: github changed")
    qtbot.waitUntil(lambda: clients.bytes() != settled)
    shell.actions.redo.trigger()
    assert _go(qtbot).startswith("Do again: github changed")
    qtbot.waitUntil(lambda: clients.bytes() == settled)
    shell.actions.undo.trigger()
    _go(qtbot)
    qtbot.waitUntil(lambda: clients.bytes() != settled)
