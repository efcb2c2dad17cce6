"""Codex has no references in strings but fields that name variables: both directions, as Codex itself sees them."""

from __future__ import annotations

import json
from typing import Any

from tests.helpers.program import aisync
from tests.oracles.clients import RealClient, only
from tests.oracles.sandbox import Sandbox
from tests.oracles.world import World

_NATIVE = """# mine
[mcp_servers.passed]
command = "server"
env = { ORACLE_MODE = "fast" }
env_vars = ["ORACLE_WORD"]

[mcp_servers.remote]
url = "http://127.0.0.1:8765/remote"
bearer_token_env_var = "ORACLE_WORD"
http_headers = { X-Plain = "a plain value" }
env_http_headers = { X-Oracle = "ORACLE_PHRASE" }
"""


def _listed(world: World) -> dict[str, Any]:
    ran = world.run(*world.client.listing)
    assert ran.code == 0, ran.said
    return {entry["name"]: entry["transport"] for entry in json.loads(ran.out)}


@only("codex")
def test_a_reference_that_is_a_whole_value_becomes_the_name_of_a_variable(client: RealClient, box: Sandbox) -> None:
    world = World(box, client)
    world.prepare()
    world.begin()
    listed = _listed(world)
    variable = "ORACLE_WORD"
    assert listed["env-same"]["env_vars"] == [variable]
    assert listed["header-reference"]["env_http_headers"] == {"X-Oracle": variable}
    assert listed["header-bearer"]["bearer_token_env_var"] == variable
    assert {"env-other", "env-mixed", "env-default", "header-mixed", "header-default"} <= world.lost
    assert "${" not in json.dumps([entry for name, entry in listed.items() if name in world.expected])
    arrived = world.reached({"env-same", "/header-bearer", "/header-reference"})
    assert arrived["env-same"][0]["environment"]["ORACLE_WORD"] == "word-value"
    assert arrived["/header-bearer"][0]["headers"]["authorization"] == "Bearer word-value"
    assert arrived["/header-reference"][0]["headers"]["x-oracle"] == "word-value"


@only("codex")
def test_the_name_of_a_variable_becomes_a_reference(client: RealClient, box: Sandbox) -> None:
    world = World(box, client)
    (box.home / ".codex").mkdir()
    (box.home / ".claude.json").write_text('{"mcpServers": {}}', encoding="utf-8")
    world.write(_NATIVE)
    before = _listed(world)
    assert aisync("init", "--yes").returncode == 0
    claude = json.loads((box.home / ".claude.json").read_text(encoding="utf-8"))["mcpServers"]
    assert claude["passed"]["env"] == {"ORACLE_MODE": "fast", "ORACLE_WORD": "${ORACLE_WORD}"}
    assert claude["remote"]["headers"] == {
        "Authorization": "Bearer ${ORACLE_WORD}",
        "X-Plain": "a plain value",
        "X-Oracle": "${ORACLE_PHRASE}",
    }
    assert _listed(world) == before
