"""What the doctor finds, and what is known of the clients; both only look."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from aisync_desktop.clients.items import Kind
from aisync_desktop.documents.protocol import Location
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.reports.doctor import Finding, Severity, examine
from aisync_desktop.sync.reports.inventory import Age
from aisync_desktop.sync.reports.inventory import reports as reports_of
from aisync_desktop.sync.reports.preview import look
from tests.helpers.clients import Clients

TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" + "k1L2m3N4o5P6q7R8"
ENTRY = '"args": ["-y", "server-github"]'


@pytest.fixture
def able(world: World, tmp_path: Path) -> World:
    """Return a world in which the servers' commands are there."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("npx", "uvx"):
        (programs / name).write_text("")
        (programs / name).chmod(0o755)
    return replace(world, environ={"PATH": str(programs)})


def found(world: World) -> dict[str, Finding]:
    return {finding.code: finding for finding in findings(world)}


def findings(world: World) -> list[Finding]:
    return list(examine(look(world), world))


def test_a_healthy_machine_has_no_findings(able: World, clients: Clients) -> None:
    before = clients.bytes()
    assert found(able) == {}
    assert clients.bytes() == before


@pytest.mark.parametrize(
    ("entry", "code", "severity"),
    [
        (f'{ENTRY}, "env": {{"GITHUB_TOKEN": "{TOKEN}"}}', "doctor.secret", Severity.WARNING),
        (f'{ENTRY}, "env": {{"PLACE": "${{NOWHERE_SET}}"}}', "doctor.unset", Severity.WARNING),
        (f'{ENTRY}, "oauth": {{"clientId": "x"}}', "lens.unmapped", Severity.INFO),
        (f'{ENTRY}, "env": 3', "lens.bad-value", Severity.INFO),
        (
            f'{ENTRY}}}, "git_hub": {{"command": "npx", "args": ["-y", "server-github"]',
            "doctor.alike",
            Severity.WARNING,
        ),
        (f'{ENTRY}}}, "old": {{"type": "http", "url": "gopher://x"', "doctor.no-url", Severity.WARNING),
        (f'{ENTRY}}}, "gone": {{"command": "no-such-program"', "doctor.no-command", Severity.WARNING),
    ],
)
def test_what_is_wrong_with_an_entry_is_found(
    able: World, clients: Clients, entry: str, code: str, severity: Severity
) -> None:
    clients.replace("claude-code", ENTRY, entry)
    finding = found(able)[code]
    assert finding.severity is severity
    assert (finding.client, finding.path) == ("claude-code", str(clients.paths["claude-code"]))
    assert finding.next_step.english()


def test_no_finding_tells_a_secret(able: World, clients: Clients) -> None:
    clients.replace("claude-code", ENTRY, f'{ENTRY}, "env": {{"GITHUB_TOKEN": "{TOKEN}"}}')
    clients.paths["claude-code"].chmod(0o644)
    told = [(one.code, one.message.english(), one.next_step.english()) for one in findings(able)]
    assert {"doctor.secret", "doctor.open-file"} <= {code for code, _, _ in told}
    assert TOKEN not in str(told)


def test_a_secret_in_a_projects_folder_is_worse(engine: Engine, able: World, clients: Clients, tmp_path: Path) -> None:
    assert clients.home.is_dir()
    engine.adopt("user")
    root = tmp_path / "repo"
    root.mkdir()
    entry = {"command": "npx", "env": {"GITHUB_TOKEN": TOKEN}}
    (root / ".mcp.json").write_text(json.dumps({"mcpServers": {"a": entry}}))
    engine.add_project(str(root))
    finding = found(able)["doctor.secret-in-project"]
    assert finding.severity is Severity.ERROR
    assert finding.scope == f"project:{root}"


def test_a_file_that_the_client_would_refuse_is_found_with_its_place(able: World, clients: Clients) -> None:
    clients.replace("codex", "[mcp_servers.files]", "[mcp_servers.files")
    finding = next(one for one in findings(able) if one.client == "codex")
    assert finding.severity is Severity.ERROR
    assert (finding.path, finding.at) == (str(clients.paths["codex"]), Location(4, 19))


def test_a_description_that_cannot_be_used_is_found_with_its_place(able: World, clients: Clients) -> None:
    assert clients.home.is_dir()
    folder = able.places.config / "clients"
    folder.mkdir(parents=True)
    (folder / "acme.toml").write_text('id = "acme"\nname = \n')
    finding = found(able)["connector.bad-descriptor.at"]
    assert finding.at == Location(2, 8)
    assert finding.path == str(folder / "acme.toml")


def test_what_a_description_must_not_say_is_found_with_its_place(able: World, clients: Clients) -> None:
    assert clients.home.is_dir()
    folder = able.places.config / "clients"
    folder.mkdir(parents=True)
    (folder / "acme.toml").write_text('id = "acme"\nname = "Acme"\nverified = "hearsay"\n')
    assert found(able)["connector.bad-descriptor.at"].at == Location(3, 12)


def line_of(clients: Clients, client: str, piece: str) -> Location:
    text = clients.paths[client].read_text(encoding="utf-8")
    before = text[: text.index(piece)]
    return Location(before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize(
    ("entry", "code", "place"),
    [
        (f'{ENTRY}, "env": {{"GITHUB_TOKEN": "{TOKEN}"}}', "doctor.secret", f'"{TOKEN}"'),
        (f'{ENTRY}, "env": {{"PLACE": "${{NOWHERE_SET}}"}}', "doctor.unset", '"${NOWHERE_SET}"'),
        (f'{ENTRY}}}, "old": {{"type": "http", "url": "gopher://x"', "doctor.no-url", '"gopher://x"'),
        (f'{ENTRY}}}, "gone": {{"command": "no-such-program"', "doctor.no-command", '"no-such-program"'),
        (f'{ENTRY}}}, "odd": {{"comand": "npx"', "lens.unknown-shape", '{"comand"'),
        (f'{ENTRY}, "retries": 3', "doctor.unknown-key", "3"),
        (f'{ENTRY}, "envs": {{}}', "doctor.misspelt-key", "{}"),
    ],
)
def test_what_is_found_in_a_file_has_its_line_and_column(
    able: World, clients: Clients, entry: str, code: str, place: str
) -> None:
    clients.replace("claude-code", ENTRY, entry)
    assert found(able)[code].at == line_of(clients, "claude-code", place)


def test_a_key_that_the_client_is_not_known_to_use_is_told_with_what_it_may_mean(able: World, clients: Clients) -> None:
    clients.replace("claude-code", ENTRY, f'{ENTRY}, "retries": 3, "TimeOut": 9, "alwaysLoad": true, "timeout": 1000')
    told = {one.message.params["field"]: one for one in findings(able)}
    assert told.keys() == {"retries", "TimeOut"}
    assert told["retries"].severity is Severity.INFO
    assert told["TimeOut"].severity is Severity.WARNING
    assert told["TimeOut"].message.params["meant"] == "timeout"


def test_a_key_of_a_shared_file_is_strange_only_if_none_of_its_readers_knows_it(
    engine: Engine, able: World, clients: Clients, tmp_path: Path
) -> None:
    assert clients.home.is_dir()
    engine.adopt("user")
    root = tmp_path / "repo"
    root.mkdir()
    entry = {"command": "npx", "trust": True, "nobodys": 1}
    (root / ".mcp.json").write_text(json.dumps({"mcpServers": {"a": entry}}))
    engine.add_project(str(root))
    assert [one.message.params["field"] for one in findings(able) if one.code == "doctor.unknown-key"] == ["nobodys"]


def test_names_and_keys_are_shown_short_and_harmless(able: World, clients: Clients) -> None:
    wild = "\\u001b[2J" + "x" * 500
    clients.replace("claude-code", ENTRY, f'{ENTRY}}}, "{wild}": {{"command": "npx", "{wild}": 1, "{TOKEN}": 1')
    told = [one.message.english() for one in findings(able)]
    assert len(told) > 1
    assert all(line.isprintable() and len(line) < 250 for line in told)
    assert TOKEN not in str(told)


def test_findings_about_strange_keys_are_few(able: World, clients: Clients) -> None:
    keys = ", ".join(f'"{number} zzz": 1' for number in range(1000))
    clients.replace("claude-code", ENTRY, f"{ENTRY}, {keys}")
    assert 1 < len(findings(able)) < 50


@pytest.mark.parametrize(
    "name", [".claude/backups/.claude.json.backup.17", ".claude.json.corrupted.17", ".claude.json.bak", ".claude.json~"]
)
@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"mcpServers": {"a": {"command": "npx", "env": {"API_KEY": "k9Xq27vLw0PzRt54"}}}}),
        f'{{"mcpServers": {{"a": {{"env": {{"GITHUB_TOKEN": "{TOKEN}',
    ],
)
def test_secrets_in_copies_of_a_file_are_found(able: World, clients: Clients, name: str, content: str) -> None:
    copy = clients.home / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(content)
    finding = found(able)["doctor.copy"]
    assert (finding.client, finding.path, finding.severity) == ("claude-code", str(copy), Severity.WARNING)
    assert "k9Xq" not in finding.message.english()


def test_copies_without_secrets_are_no_finding(able: World, clients: Clients) -> None:
    for name in (".claude.json.bak", ".claude.json.corrupted.1"):
        (clients.home / name).write_bytes(clients.paths["claude-code"].read_bytes())
    (clients.home / ".claude.json.backup").mkdir()
    (clients.home / ".claude.json.old").symlink_to("/nowhere")
    assert found(able) == {}


def test_only_the_newest_copies_are_looked_at(able: World, clients: Clients) -> None:
    for number in range(40):
        copy = clients.home / f".claude.json.backup.{number}"
        copy.write_text(f'{{"token": "{TOKEN}"}}')
        os.utime(copy, (number, number))
    assert {one.path for one in findings(able)} == {
        str(clients.home / f".claude.json.backup.{number}") for number in range(30, 40)
    }


@pytest.mark.parametrize(
    ("client", "chosen", "other", "code"),
    [
        ("opencode", ".config/opencode/opencode.jsonc", ".config/opencode/opencode.json", "doctor.merged"),
        ("amp", ".config/amp/settings.json", ".config/amp/settings.jsonc", "doctor.hidden"),
        ("codex", ".codex/AGENTS.override.md", ".codex/AGENTS.md", "doctor.hidden"),
    ],
)
def test_a_candidate_beside_the_chosen_file_is_found(
    able: World, clients: Clients, client: str, chosen: str, other: str, code: str
) -> None:
    for name in (chosen, other):
        path = clients.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Be brief.\n" if path.suffix == ".md" else "{}\n")
    finding = found(able)[code]
    assert (finding.client, finding.path) == (client, str(clients.home / other))
    assert Path(chosen).name in finding.message.english()
    (clients.home / other).unlink()
    assert code not in found(able)


def test_a_candidate_that_is_the_chosen_file_itself_is_no_other_one(able: World, clients: Clients) -> None:
    folder = clients.home / ".config" / "opencode"
    folder.mkdir(parents=True)
    (folder / "opencode.jsonc").write_text("{}\n")
    (folder / "opencode.json").symlink_to("opencode.jsonc")
    assert found(able) == {}


def test_an_empty_override_hides_nothing(able: World, clients: Clients) -> None:
    folder = clients.home / ".codex"
    (folder / "AGENTS.md").write_text("Be brief.\n")
    (folder / "AGENTS.override.md").write_text(" \n")
    assert not [one for one in findings(able) if one.code == "doctor.hidden"]
    rules = [state for state in look(able).survey.endpoints if state.client == "codex" and state.kind is Kind.RULES]
    assert [state.path.name for state in rules] == ["AGENTS.md"]


@pytest.fixture
def repo(engine: Engine, clients: Clients, tmp_path: Path) -> Path:
    """Return the root of a project that is kept in step, on a machine with more clients."""
    for name in (
        ".copilot/config.json",
        ".config/opencode/opencode.json",
        ".continue/config.yaml",
        ".config/crush/crush.json",
    ):
        (clients.home / name).parent.mkdir(parents=True, exist_ok=True)
        (clients.home / name).write_text("{}\n")
    engine.adopt("user")
    root = tmp_path / "repo"
    root.mkdir()
    engine.add_project(str(root))
    return root


@pytest.mark.parametrize(
    ("client", "name", "beside", "code", "severity"),
    [
        ("codex", "AGENTS.override.md", "", "doctor.replaces", Severity.WARNING),
        ("copilot-cli", ".github/mcp.json", "", "doctor.unsynced", Severity.INFO),
        ("copilot-cli", ".github/mcp.json", ".mcp.json", "doctor.hidden", Severity.WARNING),
        ("continue", ".continue/mcpServers/any.yaml", "", "doctor.unsynced", Severity.INFO),
        ("opencode", ".opencode/opencode.json", "", "doctor.unsynced", Severity.INFO),
        ("crush", "crushrc", "", "doctor.unsynced", Severity.INFO),
    ],
)
def test_a_file_that_a_client_reads_and_that_is_not_kept_in_step_is_found(
    able: World, repo: Path, client: str, name: str, beside: str, code: str, severity: Severity
) -> None:
    (repo / name).parent.mkdir(parents=True, exist_ok=True)
    (repo / name).write_text("{}\n")
    if beside:
        (repo / beside).write_text('{"mcpServers": {}}\n')
    finding = next(one for one in findings(able) if one.path == str(repo / name))
    assert (finding.client, finding.code, finding.severity) == (client, code, severity)
    assert finding.scope == f"project:{repo}"
    (repo / name).write_text("")
    assert str(repo / name) not in {one.path for one in findings(able)}


def test_what_a_window_of_another_machine_reads_here_is_found(engine: Engine, able: World, clients: Clients) -> None:
    for folder in (".config/Code/User", ".vscode-server/data/User"):
        (clients.home / folder).mkdir(parents=True)
    far = clients.home / ".vscode-server" / "data" / "User" / "mcp.json"
    far.write_text('{"servers": {}}')
    engine.adopt("user")
    finding = next(one for one in findings(able) if one.path == str(far))
    assert (finding.client, finding.code, finding.severity) == ("vscode", "doctor.unsynced", Severity.INFO)


def test_a_server_that_a_client_would_start_with_the_arguments_of_two_is_told(
    able: World, repo: Path, clients: Clients
) -> None:
    def entry(*args: str) -> dict[str, object]:
        return {"type": "stdio", "command": "sh", "args": list(args)}

    user, project = clients.home / ".config" / "crush" / "crush.json", repo / "crush.json"
    user.write_text(json.dumps({"mcp": {"both": entry("-x"), "bare": entry(), "own": entry("-x")}}))
    project.write_text(json.dumps({"mcp": {"both": entry("-x"), "bare": entry("-x")}}))
    told = [one for one in findings(able) if one.code == "doctor.joined"]
    assert [(one.path, one.message.params["item"], one.severity) for one in told] == [
        (str(project), "both", Severity.WARNING)
    ]


def test_files_of_clients_that_are_not_here_are_no_finding(able: World, repo: Path) -> None:
    (repo / ".goosehints").write_text("Be brief.\n")
    assert str(repo / ".goosehints") not in {one.path for one in findings(able)}


@pytest.mark.parametrize(
    ("named", "moved"),
    [
        ("{home}/.rovodev/mcp.json", False),
        ("~/.rovodev/mcp.json", False),
        ("mcp.json", False),
        ("~/elsewhere.json", True),
        ("/srv/mcp.json", True),
    ],
)
def test_a_setting_that_leads_the_client_to_another_file_is_found(
    able: World, clients: Clients, named: str, *, moved: bool
) -> None:
    config = clients.home / ".rovodev" / "config.yml"
    config.write_text(f"version: 1\nmcp:\n  mcpConfigPath: {named.format(home=clients.home)}\n")
    found_there = [one for one in findings(able) if one.code == "doctor.moved"]
    assert [(one.path, one.at) for one in found_there] == ([(str(config), Location(3, 18))] if moved else [])


def test_the_inventory_tells_what_each_client_keeps_where(able: World, clients: Clients) -> None:
    reports = {report.id: report for report in reports_of(look(able), able)}
    assert not reports["zed"].present
    codex = reports["codex"]
    assert (codex.present, codex.verified) == (True, "run")
    servers = next(endpoint for endpoint in codex.endpoints if endpoint.kind == "mcp")
    assert (servers.path, servers.exists, servers.items) == (str(clients.paths["codex"]), True, 1)
    assert [report.present for report in reports_of(look(able), able)] == sorted(
        (report.present for report in reports.values()), reverse=True
    )


@pytest.mark.parametrize(("version", "age"), [("0.169.0", Age.CHECKED), ("9.9.9", Age.NEWER)])
def test_the_version_of_an_installed_client_is_read_not_asked(
    able: World, clients: Clients, tmp_path: Path, version: str, age: Age
) -> None:
    assert clients.home.is_dir()
    package = tmp_path / "lib" / "codex"
    (package / "bin").mkdir(parents=True)
    (package / "package.json").write_text(json.dumps({"name": "@openai/codex", "version": version}))
    (package / "bin" / "codex.js").write_text("#!/bin/false")
    (package / "bin" / "codex.js").chmod(0o755)
    (Path(able.environ["PATH"]) / "codex").symlink_to(package / "bin" / "codex.js")
    codex = next(report for report in reports_of(look(able), able) if report.id == "codex")
    assert (codex.version, codex.age) == (version, age)


def test_what_no_file_tells_is_not_known(able: World, clients: Clients) -> None:
    assert clients.home.is_dir()
    claude = Path(able.environ["PATH"]) / "claude"
    claude.write_text("")
    claude.chmod(0o755)
    report = next(one for one in reports_of(look(able), able) if one.id == "claude-code")
    assert (report.program, report.version, report.age) == (str(claude), "", Age.UNKNOWN)
