"""Eight real clients in one home, twenty servers that they add by their own commands, and all that happens to them.

Lists of tools, approval modes, trust and comments among them; new names, removals, a conflict, an undo. At the end each
client itself is asked what it has: no more and no less than is meant for it, and what only it knows is still there.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.program import aisync, answer
from tests.oracles.clients import CLIENTS, Report
from tests.oracles.conftest import missing
from tests.oracles.sandbox import PORT, Sandbox
from tests.oracles.world import World

STORY = ("claude-code", "codex", "qwen-code", "gemini-cli", "copilot-cli", "opencode", "amp", "qoder-cli")
HTTP = ("claude-code", "qwen-code", "gemini-cli", "copilot-cli")
CODEX_OWN = """required = true # mine
supports_parallel_tool_calls = true
default_tools_approval_mode = "prompt"
enabled_tools = ["ping_tool", "other_tool"]
"""
QWEN_OWN = ("--trust", "--description", "mine alone", "--include-tools", "ping_tool")

pytestmark = pytest.mark.timeout(900)


class Story:
    """The eight clients, and what the user does."""

    def __init__(self, box: Sandbox) -> None:
        self.worlds = {client.id: World(box, client) for client in CLIENTS if client.id in STORY}
        self.box = box
        for world in self.worlds.values():
            world.write(world.client.content)
        self.aisync("init", "--yes")

    def aisync(self, *words: str) -> None:
        done = aisync(*words)
        assert (done.returncode in {0, 3}, done.stderr) == (True, ""), done.stdout

    def own(self, client: str, template: tuple[str, ...], *more: str, **values: str) -> None:
        self.worlds[client].own_command(template, *more, **values)
        self.aisync("sync")

    def path(self, client: str) -> Path:
        return self.box.home / self.worlds[client].client.file

    def edit(self, client: str, old: str, new: str) -> None:
        text = self.path(client).read_text(encoding="utf-8")
        assert old in text, text
        self.path(client).write_text(text.replace(old, new, 1), encoding="utf-8")

    def decide(self, kind: str, take: str) -> list[str]:
        """Answer every open question of a kind; return what they were about."""
        asked = [one for one in answer("decisions")["decisions"] if one["kind"] == kind]
        for one in asked:
            self.aisync("decide", one["id"], "--take", take)
        return [one["item"] for one in asked]

    def lists(self) -> dict[str, Report]:
        """Return what each client itself says that it has."""
        return {client: world.report() for client, world in self.worlds.items()}

    def lost(self) -> dict[str, set[str]]:
        """Return by client the servers of which AISync says that it cannot have them."""
        losses = answer("plan")["losses"]
        return {
            client: {one["item"].removeprefix("mcp/") for one in losses if one["client"] == client and not one["field"]}
            for client in self.worlds
        }


@pytest.fixture
def story(isolated_home: Path, box: Sandbox) -> Story:
    reasons = [reason for client in CLIENTS if client.id in STORY and (reason := missing(client))]
    if reasons:
        pytest.skip(reasons[0])
    return Story(box)


def test_twenty_servers_of_eight_clients(story: Story) -> None:
    everything = _added(story)
    _owned(story)
    _hold(story, everything)
    everything = _renamed_and_removed(story, everything)
    _hold(story, everything)
    _conflict_and_undo(story)
    _hold(story, everything)
    _still_has_its_own(story)


def _added(story: Story) -> set[str]:
    """Let each client add two local servers, four of them a remote one too: by their own commands."""
    names = set()
    for client, world in story.worlds.items():
        for letter in "ab":
            name = f"{client.partition('-')[0]}-{letter}"
            command = [sys.executable, str(story.box.probe), "stdio", name, *world.client.arguments]
            own = QWEN_OWN if name == "qwen-a" else ()
            template = world.client.add_stdio
            at = template.index("{name}") + 1
            story.own(client, (*template[:1], "add", *own, *template[2:at], *template[at:]), *command, name=name)
            names.add(name)
        if client in HTTP:
            name = f"{client.partition('-')[0]}-web"
            story.own(client, world.client.add_http, name=name, url=f"http://127.0.0.1:{PORT}/{name}")
            names.add(name)
    assert len(names) == 20
    return names


def _owned(story: Story) -> None:
    """Give Codex's entry what only Codex has a word for, and a list of tools."""
    story.edit("codex", "[mcp_servers.codex-a]\n", f"[mcp_servers.codex-a]\n{CODEX_OWN}")
    story.aisync("sync")


def _renamed_and_removed(story: Story, names: set[str]) -> set[str]:
    """New names by hand, a removal by a client's own command; what loosens waits and is not agreed to."""
    story.edit("claude-code", '"codex-a"', '"codex-new"')
    story.aisync("sync")
    story.edit("codex", "[mcp_servers.qwen-a]", "[mcp_servers.qwen-new]")
    if "[mcp_servers.qwen-a.env]" in story.path("codex").read_text(encoding="utf-8"):
        story.edit("codex", "[mcp_servers.qwen-a.env]", "[mcp_servers.qwen-new.env]")
    story.aisync("sync")
    story.own("gemini-cli", (*story.worlds["gemini-cli"].client.remove, "{name}"), name="gemini-b")
    story.aisync("sync")
    story.decide("wider", "leave")
    return names - {"codex-a", "qwen-a", "gemini-b"} | {"codex-new", "qwen-new"}


def _conflict_and_undo(story: Story) -> None:
    """Two clients change one server differently; the user takes one, then takes that back and takes it again."""
    story.edit("claude-code", '"amp-a",', '"amp-a", "--of-claude",')
    story.edit("codex", '"amp-a",', '"amp-a", "--of-codex",')
    story.aisync("sync")
    assert story.decide("conflict", "codex") == ["mcp/amp-a"]
    claude = json.loads(story.path("claude-code").read_text(encoding="utf-8"))["mcpServers"]["amp-a"]
    assert "--of-codex" in claude["args"]
    story.aisync("undo")


def _hold(story: Story, everything: set[str]) -> None:
    """Ask every client, and write down what each says: the table of the story."""
    lost = story.lost()
    for client, report in story.lists().items():
        sys.stdout.write(
            f"{client:12} {len(report):3} of {len(everything)}; not: {sorted(lost[client] & everything)}\n"
        )
        assert set(report) >= everything - lost[client], client
        assert set(report) <= everything, client


def _still_has_its_own(story: Story) -> None:
    qwen = _entry(story, "qwen-code", "qwen-new")
    assert (qwen["trust"], qwen["description"], qwen["includeTools"]) == (True, "mine alone", ["ping_tool"])
    codex = story.path("codex").read_text(encoding="utf-8")
    assert f"[mcp_servers.codex-new]\n{CODEX_OWN}" in codex


def _entry(story: Story, client: str, name: str) -> Any:
    lines = story.path(client).read_text(encoding="utf-8").splitlines()
    return json.loads("\n".join(line for line in lines if not line.lstrip().startswith("//")))["mcpServers"][name]
