"""A secret gets another value at every place that holds the old one, in one step that can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aisync_desktop.clients.items import USER
from aisync_desktop.program.world import World
from aisync_desktop.secrets.vault import Vault
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.applying.rotation import (
    NoSuchSecretError,
    NotASecretError,
    SecretInUseError,
    SecretUnusedError,
)
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients
from tests.helpers.memory_vault import MemoryVault

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
OLD = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
NEW = "ghp_9876543210abcdefghijABCDEFGHIJ012345"
ENTRY = (
    f'"s": {{"command": "x", "env": {{"TOKEN": "{OLD}"}}}}, '
    f'"t": {{"command": "y", "args": ["--token={OLD}", "postgres://u:{OLD}@db/x"]}}'
)


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def world(world: World, vault: MemoryVault, monkeypatch: pytest.MonkeyPatch) -> World:
    def use(_self: World) -> Vault:
        return vault

    monkeypatch.setattr(World, "vault", use)
    return world


@pytest.fixture
def engine(world: World, clients: Clients) -> Iterator[Engine]:
    """An engine with one secret in two items of all clients, by consent."""
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{ENTRY},')
    opened = open_engine(world)
    opened.adopt("user")
    while asked := opened.status().decisions:
        opened.decide(asked[0].id, "copy")
    yield opened
    opened.close()


@pytest.fixture
def reference(engine: Engine, world: World) -> str:
    return Reader.of(world).kept_secrets()[0].reference


def counts(clients: Clients, secret: str) -> set[int]:
    return {data.count(secret.encode()) for data in clients.bytes().values()}


def values(vault: MemoryVault) -> set[str]:
    return {value for name, value in vault.values.items() if name.startswith("value:")}


def test_a_new_value_takes_the_old_ones_place_in_every_item_of_every_client(
    engine: Engine, clients: Clients, reference: str, vault: MemoryVault
) -> None:
    assert counts(clients, OLD) == {3}
    engine.set_secret(reference, NEW)
    assert (counts(clients, OLD), counts(clients, NEW)) == ({0}, {3})
    assert engine.status().health is Health.IN_STEP
    assert engine.sync("watch").written == ()
    assert values(vault) == {OLD, NEW}


def test_a_rotation_is_one_step_that_an_undo_takes_back_byte_for_byte(
    engine: Engine, clients: Clients, reference: str
) -> None:
    before = clients.bytes()
    engine.set_secret(reference, NEW)
    engine.undo()
    assert clients.bytes() == before


def test_the_new_reference_can_be_rotated_again(engine: Engine, clients: Clients, reference: str, world: World) -> None:
    engine.set_secret(reference, NEW)
    (new,) = [one.reference for one in Reader.of(world).kept_secrets() if one.reference != reference]
    engine.set_secret(new, OLD)
    assert counts(clients, OLD) == {3}


def test_the_other_secrets_of_an_item_are_no_hindrance(engine: Engine, clients: Clients, reference: str) -> None:
    clients.replace("claude-code", '"TOKEN"', '"PASSWORD": "hunter2hunter2", "TOKEN"')
    engine.sync("watch")
    engine.set_secret(reference, NEW)
    assert b"hunter2hunter2" in clients.bytes()["claude-code"]
    assert (counts(clients, OLD), counts(clients, NEW)) == ({0}, {3})


def test_what_changes_elsewhere_meanwhile_is_not_lost(engine: Engine, clients: Clients, reference: str) -> None:
    clients.add("rovodev", "other")
    engine.set_secret(reference, NEW)
    assert {"other" in clients.servers(client) for client in ALL} == {True}
    assert counts(clients, NEW) == {3}


def test_a_value_that_stands_in_another_place_meanwhile_keeps_that_places_own(
    engine: Engine, clients: Clients, reference: str
) -> None:
    """One client already has another value in one item, not synced yet: that edit is still an edit."""
    own = NEW.replace("9876", "5555")
    clients.replace("codex", f'TOKEN = "{OLD}"', f'TOKEN = "{own}"')
    engine.set_secret(reference, NEW)
    assert counts(clients, OLD) == {0}
    assert counts(clients, own) == {1}  # the later edit went to all, as edits do
    assert counts(clients, NEW) == {2}


@pytest.mark.parametrize("value", ["", "${OTHER}", "changeme", "<your key>", "a b@c/d"])
def test_a_value_that_would_not_be_a_secret_there_is_refused_and_nothing_written(
    engine: Engine, clients: Clients, reference: str, value: str
) -> None:
    before = clients.bytes()
    with pytest.raises(NotASecretError):
        engine.set_secret(reference, value)
    assert clients.bytes() == before


def test_what_no_file_holds_cannot_be_changed(engine: Engine, reference: str) -> None:
    with pytest.raises(SecretUnusedError):
        engine.set_secret("secret:0123456789abcdef", NEW)


def test_a_client_that_cannot_say_the_new_value_keeps_the_old_one_and_says_so(
    engine: Engine, clients: Clients, reference: str
) -> None:
    dollar = "p$1ss:w0rd-9f"  # some clients would take what follows for a variable
    engine.set_secret(reference, dollar.replace(":", "-"))
    new = dollar.replace(":", "-").encode()
    left = [client for client, data in clients.bytes().items() if OLD.encode() in data]
    assert left
    assert all(new not in data for client, data in clients.bytes().items() if client in left)
    assert {(loss.client, loss.reason.code) for _, loss in engine.plan().losses} >= {
        (client, "loss.secret-unsayable") for client in left
    }
    assert any(new in data for data in clients.bytes().values())
    assert engine.sync("watch").written == ()


def test_an_item_that_is_off_keeps_its_value_and_takes_the_new_one_once_it_is_on(
    engine: Engine, clients: Clients, reference: str
) -> None:
    engine.switch(USER, "mcp/s", on=False)
    engine.set_secret(reference, NEW)
    assert counts(clients, OLD) == {1}
    engine.switch(USER, "mcp/s", on=True)
    assert (counts(clients, OLD), counts(clients, NEW)) == ({0}, {3})


def test_a_client_that_is_off_is_left_as_it_is(engine: Engine, clients: Clients, reference: str) -> None:
    engine.switch(USER, "codex", on=False)
    engine.set_secret(reference, NEW)
    assert [client for client, data in clients.bytes().items() if OLD.encode() in data] == ["codex"]


def test_no_secret_is_written_into_a_project(engine: Engine, clients: Clients, reference: str, tmp_path: Path) -> None:
    root = tmp_path / "home" / "repo"
    (root / ".git").mkdir(parents=True)
    entry = f'{{"mcpServers": {{"s": {{"command": "x", "env": {{"TOKEN": "{OLD}"}}}}}}}}'
    (root / ".mcp.json").write_text(entry)
    engine.add_project(str(root))
    engine.set_secret(reference, NEW)
    assert counts(clients, NEW) == {3}
    assert (root / ".mcp.json").read_text() == entry


def test_a_value_in_use_is_forgotten_only_if_the_user_insists(
    engine: Engine, clients: Clients, reference: str, vault: MemoryVault, world: World
) -> None:
    with pytest.raises(SecretInUseError) as caught:
        engine.remove_secret(reference)
    assert "mcp/s, mcp/t" in caught.value.message.english()
    assert values(vault) == {OLD}
    engine.remove_secret(reference, used=True)
    assert (values(vault), Reader.of(world).kept_secrets()) == (set(), ())
    clients.add("codex", "other")
    engine.sync("watch")
    assert values(vault) == {OLD}  # a file still holds it


def test_a_value_that_nobody_uses_is_forgotten(
    engine: Engine, clients: Clients, reference: str, vault: MemoryVault
) -> None:
    engine.set_secret(reference, NEW)
    engine.remove_secret(reference)
    assert values(vault) == {NEW}
    with pytest.raises(NoSuchSecretError):
        engine.remove_secret(reference)


def test_what_a_keyring_lost_is_put_there_again_by_the_daily_care(
    engine: Engine, vault: MemoryVault, reference: str
) -> None:
    for name in [name for name in vault.values if name.startswith("value:")]:
        vault.values[name] = "what somebody else put there"
    engine.maintain()
    assert values(vault) == {OLD}
