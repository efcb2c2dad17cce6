from __future__ import annotations

import json

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.reports.matrix import Cell, Holding, ItemReport, matrix
from aisync_desktop.sync.reports.preview import look
from tests.helpers.clients import Clients


def rows(world: World) -> dict[str, ItemReport]:
    return {item.name: item for item in matrix(look(world))}


def holdings(item: ItemReport) -> dict[str, str]:
    return {cell.client: cell.holding.value for cell in item.clients}


def cell(item: ItemReport, client: str) -> Cell:
    return next(cell for cell in item.clients if cell.client == client)


def put(clients: Clients, client: str, **servers: object) -> None:
    """Set servers in one of the files that are plain JSON."""
    path = clients.paths[client]
    content = json.loads(path.read_text())
    content["mcpServers"] |= servers
    path.write_text(json.dumps(content))


def test_at_first_sight_each_item_is_where_it_is(world: World, clients: Clients) -> None:
    found = rows(world)
    assert holdings(found["github"]) == {
        "claude-code": "as-meant",
        "codex": "missing",
        "qwen-code": "missing",
        "rovodev": "missing",
    }
    assert found["github"].fields == {"transport": "stdio", "command": "npx", "args": ["-y", "server-github"]}


def test_items_that_differ_at_first_sight_wait_for_a_decision(world: World, clients: Clients) -> None:
    put(clients, "rovodev", github={"transport": "stdio", "command": "deno"})
    item = rows(world)["github"]
    assert item.fields is None
    assert item.decision
    assert holdings(item) == {
        "claude-code": "differs",
        "codex": "missing",
        "qwen-code": "missing",
        "rovodev": "differs",
    }


def test_in_step_every_client_holds_every_item(engine: Engine, world: World, clients: Clients) -> None:
    engine.adopt("user")
    assert {value for item in rows(world).values() for value in holdings(item).values()} == {"as-meant"}


def test_a_conflict_names_who_moved_and_in_what(engine: Engine, world: World, clients: Clients) -> None:
    engine.adopt("user")
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    item = rows(world)["github"]
    assert item.fields is not None
    assert item.fields["command"] == "npx"
    assert [each.client for each in item.clients if each.holding is Holding.DIFFERS] == ["claude-code", "codex"]
    assert cell(item, "codex").differing == ("command",)


def test_what_a_client_cannot_say_is_missing_there_with_the_reason(
    engine: Engine, world: World, clients: Clients
) -> None:
    put(clients, "claude-code", events={"type": "sse", "url": "https://example.org/sse"})
    engine.adopt("user")
    item = rows(world)["events"]
    missing = cell(item, "codex")
    assert (missing.holding, cell(item, "qwen-code").holding) == (Holding.MISSING, Holding.AS_MEANT)
    (loss,) = missing.losses
    assert loss.reason.english()
    assert missing.model_dump(mode="json")["losses"] == [{"field": loss.field, "reason": loss.reason.english()}]


def test_what_cannot_be_read_is_neither_missing_nor_held(world: World, clients: Clients) -> None:
    put(clients, "claude-code", odd=5)
    clients.paths["rovodev"].write_text("{")
    found = rows(world)
    assert holdings(found["odd"]) == {
        "claude-code": "left-alone",
        "codex": "missing",
        "qwen-code": "missing",
        "rovodev": "unreadable",
    }


@pytest.mark.parametrize(("kind", "scope", "count"), [("mcp", "user", 2), ("rules", "", 0), ("", "project:/x", 0)])
def test_the_matrix_can_be_narrowed(world: World, clients: Clients, kind: str, scope: str, count: int) -> None:
    assert len(matrix(look(world), kind, scope)) == count


def test_a_secret_is_not_in_the_matrix(world: World, clients: Clients) -> None:
    put(clients, "claude-code", db={"command": "db", "env": {"DB_PASSWORD": "hunter22hunter"}})
    assert "hunter22" not in rows(world)["db"].model_dump_json()
