"""Putting an engine together, with the write connection."""

from __future__ import annotations

from aisync_desktop.engine.facade import Engine
from aisync_desktop.engine.surroundings import Surroundings
from aisync_desktop.store.store import Store


def open_engine(world: Surroundings) -> Engine:
    """Open the engine in the calling thread, which then owns it."""
    store = Store.open(world.database, world.clock, world.keys())
    return Engine(store, world.surveyor(store), world.disk, world.clock, world.environ)
