"""What the doctor finds, and what is known of the clients; both only look."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from aisync_desktop.engine.doctor import Finding, Severity, examine
from aisync_desktop.engine.facade import Engine
from aisync_desktop.engine.inventory import inventory
from aisync_desktop.engine.surroundings import Surroundings, look
from tests.helpers.clients import Clients

TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" + "k1L2m3N4o5P6q7R8"
ENTRY = '"args": ["-y", "server-github"]'


@pytest.fixture
def able(world: Surroundings, tmp_path: Path) -> Surroundings:
    """Return a world in which the servers' commands are there."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("npx", "uvx"):
        (programs / name).write_text("")
        (programs / name).chmod(0o755)
    return replace(world, environ={"PATH": str(programs)})


def found(world: Surroundings) -> dict[str, Finding]:
    return {finding.code: finding for finding in examine(look(world), world.environ)}


def test_a_healthy_machine_has_no_findings(able: Surroundings, clients: Clients) -> None:
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
    able: Surroundings, clients: Clients, entry: str, code: str, severity: Severity
) -> None:
    clients.replace("claude-code", ENTRY, entry)
    finding = found(able)[code]
    assert finding.severity is severity
    assert (finding.client, finding.path) == ("claude-code", str(clients.paths["claude-code"]))
    assert finding.next_step.english()


def test_no_finding_tells_a_secret(able: Surroundings, clients: Clients) -> None:
    clients.replace("claude-code", ENTRY, f'{ENTRY}, "env": {{"GITHUB_TOKEN": "{TOKEN}"}}')
    clients.paths["claude-code"].chmod(0o644)
    told = [(one.code, one.message.english(), one.next_step.english()) for one in examine(look(able), able.environ)]
    assert {"doctor.secret", "doctor.open-file"} <= {code for code, _, _ in told}
    assert TOKEN not in str(told)


def test_a_secret_in_a_projects_folder_is_worse(
    engine: Engine, able: Surroundings, clients: Clients, tmp_path: Path
) -> None:
    assert clients.home.is_dir()
    engine.adopt("user")
    root = tmp_path / "repo"
    root.mkdir()
    entry = {"command": "npx", "env": {"GITHUB_TOKEN": TOKEN}}
    (root / ".mcp.json").write_text(json.dumps({"mcpServers": {"a": entry}}))
    engine.add_project(str(root))
    findings = found(able)
    assert findings["doctor.secret-in-project"].severity is Severity.ERROR
    assert findings["doctor.secret-in-project"].scope == f"project:{root}"


def test_a_file_that_the_client_would_refuse_is_found_with_its_place(able: Surroundings, clients: Clients) -> None:
    clients.replace("codex", "[mcp_servers.files]", "[mcp_servers.files")
    finding = next(one for one in examine(look(able), able.environ) if one.client == "codex")
    assert finding.severity is Severity.ERROR
    assert "4" in finding.message.english()


def test_a_description_that_cannot_be_used_is_found_with_its_place(able: Surroundings, clients: Clients) -> None:
    assert clients.home.is_dir()
    folder = able.places.config / "clients"
    folder.mkdir(parents=True)
    (folder / "acme.toml").write_text('id = "acme"\nname = \n')
    finding = found(able)["connector.bad-descriptor.at"]
    assert "2:" in finding.message.english()
    assert finding.path == str(folder / "acme.toml")


def test_the_inventory_tells_what_each_client_keeps_where(able: Surroundings, clients: Clients) -> None:
    reports = {report.id: report for report in inventory(look(able), able.environ)}
    assert not reports["zed"].present
    codex = reports["codex"]
    assert (codex.present, codex.verified) == (True, "run")
    servers = next(endpoint for endpoint in codex.endpoints if endpoint.kind == "mcp")
    assert (servers.path, servers.exists, servers.items) == (str(clients.paths["codex"]), True, 1)
    assert [report.present for report in inventory(look(able), able.environ)] == sorted(
        (report.present for report in reports.values()), reverse=True
    )


@pytest.mark.parametrize(("version", "unchecked"), [("0.169.0", False), ("9.9.9", True)])
def test_the_version_of_an_installed_client_is_read_not_asked(
    able: Surroundings, clients: Clients, tmp_path: Path, version: str, unchecked: bool
) -> None:
    assert clients.home.is_dir()
    package = tmp_path / "lib" / "codex"
    (package / "bin").mkdir(parents=True)
    (package / "package.json").write_text(json.dumps({"name": "@openai/codex", "version": version}))
    (package / "bin" / "codex.js").write_text("#!/bin/false")
    (package / "bin" / "codex.js").chmod(0o755)
    (Path(able.environ["PATH"]) / "codex").symlink_to(package / "bin" / "codex.js")
    codex = next(report for report in inventory(look(able), able.environ) if report.id == "codex")
    assert (codex.version, codex.unchecked) == (version, unchecked)


def test_what_no_file_tells_is_not_known(able: Surroundings, clients: Clients) -> None:
    assert clients.home.is_dir()
    claude = Path(able.environ["PATH"]) / "claude"
    claude.write_text("")
    claude.chmod(0o755)
    report = next(one for one in inventory(look(able), able.environ) if one.id == "claude-code")
    assert (report.program, report.version, report.unchecked) == (str(claude), "", False)
