from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import answer, engine, one_line, run
from tests.helpers.clients import CODEX, Clients
from tests.helpers.project_servers import allow_servers

SECRET = "hunter22hunter22"  # noqa: S105 - what must not be shown


def test_history_lists_snapshots_newest_first(clients: Clients) -> None:
    second, first = answer("history")["snapshots"]
    assert (first["id"], first["parent"], first["scope"], first["summary"]) == (
        1,
        None,
        "user",
        "+ mcp/files, + mcp/github",
    )
    assert (second["id"], second["parent"], second["created_by"], second["changed"]) == (2, 1, "codex", 1)
    assert sorted(second["files"]) == sorted(str(path) for name, path in clients.paths.items() if name != "codex")
    assert [each["id"] for each in answer("history", "--limit", "1")["snapshots"]] == [2]
    assert "+ mcp/fresh" in run("history").stdout


def test_history_of_one_scope(clients: Clients, tmp_path: Path) -> None:
    assert len(answer("history", "--scope", "user")["snapshots"]) == 2
    assert answer("history", "--scope", str(tmp_path)) == {"snapshots": []}


def test_without_a_history_that_is_said(isolated_home: Path) -> None:
    assert run("history").stdout == "There is no history yet.\n"
    assert run("history", "--file", "/x").stdout == "No version of this file is kept: /x\n"
    assert "The history has no change 1" in one_line("show", "1")
    assert "No version of a file has the number 1" in one_line("show", "--version", "1")
    assert "The history has no change 1" in one_line("diff", "1")


def test_a_snapshot_is_shown_with_its_items_changes_and_files(clients: Clients) -> None:
    found = answer("show", "2")
    assert found["config"]["mcp/fresh"] == {"transport": "stdio", "command": "npx"}
    assert [change["item"] for change in found["changes"]] == ["mcp/fresh"]
    assert {write["client"] for write in found["writes"]} == {"claude-code", "qwen-code", "rovodev"}
    told = run("show", "2").stdout
    assert "+ mcp/fresh\n    + command: npx" in told
    assert f"done     rovodev        {clients.paths['rovodev']}" in told


def test_two_snapshots_differ_field_by_field(clients: Clients) -> None:
    clients.replace("codex", 'command = "uvx"', 'command = "deno"')
    with engine() as opened:
        opened.sync("watch")
    latest = answer("diff", "1")
    assert (latest["before"], latest["after"]) == (1, 3)
    assert [(change["item"], change["change"]) for change in latest["changes"]] == [
        ("mcp/files", "changed"),
        ("mcp/fresh", "added"),
    ]
    assert latest["changes"][0]["fields"] == [{"field": "command", "before": "uvx", "after": "deno"}]
    back = run("diff", "3", "1").stdout
    assert "~ mcp/files\n    ~ command: deno -> uvx" in back
    assert "- mcp/fresh\n    - command: npx" in back
    assert run("diff", "1", "1").stdout == "Nothing differs.\n"


def test_a_changed_text_is_shown_line_by_line(clients: Clients) -> None:
    rules = clients.home / ".codex" / "AGENTS.md"
    for text in ("one\ntwo\nthree\n", "one\n2\x1b[31m\nthree\n"):
        rules.write_text(text)
        with engine() as opened:
            opened.sync("watch")
    told = run("diff", "3", "4").stdout
    assert "-two\n      +2\\x1b[31m\n" in told
    assert "\x1b" not in told + run("show", "4").stdout


def test_what_changed_where_nobody_sees_it_is_told(clients: Clients) -> None:
    rules = clients.home / ".codex" / "AGENTS.md"
    for text in ("one\ntwo\nthree\n", "one\ntwo \nthree\u00a0\n"):
        rules.write_text(text, encoding="utf-8")
        clients.replace("codex", 'command = "uvx', 'command = "uvx\u200b')
        with engine() as opened:
            opened.sync("watch")
    told = run("diff", "3", "4").stdout
    assert "-two\n      -three\n      +two\u2423\n      +three\\u00a0\n" in told
    assert "command: uvx\\u200b -> uvx\\u200b\\u200b\n" in told


def test_snapshots_of_two_scopes_cannot_be_compared(clients: Clients, tmp_path: Path) -> None:
    (tmp_path / ".mcp.json").write_text('{"mcpServers": {"db": {"command": "uvx"}}}')
    with engine() as opened:
        opened.add_project(str(tmp_path))
        allow_servers(opened)
    assert len(answer("history", "--scope", str(tmp_path))["snapshots"]) == 1
    assert "cannot be compared" in one_line("diff", "1", "3")


def test_a_version_of_a_file_is_written_out_byte_for_byte(clients: Clients, tmp_path: Path) -> None:
    path = clients.paths["codex"]
    versions = answer("history", "--file", str(path))["versions"]
    assert [version["size"] for version in versions][-1] == len(CODEX)
    assert {version["path"] for version in versions} == {str(path)}
    assert "first-sight" in run("history", "--file", str(path)).stdout
    oldest, target = str(versions[-1]["id"]), tmp_path / "out"
    assert answer("show", "--version", oldest, "-o", str(target))["version"]["output"] == str(target)
    assert target.read_bytes() == CODEX.encode()
    assert os.name != "posix" or target.stat().st_mode & 0o777 == 0o600
    assert "exists" in one_line("show", "--version", oldest, "-o", str(target))
    target.write_text("mine")
    assert run("show", "--version", oldest, "-o", str(target), "--force").exit_code == 0
    assert target.read_bytes() == CODEX.encode()


@pytest.mark.parametrize(
    ("client", "text"),
    [
        ("codex", f'[mcp_servers.a]\ncommand = "a"\nargs = ["--api-key", "{SECRET}", "x"]\n'),
        ("codex", f'[mcp_servers.a]\ncommand = "a"\nenv = {{ MY_TOKEN = "{SECRET}" }}\n'),
        ("qwen-code", f'{{"mcpServers": {{"a": {{"url": "https://u:{SECRET}@h/"}}}}}}'),
        ("qwen-code", f'{{"apiKey": "{SECRET}", // not json\n "mcpServers": {{'),
    ],
)
def test_a_version_is_shown_without_its_secrets(clients: Clients, client: str, text: str) -> None:
    with engine() as opened:
        opened._store.keep_version("/h/" + clients.paths[client].name, text.encode(), "seen", client)
    (version,) = answer("history", "--file", "/h/" + clients.paths[client].name)["versions"]
    done = run("show", "--version", str(version["id"]))
    assert (done.exit_code, SECRET in done.output) == (0, False)
    assert "***" in done.stdout
    assert "Secrets are hidden" in done.stderr
    assert SECRET not in run("show", "--version", str(version["id"]), "--json").output


def test_a_version_that_says_that_there_was_no_file(clients: Clients) -> None:
    with engine() as opened:
        opened._store.keep_version("/h/a", None, "seen", "user")
    (version,) = answer("history", "--file", "/h/a")["versions"]
    assert not version["exists"]
    assert "did not exist" in one_line("show", "--version", str(version["id"]))


@pytest.mark.parametrize(
    "words",
    [["show"], ["show", "1", "--version", "1"], ["show", "1", "-o", "x"], ["diff"], ["show", "99999999999999999999"]],
)
def test_wrong_usage(words: list[str]) -> None:
    assert run(*words).exit_code == 2
