"""A project's servers: from the file in the repository to what each real client lists when it is started there."""

from __future__ import annotations

import json
import shutil
import sys
from typing import Any

import pytest

from tests.helpers.program import aisync, allow_servers, answer
from tests.oracles.clients import RealClient, only
from tests.oracles.sandbox import PORT, Sandbox
from tests.oracles.shapes import expanded
from tests.oracles.world import World, said_alike

READERS = only("claude-code", "codex", "qwen-code", "gemini-cli", "copilot-cli", "opencode", "amp", "qoder-cli")
_NOT_SAYABLE = {"codex": {"placed"}}  # it has no references in arguments
_TRUST = {  # how the user has told a client that the folder may be worked in
    "codex": (".codex/config.toml", '# mine\n[projects."{root}"]\ntrust_level = "trusted"\n'),
    "copilot-cli": (".copilot/config.json", '{{"trustedFolders": ["{root}"]}}'),
}


def _servers(world: World) -> dict[str, dict[str, Any]]:
    """Return what stands in the repository's `.mcp.json`, which is Claude's."""

    def stdio(name: str, *arguments: str, **more: Any) -> dict[str, Any]:
        command = {"type": "stdio", "command": sys.executable}
        return {name: command | {"args": [str(world.box.probe), "stdio", name, *arguments]} | more}

    return {
        **stdio("shared", "two words", env={"ORACLE_MODE": "fast"}),
        **stdio("passed", env={"ORACLE_WORD": "${ORACLE_WORD}"}),
        **stdio("placed", "--word=${ORACLE_WORD}"),
        "remote": {"type": "http", "url": f"http://127.0.0.1:{PORT}/remote", "headers": {"X-Oracle": "a plain value"}},
    }


@pytest.fixture
def repository(client: RealClient, box: Sandbox) -> World:
    """Return a home with a trusted repository that AISync has been told of."""
    world = World(box, client)
    (box.home / ".claude.json").write_text('{"mcpServers": {}}', encoding="utf-8")
    if client.id != "claude-code":
        world.write(client.content)
    for file, words in _TRUST.values():
        path = box.home / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(words.format(root=box.folder), encoding="utf-8")
    assert world.run("git", "init", "--quiet").code == 0
    (box.folder / ".mcp.json").write_text(json.dumps({"mcpServers": _servers(world)}, indent=2), encoding="utf-8")
    assert aisync("init", "--yes").returncode == 0
    assert aisync("project", "add", str(box.folder), "--yes").stderr == ""
    allow_servers()
    assert answer("status")["health"] == "in-step"
    return world


@READERS
def test_the_client_lists_a_projects_servers_where_it_is_started(repository: World) -> None:
    missing = _NOT_SAYABLE.get(repository.client.id, set())
    expected = {name: server for name, server in _servers(repository).items() if name not in missing}
    report = repository.report()
    assert {name: expanded(said) for name, said in report.items()} == {
        name: said_alike(report.get(name, {}), server | {"transport": server["type"]})
        for name, server in expected.items()
    }
    assert answer("plan")["in_step"]


@only("qwen-code")
def test_what_a_client_would_read_wrongly_in_a_shared_file_it_reads_in_its_own(repository: World) -> None:
    assert repository.report()["placed"]["line"].endswith("--word=word-value")


@only("claude-code", "codex", "qwen-code")
def test_a_projects_servers_are_not_those_of_the_user(repository: World) -> None:
    shutil.rmtree(repository.box.folder)
    repository.box.folder.mkdir()
    assert repository.report() == {}


@only("copilot-cli")
def test_a_file_of_bare_entries_that_a_client_reads_is_left_alone(repository: World) -> None:
    shared = repository.box.folder / ".mcp.json"
    bare = json.dumps({"own": {"type": "http", "url": f"http://127.0.0.1:{PORT}/own"}})
    shared.write_text(bare, encoding="utf-8")
    assert repository.report().keys() == {"own"}
    aisync("sync")
    plan = answer("plan")
    assert (plan["targets"], plan["decisions"], len(plan["problems"])) == ([], [], 1)
    assert shared.read_text(encoding="utf-8") == bare
