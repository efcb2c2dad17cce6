"""Putting an engine together, with the write connection."""

from __future__ import annotations

from aisync_desktop.core.messages import text
from aisync_desktop.core.status import Problem
from aisync_desktop.engine.facade import Engine
from aisync_desktop.engine.surroundings import Surroundings
from aisync_desktop.secrets.safe import Safe
from aisync_desktop.store.errors import DamagedDatabaseError
from aisync_desktop.store.rescue import Rescued, set_aside, without_lost_key
from aisync_desktop.store.store import Store


def open_engine(world: Surroundings, *, doubtful: bool = False) -> Engine:
    """Open the engine in the calling thread, which then owns it.

    A damaged database is set aside and rebuilt from the clients' files. Only a `doubtful` one is read as a whole to
    find that out; else it shows as soon as something that is needed cannot be read.
    """
    rescued = None
    try:
        store = _opened(world, doubtful=doubtful)
    except DamagedDatabaseError:
        rescued = without_lost_key(set_aside(world.database, world.clock.now()), world.keys())
        store = _opened(world)
        store.take_over(rescued)
    safe = Safe(store, world.vault(), world.clock)
    surveyor, seen = world.surveyor(store, safe), (world.disk, world.clock, world.environ, world.processes)
    engine = Engine(store, surveyor, safe, *seen, own_folders=world.own_folders)
    if rescued is not None:
        engine.rebuild(_notice(rescued))
    return engine


def _opened(world: Surroundings, *, doubtful: bool = False) -> Store:
    store = Store.open(world.database, world.clock, world.keys())
    try:
        store.memory()
        if doubtful:
            store.require_sound()
    except BaseException:
        store.close()
        raise
    return store


def _notice(rescued: Rescued) -> Problem:
    return Problem(
        title=text("store.rebuilt"),
        message=text("store.rebuilt.message", name=rescued.path.name),
        next_step=text("store.rebuilt.next"),
        path=str(rescued.path),
    )
