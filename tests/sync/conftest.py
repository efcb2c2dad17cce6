"""A home folder with files of the four clients, and an engine over it with a real store and disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.files.protocol import Disk
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from tests.helpers.clients import Clients
from tests.helpers.clock import HandClock, LeapingClock

OpenEngine = Callable[[], Engine]


@pytest.fixture
def clients(tmp_path: Path) -> Clients:
    return Clients.make(tmp_path / "home")


@pytest.fixture
def disk() -> Disk:
    return RealDisk(LeapingClock())


@pytest.fixture
def world(tmp_path: Path, clients: Clients, disk: Disk) -> World:
    root = tmp_path / "own"
    places = Places(root / "config", root / "state", root / "cache", root / "log")
    places.create()
    return World(places, clients.home, {}, disk, LeapingClock())


@pytest.fixture
def engine(world: World) -> Iterator[Engine]:
    opened = open_engine(world)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def timed_engine(world: World, clock: HandClock) -> Iterator[Engine]:
    """An engine whose time goes on only when a test says so."""
    opened = open_engine(replace(world, clock=clock, disk=RealDisk(clock)))
    yield opened
    opened.close()
