"""Every kind of question: how it comes about, whose file it is about, and what can be answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from aisync_desktop.sync.answering.engine import Engine
from tests.helpers.clients import Clients

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"


@dataclass(frozen=True)
class Case:
    """A question: whose file is to be lost, how it comes about, and what can be answered."""

    kind: str
    client: str
    provoke: Callable[[Engine, Clients], None]
    takes: tuple[str, ...]
    prepare: Callable[[Clients], None] = lambda _clients: None


def conflict(engine: Engine, clients: Clients) -> None:
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    engine.sync("watch")


def new_conflict(engine: Engine, clients: Clients) -> None:
    clients.add("rovodev", "fresh", "bunx")
    clients.add("codex", "fresh", "deno")
    engine.sync("watch")


def rename(engine: Engine, clients: Clients) -> None:
    clients.replace("codex", "[mcp_servers.github]", "[mcp_servers.gh]")
    clients.replace("claude-code", '"github": {', '"hub": {')
    engine.sync("watch")


def mass_deletion(engine: Engine, clients: Clients) -> None:
    clients.paths["rovodev"].write_text('{"mcpServers": {}}')
    engine.sync("user", patient=False)


def leak(engine: Engine, clients: Clients) -> None:
    clients.replace("qwen-code", "${PLACE}", "plainword")
    engine.sync("watch")


def with_reference(clients: Clients) -> None:
    arguments = '"args": ["-y", "server-github"]'
    clients.replace("claude-code", arguments, '"args": ["-y", "${PLACE}"]')


def secret(engine: Engine, clients: Clients) -> None:
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    engine.sync("watch")


def wider(engine: Engine, clients: Clients) -> None:
    settings = clients.home / ".claude" / "settings.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(json.dumps({"permissions": {"allow": ["Bash(npm test:*)"]}}))
    engine.sync("watch")


def stale(engine: Engine, clients: Clients) -> None:
    memory = clients.bytes()["rovodev"]
    text = clients.paths["codex"].read_text()
    clients.paths["codex"].write_text(
        text.replace('[mcp_servers.github]\ncommand = "npx"\nargs = ["-y", "server-github"]\n', "")
    )
    engine.sync("user", patient=False)
    clients.paths["rovodev"].write_bytes(memory)
    engine.sync("watch")


def lost_text(engine: Engine, clients: Clients) -> None:
    path = clients.paths["qwen-code"]
    path.write_text(path.read_text().replace("\t// mine\n", ""))
    engine.sync("watch")


CASES = [
    Case("conflict", "claude-code", conflict, ("claude-code", "codex", "base")),
    Case("conflict", "codex", conflict, ("claude-code", "codex", "base")),
    Case("conflict", "rovodev", new_conflict, ("codex", "rovodev")),
    Case("rename", "claude-code", rename, ("claude-code", "codex", "base")),
    Case("rename", "codex", rename, ("claude-code", "codex", "base")),
    Case("mass-deletion", "rovodev", mass_deletion, ("rovodev", "base")),
    Case("leak", "qwen-code", leak, ("qwen-code", "base"), with_reference),
    Case("secret", "codex", secret, ("copy", "launch", "leave")),
    Case("secret", "claude-code", secret, ("copy", "launch", "leave")),
    Case("wider", "qwen-code", wider, ("copy", "leave")),
    Case("stale", "rovodev", stale, ("rovodev", "base")),
    Case("lost-text", "qwen-code", lost_text, ("qwen-code", "base")),
]
