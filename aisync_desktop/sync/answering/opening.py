"""Putting an engine together, with the write connections; a database that is broken is rescued on the way."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Protocol

from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.database.integrity import is_whole
from aisync_desktop.kernel.bus import Fed
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.program.events import PROGRAM_FEED
from aisync_desktop.program.settings import sections
from aisync_desktop.program.store.migrations import KNOWN
from aisync_desktop.program.store.rescue import readable_settings
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.program.world import World
from aisync_desktop.secrets.safe import Safe
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.lost_database import Remembered
from aisync_desktop.sync.looking.survey import Surveyor
from aisync_desktop.sync.model.events import SYNC
from aisync_desktop.sync.store.rescue import Rescued, salvaged, without_lost_key
from aisync_desktop.sync.store.store import Store
from aisync_desktop.sync.terms.known import recall


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
    """Open the engine in the calling thread, which then owns it, with sync's store and the program's.

    A damaged database is set aside and rebuilt from the clients' files, and from what is `remembered` where an engine
    had it open. Only a `doubtful` one is read as a whole to find that out; else it shows as soon as something that is
    needed cannot be read. A database that was begun anew before, by one who could not tell of it, is told of, too.
    """
    if world.claim:
        world.claim()  # before anything is taken for ours, and set aside
    opening = _Opening(world, remembered)
    store, program = opening.open(doubtful=doubtful)
    try:
        safe = Safe(store, world.vault(), world.clock)
        surveyor, seen = Surveyor.of(world, store, safe), (world.disk, world.clock, world.environ, world.processes)
        engine = Engine(store, program, surveyor, safe, *seen, own_folders=world.own_folders)
    except BaseException:
        store.close()
        program.close()
        raise
    aside = store.begun_anew()
    if aside is not None:
        engine.rebuild(_notice(world.database, aside), remembered.known if remembered and opening.made_sync else None)
    aside = program.begun_anew()
    if aside is not None:
        engine.stand_by(_settings_notice(world.program_database, aside))
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
    """Have databases that can be opened, before anything reads them."""
    for store in _Opening(world).open():
        store.close()


class _Opening:
    """The databases on their way to being open. Each that is damaged is begun anew, once.

    Attribute: `made_sync` (sync's was made anew for that).
    """

    def __init__(self, world: World, remembered: Remembered | None = None) -> None:
        self._world = world
        self._remembered = remembered
        self._begun: set[Path] = set()
        self.made_sync = False

    def open(self, *, doubtful: bool = False) -> tuple[Store, ProgramStore]:
        """Open both; what is gone though it is remembered is made of that."""
        world, remembered = self._world, self._remembered
        if remembered is not None and not world.program_database.exists():
            ProgramStore.begin_anew(world.program_database, world.clock, remembered.settings)
        if remembered is not None and not world.database.exists():
            self._begin_sync_anew(Rescued())
        try:
            return self._both(doubtful=doubtful)
        except DamagedDatabaseError as error:
            self._begin_anew(error)
            return self.open(doubtful=doubtful)

    def _both(self, *, doubtful: bool) -> tuple[Store, ProgramStore]:
        world = self._world
        with ExitStack() as opened:
            store = Store.open(world.database, world.clock, world.keys())
            opened.callback(store.close)
            recall(store)
            program = ProgramStore.open(world.program_database, world.database, world.clock)
            opened.callback(program.close)
            program.sound_settings(sections())
            if doubtful:
                store.require_sound()
                program.require_sound()
            opened.pop_all()
        store.feed.on_told = partial(world.bus.publish, Fed(SYNC))
        program.feed.on_told = partial(world.bus.publish, Fed(PROGRAM_FEED))
        if world.claim:
            store.claim_by(world.claim)
            program.claim_by(world.claim)
        return store, program

    def _begin_anew(self, error: DamagedDatabaseError) -> None:
        """Begin the damaged one anew. Sync's may have settings, of before the program's store: they go there first."""
        world, program = self._world, self._world.program_database
        path = program if error.path == program else world.database
        if path in self._begun:
            raise error
        self._begun.add(path)
        settings: Mapping[str, object] = readable_settings(path, sections())
        if path == program:
            remembered = self._remembered.settings if self._remembered else {}
            ProgramStore.begin_anew(program, world.clock, {**settings, **remembered})
            return
        if settings and not is_whole(program, KNOWN):
            ProgramStore.begin_anew(program, world.clock, settings)
        self._begin_sync_anew(salvaged(path))

    def _begin_sync_anew(self, found: Rescued) -> None:
        world, remembered = self._world, self._remembered
        found = without_lost_key(remembered.beside(found) if remembered else found, world.keys())
        Store.begin_anew(world.database, world.clock, world.keys(), found)
        self.made_sync = True


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


def _settings_notice(database: Path, aside: str) -> Problem:
    return Problem(
        title=text("store.settings-lost"),
        message=text("store.settings-lost.message", name=aside),
        next_step=text("store.settings-lost.next"),
        path=str(database.with_name(aside)),
    )
