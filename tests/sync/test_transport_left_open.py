"""A client whose entries fit a server of either way of talking contradicts nobody who says which one it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Health
from tests.helpers.clients import Clients

URL = "http://127.0.0.1:8765/sse"
SSE = {"type": "sse", "url": URL}


@pytest.fixture
def opencode(clients: Clients) -> Path:
    path = clients.home / ".config" / "opencode" / "opencode.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"mcp": {}}', encoding="utf-8")
    return path


def put(path: Path, key: str, servers: dict[str, Any]) -> None:
    path.write_text(json.dumps({key: servers}, indent=2), encoding="utf-8")


def there(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["mcp"]
    return found


def test_a_server_with_sse_comes_back_as_one_whatever_is_edited_elsewhere(
    engine: Engine, clients: Clients, opencode: Path
) -> None:
    put(clients.paths["claude-code"], "mcpServers", {"events": SSE})
    engine.adopt("user")
    assert there(opencode)["events"] == {"type": "remote", "url": URL}
    edited = {"type": "remote", "url": f"{URL}/v2", "headers": {"X-A": "b"}}
    put(opencode, "mcp", {**there(opencode), "events": edited})
    engine.sync("watch")
    assert clients.servers("claude-code")["events"] == {"type": "sse", "url": f"{URL}/v2", "headers": {"X-A": "b"}}
    assert (engine.status().health, engine.plan().targets) == (Health.IN_STEP, ())


def test_at_first_sight_the_client_that_knows_is_believed(engine: Engine, clients: Clients, opencode: Path) -> None:
    put(clients.paths["claude-code"], "mcpServers", {"events": SSE})
    put(opencode, "mcp", {"events": {"type": "remote", "url": URL, "timeout": 5000}})
    engine.adopt("user")
    assert engine.status().decisions == ()
    assert clients.servers("claude-code")["events"] == {**SSE, "timeout": 5000}
    assert clients.servers("rovodev")["events"] == {"transport": "sse", "url": URL}


def test_the_choice_of_its_side_does_not_change_how_the_server_talks(
    engine: Engine, clients: Clients, opencode: Path
) -> None:
    put(clients.paths["claude-code"], "mcpServers", {"events": SSE})
    put(opencode, "mcp", {"events": {"type": "remote", "url": f"{URL}/other"}})
    engine.adopt("user")
    (asked,) = engine.status().decisions
    engine.decide(asked.id, "opencode")
    assert clients.servers("claude-code")["events"] == {"type": "sse", "url": f"{URL}/other"}


def test_a_new_name_given_there_keeps_how_the_server_talks(engine: Engine, clients: Clients, opencode: Path) -> None:
    put(clients.paths["claude-code"], "mcpServers", {"events": SSE})
    engine.adopt("user")
    put(opencode, "mcp", {"files": there(opencode)["files"], "news": {"type": "remote", "url": URL}})
    engine.sync("watch")
    assert clients.servers("claude-code")["news"] == SSE


@pytest.mark.parametrize("kept", [True, False])
def test_a_copy_of_an_entry_and_a_new_name_with_an_edit_are_at_an_address_that_is_known(
    engine: Engine, clients: Clients, opencode: Path, kept: bool
) -> None:
    put(clients.paths["claude-code"], "mcpServers", {"events": SSE})
    engine.adopt("user")
    entries = there(opencode)
    entry = entries["events"] if kept else entries.pop("events")
    put(opencode, "mcp", {**entries, "news": {**entry, "headers": {"X-A": "b"}}})
    engine.sync("watch")
    assert clients.servers("claude-code")["news"] == {**SSE, "headers": {"X-A": "b"}}


def test_how_a_server_talks_is_changed_by_who_can_say_it(engine: Engine, clients: Clients, opencode: Path) -> None:
    put(opencode, "mcp", {"events": {"type": "remote", "url": URL}})
    engine.adopt("user")
    assert clients.servers("claude-code")["events"]["type"] == "http"
    before = opencode.read_bytes()
    clients.replace("claude-code", '"type": "http"', '"type": "sse"')
    engine.sync("watch")
    assert clients.servers("rovodev")["events"]["transport"] == "sse"
    assert (opencode.read_bytes(), engine.status().health) == (before, Health.IN_STEP)
