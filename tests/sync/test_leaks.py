"""A client whose own writer expands references: the values stay where they are and go nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.items import McpServer
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.planning.expanded_references import is_expanded
from tests.helpers.clients import Clients

PLACE_NOW = "hunter2-hunter2"
GITHUB = '"args": ["-y", "server-github"]'
WITH_REFERENCE = GITHUB + ', "env": {"LEVEL": "at ${PLACE} now"}'


@pytest.fixture
def expanded(engine: Engine, clients: Clients) -> Engine:
    clients.replace("claude-code", GITHUB, WITH_REFERENCE)
    engine.adopt("user")
    clients.replace("qwen-code", "${PLACE}", PLACE_NOW)
    engine.sync("watch")
    return engine


def test_an_expanded_reference_is_not_spread(expanded: Engine, clients: Clients) -> None:
    assert [decision.kind for decision in expanded.status().decisions] == ["leak"]
    files = clients.bytes()
    assert [client for client, data in files.items() if PLACE_NOW.encode() in data] == ["qwen-code"]
    assert b"at ${PLACE} now" in files["claude-code"]


def test_everything_else_goes_on_beside_a_leak(expanded: Engine, clients: Clients) -> None:
    clients.add("claude-code", "fresh")
    expanded.sync("watch")
    assert "fresh" in clients.servers("qwen-code")
    assert PLACE_NOW in str(clients.servers("qwen-code")["github"])


def test_the_references_are_written_back_when_the_user_says_so(expanded: Engine, clients: Clients) -> None:
    leak = expanded.status().decisions[0]
    expanded.decide(leak.id, "base")
    assert clients.servers("qwen-code")["github"]["env"] == {"LEVEL": "at ${PLACE} now"}
    assert expanded.status().health is Health.IN_STEP


def test_the_value_is_a_change_like_any_other_when_the_user_says_so(expanded: Engine, clients: Clients) -> None:
    leak = expanded.status().decisions[0]
    expanded.decide(leak.id, "qwen-code")
    assert clients.servers("claude-code")["github"]["env"] == {"LEVEL": f"at {PLACE_NOW} now"}


def test_another_edit_of_the_same_client_is_no_leak(engine: Engine, clients: Clients) -> None:
    clients.replace("claude-code", GITHUB, WITH_REFERENCE)
    engine.adopt("user")
    clients.replace("qwen-code", "at ${PLACE}", "in ${PLACE}")
    engine.sync("watch")
    assert engine.status().decisions == ()
    assert clients.servers("claude-code")["github"]["env"] == {"LEVEL": "in ${PLACE} now"}


values = st.text(st.characters(codec="utf-8", exclude_characters="$"), max_size=8)


@given(values, values, values)
def test_whatever_a_reference_stands_for_is_recognised(before: str, value: str, after: str) -> None:
    one = McpServer(command="x", args=("a", f"{before}${{V}}{after}"))
    other = McpServer(command="x", args=("a", f"{before}{value}{after}"))
    assert is_expanded(one, other)
    assert not is_expanded(one, one)
    assert not is_expanded(other, one)
