"""A client that was reset gets its whole file back from history, if the user says so."""

from __future__ import annotations

import json

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
DEFAULTS = b'{\n  "firstStartTime": "2026-11-21T10:00:00Z",\n  "userID": "5f0c"\n}\n'


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    engine.adopt("user")
    return engine


@pytest.fixture
def whole(adopted: Engine, clients: Clients) -> bytes:
    """What Claude Code's file held before it was reset."""
    before = clients.bytes()["claude-code"]
    clients.paths["claude-code"].write_bytes(DEFAULTS)
    adopted.sync("watch")
    return before


def choices(engine: Engine) -> tuple[str, ...]:
    (line,) = engine.status().decisions
    assert line.kind == "mass-deletion"
    return engine.question(line.id).choices


def restore(engine: Engine) -> None:
    (line,) = engine.status().decisions
    engine.decide(line.id, "restore", revision=engine.question(line.id).revision)


def test_the_whole_file_comes_back_to_the_byte(adopted: Engine, clients: Clients, whole: bytes) -> None:
    others = {client: data for client, data in clients.bytes().items() if client != "claude-code"}
    assert choices(adopted) == ("claude-code", "base", "restore")
    restore(adopted)
    assert clients.bytes() == {"claude-code": whole, **others}
    assert adopted.status().health is Health.IN_STEP
    assert adopted.status().decisions == ()
    assert adopted.sync("watch").written == ()


def test_what_was_there_after_the_reset_is_in_history(
    adopted: Engine, clients: Clients, whole: bytes, world: World
) -> None:
    restore(adopted)
    reader = Reader(world.database, world.keys())
    kept = [reader.blob(one.hash) for one in reader.versions(str(clients.paths["claude-code"]))]
    assert kept[:2] == [whole, DEFAULTS]


def test_what_moved_on_since_is_not_turned_back(adopted: Engine, clients: Clients, whole: bytes) -> None:
    clients.add("codex", "fresh")
    clients.replace("codex", 'command = "uvx"', 'command = "deno"')
    adopted.sync("watch")
    restore(adopted)
    said = json.loads(clients.paths["claude-code"].read_bytes())
    assert (said["numStartups"], "firstStartTime" in said) == (12, False)
    assert set(clients.commands()["claude-code"].items()) == {("files", "deno"), ("fresh", "npx"), ("github", "npx")}
    assert clients.commands() == dict.fromkeys(ALL, clients.commands()["codex"])
    assert adopted.status().health is Health.IN_STEP
    assert adopted.sync("watch").written == ()


def test_what_was_deleted_since_does_not_come_back(adopted: Engine, clients: Clients, whole: bytes) -> None:
    clients.replace("codex", '\n[mcp_servers.github]\ncommand = "npx"\nargs = ["-y", "server-github"]\n', "")
    adopted.sync("user", patient=False)
    (line,) = adopted.status().decisions
    adopted.decide(line.id, "restore")
    assert {client: set(clients.servers(client)) for client in ALL} == {client: {"files"} for client in ALL}


def test_a_list_that_was_cleared_is_no_reset(adopted: Engine, clients: Clients) -> None:
    said = json.loads(clients.paths["claude-code"].read_bytes())
    clients.paths["claude-code"].write_text(json.dumps({**said, "mcpServers": {}, "numStartups": 13}))
    adopted.sync("watch")
    assert choices(adopted) == ("claude-code", "base")


def test_where_there_was_nothing_else_there_is_nothing_to_restore(adopted: Engine, clients: Clients) -> None:
    clients.paths["rovodev"].write_text("{}")
    adopted.sync("watch")
    assert choices(adopted) == ("rovodev", "base")


def test_without_a_version_in_history_nothing_is_offered(
    engine: Engine, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.adopt("user")
    monkeypatch.setattr(engine._rounds.looking.resets._store, "versions", lambda *_args, **_more: ())
    clients.paths["claude-code"].write_bytes(DEFAULTS)
    engine.sync("watch")
    assert choices(engine) == ("claude-code", "base")


def test_a_broken_version_is_not_what_is_restored(adopted: Engine, clients: Clients) -> None:
    path, before = clients.paths["claude-code"], clients.bytes()["claude-code"]
    adopted._store.keep_version(str(path), b'{"numStartups": 1', "seen", "claude-code")
    adopted._store.keep_version(str(path), b"", "seen", "claude-code")
    path.write_bytes(DEFAULTS)
    adopted.sync("watch")
    restore(adopted)
    assert path.read_bytes() == before


def test_the_offer_outlives_a_restart(adopted: Engine, clients: Clients, whole: bytes, world: World) -> None:
    adopted.close()
    again = open_engine(world)
    again.sync("start")
    restore(again)
    assert clients.bytes()["claude-code"] == whole
    again.close()


def test_a_second_reset_is_offered_again(adopted: Engine, clients: Clients, whole: bytes) -> None:
    restore(adopted)
    clients.paths["claude-code"].write_bytes(DEFAULTS)
    adopted.sync("watch")
    restore(adopted)
    assert clients.bytes()["claude-code"] == whole


def test_an_undo_takes_it_back(adopted: Engine, clients: Clients, whole: bytes) -> None:
    restore(adopted)
    adopted.undo()
    assert clients.bytes()["claude-code"] == DEFAULTS
    assert choices(adopted) == ("claude-code", "base", "restore")
    restore(adopted)
    assert clients.bytes()["claude-code"] == whole
