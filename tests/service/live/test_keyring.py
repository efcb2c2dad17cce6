"""The keyring is opened before anything is written: that may ask for a password, and nobody waits for it."""

from __future__ import annotations

import threading
from typing import cast

import pytest

from aisync_desktop.program.world import World
from aisync_desktop.secrets.vault import SystemVault
from aisync_desktop.service.facade import Submitter
from aisync_desktop.service.live.asking import LiveAsking
from aisync_desktop.service.operations.looking import ProjectsRequest
from aisync_desktop.service.operations.secrets import KeyringRequest
from tests.helpers.memory_keyring import MemoryKeyring
from tests.helpers.memory_vault import MemoryVault
from tests.helpers.patience import PATIENCE


class PromptingVault(MemoryVault):
    """A keyring whose password is typed when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = threading.Event()

    def put(self, name: str, value: str) -> None:
        assert self.typed.wait(PATIENCE)
        super().put(name, value)


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> PromptingVault:
    made = PromptingVault()
    monkeypatch.setattr(World, "vault", lambda _: made)
    return made


@pytest.fixture
def asking(world: World) -> LiveAsking:
    return LiveAsking(cast("Submitter", None), world)


def test_a_keyring_that_waits_for_its_password_holds_up_no_other_look(
    asking: LiveAsking, vault: PromptingVault
) -> None:
    opened = asking.ask(KeyringRequest())
    asking.ask(ProjectsRequest()).result(PATIENCE)
    assert not opened.done()
    vault.typed.set()
    assert opened.result(PATIENCE).usable
    assert vault.values == {}
    asking.stop()


def test_why_a_keyring_cannot_be_used_is_told(asking: LiveAsking, vault: PromptingVault) -> None:
    vault.typed.set()
    vault.refusal = "no backend"
    answer = asking.ask(KeyringRequest()).result(PATIENCE)
    assert (answer.usable, answer.reason) == (False, "no backend")
    asking.stop()


def test_a_fault_while_it_is_opened_comes_back_to_who_asked(
    asking: LiveAsking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(World, "vault", lambda _: None)
    with pytest.raises(AttributeError):
        asking.ask(KeyringRequest()).result(PATIENCE)
    asking.stop()


def test_the_system_keyring_is_waited_for_as_long_as_a_password_takes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keyring.core._keyring_backend", MemoryKeyring())
    monkeypatch.setattr(World, "vault", lambda _: SystemVault(wait_seconds=0))
    assert KeyringRequest().run(world).usable
