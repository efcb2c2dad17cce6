"""What AISync writes as the shared rules reaches the model, at clients that have no one file for them, too."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.helpers.program import aisync, answer
from tests.oracles.clients import RealClient, only
from tests.oracles.sandbox import PROGRAMS, Sandbox, cannot

_PORT = 8766
_USERS, _PROJECTS = "Answer in short words.", "Build with the makefile."
_CONTINUE = """name: Local
version: 1.0.0
schema: v1
models:
  - {{name: probe, provider: openai, model: probe, apiKey: dummy, apiBase: "http://127.0.0.1:{port}/v1"}}
"""


class Reader(NamedTuple):
    """A client that has no one file of rules, and how it is made to tell what it reads."""

    id: str
    file: str  # by which it is known to be there
    content: str
    command: tuple[str, ...]
    tells: bool  # it names the files that it always reads; else its model is told their text


READERS = (
    Reader("auggie", ".augment/settings.json", "{}", ("auggie", "rules", "list"), tells=True),
    Reader("continue", ".continue/config.yaml", _CONTINUE.format(port=_PORT), ("cn", "-p", "hello"), tells=False),
)


@pytest.fixture(params=READERS, ids=lambda reader: reader.id)
def reader(request: pytest.FixtureRequest, isolated_home: Path) -> Reader:
    found: Reader = request.param
    if not (PROGRAMS / ".bin" / found.command[0]).exists():
        pytest.skip(f"{found.command[0]} is not installed")
    if reason := cannot():
        pytest.skip(reason)
    path = isolated_home / found.file
    path.parent.mkdir()
    path.write_text(found.content, encoding="utf-8")
    return found


def test_shared_rules_are_read_always(reader: Reader, box: Sandbox) -> None:
    claude = box.home / ".claude" / "CLAUDE.md"
    claude.parent.mkdir()
    claude.write_text(f"{_USERS}\n", encoding="utf-8")
    assert box.run("git", "init", "--quiet").code == 0
    (box.folder / "AGENTS.md").write_text(f"{_PROJECTS}\n", encoding="utf-8")
    assert aisync("init", "--yes").returncode == 0
    assert aisync("project", "add", str(box.folder), "--yes").stderr == ""
    assert answer("status")["health"] == "in-step"
    rules = box.home / Path(reader.file).parent / "rules" / "AGENTS.md"
    assert rules.read_text(encoding="utf-8") == f"{_USERS}\n"
    heard = box.listened_to(_PORT, *reader.command)
    assert all(said in heard for said in ((str(rules), "AGENTS.md (always") if reader.tells else (_USERS, _PROJECTS)))


@only("claude-code")
@pytest.mark.parametrize("beside", ["", "CLAUDE.md", "CLAUDE.local.md", ".claude/CLAUDE.md"])
def test_claude_reads_agents_md_by_itself_where_nothing_of_its_own_is_beside_it(
    client: RealClient, box: Sandbox, beside: str
) -> None:
    assert box.run("git", "init", "--quiet").code == 0
    (box.folder / "AGENTS.md").write_text(f"{_PROJECTS}\n", encoding="utf-8")
    if beside:
        path = box.folder / beside
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{_USERS}\n", encoding="utf-8")
    environment = {"ANTHROPIC_API_KEY": "dummy", "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{_PORT}"}
    heard = box.listened_to(_PORT, client.program, "-p", "hello", environment=environment)
    assert (_PROJECTS in heard, _USERS in heard) == (not beside, bool(beside))
