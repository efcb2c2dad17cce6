"""Putting an engine together, with the write connection; a database that is broken is rescued on the way."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
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
from aisync_desktop.sync.store.rescue import Rescued, salvaged, without_lost_key
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
) -> Engine:
    """Open the engine in the calling thread, which then owns it.

    A damaged database is set aside and rebuilt from the clients' files, and from what is `remembered` where an engine
    had it open. Only a `doubtful` one is read as a whole to find that out; else it shows as soon as something that is
    needed cannot be read. A database that was begun anew before, by one who could not tell of it, is told of, too.
    """
    if world.claim:
        world.claim()  # before anything is taken for ours, and set aside
    store, rescued = _opened_or_rescued(world, doubtful=doubtful, remembered=remembered)
    try:
        safe = Safe(store, world.vault(), world.clock)
        surveyor, seen = Surveyor.of(world, store, safe), (world.disk, world.clock, world.environ, world.processes)
        engine = Engine(store, surveyor, safe, *seen, own_folders=world.own_folders)
    except BaseException:
        store.close()
        raise
    aside = store.begun_anew()
    if aside is not None:
        engine.rebuild(_notice(world.database, aside), remembered.known if remembered and rescued else None)
    return engine


def recovered(open_it: OpenEngine, *, doubtful: bool = False, remembered: Remembered | None = None) -> Engine:
    """Open an engine that has cleared up after the last run.

    Where damage shows only then, at a page that was not needed before, the database is opened once more, as doubtful.
    """
    engine = None
    try:
        engine = open_it(doubtful=doubtful, remembered=remembered)
        engine.recover()
    except WorldError as error:
        if engine:
            with suppress(WorldError):
                engine.close()
        if doubtful or not isinstance(error, DamagedDatabaseError):
            raise
        return recovered(open_it, doubtful=True, remembered=remembered)
    return engine


def rescue_damaged(world: World) -> None:
    """Have a database that can be opened, before anything reads it."""
    store, _ = _opened_or_rescued(world)
    store.close()


def _opened_or_rescued(
    world: World, *, doubtful: bool = False, remembered: Remembered | None = None
) -> tuple[Store, bool]:
    """Return the open database, and whether it was made anew for that."""
    if remembered is None or world.database.exists():
        try:
            return _opened(world, doubtful=doubtful), False
        except DamagedDatabaseError:
            found = salvaged(world.database)
    else:
        found = Rescued()
    found = without_lost_key(remembered.beside(found) if remembered else found, world.keys())
    Store.begin_anew(world.database, world.clock, world.keys(), found)
    return _opened(world), True


def _opened(world: World, *, doubtful: bool = False) -> Store:
    store = Store.open(world.database, world.clock, world.keys())
    if world.claim:
        store.claim_by(world.claim)
    try:
        recall(store)
        sound_settings(store)
        if doubtful:
            store.require_sound()
    except BaseException:
        store.close()
        raise
    return store


def _notice(database: Path, aside: str) -> Problem:
    if not aside:
        title, message, next_step = (text(code) for code in ("store.lost", "store.lost.message", "store.lost.next"))
        return Problem(title=title, message=message, next_step=next_step)
    return Problem(
        title=text("store.rebuilt"),
        message=text("store.rebuilt.message", name=aside),
        next_step=text("store.rebuilt.next"),
        path=str(database.with_name(aside)),
    )
