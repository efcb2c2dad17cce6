"""What an answer would write is shown before it is given, byte for byte, and nothing comes of looking at it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import JsonValue

from aisync_desktop.clients.items import Kind
from aisync_desktop.program.world import World
from aisync_desktop.service.operations.previews import AnswerPreview, DecisionPreviewRequest
from aisync_desktop.sync.answering.adoption import ProposalChangedError
from aisync_desktop.sync.answering.deciding import Answer
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.applying.undo_choice import NothingToUndoError
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.terms.errors import ClashLeftError, DecisionChangedError, NoSuchChoiceError, NotWritingError
from tests.helpers.clients import Clients
from tests.sync.question_cases import CANARY, CASES, Case, conflict, lost_text, secret, wider

EVERY = [(case, take, alike) for case in CASES for take in case.takes for alike in (False, True)]


def asked(engine: Engine, kind: str) -> Question:
    return next(engine.question(one.id) for one in engine.status().decisions if one.kind == kind)


def shown(engine: Engine, world: World, question: Question, take: str, **more: object) -> AnswerPreview:
    request = DecisionPreviewRequest.model_validate({"decision": question.id, "take": take, **more})
    return request.run(engine, world)


def written(plan: Plan) -> dict[Path, bytes | None]:
    return {target.path: target.data for target in plan.targets}


def on_disk(paths: dict[Path, bytes | None]) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.exists() else None for path in paths}


@pytest.mark.parametrize(("case", "take", "alike"), EVERY, ids=lambda one: getattr(one, "kind", str(one)))
def test_exactly_what_is_shown_is_written(
    case: Case, take: str, alike: bool, engine: Engine, clients: Clients, world: World
) -> None:
    case.prepare(clients)
    engine.adopt("user")
    case.provoke(engine, clients)
    question = asked(engine, case.kind)
    before = engine.status(), written(engine.plan())
    outcome = engine.preview_answer(Answer(question.id, take, alike=alike))
    files = shown(engine, world, question, take, alike=alike).files
    assert (engine.status(), written(engine.plan())) == before
    receipt = engine.settle(Answer(question.id, take, alike=alike, agreed=outcome.agreed))
    told = written(outcome.plan)
    assert [replaced.path for replaced in receipt.written] == [*told] == [Path(one.path) for one in files]
    assert on_disk(told) == told


def test_before_all_begins_an_answer_is_previewed_without_what_stays_out(
    engine: Engine, clients: Clients, world: World
) -> None:
    clients.add("claude-code", "both")
    clients.add("rovodev", "both", command="uvx")
    engine.plan()
    question = asked(engine, "conflict")
    whole = shown(engine, world, question, "merged", fields={"command": "rovodev"})
    assert whole.result is not None
    assert whole.result["command"] == "uvx"
    without = shown(engine, world, question, "rovodev", without=("qwen-code",))
    assert {one.client for one in whole.files} - {one.client for one in without.files} == {"qwen-code"}
    assert asked(engine, "conflict") == question


@pytest.fixture
def clashing(engine: Engine, clients: Clients) -> Engine:
    engine.adopt("user")
    conflict(engine, clients)
    return engine


def test_a_preview_tells_the_item_the_files_and_what_waits_after_it(
    clashing: Engine, clients: Clients, world: World
) -> None:
    told = shown(clashing, world, asked(clashing, "conflict"), "codex")
    assert (told.item, told.settles, told.still_open, told.paused) == ("mcp/github", (told.settles[0],), (), False)
    assert told.result == {"transport": "stdio", "command": "deno", "args": ["-y", "server-github"]}
    first, *_ = told.files
    assert (first.client, first.name, first.path) == ("claude-code", "Claude Code", str(clients.paths["claude-code"]))
    assert [(one.item, one.change) for one in first.changes] == [("mcp/github", "changed")]
    assert (first.counts[Kind.MCP].changed, first.added, first.removed) == (1, 1, 1)
    gone, come = (next(line for line in first.lines if line.sign == sign) for sign in "-+")
    assert (gone.text.strip(), come.text.strip()) == ('"command": "bunx",', '"command": "deno",')
    assert [come.text[start:end] for start, end in come.spans] == ["deno"]
    assert (gone.old, come.new, first.creates, first.removes, first.hidden) == (6, 6, False, False, False)


def test_what_was_not_agreed_to_is_not_written(clashing: Engine, clients: Clients, world: World) -> None:
    question = asked(clashing, "conflict")
    told = shown(clashing, world, question, "codex")
    clients.add("rovodev", "fresh")
    before = clients.bytes()
    with pytest.raises(ProposalChangedError):
        clashing.settle(Answer(question.id, "codex", agreed=told.agreed))
    assert clients.bytes() == before


@pytest.mark.parametrize("take", ["base", "qwen-code"])
def test_an_answer_that_is_refused_settles_nothing(take: str, engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    lost_text(engine, clients)
    question = asked(engine, "lost-text")
    before = clients.bytes()
    with pytest.raises(ProposalChangedError):
        engine.settle(Answer(question.id, take, agreed="another"))
    engine.sync("watch")
    assert (asked(engine, "lost-text"), clients.bytes()) == (question, before)


def test_what_cannot_be_answered_cannot_be_previewed(clashing: Engine, world: World) -> None:
    question = asked(clashing, "conflict")
    with pytest.raises(NoSuchChoiceError):
        shown(clashing, world, question, "qwen-code")
    with pytest.raises(DecisionChangedError):
        shown(clashing, world, question, "codex", revision="another")
    with pytest.raises(ClashLeftError):
        shown(clashing, world, question, "merged")


def test_a_secret_is_written_and_not_shown(engine: Engine, clients: Clients, world: World) -> None:
    engine.adopt("user")
    secret(engine, clients)
    told = shown(engine, world, asked(engine, "secret"), "copy")
    assert told.files
    assert CANARY not in told.model_dump_json()
    assert all(one.hidden for one in told.files)
    assert any("***" in line.text for one in told.files for line in one.lines if line.sign == "+")


def test_a_secret_that_changes_is_a_line_that_changes(engine: Engine, clients: Clients, world: World) -> None:
    engine.adopt("user")
    secret(engine, clients)
    engine.decide(asked(engine, "secret").id, "copy")
    other = CANARY[::-1].replace("_phg", "") + "x"
    clients.replace("claude-code", CANARY, f"ghp_{other}")
    clients.replace("codex", CANARY, f"ghp_{other[::-1]}")
    engine.sync("watch")
    told = shown(engine, world, asked(engine, "conflict"), "codex")
    assert other not in told.model_dump_json()
    signs = [line.sign for line in told.files[0].lines if "***" in line.text]
    assert signs == ["-", "+"]


def test_a_value_without_end_is_shown_in_part(engine: Engine, clients: Clients, world: World) -> None:
    engine.adopt("user")
    clients.replace(
        "claude-code", '"command": "npx"', f'"env": {{"BIG": "{"some words " * 10_000}"}}, "command": "npx"'
    )
    clients.replace("codex", 'command = "npx"', f'command = "npx"\nenv = {{BIG = "{"other words " * 10_000}"}}')
    engine.sync("watch")
    told = shown(engine, world, asked(engine, "conflict"), "codex")
    assert all(len(line.text) < 5_000 for one in told.files for line in one.lines)


def test_who_would_be_allowed_more_is_named(engine: Engine, clients: Clients, world: World) -> None:
    engine.adopt("user")
    wider(engine, clients)
    told = shown(engine, world, asked(engine, "wider"), "copy")
    assert {(one.before, one.after) for one in told.loosens} == {("", "allow")}
    assert {one.client for one in told.loosens} == {one.client for one in told.files}
    assert shown(engine, world, asked(engine, "wider"), "leave").loosens == ()


def test_a_file_that_cannot_be_read_gets_it_later(clashing: Engine, clients: Clients, world: World) -> None:
    clients.paths["rovodev"].write_text("{ broken")
    clashing.sync("watch")
    told = shown(clashing, world, asked(clashing, "conflict"), "codex")
    assert [(one.client, one.path) for one in told.behind] == [("rovodev", str(clients.paths["rovodev"]))]


def test_a_client_that_is_switched_off_is_left_alone_and_said_to_be(
    clashing: Engine, clients: Clients, world: World
) -> None:
    clashing.switch(clashing._rounds.survey.endpoints[0].scope, "rovodev", on=False)
    told = shown(clashing, world, asked(clashing, "conflict"), "codex")
    assert "preview.off" in {one.why.code for one in told.behind if one.client == "rovodev"}
    assert "rovodev" not in {one.client for one in told.files}


def test_while_nothing_is_written_it_is_shown_what_would_be(clashing: Engine, world: World) -> None:
    clashing.pause_for()
    question = asked(clashing, "conflict")
    told = shown(clashing, world, question, "codex")
    assert (told.paused, bool(told.files)) == (True, True)
    with pytest.raises(NotWritingError):
        clashing.decide(question.id, "codex")


def test_what_a_client_cannot_have_is_said_in_words(engine: Engine, clients: Clients, world: World) -> None:
    clients.replace("codex", 'command = "uvx"', 'command = "uvx"\nstartup_timeout_sec = 7')
    engine.adopt("user")
    clients.replace("claude-code", '"command": "uvx"', '"command": "uv"')
    clients.replace("codex", 'command = "uvx"', 'command = "pipx"')
    engine.sync("watch")
    told = shown(engine, world, asked(engine, "conflict"), "codex")
    left = next(one for one in told.left_out if one.client == "claude-code")
    assert (left.item, left.field, left.name) == ("mcp/files", "startup_timeout_ms", "Claude Code")
    assert left in next(one for one in told.files if one.client == "claude-code").left_out


def test_what_an_assistant_asked_for_is_previewed_as_far_as_it_is_an_answer(clashing: Engine, world: World) -> None:
    question = asked(clashing, "conflict")
    wanted: dict[str, JsonValue] = {"decision": question.id, "take": "codex", "revision": question.revision}
    proposed = clashing.propose_for("decide", wanted, "codex")
    allowed = DecisionPreviewRequest(decision=proposed.id, take="allow").run(clashing, world)
    assert allowed.settles == (proposed.id, question.id)
    assert allowed.files == shown(clashing, world, question, "codex").files
    left = DecisionPreviewRequest(decision=proposed.id, take="leave").run(clashing, world)
    assert (left.settles, left.files) == ((proposed.id,), ())
    other = clashing.propose_for("undo", {}, "codex")
    with pytest.raises(NothingToUndoError):
        DecisionPreviewRequest(decision=other.id, take="allow").run(clashing, world)
    setting = clashing.propose_for("setting-set", {"name": "language", "value": "ko"}, "codex")
    assert DecisionPreviewRequest(decision=setting.id, take="allow").run(clashing, world).files == ()


def test_a_text_is_shown_by_its_lines(engine: Engine, clients: Clients, world: World) -> None:
    rules = clients.home / ".claude" / "CLAUDE.md"
    rules.parent.mkdir()
    rules.write_text("one\n\ntwo\n")
    engine.adopt("user")
    rules.write_text("ONE\n\ntwo\n")
    (clients.home / ".codex" / "AGENTS.md").write_text("1\n\ntwo\n")
    engine.sync("watch")
    told = shown(engine, world, asked(engine, "conflict"), "codex")
    file = next(one for one in told.files if one.path == str(rules))
    assert (file.kinds, file.counts[Kind.RULES].added, file.counts[Kind.RULES].removed) == (("rules",), 1, 1)
    assert json.loads(file.model_dump_json())["lines"][0]["sign"] == "-"
