"""Before anything is written it is shown what was found, each file as it will be, and what is asked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.clients.items import Kind
from aisync_desktop.program.world import World
from aisync_desktop.service.operations.previews import ProposalRequest
from aisync_desktop.service.operations.syncing import ApplyRequest
from aisync_desktop.sync.answering.adoption import ProposalChangedError
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Writing
from aisync_desktop.sync.reports.consent import Proposal
from aisync_desktop.sync.terms.coverage import UnknownTargetError
from tests.helpers.clients import Clients
from tests.sync.question_cases import CANARY


def shown(engine: Engine, world: World, **terms: Any) -> Proposal:
    return ProposalRequest.model_validate(terms).run(engine, world)


def begin(engine: Engine, world: World, proposal: Proposal, **terms: Any) -> None:
    ApplyRequest.model_validate({**terms, "adopt": True, "agreed": proposal.agreed}).run(engine, world)


def paths(found: Iterable[Any]) -> set[str]:
    return {one.path for one in found}


def test_each_file_tells_whose_it_is_what_changes_and_how_much(engine: Engine, clients: Clients, world: World) -> None:
    rules = clients.home / ".claude" / "CLAUDE.md"
    rules.parent.mkdir()
    rules.write_text("Be kind.\n\nBe brief.\n")
    told = {one.path: one for one in shown(engine, world).files}
    codex = told[str(clients.paths["codex"])]
    assert (codex.client, codex.name, codex.kinds, codex.creates) == ("codex", "Codex CLI", (Kind.MCP,), False)
    assert [(one.item, one.change) for one in codex.changes] == [("mcp/github", "added")]
    assert (codex.counts[Kind.MCP].added, codex.removed, codex.items) == (1, 0, 1)
    assert any(line.sign == "+" and "[mcp_servers.github]" in line.text for line in codex.lines)
    mine = told[str(clients.home / ".codex" / "AGENTS.md")]
    assert (mine.creates, mine.kinds, mine.counts[Kind.RULES].added) == (True, (Kind.RULES,), 3)


def test_each_file_that_is_written_is_counted(engine: Engine, clients: Clients, world: World) -> None:
    counted: list[Writing] = []
    engine.tell_writing(counted.append)
    proposal = shown(engine, world)
    assert counted == []
    begin(engine, world, proposal)
    count = len(proposal.files)
    assert counted == [Writing(done, count) for done in range(1, count + 1)]
    clients.add("codex", "fresh")
    engine.sync("watch")
    assert counted[count:] == [Writing(done, 3) for done in (1, 2, 3)]


def test_files_that_stay_and_clients_that_were_found_are_listed(engine: Engine, clients: Clients, world: World) -> None:
    rules = clients.home / ".claude" / "CLAUDE.md"
    rules.parent.mkdir()
    rules.write_text("Be kind.\n")
    clients.paths["rovodev"].write_text("{ broken")
    told = shown(engine, world)
    assert str(rules) in paths(told.stays)
    assert str(clients.paths["rovodev"]) not in paths(told.stays)
    assert not paths(told.stays) & paths(told.files)
    found = {one.client: one for one in told.clients}
    claude, rovo = found["claude-code"], found["rovodev"]
    assert (claude.name, claude.items, claude.kinds) == ("Claude Code", 2, {Kind.MCP: 1, Kind.RULES: 1})
    assert set(claude.files) >= {str(clients.paths["claude-code"]), str(rules)}
    assert (claude.on, claude.problems, len(rovo.problems)) == (True, (), 1)
    assert told.problems == 1


@pytest.fixture
def differing(clients: Clients) -> Clients:
    """Clients that have two servers each, of which they say different things."""
    for client, command in (("qwen-code", "bunx"), ("rovodev", "deno")):
        clients.add(client, "github", command)
        clients.add(client, "extra", command)
    return clients


def test_questions_are_grouped_and_answers_change_the_list(engine: Engine, differing: Clients, world: World) -> None:
    told = shown(engine, world)
    (group,) = told.asked
    assert (group.kind, group.item_kind, len(group.decisions)) == ("conflict", Kind.MCP, 2)
    assert told.questions == 2
    first = group.decisions[0]
    answers = [{"decision": first.id, "take": "rovodev", "revision": first.revision, "alike": True}]
    then = shown(engine, world, answers=answers)
    assert then.asked == ()
    begin(engine, world, then, answers=answers)
    commands = differing.commands()
    assert {servers["extra"] for servers in commands.values()} == {"deno"}
    assert {servers["github"] for servers in commands.values()} == {"deno"}


def test_what_is_answered_alike_is_not_answered_again(engine: Engine, differing: Clients, world: World) -> None:
    first, second = shown(engine, world).asked[0].decisions
    answers = [
        {"decision": first.id, "take": "rovodev", "alike": True},
        {"decision": second.id, "take": "qwen-code"},
    ]
    begin(engine, world, shown(engine, world, answers=answers), answers=answers)
    commands = differing.commands()
    assert {servers[name] for servers in commands.values() for name in ("extra", "github")} == {"deno"}


def test_each_question_can_be_answered_by_itself(engine: Engine, differing: Clients, world: World) -> None:
    first, second = shown(engine, world).asked[0].decisions
    answers = [{"decision": first.id, "take": "rovodev"}, {"decision": second.id, "take": "qwen-code"}]
    begin(engine, world, shown(engine, world, answers=answers), answers=answers)
    commands = differing.commands()
    assert {servers[first.name] for servers in commands.values()} == {"deno"}
    assert {servers[second.name] for servers in commands.values()} == {"bunx"}


def test_an_answer_may_bring_up_the_next_question(engine: Engine, clients: Clients, world: World) -> None:
    entry = f'"command": "npx",\n      "env": {{"TOKEN": "{CANARY}"}}'
    clients.replace("claude-code", '"command": "npx"', entry)
    told = shown(engine, world)
    (group,) = told.asked
    assert (group.kind, CANARY in told.model_dump_json()) == ("secret", False)
    answers = [{"decision": group.decisions[0].id, "take": "copy"}]
    then = shown(engine, world, answers=answers)
    assert CANARY not in then.model_dump_json()
    begin(engine, world, then, answers=answers)
    assert clients.servers("codex")["github"]["env"] == {"TOKEN": CANARY}
    assert engine.status().decisions == ()


def test_an_answer_to_what_is_not_asked_is_none(engine: Engine, clients: Clients, world: World) -> None:
    answers = [{"decision": "nothing", "take": "codex"}]
    assert shown(engine, world, answers=answers) == shown(engine, world)


def test_a_client_and_an_item_can_stay_out(engine: Engine, clients: Clients, world: World) -> None:
    terms = {"without": ["rovodev", "mcp/files"]}
    told = shown(engine, world, **terms)
    assert str(clients.paths["rovodev"]) not in paths(told.files)
    assert all(one.item != "mcp/files" for file in told.files for one in file.changes)
    assert [one.on for one in told.clients if one.client == "rovodev"] == [False]
    before = clients.bytes()["rovodev"]
    begin(engine, world, told, **terms)
    assert clients.bytes()["rovodev"] == before
    assert "files" not in clients.servers("claude-code")
    engine.sync("watch")
    assert clients.bytes()["rovodev"] == before
    engine.switch(engine._rounds.survey.endpoints[0].scope, "rovodev", on=True)
    assert "github" in clients.servers("rovodev")


def test_what_nobody_has_cannot_stay_out(engine: Engine, clients: Clients, world: World) -> None:
    with pytest.raises(UnknownTargetError):
        shown(engine, world, without=["nothing"])


def test_on_other_terms_than_were_shown_nothing_is_written(engine: Engine, clients: Clients, world: World) -> None:
    told, before = shown(engine, world), clients.bytes()
    with pytest.raises(ProposalChangedError):
        begin(engine, world, told, without=["codex"])
    assert (clients.bytes(), engine.adopted) == (before, False)


def test_who_is_preferred_wins_and_looking_settles_nothing(engine: Engine, differing: Clients, world: World) -> None:
    told = shown(engine, world, prefer="qwen-code")
    assert (told.asked, len(engine.status().decisions)) == ((), 2)
    begin(engine, world, told, prefer="qwen-code")
    assert {servers["extra"] for servers in differing.commands().values()} == {"bunx"}


def test_what_a_client_cannot_have_is_told_with_its_file(engine: Engine, clients: Clients, world: World) -> None:
    clients.replace("codex", 'command = "uvx"', 'command = "uvx"\nstartup_timeout_sec = 7')
    told = shown(engine, world)
    (file,) = (one for one in told.files if one.path == str(clients.paths["claude-code"]))
    assert [(one.item, one.field) for one in file.left_out] == [("mcp/files", "startup_timeout_ms")]
    assert set(file.left_out) <= set(told.left_out)
    assert told.losses == len(told.left_out)


def test_a_file_behind_a_link_says_where_it_is(engine: Engine, clients: Clients, world: World) -> None:
    link, real = clients.paths["codex"], clients.home / "dotfiles.toml"
    link.rename(real)
    link.symlink_to(real)
    (file,) = (one for one in shown(engine, world).files if one.path == str(link))
    assert Path(file.end) == real
