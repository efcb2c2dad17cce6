"""What a file held in clear can be written again: the safe keeps it, and a silent keyring holds up nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.program.world import World
from aisync_desktop.secrets.errors import VaultUnusableError
from aisync_desktop.secrets.safe import Use, Where
from aisync_desktop.secrets.vault import Vault
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health
from aisync_desktop.sync.reports.preview import look, preview
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.terms.secret_uses import uses_of
from tests.helpers.clients import Clients
from tests.helpers.clock import HandClock
from tests.helpers.memory_vault import MemoryVault

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
ROTATED = "ghp_9876543210abcdefghijABCDEFGHIJ012345"
ENTRY = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}}'


class VaultWorld(World):
    """A world whose keyring is in the test's hand."""

    keyring = MemoryVault()

    def vault(self) -> Vault:
        return self.keyring


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> MemoryVault:
    made = MemoryVault()
    monkeypatch.setattr(VaultWorld, "keyring", made)
    return made


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def world(world: World, vault: MemoryVault, clock: HandClock) -> World:
    disk = RealDisk(clock)
    return VaultWorld(world.places, world.home, world.environ, disk, clock)


@pytest.fixture
def engine(world: World, clients: Clients) -> Iterator[Engine]:
    """An engine with a secret in one client's file, agreed on; whether it may be copied is asked."""
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{ENTRY},')
    opened = open_engine(world)
    opened.adopt("user")
    yield opened
    opened.close()


def copy_everywhere(engine: Engine) -> None:
    (decision,) = [one for one in engine.status().decisions if one.kind == "secret"]
    engine.decide(decision.id, "copy")


def values(vault: MemoryVault) -> list[str]:
    return [value for name, value in vault.values.items() if name.startswith("value:")]


def holders(clients: Clients, secret: str = CANARY) -> list[str]:
    return [client for client, data in clients.bytes().items() if secret.encode() in data]


def losses(engine: Engine) -> set[str]:
    return {loss.reason.code for _, loss in engine.plan().losses}


def edit_beside(clients: Clients) -> None:
    """Change what is not ours in every file, so that none can be put back byte for byte."""
    clients.replace("claude-code", '"numStartups": 12', '"numStartups": 13')
    clients.replace("codex", 'model = "o3"', 'model = "o4"')
    clients.replace("qwen-code", '"$version": 4', '"$version": 5')
    clients.replace("rovodev", "{\n", '{\n  "other": 1,\n')


def test_what_files_hold_is_kept_with_where_it_was_seen(engine: Engine, world: World, vault: MemoryVault) -> None:
    assert values(vault) == [CANARY]
    (kept,) = Reader.of(world).kept_secrets()
    assert (kept.where, kept.seen) == (Where.KEYRING, (Use("user", "mcp/s", "env.TOKEN", "claude-code"),))
    copy_everywhere(engine)
    (kept,) = Reader.of(world).kept_secrets()
    assert [use.client for use in kept.seen] == ALL


def test_before_the_user_agreed_nothing_is_kept(world: World, clients: Clients, vault: MemoryVault) -> None:
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{ENTRY},')
    look(world)
    engine = open_engine(world)
    engine.sync("watch")
    engine.close()
    look(world)
    assert values(vault) == []


def test_a_value_that_changes_in_a_file_is_kept_beside_the_old_one(
    engine: Engine, clients: Clients, vault: MemoryVault
) -> None:
    copy_everywhere(engine)
    clients.replace("codex", CANARY, ROTATED)
    engine.sync("watch")
    assert holders(clients, ROTATED) == ALL
    assert sorted(values(vault)) == sorted([CANARY, ROTATED])


def test_a_rollback_writes_a_value_that_stands_in_no_file_any_more(
    engine: Engine, clients: Clients, world: World
) -> None:
    copy_everywhere(engine)
    then = Reader.of(world).latest("user")
    engine.close()
    again = open_engine(world)
    clients.replace("claude-code", ENTRY + ",", "")
    again.sync("user", patient=False)
    assert holders(clients) == []
    edit_beside(clients)
    again.close()
    later = open_engine(world)
    later.rollback(then)
    assert holders(clients) == ALL
    assert clients.servers("codex")["s"]["env"] == {"TOKEN": CANARY}
    later.close()


def test_an_undo_in_a_file_that_others_changed_writes_the_value_again(engine: Engine, clients: Clients) -> None:
    copy_everywhere(engine)
    clients.replace("codex", CANARY, ROTATED)
    engine.sync("watch")
    edit_beside(clients)
    engine.undo()
    assert (holders(clients), holders(clients, ROTATED)) == (ALL, [])


def clash_everywhere(engine: Engine, clients: Clients, world: World) -> Engine:
    """Let every client say something else in place of the value, and return a new engine, which has never seen it."""
    copy_everywhere(engine)
    engine.close()
    for number, client in enumerate(ALL):
        clients.replace(client, CANARY, f"{ROTATED}{number}")
    again = open_engine(world)
    again.sync("watch")
    return again


def take_base(engine: Engine) -> None:
    (decision,) = engine.status().decisions
    engine.decide(decision.id, "base")


def test_what_was_agreed_before_can_be_taken_though_its_value_stands_in_no_file(
    engine: Engine, clients: Clients, world: World
) -> None:
    again = clash_everywhere(engine, clients, world)
    take_base(again)
    assert holders(clients) == ALL
    again.close()


def test_a_silent_keyring_holds_up_the_one_value_only_and_is_asked_again_later(
    engine: Engine, clients: Clients, world: World, vault: MemoryVault, clock: HandClock
) -> None:
    again = clash_everywhere(engine, clients, world)
    vault.refusal = "locked"
    take_base(again)
    clients.add("codex", "other")
    again.sync("watch")
    assert {"other" in clients.servers(client) for client in ALL} == {True}
    assert (holders(clients), losses(again)) == ([], {"loss.secret-locked"})
    assert again.status().health is Health.IN_STEP
    vault.refusal = ""
    assert again.due_in() is not None
    clock.sleep(3600)
    again.sync("watch")
    assert (holders(clients), losses(again)) == (ALL, set())
    again.close()


def test_a_value_that_nobody_has_any_more_is_told_as_a_loss_and_no_reference_is_written(
    engine: Engine, clients: Clients, world: World, vault: MemoryVault
) -> None:
    again = clash_everywhere(engine, clients, world)
    vault.values = {name: one for name, one in vault.values.items() if "data-key" in name}
    take_base(again)
    assert losses(again) == {"loss.secret-unknown"}
    assert not any(b"secret:" in data for data in clients.bytes().values())
    again.close()


def test_where_no_keyring_is_the_status_says_so_and_nothing_counts_as_out_of_step(
    world: World, clients: Clients, vault: MemoryVault, clock: HandClock
) -> None:
    vault.refusal = "no backend"
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{ENTRY},')
    engine = open_engine(world)
    engine.adopt("user")
    copy_everywhere(engine)
    status = engine.status()
    assert status.health is Health.IN_STEP
    assert [note.title.code for note in status.notes] == ["secrets.key-beside", "secrets.in-database"]
    assert status.notes[0].path == str(next(world.places.state.glob("*.key")))
    assert preview(world).status.notes == status.notes
    vault.refusal = ""
    clock.sleep(3600)
    engine.sync("watch")
    assert [note.title.code for note in engine.status().notes] == ["secrets.key-beside"]
    assert values(vault) == [CANARY]
    engine.close()


def test_a_keyring_that_fails_is_asked_once_and_not_for_each_secret(
    world: World, clients: Clients, vault: MemoryVault, clock: HandClock
) -> None:
    asked: list[str] = []

    def put(name: str, value: str) -> None:
        asked.append(name)
        raise VaultUnusableError("it does not answer")

    vault.put = put  # type: ignore[method-assign]  # a keyring that hangs on every call
    env = ", ".join(f'"TOKEN_{number}": "{CANARY}{number}"' for number in range(30))
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{"s": {{"command": "x", "env": {{{env}}}}},')
    engine = open_engine(world)
    engine.adopt("user")
    copy_everywhere(engine)
    assert len([name for name in asked if name.startswith("value:")]) == 1
    assert len(holders(clients)) == len(ALL)
    assert len(Reader.of(world).kept_secrets()) == 30
    engine.close()


def test_with_a_keyring_there_is_nothing_to_note(engine: Engine) -> None:
    assert engine.status().notes == ()


def test_an_endpoint_tells_where_it_holds_secrets(engine: Engine, world: World) -> None:
    states = look(world).survey.endpoints
    found = {reference: uses for state in states for reference, uses in uses_of(state).items()}
    assert list(found.values()) == [(Use("user", "mcp/s", "env.TOKEN", "claude-code"),)]


def test_no_byte_of_a_kept_value_is_in_what_we_write(
    world: World, clients: Clients, vault: MemoryVault, tmp_path: Path
) -> None:
    vault.refusal = "locked"
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{ENTRY},')
    engine = open_engine(replace(world))
    engine.adopt("user")
    files = [path for path in (tmp_path / "own").rglob("*") if path.is_file()]
    assert [path.name for path in files if CANARY.encode() in path.read_bytes()] == []
    engine.close()
