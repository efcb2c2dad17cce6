"""One item, two new names: the user says which, and until then every name stays where it is."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.model.status import ClientState, Health
from tests.helpers.clients import Clients

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]


@pytest.fixture
def clashing(engine: Engine, clients: Clients) -> Engine:
    engine.adopt("user")
    clients.replace("codex", "[mcp_servers.github]", "[mcp_servers.gh]")
    clients.replace("claude-code", '"github": {', '"hub": {')
    engine.sync("watch")
    return engine


def names(clients: Clients) -> Mapping[str, set[str]]:
    return {client: set(clients.servers(client)) - {"files"} for client in ALL}


def everywhere(name: str) -> Mapping[str, set[str]]:
    return {client: {name} for client in ALL}


def question(engine: Engine) -> Question:
    (line,) = engine.status().decisions
    return engine.question(line.id)


def test_two_new_names_are_asked_about_and_spread_nowhere(clashing: Engine, clients: Clients) -> None:
    assert names(clients) == {
        "claude-code": {"hub"},
        "codex": {"gh"},
        "qwen-code": {"github"},
        "rovodev": {"github"},
    }
    asked = question(clashing)
    assert (asked.kind, asked.item, asked.choices) == ("rename", "mcp/github", ("claude-code", "codex", "base"))
    assert asked.summary.english() == "“github” was given different names: hub (Claude Code), gh (Codex CLI)"
    assert [(side.take, side.renamed, side.fields) for side in asked.sides] == [
        ("claude-code", "hub", asked.base),
        ("codex", "gh", asked.base),
    ]
    assert [side.path for side in asked.sides] == [str(clients.paths[client]) for client in ("claude-code", "codex")]
    states = {client.id: client.state for client in clashing.status().clients}
    assert (states["codex"], states["rovodev"]) == (ClientState.HELD, ClientState.IN_STEP)
    assert clashing.sync("watch").written == ()


@pytest.mark.parametrize(("take", "name"), [("claude-code", "hub"), ("codex", "gh"), ("base", "github")])
def test_any_answer_leaves_one_name_everywhere(clashing: Engine, clients: Clients, take: str, name: str) -> None:
    clashing.decide(question(clashing).id, take, revision=question(clashing).revision)
    assert names(clients) == everywhere(name)
    assert clashing.status().health is Health.IN_STEP
    assert clashing.sync("watch").written == ()
    assert clients.commands()["rovodev"][name] == "npx"


def test_the_question_outlives_a_restart(clashing: Engine, clients: Clients, world: World) -> None:
    asked = question(clashing)
    clashing.close()
    again = open_engine(world)
    again.sync("start")
    assert question(again) == asked
    again.decide(asked.id, "codex")
    assert names(clients) == everywhere("gh")
    again.close()


def test_another_name_is_another_question(clashing: Engine, clients: Clients) -> None:
    asked = question(clashing)
    clients.replace("codex", "[mcp_servers.gh]", "[mcp_servers.ghub]")
    clashing.sync("watch")
    assert question(clashing).id == asked.id
    assert question(clashing).revision != asked.revision


def test_who_gives_in_by_hand_needs_no_answer(clashing: Engine, clients: Clients) -> None:
    clients.replace("codex", "[mcp_servers.gh]", "[mcp_servers.hub]")
    clashing.sync("watch")
    assert names(clients) == everywhere("hub")
    assert clashing.status().health is Health.IN_STEP


def test_everything_else_goes_on_meanwhile(clashing: Engine, clients: Clients) -> None:
    clients.add("rovodev", "fresh")
    clashing.sync("watch")
    assert all("fresh" in servers for servers in names(clients).values())


def test_a_policy_answers_by_itself(engine: Engine, clients: Clients) -> None:
    engine.adopt("user")
    engine.set_setting("policy_mcp", "merge,priority")
    engine.set_setting("priority", "codex")
    clients.replace("codex", "[mcp_servers.github]", "[mcp_servers.gh]")
    clients.replace("claude-code", '"github": {', '"hub": {')
    engine.sync("watch")
    assert names(clients) == everywhere("gh")


@pytest.mark.parametrize("take", ["claude-code", "codex"])
def test_an_undo_takes_the_answer_and_both_names_back(clashing: Engine, clients: Clients, take: str) -> None:
    clashing.decide(question(clashing).id, take)
    clashing.undo()
    assert names(clients) == everywhere("github")
    assert clashing.status().health is Health.IN_STEP
