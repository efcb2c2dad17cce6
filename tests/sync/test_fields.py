"""Where sides changed an item in different ways, each field that differs can be taken from the side that is right."""

from __future__ import annotations

import pytest

from aisync_desktop.sync.answering.deciding import Answer
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.terms.errors import FieldsOpenError, NoSuchChoiceError, NoSuchFieldError
from tests.helpers.clients import Clients


@pytest.fixture
def clashing(engine: Engine, clients: Clients) -> Engine:
    """An engine that asks about a server of which two fields clash, and two are changed at one client each."""
    engine.adopt("user")
    old = '"command": "npx",\n      "args": ["-y", "server-github"]'
    clients.replace("claude-code", old, '"command": "bunx", "args": ["-y", "one"], "env": {"A": "1"}')
    clients.replace("codex", 'command = "npx"', 'command = "deno"\nenv = { B = "2" }')
    clients.replace("codex", '["-y", "server-github"]', '["-y", "two"]')
    engine.sync("watch")
    return engine


def only(engine: Engine) -> Question:
    (line,) = engine.status().decisions
    return engine.question(line.id)


def take(engine: Engine, **fields: str) -> None:
    named = {name.replace("__", "."): side for name, side in fields.items()}
    engine.settle(Answer(only(engine).id, "merged", fields=named))


def test_a_question_says_which_fields_clash_and_whose_value_the_others_have(clashing: Engine) -> None:
    told = {one.field: (one.clashes, one.merged_from) for one in only(clashing).differences}
    assert told == {
        "command": (True, ""),
        "args": (True, ""),
        "env.A": (False, "claude-code"),
        "env.B": (False, "codex"),
    }


def test_each_field_comes_from_the_side_that_was_chosen_and_the_rest_is_merged(
    clashing: Engine, clients: Clients
) -> None:
    take(clashing, command="codex", args="claude-code")
    for client in clients.paths:
        server = clients.servers(client)["github"]
        assert (server["command"], server["args"]) == ("deno", ["-y", "one"])
        assert server["env"] == {"A": "1", "B": "2"}
    assert clashing.status().decisions == ()


def test_a_field_can_be_as_before_and_a_merged_one_as_another_side_says_it(clashing: Engine, clients: Clients) -> None:
    take(clashing, command="base", args="codex", env__A="codex", env__B="base")
    server = clients.servers("qwen-code")["github"]
    assert (server["command"], server["args"], "env" in server) == ("npx", ["-y", "two"], False)


def test_a_field_that_clashes_and_is_not_chosen_lets_nothing_be_written(clashing: Engine, clients: Clients) -> None:
    before = clients.bytes()
    with pytest.raises(FieldsOpenError) as refused:
        take(clashing, command="codex")
    assert "args" in refused.value.message.english()
    assert "command" not in refused.value.message.english()
    assert clients.bytes() == before
    assert len(clashing.status().decisions) == 1


def test_a_field_that_does_not_differ_and_a_side_that_is_none_are_refused(clashing: Engine) -> None:
    with pytest.raises(NoSuchFieldError):
        take(clashing, cwd="codex")
    with pytest.raises(NoSuchChoiceError):
        take(clashing, command="qwen-code", args="codex")
    with pytest.raises(NoSuchChoiceError):
        clashing.settle(Answer(only(clashing).id, "codex", fields={"command": "codex"}))


def test_a_secret_comes_from_the_chosen_side_without_being_told(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    one, other = (f"ghp_{sign * 36}" for sign in ("a1B2", "z9Y8"))
    clients.replace("claude-code", '"command": "npx"', f'"env": {{"TOKEN": "{one}"}}, "command": "bunx"')
    clients.replace("codex", 'command = "npx"', f'command = "deno"\nenv = {{ TOKEN = "{other}" }}')
    engine.sync("watch")
    question = next(engine.question(line.id) for line in engine.status().decisions if line.kind == "conflict")
    assert one not in question.model_dump_json()
    engine.settle(Answer(question.id, "merged", fields={"command": "claude-code", "env.TOKEN": "claude-code"}))
    assert clients.servers("claude-code")["github"]["env"] == {"TOKEN": one}
    (asked,) = engine.status().decisions
    engine.decide(asked.id, "copy")
    assert clients.servers("codex")["github"]["command"] == "bunx"
    assert clients.servers("codex")["github"]["env"] == {"TOKEN": one}


@pytest.fixture
def moved(engine: Engine, clients: Clients) -> Engine:
    """An engine that asks about a server that is at an address by now, of which another client changed the command."""
    engine.adopt("user")
    old = '"type": "stdio",\n      "command": "npx",\n      "args": ["-y", "server-github"]'
    clients.replace("claude-code", old, '"type": "http", "url": "https://a.example/mcp"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    engine.sync("watch")
    return engine


def test_a_server_that_is_at_an_address_by_now_has_no_command_in_what_does_not_clash(moved: Engine) -> None:
    assert only(moved).merged == {"transport": "http", "url": "https://a.example/mcp"}


def test_who_takes_the_address_need_not_choose_a_command(moved: Engine, clients: Clients) -> None:
    take(moved, url="claude-code")
    assert clients.servers("codex")["github"] == {"url": "https://a.example/mcp"}


def test_who_takes_the_command_gets_no_address(moved: Engine, clients: Clients) -> None:
    take(moved, transport="base", url="base", command="codex", args="codex")
    assert clients.servers("claude-code")["github"]["command"] == "deno"
    assert "url" not in clients.servers("claude-code")["github"]


def test_lines_of_a_text_that_do_not_clash_are_merged_where_another_field_does(
    engine: Engine, clients: Clients
) -> None:
    rule = clients.home / ".claude" / "CLAUDE.md"
    rule.parent.mkdir()
    rule.write_text("one\n\ntwo\n\nthree\n")
    engine.adopt("user")
    rule.write_text("ONE\n\ntwo\n\nthree\n")
    (clients.home / ".codex" / "AGENTS.md").write_text("one\n\ntwo\n\nTHREE\n")
    (clients.home / ".qwen" / "QWEN.md").write_text("1\n\ntwo\n\nthree\n")
    engine.sync("watch")
    question = only(engine)
    assert [(one.field, one.clashes) for one in question.differences] == [("text", True)]
    engine.settle(Answer(question.id, "merged", fields={"text": "codex"}))
    assert rule.read_text() == "one\n\ntwo\n\nTHREE\n"
