"""A project's server that one client switches off in a file of its user."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.reports.doctor import Finding, Severity, examine
from aisync_desktop.sync.reports.preview import look
from tests.helpers.clients import Clients
from tests.helpers.project_servers import allow_servers

SERVERS = b'{\n  "mcpServers": {\n    "db": {"type": "stdio", "command": "uvx", "args": ["db"]}\n  }\n}\n'
Project = Callable[..., Path]


@pytest.fixture
def project(engine: Engine, clients: Clients, tmp_path: Path) -> Project:
    """Return what makes a project that is kept in step, and which Claude has opened or not."""

    def make(*, opened: bool = True, others: tuple[str, ...] = (), **said: Any) -> Path:
        engine.adopt("user")
        for name in others:
            (clients.home / name).parent.mkdir(parents=True, exist_ok=True)
            (clients.home / name).write_text("{}")
        root = tmp_path / "repo"
        root.mkdir()
        (root / ".mcp.json").write_bytes(SERVERS)
        if opened:
            known = {str(root): {"allowedTools": [], **said}}
            clients.replace("claude-code", '"projects": {}', f'"projects": {json.dumps(known)}')
        engine.add_project(str(root))
        allow_servers(engine)
        return root

    return make


def codex(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((root / ".codex" / "config.toml").read_text())["mcp_servers"]
    return found


def claude(clients: Clients, root: Path) -> Any:
    return json.loads(clients.paths["claude-code"].read_text())["projects"].get(str(root), {})


def switch_off(clients: Clients) -> None:
    clients.replace("claude-code", '"allowedTools": []', '"allowedTools": [], "disabledMcpServers": ["db"]')


def losses(engine: Engine) -> set[tuple[str, str]]:
    return {(loss.client, loss.reason.code) for _, loss in engine.plan().losses}


def test_what_is_switched_off_there_is_off_everywhere(engine: Engine, clients: Clients, project: Project) -> None:
    root = project()
    switch_off(clients)
    engine.sync("watch")
    assert codex(root)["db"]["enabled"] is False
    assert json.loads((root / ".qwen" / "settings.json").read_text())["mcp"]["excluded"] == ["db"]
    assert (root / ".mcp.json").read_bytes() == SERVERS
    assert engine.status().health is Health.IN_STEP


def test_what_is_switched_off_elsewhere_is_named_there_and_comes_back_without_a_trace(
    engine: Engine, clients: Clients, project: Project
) -> None:
    root = project()
    before = clients.bytes()["claude-code"]
    config = root / ".codex" / "config.toml"
    on = config.read_text()
    config.write_text(on + "enabled = false\n")
    engine.sync("watch")
    assert claude(clients, root) == {"allowedTools": [], "disabledMcpServers": ["db"]}
    assert (root / ".mcp.json").read_bytes() == SERVERS
    config.write_text(on)
    engine.sync("watch")
    assert clients.bytes()["claude-code"] == before
    assert engine.status().health is Health.IN_STEP


def test_where_the_client_does_not_know_the_folder_it_is_taken_out(
    engine: Engine, clients: Clients, project: Project
) -> None:
    root = project(opened=False)
    before = clients.bytes()["claude-code"]
    config = root / ".codex" / "config.toml"
    config.write_text(config.read_text() + "enabled = false\n")
    engine.sync("watch")
    assert json.loads((root / ".mcp.json").read_text())["mcpServers"] == {}
    assert clients.bytes()["claude-code"] == before


def test_where_another_client_reads_the_file_and_no_list_it_is_taken_out(
    engine: Engine, clients: Clients, project: Project
) -> None:
    root = project(others=(".copilot/config.json",))
    config = root / ".codex" / "config.toml"
    config.write_text(config.read_text() + "enabled = false\n")
    engine.sync("watch")
    assert json.loads((root / ".mcp.json").read_text())["mcpServers"] == {}
    assert "disabledMcpServers" not in claude(clients, root)


def test_what_the_user_switched_off_in_the_client_stays_in_the_file_that_others_read(
    engine: Engine, clients: Clients, project: Project
) -> None:
    root = project(others=(".copilot/config.json",))
    switch_off(clients)
    engine.sync("watch")
    assert codex(root)["db"]["enabled"] is False
    assert (root / ".mcp.json").read_bytes() == SERVERS
    assert ("copilot-cli", "loss.off-elsewhere") in losses(engine)
    assert engine.status().health is Health.IN_STEP


def test_changes_of_two_scopes_in_one_file_both_arrive(engine: Engine, clients: Clients, project: Project) -> None:
    root = project()
    config = root / ".codex" / "config.toml"
    config.write_text(config.read_text() + "enabled = false\n")
    clients.add("codex", "new")
    engine.sync("watch")
    assert "new" in clients.servers("claude-code")
    assert claude(clients, root)["disabledMcpServers"] == ["db"]
    assert engine.plan().in_step


def test_leaving_puts_the_projects_file_back_although_the_users_file_has_other_news(
    engine: Engine, clients: Clients, project: Project
) -> None:
    odd = b'{"mcpServers" : {"db":{"command":"uvx" ,"args":[\n "db"\n ]}}}'
    root = project()
    engine.remove_project(str(root))
    (root / ".mcp.json").write_bytes(odd)
    engine.add_project(str(root))
    allow_servers(engine)
    config = root / ".codex" / "config.toml"
    config.write_text(config.read_text().replace('"db"]', '"new"]'))
    engine.sync("user", patient=False)
    allow_servers(engine)
    assert json.loads((root / ".mcp.json").read_text())["mcpServers"]["db"]["args"] == ["new"]
    clients.replace("claude-code", '"numStartups": 12', '"numStartups": 13')
    engine.leave()
    assert (root / ".mcp.json").read_bytes() == odd
    assert json.loads(clients.paths["claude-code"].read_text())["numStartups"] == 13


def told(world: World, code: str) -> Finding:
    return next(one for one in examine(look(world), world) if one.code == code)


@pytest.mark.parametrize(
    ("name", "code", "severity"),
    [
        ("db", "doctor.overridden", Severity.WARNING),
        ("github", "doctor.overridden", Severity.WARNING),
        ("mine", "doctor.not-shared", Severity.INFO),
    ],
)
def test_a_server_that_the_client_keeps_for_the_project_alone_is_found(
    world: World, clients: Clients, project: Project, name: str, code: str, severity: Severity
) -> None:
    root = project(mcpServers={name: {"command": "uvx"}})
    finding = told(world, code)
    assert (finding.severity, finding.scope) == (severity, f"project:{root}")
    assert (finding.path, bool(finding.at)) == (str(clients.paths["claude-code"]), True)
    assert f"“{name}”" in finding.message.english()


def test_a_server_of_the_user_that_is_off_in_the_project_alone_is_found(world: World, project: Project) -> None:
    project(disabledMcpServers=["github", "gone"])
    findings = [one for one in examine(look(world), world) if one.code == "doctor.off-here"]
    assert [one.message.params["item"] for one in findings] == ["github"]
