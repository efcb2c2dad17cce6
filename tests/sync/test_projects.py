"""Projects: scopes of their own beside the user's, with files that several clients read."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.terms.errors import NotWritingError
from aisync_desktop.sync.terms.projects import NoProjectError, ProjectUnknownError
from tests.helpers.clients import Clients
from tests.helpers.project_servers import allow_servers

SERVERS = b'{\n  "mcpServers": {\n    "db": {"type": "stdio", "command": "uvx", "args": ["db"]}\n  }\n}\n'


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    root.mkdir()
    (root / ".mcp.json").write_bytes(SERVERS)
    return root


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    assert clients.home.is_dir()
    engine.adopt("user")
    return engine


def codex(root: Path) -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((root / ".codex" / "config.toml").read_text()).get("mcp_servers", {})
    return found


def test_a_projects_servers_reach_the_other_clients_files_of_that_project(adopted: Engine, repo: Path) -> None:
    adopted.add_project(str(repo))
    allow_servers(adopted)
    assert codex(repo) == {"db": {"command": "uvx", "args": ["db"]}}
    assert (repo / ".mcp.json").read_bytes() == SERVERS
    assert adopted.status().health is Health.IN_STEP


def test_scopes_do_not_mix(adopted: Engine, clients: Clients, repo: Path) -> None:
    before = clients.bytes()
    adopted.add_project(str(repo))
    allow_servers(adopted)
    assert clients.bytes() == before
    assert "github" not in json.loads((repo / ".mcp.json").read_text())["mcpServers"]


def test_what_a_client_reads_in_a_shared_file_is_not_written_to_its_own_as_well(adopted: Engine, repo: Path) -> None:
    adopted.add_project(str(repo))
    allow_servers(adopted)
    assert not (repo / ".qwen").exists()


def test_nor_while_the_shared_file_cannot_be_read(adopted: Engine, repo: Path) -> None:
    adopted.add_project(str(repo))
    allow_servers(adopted)
    (repo / ".mcp.json").write_bytes(SERVERS[:20])
    adopted.sync("watch")
    (repo / ".mcp.json").unlink()
    adopted.sync("watch")
    assert not (repo / ".qwen").exists()


def test_what_it_would_read_wrongly_there_is_written_to_its_own(adopted: Engine, repo: Path) -> None:
    (repo / ".mcp.json").write_bytes(SERVERS.replace(b'"db"]', b'"${DB_PLACE}"]'))
    adopted.add_project(str(repo))
    allow_servers(adopted)
    own = json.loads((repo / ".qwen" / "settings.json").read_text())
    assert own["mcpServers"]["db"]["args"] == ["${DB_PLACE}"]
    assert "qwen-code" not in {loss.client for _, loss in adopted.plan().losses}


def test_a_project_is_remembered(adopted: Engine, world: World, repo: Path) -> None:
    adopted.add_project(str(repo))
    allow_servers(adopted)
    adopted.close()
    again = open_engine(world)
    assert [scope.root for scope in again.projects] == [str(repo)]
    assert again.plan().in_step
    again.close()


def test_a_project_that_was_removed_is_left_alone(adopted: Engine, repo: Path) -> None:
    adopted.add_project(str(repo))
    allow_servers(adopted)
    adopted.remove_project(str(repo))
    config = (repo / ".codex" / "config.toml").read_bytes()
    (repo / ".mcp.json").write_bytes(b'{"mcpServers": {}}')
    adopted.sync("watch")
    assert (repo / ".codex" / "config.toml").read_bytes() == config


def test_nothing_follows_from_a_projects_folder_that_is_gone(adopted: Engine, repo: Path) -> None:
    adopted.add_project(str(repo))
    allow_servers(adopted)
    repo.rename(repo.with_name("unmounted"))
    adopted.sync("watch")
    assert not repo.exists()
    assert "engine.project-gone" in {problem.title.code for problem in adopted.status().problems}
    repo.with_name("unmounted").rename(repo)
    adopted.sync("watch")
    assert adopted.status().health is Health.IN_STEP


def test_a_project_needs_a_folder_that_is_not_the_home_folder(
    adopted: Engine, clients: Clients, tmp_path: Path
) -> None:
    for path in (tmp_path / "none", clients.home, Path("/")):
        with pytest.raises(NoProjectError):
            adopted.add_project(str(path))
    with pytest.raises(ProjectUnknownError):
        adopted.remove_project(str(tmp_path))


def test_no_project_is_added_before_the_user_agreed_to_anything(engine: Engine, repo: Path) -> None:
    with pytest.raises(NotWritingError):
        engine.add_project(str(repo))


def test_the_file_beside_says_what_is_off(adopted: Engine, clients: Clients) -> None:
    clients.replace("codex", 'command = "uvx"', 'command = "uvx"\nenabled = false')
    adopted.sync("watch")
    config = clients.home / ".rovodev" / "config.yml"
    assert "files" in config.read_text()
    config.write_text(config.read_text().replace("- files", "- other"))
    adopted.sync("watch")
    assert "enabled = false" not in clients.paths["codex"].read_text()


def test_a_file_beside_that_vanishes_switches_nothing_on(adopted: Engine, clients: Clients) -> None:
    clients.replace("codex", 'command = "uvx"', 'command = "uvx"\nenabled = false')
    adopted.sync("watch")
    (clients.home / ".rovodev" / "config.yml").unlink()
    adopted.sync("watch")
    assert "enabled = false" in clients.paths["codex"].read_text()
    assert adopted.status().health is Health.PENDING


def test_nor_does_it_once_something_else_was_written_down_or_after_a_restart(
    adopted: Engine, clients: Clients, world: World
) -> None:
    clients.replace("codex", 'command = "uvx"', 'command = "uvx"\nenabled = false')
    adopted.sync("watch")
    (clients.home / ".rovodev" / "config.yml").unlink()
    clients.add("qwen-code", "other")
    adopted.sync("watch")
    adopted.sync("watch")
    assert "enabled = false" in clients.paths["codex"].read_text()
    adopted.close()
    again = open_engine(world)
    again.sync("watch")
    assert "enabled = false" in clients.paths["codex"].read_text()
    assert again.status().health is Health.PENDING
    again.close()


@pytest.fixture
def beside(adopted: Engine, clients: Clients, repo: Path) -> Path:
    """Claude Code's own file, which says what is off in a project, and is there when that is added."""
    (clients.home / ".claude").mkdir()  # without it and the file, the client would not be on this machine any more
    adopted.add_project(str(repo))
    allow_servers(adopted)
    return clients.paths["claude-code"]


@pytest.mark.parametrize("lost", [None, b"", b"{"])
@pytest.mark.parametrize(
    ("edited", "left"),
    [(SERVERS.replace(b'"uvx"', b'"npx"'), {"db": {"command": "npx", "args": ["db"]}}), (b'{"mcpServers": {}}', {})],
)
def test_an_edit_beside_a_file_that_is_away_waits_visibly_and_is_followed_once(
    adopted: Engine, beside: Path, repo: Path, lost: bytes | None, edited: bytes, left: object
) -> None:
    whole, agreed = beside.read_bytes(), codex(repo)
    beside.unlink()
    if lost is not None:
        beside.write_bytes(lost)
    (repo / ".mcp.json").write_bytes(edited)
    adopted.sync("user", patient=False)
    assert codex(repo) == agreed
    assert (repo / ".mcp.json").read_bytes() == edited
    assert str(beside) in {problem.path for problem in adopted.status().problems}
    beside.write_bytes(whole)
    adopted.sync("user", patient=False)
    allow_servers(adopted)
    assert codex(repo) == left
    assert (repo / ".mcp.json").read_bytes() == edited
    assert adopted.sync("user", patient=False).written == ()


def test_who_goes_back_while_a_file_beside_is_away_gets_the_rest_when_it_is_back(
    adopted: Engine, beside: Path, repo: Path
) -> None:
    (repo / ".mcp.json").write_bytes(SERVERS.replace(b'"uvx"', b'"npx"'))
    adopted.sync("watch")
    allow_servers(adopted)
    whole = beside.read_bytes()
    beside.write_bytes(b"{")
    adopted.undo()
    assert codex(repo) == {"db": {"command": "uvx", "args": ["db"]}}
    beside.write_bytes(whole)
    adopted.sync("watch")
    assert json.loads((repo / ".mcp.json").read_bytes())["mcpServers"]["db"]["command"] == "uvx"
    assert adopted.plan().in_step
