"""Before the user has agreed to anything: files are looked at, and nobody is asked for a password for that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.secrets.vault import Vault
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.reports.plan_report import plan_report
from aisync_desktop.sync.reports.preview import look, preview
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients
from tests.helpers.memory_vault import MemoryVault

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
ENTRY = f'"held": {{"command": "npx", "args": ["-y", "server-github"], "env": {{"TOKEN": "{CANARY}"}}}}'


class AskedVault(MemoryVault):
    """Counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def _check(self) -> None:
        self.calls += 1
        super()._check()


class VaultWorld(World):
    """A world whose keyring is in the test's hand."""

    keyring = AskedVault()

    def vault(self) -> Vault:
        return self.keyring


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> AskedVault:
    made = AskedVault()
    monkeypatch.setattr(VaultWorld, "keyring", made)
    return made


@pytest.fixture
def world(world: World, vault: AskedVault) -> World:
    del vault
    return VaultWorld(world.places, world.home, world.environ, world.disk, world.clock, world.processes)


@pytest.fixture
def two_with_a_secret(clients: Clients) -> Clients:
    """Two clients with the same server, which has a secret in it."""
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{ENTRY},')
    clients.replace("rovodev", '"mcpServers": {', f'"mcpServers": {{{ENTRY}')
    return clients


@pytest.fixture
def engine(world: World, two_with_a_secret: Clients) -> Iterator[Engine]:
    """An engine that has looked at these files."""
    del two_with_a_secret
    opened = open_engine(world)
    opened.recover()
    opened.sync("watch")
    yield opened
    opened.close()


def test_looking_asks_no_keyring(engine: Engine, vault: AskedVault) -> None:
    engine.propose()
    engine.tell_problems(lasting=True)
    engine.maintain()
    assert engine.status().health is Health.NEW
    assert vault.calls == 0


def test_consent_keeps_the_key_that_secrets_were_named_with(
    engine: Engine, world: World, clients: Clients, vault: AskedVault
) -> None:
    engine.adopt("user", agreed=engine.propose().agreed)
    ref = Reader.of(world).key_ref()
    assert ref is not None
    assert f"data-key:{ref.id}" in vault.values
    engine.close()
    again = open_engine(world)
    before = clients.bytes()
    assert again.sync("start").written == ()
    assert clients.bytes() == before
    assert [one.kind for one in again.status().decisions] == ["secret"]
    again.close()


def test_what_a_look_shows_is_what_the_engine_writes(
    world: World, two_with_a_secret: Clients, vault: AskedVault
) -> None:
    """Each of them names the secret, in the server that is to be changed, with a key of its own."""
    two_with_a_secret.replace("rovodev", "server-github", "server-gitlab")
    looked = look(world, prefer="rovodev")
    assert "secret:" in repr(looked.plan.targets)
    assert vault.calls == 0
    with closing(open_engine(world)) as engine:
        engine.adopt("user", prefer="rovodev", agreed=plan_report(looked.plan, looked.catalog).agreed)
    assert two_with_a_secret.servers("claude-code")["held"]["args"] == ["-y", "server-gitlab"]


def test_what_an_assistant_asks_for_keeps_the_key_where_it_names_a_secret(engine: Engine, vault: AskedVault) -> None:
    engine.propose_for("undo", {}, "codex")
    assert vault.calls == 0
    engine.propose_for("secret-remove", {"reference": "secret:0123456789abcdef"}, "codex")
    assert [name for name in vault.values if name.startswith("data-key:")]


def test_who_goes_on_without_a_keyring_is_asked_and_told_no_more(
    engine: Engine, world: World, vault: AskedVault
) -> None:
    vault.refusal = "no backend"
    engine.set_setting("keyring", value=False)
    engine.adopt("user")
    engine.sync("watch")
    assert vault.calls == 0
    assert engine.status().notes == ()
    assert preview(world).status.notes == ()
    engine.set_setting("keyring", value=True)
    engine.sync("watch")
    assert [note.title.code for note in engine.status().notes] == ["secrets.key-beside", "secrets.in-database"]
