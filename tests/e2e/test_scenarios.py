"""The three scenarios of the design, as a user lives them: the running app, real files, the command line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers.clients import Clients
from tests.helpers.program import ORDINARY, aisync, answer, locked, running, until

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
RULES = {
    "claude-code": Path(".claude", "CLAUDE.md"),
    "codex": Path(".codex", "AGENTS.md"),
    "qwen-code": Path(".qwen", "QWEN.md"),
}
pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")


@pytest.fixture
def clients(isolated_home: Path) -> Clients:
    return Clients.make(isolated_home)


def texts(home: Path) -> set[str]:
    return {(home / path).read_text(encoding="utf-8") for path in RULES.values()}


def test_scenario_a_an_edit_of_a_rule_is_merged_by_priority_and_spread(clients: Clients) -> None:
    (clients.home / ".claude").mkdir()
    (clients.home / RULES["claude-code"]).write_text("Be brief.\n", encoding="utf-8")
    aisync("init", "--yes")
    aisync("settings", "set", "policy_rules", "merge,priority,ask")
    aisync("settings", "set", "priority", "codex,claude-code")
    (clients.home / RULES["codex"]).write_text("Be thorough.\n", encoding="utf-8")
    (clients.home / RULES["qwen-code"]).write_text("Be quick.\n", encoding="utf-8")
    with running("--headless", "--port", "0"):
        until(lambda: texts(clients.home) == {"Be thorough.\n"})
        until(lambda: bool(answer("status")["health"] == "in-step"))
        last = answer("status")["last"]
        assert "codex" in last["origin"]
        assert last["writes"] == 3  # of the other clients: all but the one that won
        assert answer("logs", "--level", "info")["logs"][0]["message"] == "synced"


def test_scenario_b_two_clients_change_one_item_and_the_user_decides(clients: Clients) -> None:
    aisync("init", "--yes")
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    with running("--headless", "--port", "0"):
        until(lambda: bool(answer("decisions")["decisions"]))
        (decision,) = answer("decisions")["decisions"]
        assert (decision["kind"], decision["item"]) == ("conflict", "mcp/github")
        assert {commands["github"] for commands in clients.commands().values()} == {"bunx", "deno", "npx"}
        settled = answer("decide", decision["id"], "--take", "claude-code")
        assert settled["status"]["health"] == "in-step"
    assert {commands["github"] for commands in clients.commands().values()} == {"bunx"}


def test_scenario_c_a_permission_error_is_retried_shown_and_logged(clients: Clients, tmp_path: Path) -> None:
    folder = clients.paths["rovodev"].parent
    aisync("init", "--yes")
    with running("--headless", "--port", "0", through=ORDINARY):
        with locked(folder):
            clients.add("codex", "fresh")
            until(lambda: "fresh" in clients.servers("qwen-code"))
            until(lambda: bool(answer("status")["health"] == "pending"))
            until(lambda: bool(answer("logs", "--level", "error")["logs"]))
            (problem,) = answer("status")["problems"]
            assert problem["path"] == str(clients.paths["rovodev"])
            exported = tmp_path / "errors.csv"
            assert aisync("export", "logs", "--format", "csv", "-o", str(exported)).returncode == 0
            assert str(clients.paths["rovodev"]) in exported.read_text(encoding="utf-8")
        until(lambda: "fresh" in clients.servers("rovodev"))
        until(lambda: bool(answer("status")["health"] == "in-step"))
