"""What is kept in step where: switching off, and items that are for some clients only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.clients.items import USER, ItemKey, Kind, Scope
from aisync_desktop.clients.loader import UnknownClientError
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import ClientState, Health
from aisync_desktop.sync.terms.coverage import Coverage, UnknownTargetError
from tests.helpers.clients import Clients

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
scopes = st.sampled_from([USER, Scope("/a"), Scope("/b")])
keys = st.builds(ItemKey, st.sampled_from(Kind), st.text(min_size=1))
coverages = st.builds(
    Coverage,
    st.frozensets(st.tuples(scopes, st.sampled_from(["codex", "mcp", "rules"]) | keys.map(str))),
    st.dictionaries(st.tuples(scopes, keys), st.frozensets(st.sampled_from(ALL), min_size=1)),
)


@pytest.fixture
def adopted(engine: Engine, clients: Clients) -> Engine:
    engine.adopt("user")
    return engine


def having(clients: Clients, name: str) -> list[str]:
    return [client for client in ALL if name in clients.servers(client)]


@given(coverages)
def test_a_coverage_survives_being_stored(coverage: Coverage) -> None:
    assert Coverage.parse(coverage.payload()) == coverage


@pytest.mark.parametrize(
    "stored",
    [
        None,
        7,
        {"off": "all"},
        {"off": [["user", "nonsense/github"]]},
        {"pins": [1]},
        {"pins": [["user", "github", ["codex"]]]},
    ],
)
def test_what_cannot_be_read_switches_nothing_off(stored: object) -> None:
    assert Coverage.parse(stored) == Coverage()


def test_a_client_that_is_off_is_left_alone_until_it_is_on(adopted: Engine, clients: Clients) -> None:
    before = clients.bytes()["codex"]
    adopted.switch(USER, "codex", on=False)
    clients.add("claude-code", "fresh")
    adopted.sync("watch")
    assert clients.bytes()["codex"] == before
    assert having(clients, "fresh") == ["claude-code", "qwen-code", "rovodev"]
    states = {client.id: client.state for client in adopted.status().clients}
    assert (states["codex"], states["rovodev"]) == (ClientState.OFF, ClientState.IN_STEP)
    adopted.switch(USER, "codex", on=True)
    assert having(clients, "fresh") == ALL


def test_what_happens_at_a_client_that_is_off_spreads_when_it_is_on(adopted: Engine, clients: Clients) -> None:
    adopted.switch(USER, "codex", on=False)
    clients.add("codex", "fresh")
    adopted.sync("watch")
    assert having(clients, "fresh") == ["codex"]
    adopted.switch(USER, "codex", on=True)
    assert having(clients, "fresh") == ALL


def test_a_kind_that_is_off_is_left_alone(adopted: Engine, clients: Clients) -> None:
    adopted.switch(USER, "mcp", on=False)
    clients.add("claude-code", "fresh")
    adopted.sync("watch")
    assert having(clients, "fresh") == ["claude-code"]


@pytest.mark.parametrize("name", ["github", "mcp/github"])
def test_an_item_that_is_off_may_differ(adopted: Engine, clients: Clients, name: str) -> None:
    adopted.switch(USER, name, on=False)
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    adopted.sync("watch")
    assert clients.commands()["codex"]["github"] == "npx"
    assert adopted.status().health is Health.IN_STEP
    adopted.switch(USER, name, on=True)
    assert {commands["github"] for commands in clients.commands().values()} == {"bunx"}


def test_a_pinned_item_is_at_its_clients_only(adopted: Engine, clients: Clients) -> None:
    adopted.pin(USER, "github", ["codex", "claude-code"])
    assert having(clients, "github") == ["claude-code", "codex"]
    assert adopted.status().health is Health.IN_STEP
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    adopted.sync("watch")
    assert having(clients, "github") == ["claude-code", "codex"]
    assert clients.commands()["codex"]["github"] == "bunx"
    adopted.pin(USER, "github", [])
    assert having(clients, "github") == ALL


def test_what_another_client_has_under_a_pinned_name_is_its_own(adopted: Engine, clients: Clients) -> None:
    adopted.pin(USER, "github", ["codex"])
    clients.add("rovodev", "github", "mine")
    adopted.sync("watch")
    assert clients.commands()["rovodev"]["github"] == "mine"
    assert clients.commands()["codex"]["github"] == "npx"
    assert having(clients, "github") == ["codex", "rovodev"]


def test_what_is_off_is_so_in_one_scope(adopted: Engine) -> None:
    adopted.switch(Scope("/elsewhere"), "codex", on=False)
    assert ClientState.OFF not in {client.state for client in adopted.status().clients}


@pytest.mark.parametrize("what", ["codexx", "mcp/nothing", ""])
def test_what_nobody_knows_cannot_be_switched(adopted: Engine, what: str) -> None:
    with pytest.raises(UnknownTargetError):
        adopted.switch(USER, what, on=False)


@pytest.mark.parametrize("client", ["codexx", ""])
def test_an_item_cannot_be_pinned_to_a_client_that_nobody_knows(adopted: Engine, client: str) -> None:
    with pytest.raises(UnknownClientError):
        adopted.pin(USER, "github", [client])


def rename(clients: Clients, old: str, new: str) -> None:
    clients.replace("codex", f"[mcp_servers.{old}]", f"[mcp_servers.{new}]")


@pytest.fixture
def pinned(adopted: Engine) -> Engine:
    adopted.pin(USER, "github", ["codex", "claude-code"])
    return adopted


def test_a_pinned_item_stays_so_under_a_new_name(pinned: Engine, clients: Clients) -> None:
    rename(clients, "github", "hub")
    pinned.sync("watch")
    assert (having(clients, "hub"), having(clients, "github")) == (["claude-code", "codex"], [])
    assert pinned.sync("watch").written == ()
    rename(clients, "hub", "hubble")
    pinned.sync("watch")
    assert (having(clients, "hubble"), having(clients, "hub")) == (["claude-code", "codex"], [])
    pinned.pin(USER, "hubble", [])
    assert having(clients, "hubble") == ALL


def test_a_pin_outlives_a_rename_and_its_undo(pinned: Engine, clients: Clients) -> None:
    rename(clients, "github", "hub")
    pinned.sync("watch")
    pinned.undo()
    pinned.sync("watch")
    assert (having(clients, "github"), having(clients, "hub")) == (["claude-code", "codex"], [])


def test_what_others_have_under_the_old_name_of_a_pinned_item_stays_theirs(pinned: Engine, clients: Clients) -> None:
    clients.add("rovodev", "github", "mine")
    rename(clients, "github", "hub")
    pinned.sync("watch")
    assert (having(clients, "hub"), having(clients, "github")) == (["claude-code", "codex"], ["rovodev"])


def test_a_pin_of_the_new_name_itself_is_heeded(pinned: Engine, clients: Clients) -> None:
    clients.add("codex", "hub", "other")
    pinned.sync("watch")
    pinned.pin(USER, "hub", ["codex"])
    clients.replace("codex", '\n[mcp_servers.hub]\ncommand = "other"\n', "")
    pinned.sync("user", patient=False)
    rename(clients, "github", "hub")
    pinned.sync("watch")
    assert having(clients, "hub") == ["codex"]


@pytest.mark.parametrize("name", ["github", "hub"])
def test_an_item_that_is_off_stays_so_under_a_new_name(adopted: Engine, clients: Clients, name: str) -> None:
    adopted.switch(USER, "github", on=False)
    rename(clients, "github", "hub")
    assert adopted.sync("watch").written == ()
    clients.replace("codex", 'args = ["-y", "server-github"]', 'args = ["something", "else"]')
    assert adopted.sync("watch").written == ()
    assert (having(clients, "hub"), "github" in clients.servers("codex")) == (["codex"], False)
    clients.replace("codex", 'args = ["something", "else"]', 'args = ["-y", "server-github"]')
    adopted.switch(USER, name, on=True)
    assert (having(clients, "hub"), having(clients, "github")) == (ALL, [])


def test_what_a_rename_takes_along_is_known_to_a_look(pinned: Engine, clients: Clients) -> None:
    rename(clients, "github", "hub")
    assert {target.client for target in pinned.plan().targets} == {"claude-code"}
