"""One awkward entry stops nothing else: what a file cannot take is held back alone, by its name."""

from __future__ import annotations

import json

import pytest

from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import ClientState, ClientStatus, Health
from tests.helpers.clients import Clients

FILTERED = """
[mcp_servers.filtered]
command = "npx"
enabled_tools = ["read"]
default_tools_approval_mode = "prompt"

[mcp_servers.filtered.tools.read]
approval_mode = "approve"
"""
INLINE = """
[mcp_servers]
"c" = { command = "z", args = ["1"], env.K = "v" }
"""


def codex(engine: Engine) -> ClientStatus:
    return next(client for client in engine.status().clients if client.id == "codex")


@pytest.fixture
def filtered(engine: Engine, clients: Clients) -> Engine:
    with clients.paths["codex"].open("a", encoding="utf-8") as file:
        file.write(FILTERED)
    engine.adopt("user")
    return engine


def test_lists_of_tools_and_modes_do_not_freeze_the_file(filtered: Engine, clients: Clients) -> None:
    assert "github" in clients.servers("codex")
    clients.replace("qwen-code", '"read"', '"read", "write"')
    filtered.sync("watch")
    (asked,) = [one for one in filtered.status().decisions if one.item == "mcp/filtered"]  # it would open a tool
    filtered.decide(asked.id, "copy")
    assert clients.servers("codex")["filtered"]["enabled_tools"] == ["read", "write"]
    assert clients.servers("codex")["filtered"]["tools"] == {"read": {"approval_mode": "approve"}}
    assert codex(filtered).problem is None


def test_a_server_that_goes_takes_its_modes_along(filtered: Engine, clients: Clients) -> None:
    whole = json.loads(clients.paths["qwen-code"].read_text(encoding="utf-8").replace("// mine", ""))
    del whole["mcpServers"]["filtered"]
    clients.paths["qwen-code"].write_text(json.dumps(whole), encoding="utf-8")
    filtered.sync("user", patient=False)
    assert clients.servers("codex").keys() == {"files", "github"}
    assert codex(filtered).problem is None
    filtered.sync("watch")
    assert filtered.sync("watch").written == ()


@pytest.fixture
def inline(engine: Engine, clients: Clients) -> Engine:
    """Codex has an entry that cannot grow where it stands; the others get it, and it is edited there."""
    text = clients.paths["codex"].read_text(encoding="utf-8")
    clients.paths["codex"].write_text(text.partition("[mcp_servers.files]")[0] + INLINE, encoding="utf-8")
    engine.adopt("user")
    clients.replace("claude-code", '"K": "v"', '"K": "v", "NEW": "1"')
    clients.add("claude-code", "fresh")
    engine.sync("watch")
    return engine


def test_an_entry_that_cannot_grow_is_held_back_alone_and_named(inline: Engine, clients: Clients) -> None:
    assert clients.servers("codex")["c"] == {"command": "z", "args": ["1"], "env": {"K": "v"}}
    assert clients.servers("codex").keys() == {"c", "github", "fresh"}
    assert clients.servers("qwen-code")["c"]["env"] == {"K": "v", "NEW": "1"}
    problem = codex(inline).problem
    assert problem is not None
    assert problem.title.english() == "“c” was not written"
    assert problem.path == str(clients.paths["codex"])


def test_what_we_would_not_write_is_no_unreadable_file_and_not_in_step(inline: Engine) -> None:
    assert codex(inline).state is ClientState.PENDING
    assert inline.status().health is Health.PENDING


def test_what_was_held_back_is_no_edit_of_that_client(inline: Engine, clients: Clients) -> None:
    assert inline.sync("watch").written == ()
    clients.replace("claude-code", '"NEW": "1"', '"NEW": "2"')
    inline.sync("watch")
    assert clients.servers("rovodev")["c"]["env"] == {"K": "v", "NEW": "2"}
    assert inline.status().decisions == ()


def test_it_comes_through_once_the_entry_can_take_it(inline: Engine, clients: Clients) -> None:
    clients.replace("codex", 'env.K = "v"', 'env = { K = "v" }')
    inline.sync("watch")
    assert clients.servers("codex")["c"]["env"] == {"K": "v", "NEW": "1"}
    assert inline.status().health is Health.IN_STEP
