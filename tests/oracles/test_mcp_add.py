"""What a real client writes by its own command reaches the others with the same meaning, and leaves them again."""

from __future__ import annotations

import json
import sys
import tomllib
from typing import Any

import pytest

from tests.helpers.program import aisync, answer
from tests.oracles.clients import RealClient
from tests.oracles.sandbox import PORT, Sandbox
from tests.oracles.world import World

_URL = f"http://127.0.0.1:{PORT}/added"


@pytest.fixture
def bare(client: RealClient, box: Sandbox) -> World:
    """Return a home in which AISync has begun with no server at all."""
    world = World(box, client)
    (box.home / ".codex").mkdir()
    (box.home / ".claude.json").write_text("{}", encoding="utf-8")
    (box.home / ".codex" / "config.toml").write_text("# mine\n", encoding="utf-8")
    world.write(client.content)
    done = aisync("init", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    return world


def _servers(world: World) -> dict[str, dict[str, Any]]:
    """Return what the two files that every test has say of the added server, as their own parsers see it."""
    claude = json.loads((world.box.home / ".claude.json").read_text(encoding="utf-8")).get("mcpServers", {})
    codex = tomllib.loads((world.box.home / ".codex" / "config.toml").read_text(encoding="utf-8"))
    files = {"claude-code": claude, "codex": codex.get("mcp_servers", {})}
    return {name: servers.get("added", {}) for name, servers in files.items() if name != world.client.id}


def _spread() -> None:
    assert answer("plan")["in_step"] is False
    done = aisync("sync")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_local_server_that_it_adds_is_read_and_spread(bare: World) -> None:
    command = [sys.executable, str(bare.box.probe), "stdio", "added", *bare.client.arguments]
    bare.own_command(bare.client.add_stdio, *command, name="added")
    _spread()
    environment = {"env": {"ORACLE_ADDED": "a plain value"}} if "--env" in bare.client.add_stdio else {}
    meant = {"command": command[0], "args": command[1:]} | environment
    for server in _servers(bare).values():
        assert {name: value for name, value in server.items() if name != "type"} == meant


def test_a_remote_server_that_it_adds_is_read_and_spread(bare: World) -> None:
    bare.own_command(bare.client.add_http, name="added", url=_URL)
    _spread()
    servers = _servers(bare)
    if "claude-code" in servers:
        bearer = {"Authorization": "Bearer ${ORACLE_WORD}"}
        headers = bearer if bare.client.id == "codex" else {"X-Oracle": "a plain value"}
        assert servers["claude-code"] == {"type": "http", "url": _URL, "headers": headers}
    if "codex" in servers:
        assert servers["codex"] == {"url": _URL, "http_headers": {"X-Oracle": "a plain value"}}


def test_a_server_that_it_removes_goes_everywhere_once_the_user_agrees(bare: World) -> None:
    if not bare.client.remove:
        pytest.skip(f"{bare.client.program} has no command that removes a server")
    bare.own_command(bare.client.add_stdio, sys.executable, str(bare.box.probe), name="added")
    _spread()
    assert all(_servers(bare).values())
    bare.own_command((*bare.client.remove, "{name}"), name="added")
    for decision in answer("plan")["decisions"]:
        assert decision["item"] == "mcp/added"
        aisync("decide", decision["id"], "--take", bare.client.id)
    aisync("sync")
    assert not any(_servers(bare).values())
