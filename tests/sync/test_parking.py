"""A server that is off, at clients that have no switch: it is taken out there, and comes back."""

from __future__ import annotations

import pytest

from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Health
from tests.helpers.clients import Clients

ON, OFF = 'command = "uvx"', 'command = "uvx"\nenabled = false'


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    assert clients.home.is_dir()
    engine.adopt("user")
    return engine


def test_what_is_switched_off_is_taken_out_where_there_is_no_switch(adopted: Engine, clients: Clients) -> None:
    clients.replace("codex", ON, OFF)
    adopted.sync("watch")
    assert "files" not in clients.servers("claude-code")
    assert "loss.parked" in {loss.reason.code for _, loss in adopted.plan().losses}
    assert adopted.status().health is Health.IN_STEP


def test_it_comes_back_byte_for_byte_when_it_is_on_again(adopted: Engine, clients: Clients) -> None:
    before = clients.bytes()
    clients.replace("codex", ON, OFF)
    adopted.sync("watch")
    clients.replace("codex", OFF, ON)
    adopted.sync("watch")
    assert clients.bytes()["claude-code"] == before["claude-code"]
    assert clients.servers("qwen-code").keys() == {"files", "github"}


def test_an_entry_that_could_not_be_made_again_stays(adopted: Engine, clients: Clients) -> None:
    clients.replace("claude-code", '"command": "uvx"', '"command": "uvx",\n      "alwaysLoad": true')
    adopted.sync("watch")
    clients.replace("codex", ON, OFF)
    adopted.sync("watch")
    assert clients.servers("claude-code")["files"]["alwaysLoad"] is True


def test_where_one_client_has_it_on_and_another_off_the_user_is_asked(engine: Engine, clients: Clients) -> None:
    clients.add("claude-code", "files", "uvx")
    clients.replace("claude-code", '"command": "uvx"', '"command": "uvx", "args": ["mcp-files", "/tmp"]')
    clients.replace("codex", ON, OFF)
    engine.adopt("user")
    decision = engine.status().decisions[0]
    assert (decision.kind, decision.item) == ("conflict", "mcp/files")
    engine.decide(decision.id, "claude-code")
    assert "enabled = false" not in clients.paths["codex"].read_text()


def test_one_that_is_added_again_while_it_is_off_is_asked_about(adopted: Engine, clients: Clients) -> None:
    clients.replace("codex", ON, OFF)
    adopted.sync("watch")
    clients.replace(
        "claude-code",
        '"mcpServers": {',
        '"mcpServers": {"files": {"type": "stdio", "command": "uvx", "args": ["mcp-files", "/tmp"]},',
    )
    adopted.sync("watch")
    assert "files" in clients.servers("claude-code")
    decision = adopted.status().decisions[0]
    adopted.decide(decision.id, "claude-code")
    assert "enabled = false" not in clients.paths["codex"].read_text()
    assert adopted.status().health is Health.IN_STEP
