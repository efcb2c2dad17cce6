"""The first run with a real engine: the files on the screen are the files that are written, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.program.world import World
from aisync_desktop.service.operations.secrets import Keyring, KeyringRequest
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import ClientState
from aisync_desktop.ui.pages.first_run.page import CHANGES, FirstRunPage
from tests.helpers.clients import Clients
from tests.ui.frames import FakeFrame

pytestmark = pytest.mark.usefixtures("languages")


@pytest.fixture
def clients(tmp_path: Path) -> Clients:
    made = Clients.make(tmp_path / "home")
    made.add("claude-code", "both")
    made.add("rovodev", "both", command="uvx")
    return made


@pytest.fixture
def world(tmp_path: Path, clients: Clients) -> World:
    root, clock = tmp_path / "own", SystemClock()
    places = Places(root / "config", root / "state", root / "cache", root / "log")
    places.create()
    return World(places, clients.home, {}, RealDisk(clock), clock)


@pytest.fixture
def engine(world: World) -> Iterator[Engine]:
    opened = open_engine(world)
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot: QtBot, engine: Engine, world: World) -> FirstRunPage:
    """The page, and an engine behind it that answers at once."""

    def answer(request: Any) -> Any:
        return Keyring(usable=True) if isinstance(request, KeyringRequest) else request.run(engine, world)

    made = FirstRunPage(FakeFrame(answer).frame)
    qtbot.addWidget(made)
    made.set_status(engine.status())
    with qtbot.waitExposed(made):
        made.show()
    return made


def to_changes(page: FirstRunPage) -> set[str]:
    while page.step != CHANGES:
        page.next.click()
    return {row.key.partition("|")[2] for row in page.changes.rows.rows()}


def written(clients: Clients, before: dict[str, bytes]) -> set[str]:
    return {str(clients.paths[client]) for client, data in clients.bytes().items() if data != before[client]}


def test_the_files_on_the_screen_are_the_files_that_are_written(page: FirstRunPage, clients: Clients) -> None:
    before = clients.bytes()
    shown = to_changes(page)
    assert clients.bytes() == before
    page.next.click()
    assert shown == written(clients, before) != set()


def test_what_is_left_out_is_neither_shown_nor_written(page: FirstRunPage, clients: Clients, engine: Engine) -> None:
    before = clients.bytes()
    page.found.rows["qwen-code"].check.click()
    shown = to_changes(page)
    page.next.click()
    assert shown == written(clients, before)
    assert str(clients.paths["qwen-code"]) not in shown
    assert {one.id: one.state for one in engine.status().clients}["qwen-code"] is ClientState.OFF


def test_an_answer_is_carried_out(page: FirstRunPage, clients: Clients, engine: Engine) -> None:
    page.next.click()
    page.questions.pane.card.take_column(2, whole=True)
    to_changes(page)
    page.next.click()
    assert {servers["both"] for servers in clients.commands().values()} == {"uvx"}
    assert engine.status().decisions == ()


def test_what_waits_is_asked_again_later(page: FirstRunPage, clients: Clients, engine: Engine) -> None:
    page.next.click()
    page.questions.later.click()
    to_changes(page)
    page.next.click()
    assert [one.item for one in engine.status().decisions] == ["mcp/both"]
    assert clients.commands()["claude-code"]["both"] == "npx"


def test_a_change_between_list_and_consent_is_shown_and_not_written(page: FirstRunPage, clients: Clients) -> None:
    to_changes(page)
    clients.add("codex", "late")
    before = clients.bytes()
    page.next.click()
    assert clients.bytes() == before
    assert page.changes.changed.isVisible()
    page.next.click()
    assert "late" in clients.servers("claude-code")
