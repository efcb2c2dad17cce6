"""A question tells all that the user needs: what each side would have, what was agreed, what is left; no secret."""

from __future__ import annotations

import pytest

from aisync_desktop.sync.answering.deciding import Answer
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.terms.errors import DecisionChangedError, NoSuchDecisionError
from tests.helpers.clients import Clients


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    engine.adopt("user")
    return engine


@pytest.fixture
def clashing(adopted: Engine, clients: Clients) -> Engine:
    clients.replace("claude-code", '"command": "npx"', '"env": {"A": "1"}, "command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"\nenv = { B = "2" }')
    adopted.sync("watch")
    return adopted


def _only(engine: Engine) -> Question:
    (line,) = engine.status().decisions
    return engine.question(line.id)


def test_a_conflict_shows_each_side_the_base_and_what_does_not_clash(clashing: Engine, clients: Clients) -> None:
    question = _only(clashing)
    assert question.base is not None
    assert question.base["command"] == "npx"
    claude, codex = question.sides
    assert (claude.take, claude.name, claude.path) == ("claude-code", "Claude Code", str(clients.paths["claude-code"]))
    assert claude.fields == {**question.base, "command": "bunx", "env": {"A": "1"}}
    assert claude.changed == ("command", "env.A")
    assert codex.fields == {**question.base, "command": "deno", "env": {"B": "2"}}
    assert claude.written_at is not None
    assert question.merged == {**question.base, "env": {"A": "1", "B": "2"}} == question.draft
    assert question.choices == ("claude-code", "codex", "base", "merged")


def test_a_question_says_what_is_alike_when_it_came_up_and_which_words_changed(clashing: Engine) -> None:
    question = _only(clashing)
    assert (question.item_kind, question.name, question.same) == ("mcp", "github", ("transport", "args"))
    command = next(one for one in question.differences if one.field == "command")
    assert {
        take: [line[slice(*span)] for span in command.spans[take]] for take, line in command.sides.items() if line
    } == {
        "claude-code": ["bunx"],
        "codex": ["deno"],
    }
    assert next(one for one in question.differences if one.field == "env.A").spans == {}
    assert question.asked_at is not None
    assert clashing.questions() == (question,)


def test_a_question_that_is_not_written_down_yet_came_up_at_no_time(engine: Engine, clients: Clients) -> None:
    clients.add("rovodev", "github", "deno")
    assert _only(engine).asked_at is None


def test_what_a_client_cannot_express_does_not_look_as_if_it_had_taken_it_away(
    engine: Engine, clients: Clients
) -> None:
    clients.replace("codex", 'command = "uvx"', 'command = "uvx"\nstartup_timeout_sec = 7')
    engine.adopt("user")
    clients.replace("claude-code", '"command": "uvx"', '"command": "uv"')
    clients.replace("codex", 'command = "uvx"', 'command = "pipx"')
    engine.sync("watch")
    question = _only(engine)
    assert question.base is not None
    assert "startup_timeout_ms" in question.base
    assert [side.changed for side in question.sides] == [("command",), ("command",)]


def test_where_all_clashes_nothing_is_merged_and_a_draft_begins_with_what_was_agreed(
    adopted: Engine, clients: Clients
) -> None:
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    adopted.sync("watch")
    question = _only(adopted)
    assert question.merged is None
    assert question.draft == question.base


def test_what_all_sides_say_of_a_new_item_is_no_matter_of_choice(adopted: Engine, clients: Clients) -> None:
    clients.add("codex", "new", "one")
    clients.add("qwen-code", "new", "other")
    adopted.sync("watch")
    (question,) = adopted.questions()
    assert {one.field: one.clashes for one in question.differences} == {"command": True, "transport": False}
    adopted.settle(Answer(question.id, "merged", fields={"command": "codex"}))
    assert {commands["new"] for commands in clients.commands().values()} == {"one"}


def test_a_text_is_drafted_with_all_that_does_not_clash(adopted: Engine, clients: Clients) -> None:
    (clients.home / ".claude" / "CLAUDE.md").parent.mkdir()
    (clients.home / ".claude" / "CLAUDE.md").write_text("one\n\nmiddle\n\nlast\n")
    adopted.sync("user")
    (clients.home / ".claude" / "CLAUDE.md").write_text("ONE\n\nmiddle\n\nlast\n\nby claude\n")
    (clients.home / ".codex" / "AGENTS.md").write_text("Eins\n\nmiddle\n\nlast\n")
    adopted.sync("watch")
    question = _only(adopted)
    assert question.draft is not None
    assert question.draft["text"] == "ONE\n\nmiddle\n\nlast\n\nby claude\n"
    assert {side.name for side in question.sides} == {"Claude Code", "Codex CLI"}


def test_a_mass_deletion_lists_what_is_gone(adopted: Engine, clients: Clients) -> None:
    clients.paths["codex"].write_text('model = "o3"\n')
    adopted.sync("watch")
    question = _only(adopted)
    assert question.gone == ("files", "github")
    assert question.choices == ("codex", "base")
    assert (question.sides[0].fields, question.merged, question.draft) == (None, None, None)


def test_a_secret_is_not_told(adopted: Engine, clients: Clients) -> None:
    canary = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
    entry = f'"mcpServers": {{"s": {{"command": "x", "env": {{"TOKEN": "{canary}"}}}},'
    clients.replace("claude-code", '"mcpServers": {', entry)
    adopted.sync("watch")
    question = _only(adopted)
    assert question.choices == ("copy", "launch", "leave")
    assert "secret:" in question.model_dump_json()
    assert canary not in question.model_dump_json()


def test_a_leaked_value_is_not_told_even_if_it_looks_like_no_secret(engine: Engine, clients: Clients) -> None:
    clients.replace("claude-code", '"mcpServers": {', '"mcpServers": {"s": {"command": "x", "args": ["${WHO}", "-v"]},')
    engine.adopt("user")
    clients.replace("qwen-code", "${WHO}", "plainword")
    engine.sync("watch")
    question = _only(engine)
    assert question.kind == "leak"
    assert "plainword" not in question.model_dump_json()
    assert question.sides[0].fields is not None
    assert question.sides[0].fields["args"] == ["••••••••", "-v"]


def test_an_answer_to_what_was_asked_before_writes_nothing(clashing: Engine, clients: Clients) -> None:
    seen = _only(clashing)
    clients.replace("codex", '"deno"', '"uv"')
    before = clients.bytes()
    with pytest.raises(DecisionChangedError):
        clashing.decide(seen.id, "codex", revision=seen.revision)
    assert clients.bytes() == before
    now = clashing.question(seen.id)
    assert now.revision != seen.revision
    clashing.decide(now.id, "codex", revision=now.revision)
    assert {commands["github"] for commands in clients.commands().values()} == {"uv"}


def test_a_look_that_finds_the_same_asks_the_same(clashing: Engine) -> None:
    first = _only(clashing)
    clashing.sync("watch")
    assert _only(clashing) == first


def test_a_question_that_is_not_open_is_refused(adopted: Engine) -> None:
    with pytest.raises(NoSuchDecisionError):
        adopted.question("nonsense")
