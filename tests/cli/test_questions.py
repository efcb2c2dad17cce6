from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.clients import Clients
from tests.helpers.program import aisync, answer, running


@pytest.fixture
def clashing(isolated_home: Path) -> Clients:
    clients = Clients.make(isolated_home)
    aisync("init", "--yes")
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    aisync("sync")
    return clients


def test_each_decision_tells_its_sides_and_choices(clashing: Clients) -> None:
    (decision,) = answer("decisions")["decisions"]
    assert [(side["take"], side["fields"]["command"]) for side in decision["sides"]] == [
        ("claude-code", "bunx"),
        ("codex", "deno"),
    ]
    assert decision["base"]["command"] == "npx"
    told = aisync("decisions")
    assert told.returncode == 3
    lines = told.stdout.splitlines()
    assert f"  claude-code  {clashing.paths['claude-code']}" in lines
    assert '    command: "npx" -> "bunx"' in lines
    assert lines[-1] == "  Take one of: claude-code, codex, base, merged."


def test_the_running_app_tells_the_same(clashing: Clients) -> None:
    here = answer("decisions")
    with running("--headless", "--port", "0"):
        assert answer("decisions") == here
