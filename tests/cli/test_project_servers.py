"""A project's new servers on the command line: shown with their lines, and allowed by a word of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import run
from tests.helpers.clients import Clients

pytestmark = pytest.mark.usefixtures("clients")


@pytest.fixture
def repo(clients: Clients) -> Path:
    root = clients.home / "repo"
    root.mkdir()
    servers = {"db": {"command": "uvx", "args": ["\x1b[2Kdb"]}, "web": {"command": "x"}}
    (root / ".mcp.json").write_text(json.dumps({"mcpServers": servers}))
    return root


def decisions() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("decisions", "--json").stdout)["decisions"]
    return found


def names(root: Path) -> set[str]:
    config = root / ".codex" / "config.toml"
    text = config.read_text() if config.exists() else ""
    return {name for name in ("db", "web") if f"[mcp_servers.{name}]" in text}


def test_who_adds_a_project_sees_its_servers_and_is_asked_about_them(repo: Path) -> None:
    done = run("project", "add", str(repo), stdin="y\ny\n")
    assert done.exit_code == 0
    assert 'args: ["\\u001b[2Kdb"]' in done.stdout
    assert "\x1b" not in done.stdout
    assert names(repo) == {"db", "web"}


def test_no_is_no_and_they_can_be_allowed_later_one_by_one(repo: Path) -> None:
    assert run("project", "add", str(repo), stdin="y\nn\n").exit_code == 3
    assert names(repo) == set()
    (decision,) = decisions()
    assert [side["take"] for side in decision["sides"]] == ["db", "web"]
    told = run("decisions").stdout
    assert ('    command: "x"' in told, "as these lines say" in told) == (True, True)
    assert [line.split()[0] for line in told.splitlines()[-2:]] == ["allow", "leave"]
    assert run("decide", decision["id"], "--take", "allow", "--item", "web").exit_code == 3
    assert names(repo) == {"web"}
    assert run("decide", decision["id"], "--take", "allow", "--item", "nothing").exit_code == 1
    (left,) = decisions()
    assert run("decide", left["id"], "--take", "leave").exit_code == 0
    assert (names(repo), decisions()) == ({"web"}, [])


def test_yes_to_everything_is_no_word_for_what_a_repository_brought(repo: Path) -> None:
    assert run("project", "add", str(repo), "--yes").exit_code == 3
    assert names(repo) == set()
    assert run("init", "--yes").exit_code == 3
    assert names(repo) == set()


def test_a_plan_shows_their_lines(repo: Path) -> None:
    run("project", "add", str(repo), "--yes")
    told = run("plan").stdout.splitlines()
    assert '      web: command: "x"' in told


FORGED = "a\n? 0  In step\x1b[2J\u202eb"


def test_no_name_that_a_repository_gave_commands_the_terminal_or_forges_a_line(repo: Path) -> None:
    (repo / ".claude").mkdir()
    (repo / ".claude/settings.json").write_text(json.dumps({"permissions": {"deny": [f"mcp__{FORGED}"]}}))
    (repo / ".mcp.json").write_text(json.dumps({"mcpServers": {FORGED: {"command": "x"}}}))
    asked = run("project", "add", str(repo), stdin="y\nn\n").stdout
    matrix = run("items").stdout
    assert "\\x1b[2J\\u202eb" in asked
    assert "\\x1b[2J\\u202eb" in matrix
    assert {"\x1b", "\u202e"}.isdisjoint(asked + matrix)
    assert not any(line.startswith("? 0") for line in (asked + matrix).splitlines())
