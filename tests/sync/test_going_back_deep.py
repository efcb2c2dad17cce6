"""Going back where it is not plain: leaving by halves, several scopes, what is off, and large files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest

from aisync_desktop.clients.items import USER
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.applying.undo_choice import NothingToUndoError
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients
from tests.helpers.project_servers import allow_servers


@pytest.fixture
def engine(timed_engine: Engine) -> Engine:
    return timed_engine


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    assert clients.home.is_dir()
    engine.adopt("user")
    return engine


@pytest.fixture
def reader(world: World) -> Reader:
    return Reader(world.database, world.keys())


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    root.mkdir()
    write_servers(root, "db")
    return root


def write_servers(root: Path, *names: str) -> None:
    servers = {name: {"type": "stdio", "command": "uvx", "args": [name]} for name in names}
    (root / ".mcp.json").write_text(json.dumps({"mcpServers": servers}, indent=2))


def latest(reader: Reader) -> int:
    return reader.snapshots(limit=1)[0].id


# Several scopes


def test_undo_goes_on_to_older_changes_of_other_scopes(adopted: Engine, clients: Clients, repo: Path) -> None:
    before = clients.bytes()
    clients.add("codex", "one")
    adopted.sync("watch")
    adopted.add_project(str(repo))
    allow_servers(adopted)
    first = (repo / ".mcp.json").read_bytes()
    write_servers(repo, "db", "more")
    adopted.sync("watch")
    allow_servers(adopted)
    adopted.undo()
    assert (repo / ".mcp.json").read_bytes() == first
    adopted.undo()
    assert clients.bytes() == before
    with pytest.raises(NothingToUndoError):
        adopted.undo()


def test_what_a_client_lacks_in_one_scope_is_not_meant_because_it_was_put_back_in_another(
    adopted: Engine, clients: Clients, reader: Reader, repo: Path
) -> None:
    adopted.add_project(str(repo))
    allow_servers(adopted)
    number = latest(reader)
    write_servers(repo, "db", "more")
    adopted.sync("watch")
    allow_servers(adopted)
    clients.paths["codex"].write_text('model = "o3"\n')
    adopted.sync("watch")
    assert [decision.kind for decision in adopted.status().decisions] == ["mass-deletion"]
    adopted.rollback(number, "codex")
    assert set(clients.servers("claude-code")) == {"files", "github"}
    assert [decision.kind for decision in adopted.status().decisions] == ["mass-deletion"]


def test_a_file_in_which_several_endpoints_have_a_part_is_put_back_once(adopted: Engine, repo: Path) -> None:
    (repo / "AGENTS.md").write_text("Be brief.\n")
    adopted.add_project(str(repo))
    allow_servers(adopted)
    before = {path.name: path.read_bytes() for path in repo.glob("*.md")}
    (repo / "AGENTS.md").write_text("Be brief.\n\nBe kind.\n")
    adopted.sync("watch")
    (repo / "AGENTS.md").write_text("Be brief.\n\nBe kind.\n\nBe quick.\n")
    adopted.sync("watch")
    adopted.undo()
    receipt = adopted.undo()
    assert {path.name: path.read_bytes() for path in repo.glob("*.md")} == before
    assert [replaced.path.name for replaced in receipt.written] == ["AGENTS.md"]
    assert (receipt.foreign, receipt.failed) == ((), {})


# What is off


def test_an_item_that_is_off_is_not_put_back(adopted: Engine, clients: Clients) -> None:
    adopted.switch(USER, "github", on=False)
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.add("codex", "fresh")
    adopted.sync("watch")
    adopted.undo()
    assert clients.commands()["claude-code"] == {"files": "uvx", "github": "bunx"}
    assert "fresh" not in clients.servers("codex")


def test_what_another_client_has_under_a_pinned_name_is_not_put_back(adopted: Engine, clients: Clients) -> None:
    adopted.pin(USER, "github", ["codex"])
    clients.add("rovodev", "github", "mine")
    clients.add("codex", "fresh")
    adopted.sync("watch")
    adopted.undo()
    assert clients.commands()["rovodev"] == {"files": "uvx", "github": "mine"}


# What is still to be settled


def test_undo_leaves_what_is_still_to_be_settled_alone(adopted: Engine, clients: Clients) -> None:
    clients.add("rovodev", "fresh")
    adopted.sync("watch")
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    args = 'args = ["-y", "server-github"]'
    clients.replace("codex", f'command = "npx"\n{args}', f'command = "deno"\n{args}')
    adopted.sync("watch")
    assert [decision.kind for decision in adopted.status().decisions] == ["conflict"]
    adopted.undo()
    commands = clients.commands()
    assert "fresh" not in commands["qwen-code"]
    assert (commands["claude-code"]["github"], commands["codex"]["github"]) == ("bunx", "deno")
    assert [decision.kind for decision in adopted.status().decisions] == ["conflict"]


# Large files


def test_undo_goes_one_step_back_in_a_file_too_large_to_be_kept_on_sight(engine: Engine, clients: Clients) -> None:
    clients.replace("claude-code", '"projects": {}', '"projects": {"pad": "' + "x" * 1_100_000 + '"}')
    engine.adopt("user")
    for old, new in (("npx", "bunx"), ("bunx", "deno")):
        clients.replace("claude-code", f'"command": "{old}"', f'"command": "{new}"')
        engine.sync("watch")
    engine.undo()
    assert {commands["github"] for commands in clients.commands().values()} == {"bunx"}


# Leaving


def test_one_who_leaves_a_second_time_gets_what_was_there_the_second_time(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    engine.leave()
    clients.add("claude-code", "mine")
    before = clients.bytes()
    engine.adopt("user")
    engine.leave()
    assert clients.bytes() == before


def test_a_project_is_left_as_it_was_when_it_was_added_again(adopted: Engine, repo: Path) -> None:
    adopted.add_project(str(repo))
    allow_servers(adopted)
    adopted.remove_project(str(repo))
    write_servers(repo, "db", "mine")
    before = (repo / ".mcp.json").read_bytes()
    adopted.add_project(str(repo))
    allow_servers(adopted)
    (repo / ".codex" / "config.toml").write_text('[mcp_servers.late]\ncommand = "npx"\n')
    adopted.sync("user", patient=False)
    allow_servers(adopted)
    adopted.leave()
    assert (repo / ".mcp.json").read_bytes() == before


def test_adding_a_project_does_not_change_what_was_at_first_sight_elsewhere(
    engine: Engine, clients: Clients, repo: Path
) -> None:
    before = clients.bytes()
    engine.adopt("user")
    engine.add_project(str(repo))
    engine.leave()
    assert clients.bytes() == before


def test_a_project_that_is_not_there_can_be_left_later(adopted: Engine, repo: Path) -> None:
    adopted.add_project(str(repo))
    allow_servers(adopted)
    assert (repo / ".codex" / "config.toml").exists()
    away = repo.with_name("unmounted")
    repo.rename(away)
    adopted.leave()
    assert "engine.project-gone" in {problem.title.code for problem in adopted.status().problems}
    away.rename(repo)
    adopted.leave()
    assert not (repo / ".codex" / "config.toml").exists()
    assert adopted.projects == ()


def test_leaving_that_is_cut_off_is_not_taken_back_by_the_next_start(
    engine: Engine, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.adopt("user")
    cut_off = Mock(side_effect=KeyboardInterrupt)
    with monkeypatch.context() as broken:
        broken.setattr(engine._disk, "replace_all", cut_off)
        with pytest.raises(KeyboardInterrupt):
            engine.leave()
    assert cut_off.called
    before = clients.bytes()
    engine.recover()
    assert engine.sync("watch").written == ()
    assert clients.bytes() == before


def test_a_file_that_could_not_be_read_on_leaving_loses_nothing_when_one_begins_again(
    adopted: Engine, clients: Clients
) -> None:
    clients.add("codex", "fresh")
    adopted.sync("watch")
    held = clients.bytes()["qwen-code"]
    clients.paths["qwen-code"].write_bytes(b"{")
    adopted.leave()
    clients.paths["qwen-code"].write_bytes(held)
    adopted.adopt("user")
    assert "fresh" in clients.servers("qwen-code")
    assert adopted.status().health is Health.IN_STEP


def test_leaving_is_not_hindered_by_a_project_folder_that_was_deleted(adopted: Engine, repo: Path) -> None:
    adopted.add_project(str(repo))
    allow_servers(adopted)
    shutil.rmtree(repo)
    adopted.leave()
    assert adopted.status().health is Health.NEW
    assert not repo.exists()


def test_a_file_that_several_clients_read_is_put_back_for_any_of_them(
    adopted: Engine, reader: Reader, repo: Path
) -> None:
    adopted.add_project(str(repo))
    allow_servers(adopted)
    number, before = latest(reader), (repo / ".codex" / "config.toml").read_bytes()
    write_servers(repo, "db", "more")
    adopted.sync("watch")
    allow_servers(adopted)
    adopted.rollback(number, "qwen-code")
    assert "more" not in (repo / ".mcp.json").read_text()
    assert (repo / ".codex" / "config.toml").read_bytes() == before
    assert adopted.status().health is Health.IN_STEP
