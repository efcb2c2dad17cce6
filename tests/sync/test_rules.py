"""Rules in the whole engine: one text for all, what imports it, and folders of scoped rules."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.reports.doctor import examine
from aisync_desktop.sync.reports.preview import look
from tests.helpers.clients import Clients

RULES = "# Rules\n\nUse tabs.\n\nTest first.\n\nBe kind.\n"


@pytest.fixture
def home(engine: Engine, clients: Clients) -> Path:
    (clients.home / ".claude").mkdir()
    (clients.home / ".claude" / "CLAUDE.md").write_text(RULES)
    engine.adopt("user")
    return clients.home


@pytest.fixture
def repo(engine: Engine, home: Path, tmp_path: Path) -> Path:
    assert home.is_dir()
    root = tmp_path / "repo"
    root.mkdir()
    (root / "CLAUDE.md").write_text(RULES)
    engine.add_project(str(root))
    return root


def copies(home: Path) -> list[Path]:
    return [home / ".claude/CLAUDE.md", home / ".codex/AGENTS.md", home / ".qwen/QWEN.md", home / ".rovodev/AGENTS.md"]


def test_the_users_text_reaches_every_client(home: Path) -> None:
    assert [path.read_text() for path in copies(home)] == [RULES] * 4


def test_edits_of_different_paragraphs_merge(engine: Engine, home: Path) -> None:
    claude, codex, *_ = copies(home)
    claude.write_text(RULES.replace("tabs", "spaces"))
    codex.write_text(RULES.replace("kind", "brief"))
    engine.sync("watch")
    merged = RULES.replace("tabs", "spaces").replace("kind", "brief")
    assert [path.read_text() for path in copies(home)] == [merged] * 4
    assert engine.status().health is Health.IN_STEP


def test_edits_of_one_line_are_asked_about_and_nothing_else_is_held(
    engine: Engine, home: Path, clients: Clients
) -> None:
    claude, codex, qwen, _ = copies(home)
    claude.write_text(RULES.replace("tabs", "spaces"))
    codex.write_text(RULES.replace("tabs", "nothing"))
    clients.add("codex", "fresh")
    engine.sync("watch")
    decision = engine.status().decisions[0]
    assert (decision.kind, decision.item) == ("conflict", "rules/shared")
    assert qwen.read_text() == RULES
    assert "fresh" in clients.servers("claude-code")
    engine.decide(decision.id, "codex")
    assert [path.read_text() for path in copies(home)] == [RULES.replace("tabs", "nothing")] * 4


def test_a_rule_file_that_vanished_is_no_wish_to_have_no_rules(engine: Engine, home: Path) -> None:
    claude, codex, *_ = copies(home)
    codex.unlink()
    engine.sync("watch")
    assert claude.read_text() == RULES
    assert engine.status().health is Health.PENDING


@pytest.mark.parametrize("blank", ["", "\n", "  \r\n\t"])
def test_a_rule_file_that_was_emptied_is_no_wish_to_have_no_rules(engine: Engine, home: Path, blank: str) -> None:
    claude, codex, *_ = copies(home)
    codex.write_text(blank)
    engine.sync("user", patient=False)
    assert claude.read_text() == RULES
    assert engine.status().health is Health.PENDING


def test_a_projects_text_becomes_the_shared_one(repo: Path) -> None:
    assert (repo / "AGENTS.md").read_text() == RULES
    assert (repo / "CLAUDE.md").read_text() == RULES
    assert sorted(path.name for path in repo.iterdir()) == ["AGENTS.md", "CLAUDE.md"]


def test_a_project_with_only_the_shared_text_gets_the_file_that_imports_it(
    engine: Engine, home: Path, tmp_path: Path
) -> None:
    assert home.is_dir()
    root = tmp_path / "other"
    root.mkdir()
    (root / "AGENTS.md").write_text(RULES)
    engine.add_project(str(root))
    assert (root / "CLAUDE.md").read_text() == "@AGENTS.md\n"
    assert (root / "AGENTS.md").read_text() == RULES
    (root / "AGENTS.md").write_text(RULES.replace("kind", "brief"))
    engine.sync("watch")
    assert (root / "CLAUDE.md").read_text() == "@AGENTS.md\n"
    assert engine.status().health is Health.IN_STEP


def test_scoped_rules_cross_between_the_folders_that_know_them(engine: Engine, repo: Path) -> None:
    folder = repo / ".claude" / "rules"
    (folder / "web").mkdir(parents=True)
    rule = '---\npaths:\n  - "src/**/*.ts"\n---\n\nNo any.\n'
    (folder / "ts.md").write_text(rule)
    (folder / "web" / "css.md").write_text(rule)
    engine.sync("watch")
    assert "No any." in (repo / ".qwen" / "rules" / "ts.md").read_text()
    assert "src/**/*.ts" in (repo / ".qwen" / "rules" / "web" / "css.md").read_text()
    assert engine.status().health is Health.IN_STEP


def test_a_scoped_rule_that_is_deleted_goes_everywhere(engine: Engine, repo: Path) -> None:
    (repo / ".claude" / "rules").mkdir(parents=True)
    (repo / ".claude" / "rules" / "ts.md").write_text("No any.\n")
    engine.sync("watch")
    (repo / ".claude" / "rules" / "ts.md").unlink()
    engine.sync("user", patient=False)
    assert not (repo / ".qwen" / "rules" / "ts.md").exists()
    assert engine.status().health is Health.IN_STEP


def with_clients(clients: Clients, *names: str) -> None:
    for name in names:
        (clients.home / name).parent.mkdir(parents=True, exist_ok=True)
        (clients.home / name).write_text("{}\n")


COPILOT, VSCODE = ".copilot/config.json", ".config/Code/User/settings.json"
SCOPED = '---\npaths:\n  - "src/**/*.ts"\n---\n\nNo any.\n'


def test_a_rule_is_not_written_where_all_readers_have_it_from_another_folder(
    engine: Engine, clients: Clients, repo: Path
) -> None:
    with_clients(clients, COPILOT)
    (repo / ".claude" / "rules").mkdir(parents=True)
    (repo / ".claude" / "rules" / "ts.md").write_text(SCOPED)
    engine.sync("watch")
    assert not (repo / ".github").exists()
    assert (repo / ".qwen" / "rules" / "ts.md").exists()
    assert engine.plan().covered(engine.projects[0], "copilot-cli") > 0
    assert engine.status().health is Health.IN_STEP


@pytest.mark.skipif(sys.platform != "linux", reason="the folder of one system")
def test_a_rule_is_written_where_one_reader_has_it_from_nowhere_else(
    engine: Engine, clients: Clients, repo: Path
) -> None:
    with_clients(clients, COPILOT, VSCODE)
    (repo / ".claude" / "rules").mkdir(parents=True)
    (repo / ".claude" / "rules" / "ts.md").write_text(SCOPED)
    engine.sync("watch")
    assert "src/**/*.ts" in (repo / ".github" / "instructions" / "ts.instructions.md").read_text()
    assert engine.status().health is Health.IN_STEP


def test_a_rule_that_only_the_own_folder_can_say_is_written_there(engine: Engine, clients: Clients, repo: Path) -> None:
    with_clients(clients, COPILOT)
    folder = repo / ".github" / "instructions"
    folder.mkdir(parents=True)
    (folder / "ts.instructions.md").write_text('---\napplyTo: "src/**/*.ts"\ndescription: Types\n---\n\nNo any.\n')
    engine.sync("watch")
    assert (repo / ".claude" / "rules" / "ts.md").read_text() == SCOPED.replace('"', "")
    assert "copilot-cli" not in {loss.client for _, loss in engine.plan().losses if loss.field == "description"}
    assert engine.status().health is Health.IN_STEP


def test_a_rule_that_a_client_reads_twice_is_told(engine: Engine, clients: Clients, repo: Path, world: World) -> None:
    with_clients(clients, COPILOT)
    folder = repo / ".github" / "instructions"
    folder.mkdir(parents=True)
    (folder / "ts.instructions.md").write_text('---\napplyTo: "src/**/*.ts"\n---\n\nNo any.\n')
    engine.sync("watch")
    twice = [one for one in examine(look(world), world) if one.code == "doctor.twice"]
    assert [(one.client, one.path) for one in twice] == [("copilot-cli", str(folder / "ts.instructions.md"))]


def test_no_client_takes_over_a_folder_that_it_only_reads(engine: Engine, clients: Clients, repo: Path) -> None:
    with_clients(clients, COPILOT)
    shutil.rmtree(clients.home / ".claude")
    clients.paths["claude-code"].unlink()
    folder = repo / ".github" / "instructions"
    folder.mkdir(parents=True)
    (folder / "ts.instructions.md").write_text('---\napplyTo: "src/**/*.ts"\n---\n\nNo any.\n')
    engine.sync("watch")
    assert not (repo / ".claude").exists()
    assert (repo / ".qwen" / "rules" / "ts.md").exists()


@pytest.mark.parametrize("client", [".augment/settings.json", ".continue/config.yaml"])
def test_the_users_text_is_a_file_in_the_folder_where_a_client_has_no_other_place_for_it(
    engine: Engine, clients: Clients, client: str
) -> None:
    file = clients.home / client
    file.parent.mkdir()
    file.write_text("{}")
    claude, _, _, _ = copies(clients.home)
    claude.parent.mkdir()
    claude.write_text(RULES)
    engine.adopt("user")
    shared = file.parent / "rules" / "AGENTS.md"
    assert shared.read_text() == RULES
    shared.write_text(RULES.replace("tabs", "spaces"))
    engine.sync("watch")
    assert claude.read_text() == RULES.replace("tabs", "spaces")
