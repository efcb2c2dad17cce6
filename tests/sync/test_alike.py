"""One answer for every open question of a kind: what the first of many is told holds for the others of its scope."""

from __future__ import annotations

import json

import pytest

from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.terms.decisions import CONFLICT, WIDER
from aisync_desktop.sync.terms.errors import DecisionChangedError
from tests.helpers.clients import Clients

COMMANDS = ["git status", "git log", "git diff"]


@pytest.fixture
def loosened(engine: Engine, clients: Clients) -> Engine:
    """An engine that asks of three commands whether other clients may run them, too; and of a clash."""
    mine = clients.home / ".claude/settings.json"
    mine.parent.mkdir()
    mine.write_text(json.dumps({"permissions": {"allow": []}}))
    engine.adopt("user")
    mine.write_text(json.dumps({"permissions": {"allow": [f"Bash({one})" for one in COMMANDS]}}))
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    engine.sync("watch")
    return engine


def open_of(engine: Engine, kind: str) -> list[str]:
    return [decision.id for decision in engine.status().decisions if decision.kind == kind]


def allowed(clients: Clients) -> str:
    """Return what another client may do; it has no such file before it is loosened."""
    theirs = clients.home / ".rovodev/config.yml"
    return theirs.read_text() if theirs.exists() else ""


def test_all_of_a_kind_get_the_answer_of_one_and_others_wait(loosened: Engine, clients: Clients) -> None:
    first, *others = open_of(loosened, WIDER)
    assert len(others) == 2
    loosened.decide(first, "copy", alike=True)
    assert open_of(loosened, WIDER) == []
    assert all(command in allowed(clients) for command in COMMANDS)
    assert len(open_of(loosened, CONFLICT)) == 1


def test_what_one_answer_brought_is_taken_back_by_one_undo(loosened: Engine, clients: Clients) -> None:
    before = allowed(clients)
    loosened.decide(open_of(loosened, WIDER)[0], "copy", alike=True)
    loosened.undo()
    assert allowed(clients) == before


def test_leaving_them_alike_leaves_every_client_as_it_is(loosened: Engine, clients: Clients) -> None:
    before = allowed(clients)
    loosened.decide(open_of(loosened, WIDER)[0], "leave", alike=True)
    assert (open_of(loosened, WIDER), allowed(clients)) == ([], before)
    loosened.sync("watch")
    assert allowed(clients) == before


def test_without_that_word_one_question_is_answered(loosened: Engine, clients: Clients) -> None:
    loosened.decide(open_of(loosened, WIDER)[0], "copy")
    assert len(open_of(loosened, WIDER)) == 2
    assert sum(command in allowed(clients) for command in COMMANDS) == 1


def test_a_question_that_changed_meanwhile_lets_none_be_answered(loosened: Engine, clients: Clients) -> None:
    before, asked = allowed(clients), open_of(loosened, WIDER)
    with pytest.raises(DecisionChangedError):
        loosened.decide(asked[0], "copy", "", "another", alike=True)
    assert (allowed(clients), open_of(loosened, WIDER)) == (before, asked)


def test_clashes_are_settled_alike_at_once_and_taken_back_at_once(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    before = clients.commands()
    for client, sign in (("claude-code", '": "'), ("codex", ' = "')):
        for command in ("npx", "uvx"):
            clients.replace(client, f'{sign}{command}"', f'{sign}{command}-{client}"')
    engine.sync("watch")
    first, _ = open_of(engine, CONFLICT)
    receipt = engine.decide(first, "codex", alike=True)
    assert open_of(engine, CONFLICT) == []
    assert {servers["github"] for servers in clients.commands().values()} == {"npx-codex"}
    assert {servers["files"] for servers in clients.commands().values()} == {"uvx-codex"}
    assert [replaced.path for replaced in receipt.written].count(clients.paths["claude-code"]) == 1
    engine.undo()
    assert clients.commands() == before


def test_one_that_the_user_cannot_have_seen_is_not_answered_along(loosened: Engine, clients: Clients) -> None:
    first = open_of(loosened, WIDER)[0]
    mine = clients.home / ".claude/settings.json"
    mine.write_text(mine.read_text().replace("Bash(git diff)", 'Bash(git diff)", "Bash(rm -rf /)'))
    loosened.decide(first, "copy", alike=True)
    assert "rm -rf" not in allowed(clients)
    assert len(open_of(loosened, WIDER)) == 1
