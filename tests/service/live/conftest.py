"""A live engine over a home with the four clients' files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.program.world import World
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from tests.helpers.clients import Clients
from tests.helpers.patience import PATIENCE


@pytest.fixture
def clients(tmp_path: Path) -> Clients:
    return Clients.make(tmp_path / "home")


@pytest.fixture
def world(tmp_path: Path, clients: Clients) -> World:
    root = tmp_path / "own"
    places = Places(root / "config", root / "state", root / "cache", root / "log")
    places.create()
    clock = SystemClock()
    return World(places, clients.home, {}, RealDisk(clock), clock)


def _adopt(engine: Engine) -> None:
    engine.adopt("user")


@pytest.fixture
def start(qtbot: QtBot, world: World) -> Iterator[Callable[[], LiveEngine]]:
    """Return what starts a live engine and adopts the clients; its net under the watcher is out of the way."""
    started: list[LiveEngine] = []

    def make() -> LiveEngine:
        made = LiveEngine(partial(open_engine, world), rescan_seconds=3600, bus=world.bus)
        started.append(made)
        with qtbot.waitSignal(made.started):
            made.start()
        made.submit(_adopt).result(PATIENCE)
        qtbot.waitUntil(lambda: made.status is not None and made.status.adopted)
        return made

    yield make
    assert [made.stop() for made in started] == [True] * len(started)


@pytest.fixture
def live(start: Callable[[], LiveEngine]) -> LiveEngine:
    """Return a running live engine."""
    return start()
