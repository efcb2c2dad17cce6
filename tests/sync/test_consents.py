"""A secret goes into another file only where the user has said so, and never into a project's."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.terms.consents import Consents, Place
from tests.helpers.clients import Clients
from tests.helpers.project_servers import allow_servers

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
ROTATED = "ghp_9876543210abcdefghijABCDEFGHIJ012345"
places = st.frozensets(st.builds(Place, st.text(), st.text(), st.text(), st.text()))


def give_secret(clients: Clients) -> None:
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}", "PLAIN": "1"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')


@pytest.fixture
def asked(engine: Engine, clients: Clients) -> Engine:
    """An engine that asks whether a secret may be copied."""
    engine.adopt("user")
    give_secret(clients)
    engine.sync("watch")
    return engine


def holders(clients: Clients, secret: str = CANARY) -> list[str]:
    return [client for client, data in clients.bytes().items() if secret.encode() in data]


def settle(engine: Engine, take: str) -> None:
    (decision,) = engine.status().decisions
    assert decision.kind == "secret"
    engine.decide(decision.id, take)


@given(places, places, places)
def test_consents_survive_being_stored(
    copy: frozenset[Place], leave: frozenset[Place], launch: frozenset[Place]
) -> None:
    consents = Consents(copy, leave, launch)
    assert Consents.parse(consents.payload()) == consents


def test_a_command_that_was_agreed_to_in_an_older_form_is_asked_about_again_and_nothing_else() -> None:
    stored = {"leave": [["mcp/s", "env.TOKEN", "codex", "user"]], "lines": {"user|mcp/s": ["line", "/bin/sh"]}}
    assert Consents.parse(stored) == Consents(leave=frozenset({Place("mcp/s", "env.TOKEN", "codex")}))


def test_consents_that_were_stored_without_a_scope_are_the_users_own() -> None:
    stored = {"copy_to": [["mcp/s", "env.TOKEN", "codex"]]}
    assert Consents.parse(stored).copy == {Place("mcp/s", "env.TOKEN", "codex", "user")}


@pytest.mark.parametrize("stored", [None, 7, {"copy_to": "all"}, {"copy_to": [["a"]]}])
def test_what_cannot_be_read_allows_nothing(stored: object) -> None:
    assert Consents.parse(stored) == Consents()


def test_with_consent_the_secret_is_written_as_it_is(asked: Engine, clients: Clients) -> None:
    assert holders(clients) == ["claude-code"]
    settle(asked, "copy")
    for client in ALL:
        assert clients.servers(client)["s"]["env"] == {"TOKEN": CANARY, "PLAIN": "1"}
    assert asked.status().health is Health.IN_STEP
    assert asked.sync("watch").written == ()


@pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")
def test_a_file_that_a_secret_comes_into_is_private_from_then_on(asked: Engine, clients: Clients) -> None:
    clients.paths["codex"].chmod(0o664)
    clients.paths["claude-code"].chmod(0o644)
    settle(asked, "copy")
    modes = {client: stat.S_IMODE(path.stat().st_mode) for client, path in clients.paths.items()}
    assert (modes["codex"], modes["claude-code"]) == (0o600, 0o644)  # where it was before, the doctor tells of it


def test_with_consent_no_byte_of_the_secret_is_in_what_we_keep(asked: Engine, clients: Clients, world: World) -> None:
    settle(asked, "copy")
    asked.undo()
    kept = [path for path in world.places.state.parent.rglob("*") if path.is_file()]
    assert [path.name for path in kept if CANARY.encode() in path.read_bytes()] == []


def test_a_refusal_is_remembered_and_told_as_a_loss(asked: Engine, clients: Clients) -> None:
    settle(asked, "leave")
    assert holders(clients) == ["claude-code"]
    assert asked.status().decisions == ()
    assert {loss.reason.code for _, loss in asked.plan().losses} >= {"loss.secret-left"}


def test_a_secret_that_changes_goes_where_it_was_allowed_to(asked: Engine, clients: Clients) -> None:
    settle(asked, "copy")
    clients.replace("codex", CANARY, ROTATED)
    asked.sync("watch")
    assert (holders(clients), holders(clients, ROTATED)) == ([], ALL)


def test_a_consent_for_one_field_is_none_for_another(asked: Engine, clients: Clients) -> None:
    settle(asked, "copy")
    clients.replace("claude-code", '"PLAIN": "1"', f'"SECOND_TOKEN": "{ROTATED}"')
    asked.sync("watch")
    assert holders(clients, ROTATED) == ["claude-code"]
    assert [decision.kind for decision in asked.status().decisions] == ["secret"]


def test_a_consent_outlives_a_restart(asked: Engine, clients: Clients, world: World) -> None:
    settle(asked, "copy")
    asked.close()
    again = open_engine(world)
    clients.replace("claude-code", CANARY, ROTATED)
    again.sync("watch")
    assert holders(clients, ROTATED) == ALL
    again.close()


def test_a_value_that_is_nowhere_any_more_cannot_be_written(asked: Engine, clients: Clients, world: World) -> None:
    settle(asked, "copy")
    asked.close()
    for client in ("claude-code", "codex", "qwen-code"):
        clients.paths[client].write_bytes(b"{")
    clients.replace("rovodev", CANARY, "gone")
    again = open_engine(world)
    again.sync("watch")
    assert not any(b"secret:" in data for data in clients.bytes().values())
    again.close()


@pytest.mark.parametrize(
    ("entry", "choices"),
    [
        (f'"env": {{"TOKEN": "{CANARY}"}}', ["launch", "leave"]),
        (f'"args": ["--token", "{CANARY}"]', None),  # a launcher would have it on a command line
    ],
)
def test_copying_is_not_offered_for_a_project_as_it_would_never_be_done(
    engine: Engine, clients: Clients, tmp_path: Path, entry: str, choices: list[str] | None
) -> None:
    repo = tmp_path / "home" / "repo"
    (repo / ".git").mkdir(parents=True)
    (repo / ".mcp.json").write_text(f'{{"mcpServers": {{"s": {{"command": "x", {entry}}}}}}}')
    engine.adopt("user")
    engine.add_project(str(repo))
    allow_servers(engine)
    plan = engine.plan()
    assert [[*one.choices] for one in plan.decisions] == ([choices] if choices else [])
    assert ("loss.secret-in-project" in {loss.reason.code for _, loss in plan.losses}) is (choices is None)
    assert [path.name for path in repo.rglob("*") if path.is_file() and CANARY in path.read_text()] == [".mcp.json"]


@pytest.mark.parametrize(("take", "left"), [("copy", ALL), ("leave", ["claude-code"])])
def test_what_was_settled_outlives_a_rename(asked: Engine, clients: Clients, take: str, left: list[str]) -> None:
    settle(asked, take)
    clients.replace("claude-code", '"s": {', '"renamed": {')
    asked.sync("watch")
    assert asked.status().decisions == ()
    assert [client for client in ALL if "renamed" in clients.servers(client)] == left
    assert [client for client in ALL if "s" in clients.servers(client)] == []
    assert holders(clients) == left
