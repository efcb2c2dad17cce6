"""`CLAUDE.md` is made only where the Claude Code on this machine does not read `AGENTS.md` by itself."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health
from tests.helpers.clients import Clients

pytestmark = pytest.mark.skipif(os.name == "nt", reason="programs are found otherwise there")
RULES = "Use tabs.\n"


def package(folder: Path, version: str) -> Path:
    """Install Claude Code as npm does; return the folder for the PATH."""
    program = folder / "lib" / "node_modules" / "@anthropic-ai" / "claude-code" / "cli.js"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    manifest = {"name": "@anthropic-ai/claude-code", "version": version}
    (program.parent / "package.json").write_text(json.dumps(manifest))
    return linked(folder, program)


def versioned(folder: Path, version: str) -> Path:
    """Install it as its own installer does."""
    program = folder / "share" / "claude" / "versions" / version
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    return linked(folder, program)


def linked(folder: Path, program: Path) -> Path:
    (folder / "bin").mkdir()
    (folder / "bin" / "claude").symlink_to(program)
    return folder / "bin"


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    return tmp_path / "tools"


@pytest.fixture
def started(world: World, tools: Path) -> Iterator[Engine]:
    """An engine that finds its programs in one folder."""
    opened = open_engine(replace(world, environ={"PATH": str(tools / "bin")}))
    opened.adopt("user")
    yield opened
    opened.close()


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    root.mkdir()
    (root / "AGENTS.md").write_text(RULES)
    return root


@pytest.mark.parametrize("install", [package, versioned])
@pytest.mark.parametrize("version", ["2.1.329", "2.1.400", "3.0.0"])
def test_a_claude_that_reads_agents_md_needs_no_claude_md(
    started: Engine, tools: Path, repo: Path, install: Callable[[Path, str], Path], version: str
) -> None:
    install(tools, version)
    started.add_project(str(repo))
    assert not (repo / "CLAUDE.md").exists()
    (repo / "AGENTS.md").write_text("Use spaces.\n")
    started.sync("watch")
    assert (started.status().health, started.plan().targets) == (Health.IN_STEP, ())


def test_a_claude_that_is_not_on_our_path_is_found_where_its_installer_puts_it(
    started: Engine, clients: Clients, repo: Path
) -> None:
    versioned(clients.home / ".local", "2.1.332")
    started.add_project(str(repo))
    assert not (repo / "CLAUDE.md").exists()


@pytest.mark.parametrize("version", ["2.1.328", "2.1.0", "latest", ""])
def test_an_older_one_and_one_of_which_nothing_is_known_get_it(
    started: Engine, tools: Path, repo: Path, version: str
) -> None:
    package(tools, version)
    started.add_project(str(repo))
    assert (repo / "CLAUDE.md").read_text() == "@AGENTS.md\n"


@pytest.mark.parametrize("beside", ["CLAUDE.local.md", ".claude/CLAUDE.md", "../CLAUDE.md"])
def test_what_keeps_claude_from_reading_it_makes_the_import_needed(
    started: Engine, tools: Path, repo: Path, beside: str
) -> None:
    package(tools, "2.1.332")
    started.add_project(str(repo))
    assert not (repo / "CLAUDE.md").exists()
    (repo / beside).parent.mkdir(exist_ok=True)
    (repo / beside).write_text("mine\n")
    started.sync("watch")
    assert (repo / "CLAUDE.md").read_text() == "@AGENTS.md\n"
    assert (repo / beside).read_text() == "mine\n"


def test_a_claude_md_that_is_there_stays(started: Engine, tools: Path, repo: Path) -> None:
    package(tools, "2.1.332")
    (repo / "CLAUDE.md").write_text("@AGENTS.md\n\nonly for Claude\n")
    started.add_project(str(repo))
    started.sync("watch")
    assert (repo / "CLAUDE.md").read_text() == "@AGENTS.md\n\nonly for Claude\n"


def test_one_that_was_made_for_an_older_claude_stays_and_can_be_taken_away(
    started: Engine, tools: Path, repo: Path
) -> None:
    started.add_project(str(repo))
    assert (repo / "CLAUDE.md").read_text() == "@AGENTS.md\n"
    package(tools, "2.1.332")
    started.sync("watch")
    assert (repo / "CLAUDE.md").exists()
    (repo / "CLAUDE.md").unlink()
    started.sync("watch")
    assert (started.status().health, (repo / "CLAUDE.md").exists()) == (Health.IN_STEP, False)
    assert (repo / "AGENTS.md").read_text() == RULES


def test_rules_from_elsewhere_are_written_where_claude_reads_them(started: Engine, tools: Path, repo: Path) -> None:
    package(tools, "2.1.332")
    (repo / "AGENTS.md").unlink()
    started.add_project(str(repo))
    (repo / "AGENTS.md").write_text(RULES)
    started.sync("watch")
    assert not (repo / "CLAUDE.md").exists()
    assert started.status().health is Health.IN_STEP
