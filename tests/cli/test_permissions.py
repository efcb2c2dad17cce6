"""`aisync allowed` and `aisync permissions`: what is decided, why, where that stands, and what confines it."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import answer, run
from tests.helpers.clients import Clients


@pytest.fixture
def claude(clients: Clients) -> str:
    """Return the file in which one client has its rules."""
    path = clients.home / ".claude" / "settings.json"
    path.parent.mkdir(exist_ok=True)
    rules = {"permissions": {"defaultMode": "acceptEdits", "allow": ["Bash(make test)"]}}
    path.write_text(json.dumps(rules, indent=2), encoding="utf-8")
    return str(path)


def in_danger(clients: Clients) -> None:
    """Let one client do whatever it wants."""
    path = clients.paths["codex"]
    settings = 'approval_policy = "never"\nsandbox_mode = "danger-full-access"\n'
    path.write_text(settings + path.read_text(encoding="utf-8"), encoding="utf-8")


def test_every_client_says_what_it_would_do_and_why(clients: Clients, claude: str) -> None:
    told = run("allowed", "all", "bash", "make", "test").stdout.splitlines()
    assert told[:3] == [
        "Claude Code  allow  Bash(make test) in ~/.claude/settings.json:5",
        "Codex CLI    allow  no rule is about it (in its sandbox: it only reads)",
        "Qwen Code    ask    no rule is about it (a model decides, not you)",
    ]
    assert run("allowed", "claude-code", "edit", "a.txt").stdout == (
        "Claude Code allow  its mode is “acceptEdits” in ~/.claude/settings.json:3\n"
    )
    in_danger(clients)
    assert run("allowed", "codex", "bash", "make").stdout == (
        "Codex CLI allow  its mode is “danger-full-access” in ~/.codex/config.toml:2\n"
    )


def test_programs_get_what_confines_it_and_who_is_asked(clients: Clients) -> None:
    found = {one["client"]: one for one in answer("allowed", "all", "bash", "make")["answers"]}
    assert {name: (one["action"], one["confined"], one["judge"]) for name, one in found.items()} == {
        "claude-code": ("ask", "", "model"),
        "codex": ("allow", "read-only", "you"),
        "qwen-code": ("ask", "", "model"),
        "rovodev": ("ask", "", "you"),
    }
    assert run("allowed", "amp", "bash", "make").exit_code == 1


def test_the_audit_names_a_dangerous_mode_and_where_it_stands(clients: Clients, claude: str) -> None:
    in_danger(clients)
    told = run("permissions").stdout
    where = "its mode is “danger-full-access” in ~/.codex/config.toml:2\n"
    assert f"does whatever it wants, and nothing confines it\n      {where}" in told
    assert "  Bash(make test)  ~/.claude/settings.json:5\n" in told
    found = {one["client"]: one for one in answer("permissions")["clients"]}
    assert [danger["code"] for danger in found["codex"]["dangers"]] == ["open", "servers"]
    assert "deletion" in [danger["code"] for danger in found["claude-code"]["dangers"]]


@pytest.mark.usefixtures("isolated_home")
@pytest.mark.parametrize("words", [["allowed", "all", "bash", "make"], ["permissions"]])
def test_where_no_client_has_rules_it_says_so(words: list[str]) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (0, "No client here has permissions in a file.\n")
