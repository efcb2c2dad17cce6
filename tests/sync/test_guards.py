"""What a file says is not always what its user wishes: deletions, resets, and clients that write from memory."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from aisync_desktop.clients.items import USER
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.planning.resting_deletions import REST_SECONDS
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients
from tests.helpers.clock import HandClock

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
LONG = 60.0


@pytest.fixture
def engine(timed_engine: Engine) -> Engine:
    return timed_engine


@pytest.fixture
def adopted(engine: Engine, clients: Clients, clock: HandClock) -> Engine:
    clients.add("claude-code", "extra")
    engine.adopt("user")
    clock.sleep(LONG)
    return engine


def edit(clients: Clients, change: Callable[[dict[str, Any]], object]) -> None:
    """Change Rovo Dev's servers as a program does that knows nothing of us."""
    path = clients.paths["rovodev"]
    whole = json.loads(path.read_text())
    change(whole["mcpServers"])
    path.write_text(json.dumps(whole))


def names(clients: Clients) -> dict[str, set[str]]:
    return {client: set(clients.servers(client)) for client in ALL}


def kinds(engine: Engine) -> list[str]:
    return [decision.kind for decision in engine.status().decisions]


EVERYTHING = {"extra", "files", "github"}


def test_a_deletion_is_followed_once_it_has_rested(adopted: Engine, clients: Clients, clock: HandClock) -> None:
    edit(clients, lambda servers: servers.pop("github"))
    assert adopted.sync("watch").written == ()
    assert adopted.due_in() == pytest.approx(REST_SECONDS)
    clock.sleep(REST_SECONDS)
    assert len(adopted.sync("watch").written) == 3
    assert names(clients) == dict.fromkeys(ALL, EVERYTHING - {"github"})
    assert adopted.status().health is Health.IN_STEP
    clock.sleep(LONG)
    adopted.sync("watch")
    assert adopted.due_in() is None


def test_what_comes_back_in_time_was_never_deleted(adopted: Engine, clients: Clients, clock: HandClock) -> None:
    before = clients.bytes()
    edit(clients, lambda servers: servers.pop("github"))
    adopted.sync("watch")
    clients.paths["rovodev"].write_bytes(before["rovodev"])
    clock.sleep(REST_SECONDS)
    adopted.sync("watch")
    assert clients.bytes() == before


def test_other_edits_need_not_wait_for_a_resting_deletion(adopted: Engine, clients: Clients) -> None:
    edit(clients, lambda servers: (servers.pop("github"), servers.update(fresh={"command": "bun"})))
    adopted.sync("watch")
    assert names(clients)["codex"] == EVERYTHING | {"fresh"}


def test_the_user_need_not_wait(adopted: Engine, clients: Clients) -> None:
    edit(clients, lambda servers: servers.pop("github"))
    adopted.sync("user", patient=False)
    assert names(clients) == dict.fromkeys(ALL, EVERYTHING - {"github"})


def test_a_rename_is_one_step(adopted: Engine, clients: Clients, clock: HandClock) -> None:
    edit(clients, lambda servers: servers.update(hub=servers.pop("github")))
    adopted.sync("watch")
    assert names(clients) == dict.fromkeys(ALL, EVERYTHING - {"github"} | {"hub"})
    clock.sleep(LONG)
    assert adopted.sync("watch").written == ()
    assert adopted.due_in() is None


def test_an_edit_outlives_a_deletion_elsewhere_and_the_log_says_so(
    adopted: Engine, clients: Clients, world: World
) -> None:
    edit(clients, lambda servers: servers.pop("github"))
    clients.replace("codex", 'command = "npx"\nargs = ["-y", "server-github"]', 'command = "bunx"\nargs = ["x"]')
    adopted.sync("user", patient=False)
    assert {commands["github"] for commands in clients.commands().values()} == {"bunx"}
    with_client = [entry for entry in Reader(world.database, world.keys()).logs() if entry.message == "kept-edit"]
    assert [entry.context["client"] for entry in with_client] == ["rovodev"]


@pytest.mark.parametrize(("take", "left"), [("rovodev", {"extra"}), ("base", EVERYTHING)])
def test_many_deletions_at_once_wait_for_the_user(
    adopted: Engine, clients: Clients, clock: HandClock, take: str, left: set[str]
) -> None:
    edit(clients, lambda servers: (servers.pop("github"), servers.pop("files")))
    clock.sleep(LONG)
    adopted.sync("watch")
    clock.sleep(LONG)
    assert adopted.sync("watch").written == ()
    assert names(clients)["codex"] == EVERYTHING
    assert kinds(adopted) == ["mass-deletion"]
    adopted.decide(adopted.status().decisions[0].id, take)
    assert names(clients) == dict.fromkeys(ALL, left)
    assert adopted.status().health is Health.IN_STEP


def test_everything_else_goes_on_while_a_mass_deletion_waits(adopted: Engine, clients: Clients) -> None:
    edit(clients, lambda servers: servers.clear())
    adopted.sync("watch")
    clients.add("codex", "fresh")
    adopted.sync("watch")
    assert names(clients) == {**dict.fromkeys(ALL, EVERYTHING | {"fresh"}), "rovodev": {"fresh"}}


def test_two_of_many_are_no_mass_deletion(adopted: Engine, clients: Clients) -> None:
    for number in range(3):
        clients.add("codex", f"more{number}")
    adopted.sync("user", patient=False)
    edit(clients, lambda servers: (servers.pop("github"), servers.pop("files")))
    adopted.sync("user", patient=False)
    assert kinds(adopted) == []
    assert "github" not in names(clients)["codex"]


def saved_from_memory(clients: Clients, memory: bytes, command: str) -> None:
    """Write as a client that loaded its file before us and adds something of its own."""
    whole = json.loads(memory)
    whole["mcpServers"]["own"] = {"command": command}
    clients.paths["rovodev"].write_text(json.dumps(whole))


def test_a_client_that_writes_from_memory_loses_nothing_of_ours(adopted: Engine, clients: Clients) -> None:
    memory = clients.bytes()["rovodev"]
    clients.add("codex", "fresh")
    adopted.sync("watch")
    saved_from_memory(clients, memory, "any")
    adopted.sync("watch")
    assert names(clients) == dict.fromkeys(ALL, EVERYTHING | {"fresh", "own"})


def test_a_client_that_brings_back_what_was_deleted_does_not(adopted: Engine, clients: Clients) -> None:
    memory = clients.bytes()["rovodev"]
    clients.replace("codex", '[mcp_servers.github]\ncommand = "npx"\nargs = ["-y", "server-github"]\n', "")
    adopted.sync("user", patient=False)
    saved_from_memory(clients, memory, "any")
    adopted.sync("watch")
    assert names(clients) == dict.fromkeys(ALL, EVERYTHING - {"github"} | {"own"})


def test_what_was_just_deleted_and_is_there_again_is_asked_about(
    adopted: Engine, clients: Clients, clock: HandClock
) -> None:
    memory = clients.bytes()["rovodev"]
    clients.replace("codex", '[mcp_servers.github]\ncommand = "npx"\nargs = ["-y", "server-github"]\n', "")
    adopted.sync("user", patient=False)
    clients.paths["rovodev"].write_bytes(memory)
    adopted.sync("watch")
    clock.sleep(LONG)
    assert adopted.sync("watch").written == ()
    assert kinds(adopted) == ["stale"]
    adopted.decide(adopted.status().decisions[0].id, "rovodev")
    assert names(clients) == dict.fromkeys(ALL, EVERYTHING)


def test_after_two_stale_overwrites_the_user_is_asked(adopted: Engine, clients: Clients, clock: HandClock) -> None:
    memory = clients.bytes()["rovodev"]
    clients.add("codex", "fresh")
    adopted.sync("watch")
    for command in ("one", "two"):
        saved_from_memory(clients, memory, command)
        adopted.sync("watch")
        assert "fresh" in names(clients)["rovodev"]
        clock.sleep(REST_SECONDS)
    saved_from_memory(clients, memory, "three")
    adopted.sync("watch")
    clock.sleep(REST_SECONDS)
    adopted.sync("watch")
    assert kinds(adopted) == ["stale"]
    assert "fresh" in names(clients)["codex"]
    adopted.decide(adopted.status().decisions[0].id, "base")
    assert "fresh" in names(clients)["rovodev"]


def test_long_after_our_write_a_client_is_believed(adopted: Engine, clients: Clients, clock: HandClock) -> None:
    memory = clients.bytes()["rovodev"]
    clients.add("codex", "fresh")
    adopted.sync("watch")
    clock.sleep(LONG)
    saved_from_memory(clients, memory, "any")
    adopted.sync("user", patient=False)
    assert names(clients) == dict.fromkeys(ALL, EVERYTHING | {"own"})


def test_a_policy_is_heeded_as_soon_as_it_is_set(adopted: Engine, clients: Clients) -> None:
    adopted.set_setting("policy_mcp", "merge,priority")
    adopted.set_setting("priority", "codex, claude-code")
    clients.replace("claude-code", '"command": "npx",\n', '"command": "bunx",\n')
    clients.replace("codex", 'command = "npx"\nargs = ["-y"', 'command = "deno"\nargs = ["-y"')
    adopted.sync("watch")
    assert {commands["github"] for commands in clients.commands().values()} == {"deno"}
    assert adopted.status().health is Health.IN_STEP


def test_another_command_of_the_user_does_not_cut_a_rest_short(adopted: Engine, clients: Clients) -> None:
    edit(clients, lambda servers: servers.pop("github"))
    adopted.sync("watch")
    adopted.switch(USER, "qwen-code", on=False)
    clients.replace("codex", 'command = "uvx"', 'command = "deno"')
    clients.replace("claude-code", '"command": "uvx"', '"command": "bunx"')
    adopted.sync("watch")
    adopted.decide(adopted.status().decisions[0].id, "codex")
    assert "github" in names(clients)["codex"]


def test_a_rename_right_after_our_write_is_not_taken_for_an_old_memory(adopted: Engine, clients: Clients) -> None:
    clients.add("codex", "fresh")
    adopted.sync("watch")
    edit(clients, lambda servers: servers.update(renamed=servers.pop("fresh")))
    adopted.sync("watch")
    assert names(clients) == dict.fromkeys(ALL, EVERYTHING | {"renamed"})


def test_an_edit_that_waits_for_a_decision_outlives_a_deletion_elsewhere(
    timed_engine: Engine, clients: Clients, clock: HandClock
) -> None:
    """While the deletion rests, the other edit is not followed as if nobody objected: it would go right after."""
    timed_engine.adopt("user")
    clients.replace("claude-code", "server-github", "claudes")
    clients.replace("codex", "server-github", "codexs")
    timed_engine.sync("watch")
    assert [one.kind for one in timed_engine.status().decisions] == ["conflict"]
    whole = json.loads(clients.paths["claude-code"].read_text(encoding="utf-8"))
    del whole["mcpServers"]["github"]
    clients.paths["claude-code"].write_text(json.dumps(whole), encoding="utf-8")
    for _ in range(3):
        timed_engine.sync("watch")
        clock.sleep(5.0)
    assert clients.servers("codex")["github"]["args"] == ["-y", "codexs"]


def test_a_question_about_a_deletion_is_open_at_once_after_a_restart(
    adopted: Engine, clients: Clients, world: World, clock: HandClock
) -> None:
    """An item that was off, and so not there, is added anew at one client and deleted at another."""
    clients.replace("codex", 'args = ["-y", "server-github"]', 'args = ["-y", "server-github"]\nenabled = false')
    adopted.sync("watch")
    assert "github" not in names(clients)["claude-code"]
    edit(clients, lambda servers: servers.pop("github"))
    clients.add("claude-code", "github", "deno")
    adopted.sync("watch")
    clock.sleep(LONG)
    adopted.sync("watch")
    asked = [decision.id for decision in adopted.status().decisions]
    assert asked
    adopted.close()
    again = open_engine(replace(world, clock=clock, disk=RealDisk(clock)))
    again.sync("watch")
    assert [decision.id for decision in again.status().decisions] == asked
    again.close()
