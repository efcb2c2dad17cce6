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
    assert "  claude-code (Claude Code)  ~/.claude.json" in lines
    assert "    command: npx -> bunx" in lines
    at = lines.index(f"  Answer with “aisync decide {decision['id']} --take …”:")
    assert [line.split()[0] for line in lines[at + 1 :]] == ["claude-code", "codex", "base", "merged"]
    assert all(len(line.split()) > 2 for line in lines[at + 1 :])


def test_a_field_is_taken_from_the_client_that_is_named(clashing: Clients) -> None:
    clashing.replace("claude-code", '"args": ["-y", "server-github"]', '"args": ["-y", "mine"]')
    clashing.replace("codex", '["-y", "server-github"]', '["-y", "theirs"]')
    assert aisync("sync").returncode == 3
    (decision,) = answer("decisions")["decisions"]
    words = ("decide", decision["id"], "--take", "merged", "--field", "command=codex")
    refused = aisync(*words)
    assert (refused.returncode, "args" in refused.stderr) == (1, True)
    assert aisync(*words, "--field", "args=claude-code").returncode == 0
    assert {commands["github"] for commands in clashing.commands().values()} == {"deno"}
    assert clashing.servers("qwen-code")["github"]["args"] == ["-y", "mine"]


def test_a_file_that_cannot_be_read_closes_no_question_and_is_told(clashing: Clients) -> None:
    (before,) = answer("decisions")["decisions"]
    path = clashing.paths["codex"]
    whole = path.read_bytes()
    path.write_bytes(whole[:40] + b"[[")
    aisync("sync")
    note = "The file of Codex CLI cannot be read at present."
    assert note in aisync("decisions").stdout
    assert note in aisync("status").stdout
    aisync("decide", before["id"], "--take", "codex")
    path.write_bytes(whole)
    assert aisync("sync").returncode == 0
    assert {commands["github"] for commands in clashing.commands().values()} == {"deno"}


def test_the_running_app_tells_the_same(clashing: Clients) -> None:
    here = answer("decisions")
    with running("--headless", "--port", "0"):
        assert answer("decisions") == here


def test_a_client_that_was_reset_gets_its_whole_file_back(isolated_home: Path) -> None:
    clients = Clients.make(isolated_home)
    aisync("init", "--yes")
    path = clients.paths["claude-code"]
    whole = path.read_bytes()
    path.write_text('{"userID": "new"}')
    aisync("sync")
    (decision,) = answer("decisions")["decisions"]
    assert decision["choices"] == ["claude-code", "base", "restore"]
    assert aisync("decide", decision["id"], "--take", "restore").returncode == 0
    assert path.read_bytes() == whole


def test_two_new_names_are_told_and_one_is_taken(isolated_home: Path) -> None:
    clients = Clients.make(isolated_home)
    aisync("init", "--yes")
    clients.replace("codex", "[mcp_servers.github]", "[mcp_servers.gh]")
    clients.replace("claude-code", '"github": {', '"hub": {')
    aisync("sync")
    told = aisync("decisions").stdout.splitlines()
    assert {"    github -> gh", "    github -> hub"} <= set(told)
    (decision,) = answer("decisions")["decisions"]
    assert aisync("decide", decision["id"], "--take", "codex").returncode == 0
    assert all("gh" in clients.servers(client) for client in clients.paths)


def test_one_answer_settles_every_question_of_its_kind(isolated_home: Path) -> None:
    clients = Clients.make(isolated_home)
    aisync("init", "--yes")
    for command in ("npx", "uvx"):
        clients.replace("claude-code", f'"{command}"', f'"{command}-2"')
        clients.replace("codex", f'= "{command}"', f'= "{command}-3"')
    aisync("sync")
    first, _ = answer("decisions")["decisions"]
    assert aisync("decide", first["id"], "--take", "codex", "--alike").returncode == 0
    assert answer("decisions")["decisions"] == []
    assert {servers["files"] for servers in clients.commands().values()} == {"uvx-3"}


@pytest.mark.parametrize(
    ("ones", "others", "shown"),
    [
        ("a" * 200 + "-one" + "b" * 90, "a" * 200 + "-two" + "b" * 90, ("b", "b")),
        ("bunx", "bunx\u00a0", ("bunx", '"bunx\\u00a0"')),
        ("npx-x", "npx-x ", ("npx-x", '"npx-x "')),
        ("np\u0445", "npx-x", ("np\\u0445", "npx-x")),
    ],
)
def test_what_differs_is_seen_however_late_or_hidden_it_is(
    isolated_home: Path, ones: str, others: str, shown: tuple[str, str]
) -> None:
    clients = Clients.make(isolated_home)
    aisync("init", "--yes")
    clients.replace("claude-code", '"command": "npx"', f'"command": "{ones}"')
    clients.replace("codex", 'command = "npx"', f'command = "{others}"')
    told = [line for line in aisync("decisions").stdout.splitlines() if "command: " in line]
    assert [line.endswith(end) for line, end in zip(told, shown, strict=False)] == [True] * len(told)
    assert len(set(told)) == len(told) > 0
