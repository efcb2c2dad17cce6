"""Putting an engine together, with the write connection; a database that is broken is rescued on the way."""

from __future__ import annotations

from contextlib import suppress
from typing import Protocol

from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.program.world import World
from aisync_desktop.secrets.safe import Safe
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.lost_database import Remembered
from aisync_desktop.sync.looking.survey import Surveyor
from aisync_desktop.sync.store.rescue import Rescued, rescue, without_lost_key
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.known import recall
from aisync_desktop.sync.terms.stored import sound_settings


class OpenEngine(Protocol):
    """Opens an engine in the calling thread; a doubtful database is read as a whole first, and rebuilt from memory."""

    def __call__(self, *, doubtful: bool = False, remembered: Remembered | None = None) -> Engine:
        """Open it."""
        ...


def open_engine(
    world: World,
    *,
    doubtful: bool = False,
    remembered: Remembered | None = None,
    rescued: Rescued | None = None,
) -> Engine:
    """Open the engine in the calling thread, which then owns it.

    A damaged database is set aside and rebuilt from the clients' files, and from what is `remembered` where an engine
    had it open. Only a `doubtful` one is read as a whole to find that out; else it shows as soon as something that is
    needed cannot be read. `rescued`: that was done already (`rescue_damaged`), and is to be told.
    """
    if world.claim:
        world.claim()  # before anything is taken for ours, and set aside
    store, now_rescued = _opened_or_rescued(world, doubtful=doubtful, remembered=remembered)
    try:
        safe = Safe(store, world.vault(), world.clock)
        surveyor, seen = Surveyor.of(world, store, safe), (world.disk, world.clock, world.environ, world.processes)
        engine = Engine(store, surveyor, safe, *seen, own_folders=world.own_folders)
    except BaseException:
        store.close()
        raise
    if now_rescued is not None:
        engine.rebuild(_notice(now_rescued), remembered.known if remembered else None)
    elif rescued is not None and remembered is None:  # at the start, not when it is opened again
        engine.rebuild(_notice(rescued))
    return engine


def recovered(open_it: OpenEngine, *, doubtful: bool = False, remembered: Remembered | None = None) -> Engine:
    """Open an engine that has cleared up after the last run.

    Where damage shows only then, at a page that was not needed before, the database is opened once more, as doubtful.
    """
    engine = None
    try:
        engine = open_it(doubtful=doubtful, remembered=remembered)
        engine.recover()
    except DamagedDatabaseError:
        if engine:
            with suppress(WorldError):
                engine.close()
        if doubtful:
            raise
        return recovered(open_it, doubtful=True, remembered=remembered)
    return engine


def rescue_damaged(world: World) -> Rescued | None:
    """Have a database that can be opened, before anything reads it; return what was rescued of a damaged one."""
    store, rescued = _opened_or_rescued(world)
    store.close()
    return rescued


def _opened_or_rescued(
    world: World, *, doubtful: bool = False, remembered: Remembered | None = None
) -> tuple[Store, Rescued | None]:
    rescued = None if remembered is None or world.database.exists() else Rescued(None)
    try:
        store = _opened(world, doubtful=doubtful)
    except DamagedDatabaseError:
        rescued = rescue(world.database, world.clock.now())
        store = _opened(world)
    if rescued is not None:
        rescued = remembered.beside(rescued) if remembered else rescued
        store.take_over(without_lost_key(rescued, world.keys()))
    return store, rescued


def _opened(world: World, *, doubtful: bool = False) -> Store:
    store = Store.open(world.database, world.clock, world.keys())
    if world.claim:
        store.claim = world.claim
    try:
        recall(store)
        sound_settings(store)
        if doubtful:
            store.require_sound()
    except BaseException:
        store.close()
        raise
    return store


def _notice(rescued: Rescued) -> Problem:
    if rescued.path is None:
        title, message, next_step = (text(code) for code in ("store.lost", "store.lost.message", "store.lost.next"))
        return Problem(title=title, message=message, next_step=next_step)
    return Problem(
        title=text("store.rebuilt"),
        message=text("store.rebuilt.message", name=rescued.path.name),
        next_step=text("store.rebuilt.next"),
        path=str(rescued.path),
    )
