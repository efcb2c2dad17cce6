"""A server that was approved in one client is not asked about again; what a repository can bring approves nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.reports.preview import look
from tests.helpers.clients import Clients
from tests.sync.test_project_servers import Repo, asked, lines

DB = {"command": "uvx", "args": ["db"]}
QWEN_HASH = "debc5eed7b76fe5f6e633e6416070eab23508bda9fad91d6897adde7bdb403ab"  # as Qwen Code 0.24.4 made it
QWEN_ENTRY = {"command": "uvx", "args": ["db", "x"], "env": {"B": "1", "A": "2"}, "description": "hi", "trust": False}
SHELL_HASH = "1166c35b66bc8ddfa8799554360af75a0a8e00eff2dcf0ea777aae8d2d437db9"
WEB_HASH = "071b8e6b5f4df6d94297e5bfde25777c050fd0a3770662ffbe0288a220a4c138"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "home" / "repo")
    repo.brings(db=DB)
    return repo


class Trust:
    """The trust stores of Claude Code and Qwen Code."""

    def __init__(self, clients: Clients, repo: Repo) -> None:
        self._clients = clients
        self._root = str(repo.root)

    def project(self, **said: Any) -> None:
        path = self._clients.paths["claude-code"]
        whole = json.loads(path.read_text())
        path.write_text(json.dumps({**whole, "projects": {self._root: said}}))

    def user(self, **said: Any) -> None:
        (self._clients.home / ".claude").mkdir(exist_ok=True)
        (self._clients.home / ".claude/settings.json").write_text(json.dumps(said))

    def qwen(self, **hashes: str) -> None:
        records = {name: {"hash": of, "status": "approved"} for name, of in hashes.items()}
        (self._clients.home / ".qwen/mcpApprovals.json").write_text(json.dumps({self._root: records}))


@pytest.fixture
def trust(clients: Clients, repo: Repo) -> Trust:
    return Trust(clients, repo)


@pytest.fixture
def adopted(engine: Engine) -> Engine:
    engine.adopt("user")
    return engine


def test_a_server_that_was_approved_in_the_client_is_not_asked_about(adopted: Engine, repo: Repo, trust: Trust) -> None:
    trust.project(enabledMcpjsonServers=["db"])
    adopted.add_project(str(repo.root))
    assert repo.codex() == {"db": DB}
    assert adopted.status().health is Health.IN_STEP


@pytest.mark.parametrize(
    "said", [{"enabledMcpjsonServers": ["db"]}, {"enableAllProjectMcpServers": True}], ids=["by-name", "all"]
)
def test_so_is_one_that_the_users_own_settings_approve(
    adopted: Engine, repo: Repo, trust: Trust, said: dict[str, Any]
) -> None:
    trust.user(**said)
    adopted.add_project(str(repo.root))
    assert repo.codex() == {"db": DB}


@pytest.mark.parametrize(
    "said",
    [
        {"enabledMcpjsonServers": ["other"]},
        {"enableAllProjectMcpServers": "yes"},
        {"enabledMcpjsonServers": "db"},
        {"enabledMcpjsonServers": ["db"], "disabledMcpjsonServers": ["db"]},
    ],
)
def test_nothing_else_there_approves_it(adopted: Engine, repo: Repo, trust: Trust, said: dict[str, Any]) -> None:
    trust.user(**said)
    trust.project(**said)
    adopted.add_project(str(repo.root))
    assert lines(asked(adopted)).keys() == {"db"}


@pytest.mark.parametrize("file", [".claude/settings.json", ".claude/settings.local.json", ".claude.json"])
def test_no_file_of_the_project_approves_anything(adopted: Engine, repo: Repo, file: str) -> None:
    (repo.root / ".claude").mkdir()
    said = {"enabledMcpjsonServers": ["db"], "enableAllProjectMcpServers": True}
    (repo.root / file).write_text(json.dumps({**said, "projects": {str(repo.root): said}}))
    adopted.add_project(str(repo.root))
    assert lines(asked(adopted)).keys() == {"db"}


def test_nor_does_a_store_that_is_a_link_into_the_project(adopted: Engine, clients: Clients, repo: Repo) -> None:
    (repo.root / "settings.json").write_text('{"enableAllProjectMcpServers": true}')
    (clients.home / ".claude").mkdir()
    (clients.home / ".claude/settings.json").symlink_to(repo.root / "settings.json")
    adopted.add_project(str(repo.root))
    assert lines(asked(adopted)).keys() == {"db"}


@pytest.mark.parametrize("broken", [b"{", b"[]", b"\xff"])
def test_a_store_that_cannot_be_read_approves_nothing_and_holds_nothing_up(
    adopted: Engine, clients: Clients, repo: Repo, broken: bytes
) -> None:
    (clients.home / ".qwen/mcpApprovals.json").write_bytes(broken)
    adopted.add_project(str(repo.root))
    assert lines(asked(adopted)).keys() == {"db"}
    assert adopted.plan().problems == ()


def test_an_approval_by_name_is_for_the_lines_that_stood_there_and_for_no_later_ones(
    adopted: Engine, repo: Repo, trust: Trust
) -> None:
    trust.project(enabledMcpjsonServers=["db"])
    adopted.add_project(str(repo.root))
    repo.brings(db={"command": "evil"})
    assert lines(asked(adopted)).keys() == {"db"}
    repo.brings()
    adopted.sync("user", patient=False)
    repo.brings(db={"command": "evil"})
    assert lines(asked(adopted)).keys() == {"db"}
    assert repo.codex() == {}


def test_neither_is_one_of_all_for_other_lines_of_what_was_there(adopted: Engine, repo: Repo, trust: Trust) -> None:
    trust.user(enableAllProjectMcpServers=True)
    adopted.add_project(str(repo.root))
    repo.brings(db={"command": "other"})
    assert lines(asked(adopted)).keys() == {"db"}


def test_one_that_is_given_later_answers_the_question(adopted: Engine, repo: Repo, trust: Trust) -> None:
    adopted.add_project(str(repo.root))
    asked(adopted)
    trust.project(enabledMcpjsonServers=["db"])
    adopted.sync("watch")
    assert repo.codex() == {"db": DB}
    trust.project()
    adopted.sync("watch")
    repo.brings(db={"command": "new"})
    asked(adopted)
    trust.project(enabledMcpjsonServers=["db"])
    adopted.sync("watch")
    assert repo.codex() == {"db": {"command": "new"}}


def test_a_name_that_was_approved_before_we_looked_is_not_taken_for_lines_that_came_since(
    adopted: Engine, repo: Repo, trust: Trust
) -> None:
    trust.project(enabledMcpjsonServers=["db"])
    adopted.add_project(str(repo.root))
    adopted._store.set_consents({})  # as of a version that knew of no approvals
    adopted._rounds.applier.remember()
    repo.brings(db={"command": "evil"})
    assert lines(asked(adopted)).keys() == {"db"}


def test_an_undo_is_not_overruled_by_the_approval(adopted: Engine, repo: Repo, trust: Trust) -> None:
    adopted.add_project(str(repo.root))
    adopted.decide(asked(adopted).id, "allow")
    repo.brings(db={"command": "x"})
    trust.project(enabledMcpjsonServers=["db"])
    adopted.sync("watch")
    assert repo.codex() == {"db": {"command": "x"}}
    adopted.undo()
    repo.brings(db={"command": "x"})
    assert lines(asked(adopted)).keys() == {"db"}


def test_an_approval_that_is_bound_to_the_entry_holds_for_it_alone(adopted: Engine, repo: Repo, trust: Trust) -> None:
    (repo.root / ".qwen").mkdir()
    own = repo.root / ".qwen/settings.json"
    own.write_text(json.dumps({"$version": 4, "mcpServers": {"mine": QWEN_ENTRY}}))
    trust.qwen(mine=QWEN_HASH)
    adopted.add_project(str(repo.root))
    assert lines(asked(adopted)).keys() == {"db"}
    assert repo.claude()["mine"]["args"] == ["db", "x"]
    own.write_text(json.dumps({"$version": 4, "mcpServers": {"mine": {**QWEN_ENTRY, "args": ["db", "y"]}}}))
    assert lines(asked(adopted)).keys() == {"db", "mine"}


def test_so_does_that_of_an_entry_which_the_client_reads_in_the_shared_file(
    adopted: Engine, repo: Repo, trust: Trust
) -> None:
    web = {"type": "http", "url": "https://a.example/mcp", "headers": {"X": "1"}}
    repo.brings(web=web, sh={"command": "sh", "args": ["-c", "true"]}, other={"command": "sh"})
    trust.qwen(web=WEB_HASH, sh=SHELL_HASH, other=SHELL_HASH)
    adopted.add_project(str(repo.root))
    assert lines(asked(adopted)).keys() == {"other"}
    assert repo.codex().keys() == {"web", "sh"}


def test_one_that_was_rejected_there_is_asked_about(adopted: Engine, clients: Clients, repo: Repo) -> None:
    repo.brings(sh={"command": "sh", "args": ["-c", "true"]})
    record = {"hash": SHELL_HASH, "status": "rejected"}
    store = clients.home / ".qwen/mcpApprovals.json"
    store.write_text(json.dumps({str(repo.root): {"sh": record, "other": None}}))
    adopted.add_project(str(repo.root))
    assert lines(asked(adopted)).keys() == {"sh"}


def test_a_look_without_an_engine_knows_of_it_too(adopted: Engine, world: World, repo: Repo, trust: Trust) -> None:
    adopted.add_project(str(repo.root))
    trust.project(enabledMcpjsonServers=["db"])
    plan = look(world).plan
    assert (plan.decisions, [target.path for target in plan.targets]) == ((), [repo.own])


def test_the_stores_are_watched(adopted: Engine, clients: Clients) -> None:
    assert clients.home / ".qwen/mcpApprovals.json" in adopted.paths()
    assert clients.home / ".claude/settings.json" in adopted.paths()
