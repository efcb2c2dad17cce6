"""What a side that is taken cannot say stays as the others say it; lists of tools never open without their question."""

from __future__ import annotations

import pytest
import yaml

from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Health
from tests.helpers.clients import Clients

FIRST = """
[mcp_servers.github]
command = "npx"
args = ["-y", "server-github"]
startup_timeout_sec = 20
tool_timeout_sec = 60
enabled_tools = ["read"]
"""


def put(clients: Clients, text: str) -> None:
    with clients.paths["codex"].open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    put(clients, FIRST)
    engine.adopt("user")
    return engine


def test_at_first_sight_what_only_one_client_has_is_no_conflict(adopted: Engine, clients: Clients) -> None:
    assert adopted.status().decisions == ()
    qwen = clients.servers("qwen-code")["github"]
    assert (qwen["includeTools"], qwen["timeout"], qwen["discoveryTimeoutMs"]) == (["read"], 60_000, 20_000)
    claude = clients.servers("claude-code")["github"]
    assert (claude["timeout"], claude["args"]) == (60_000, ["-y", "server-github"])
    assert "enabled_tools" in clients.servers("codex")["github"]


def test_a_preferred_client_takes_nothing_from_the_others_that_it_cannot_say(engine: Engine, clients: Clients) -> None:
    put(clients, FIRST.replace('"server-github"', '"other"'))
    engine.adopt("user", "claude-code")
    codex = clients.servers("codex")["github"]
    assert codex["args"] == ["-y", "server-github"]
    assert (codex["enabled_tools"], codex["startup_timeout_sec"], codex["tool_timeout_sec"]) == (["read"], 20, 60)
    assert clients.servers("qwen-code")["github"]["includeTools"] == ["read"]


def test_the_choice_of_a_side_keeps_the_others_edit_of_what_it_cannot_say(adopted: Engine, clients: Clients) -> None:
    clients.replace("claude-code", '"server-github"', '"claudes"')
    clients.replace("codex", '"server-github"', '"codexs"')
    clients.replace("codex", 'enabled_tools = ["read"]', "enabled_tools = []")
    adopted.sync("watch")
    (asked,) = adopted.status().decisions
    adopted.decide(asked.id, "claude-code")
    codex = clients.servers("codex")["github"]
    assert (codex["args"], codex["enabled_tools"], codex["startup_timeout_sec"]) == (["-y", "claudes"], [], 20)
    assert clients.servers("qwen-code")["github"]["includeTools"] == []


def test_who_has_no_word_for_a_list_of_tools_gets_the_other_edits_all_the_same(
    adopted: Engine, clients: Clients
) -> None:
    clients.replace("codex", '"server-github"', '"newer"')
    adopted.sync("watch")
    assert clients.servers("claude-code")["github"]["args"] == ["-y", "newer"]
    losses = {(loss.client, loss.key.name, loss.field) for _, loss in adopted.plan().losses if loss.key.kind == "mcp"}
    assert losses >= {("claude-code", "github", "only_tools"), ("rovodev", "github", "")}


def widen(engine: Engine, clients: Clients) -> str:
    clients.replace("codex", 'enabled_tools = ["read"]', 'enabled_tools = ["read", "write"]')
    clients.replace("codex", '"server-github"', '"newer"')
    engine.sync("watch")
    (asked,) = engine.status().decisions
    assert asked.kind == "wider"
    assert asked.summary.english() == "More tools of “github” are open elsewhere: open them here, too?"
    assert clients.servers("qwen-code")["github"]["includeTools"] == ["read"]
    assert clients.servers("qwen-code")["github"]["args"] == ["-y", "newer"]  # all else goes on
    return asked.id


def test_more_tools_are_open_only_once_the_user_says_so(adopted: Engine, clients: Clients) -> None:
    asked = widen(adopted, clients)
    assert [(side.take, side.examples) for side in adopted.question(asked).sides] == [("qwen-code", ("write",))]
    adopted.decide(asked, "copy")
    assert clients.servers("qwen-code")["github"]["includeTools"] == ["read", "write"]
    clients.replace("codex", ', "write"', ', "write", "delete"')  # more than what was agreed to
    adopted.sync("watch")
    assert [one.kind for one in adopted.status().decisions] == ["wider"]


def test_what_the_user_does_not_want_open_stays_closed_and_is_told(adopted: Engine, clients: Clients) -> None:
    adopted.decide(widen(adopted, clients), "leave")
    assert clients.servers("qwen-code")["github"]["includeTools"] == ["read"]
    assert adopted.status().health is Health.IN_STEP
    losses = {(loss.client, loss.key.name, loss.reason.code) for _, loss in adopted.plan().losses}
    assert ("qwen-code", "github", "loss.permission-wider-left") in losses


def test_fewer_tools_flow_freely(adopted: Engine, clients: Clients) -> None:
    clients.replace("codex", 'enabled_tools = ["read"]', 'enabled_tools = ["read"]\ndisabled_tools = ["read"]')
    adopted.sync("watch")
    assert clients.servers("qwen-code")["github"]["excludeTools"] == ["read"]
    assert adopted.status().decisions == ()


def test_what_means_the_same_flows_where_the_user_set_it_so(adopted: Engine, clients: Clients) -> None:
    adopted.set_setting("loosening", "equal")
    clients.replace("codex", 'enabled_tools = ["read"]', 'enabled_tools = ["read", "write"]')
    adopted.sync("watch")
    assert clients.servers("qwen-code")["github"]["includeTools"] == ["read", "write"]


def test_who_has_a_word_for_one_of_two_lists_is_given_that_one(engine: Engine, clients: Clients) -> None:
    path = clients.home / ".config" / "goose" / "config.yaml"
    path.parent.mkdir(parents=True)
    entry = "extensions:\n  github:\n    name: github\n    type: stdio\n    cmd: npx\n    args: [-y, server-github]\n"
    path.write_text(entry + "    enabled: true\n", encoding="utf-8")
    engine.adopt("user")
    clients.replace(
        "codex", 'args = ["-y", "server-github"]', 'args = ["-y", "server-github"]\nenabled_tools = ["read"]'
    )
    clients.replace("codex", 'enabled_tools = ["read"]', 'enabled_tools = ["read"]\ndisabled_tools = ["write"]')
    engine.sync("watch")
    servers = yaml.safe_load(path.read_text(encoding="utf-8"))["extensions"]
    assert servers["github"]["available_tools"] == ["read"]


def test_what_was_closed_again_is_opened_by_no_older_answer(adopted: Engine, clients: Clients) -> None:
    adopted.decide(widen(adopted, clients), "copy")
    clients.replace("codex", '["read", "write"]', '["read"]')
    adopted.sync("watch")
    assert clients.servers("qwen-code")["github"]["includeTools"] == ["read"]
    clients.replace("codex", 'enabled_tools = ["read"]', 'enabled_tools = ["read", "write"]')
    adopted.sync("watch")
    assert [one.kind for one in adopted.status().decisions] == ["wider"]
    assert clients.servers("qwen-code")["github"]["includeTools"] == ["read"]
