"""The user's first consent, carried out while others watch the status."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from aisync_desktop.program.world import World
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health
from tests.helpers.clients import Clients
from tests.helpers.memory_vault import MemoryVault
from tests.helpers.patience import PATIENCE

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"


class SlowVault(MemoryVault):
    """A keyring that asks for its password each time, and waits until somebody has typed it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.typed = threading.Semaphore(0), threading.Semaphore(0)

    def put(self, name: str, value: str) -> None:
        self.asked.release()
        assert self.typed.acquire(timeout=PATIENCE)
        super().put(name, value)


def test_the_status_tells_of_the_consent_while_a_keyring_keeps_us_waiting(
    qtbot: QtBot, world: World, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = SlowVault()
    monkeypatch.setattr(World, "vault", lambda _: vault)
    clients.replace("claude-code", '"command": "npx"', f'"command": "npx", "env": {{"TOKEN": "{CANARY}"}}')
    live = LiveEngine(partial(open_engine, world), rescan_seconds=3600)
    with qtbot.waitSignal(live.started):
        live.start()
    adopted = live.submit(lambda engine: engine.adopt("user"))
    assert vault.asked.acquire(timeout=PATIENCE)  # for the key of the history
    qtbot.waitUntil(lambda: live.status is not None and live.status.health is Health.SYNCING)
    vault.typed.release()
    assert vault.asked.acquire(timeout=PATIENCE)  # for the secret, which is in the files by now
    qtbot.waitUntil(lambda: live.status is not None and live.status.adopted)
    assert not adopted.done()
    vault.typed.release()
    adopted.result(PATIENCE)
    assert live.stop()
