"""Making and taking back a backup: what needs the files themselves, and so is done by whoever asks for it.

A backup is made also while the app runs, by a reader. It is taken back only while nobody else uses the databases.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from aisync_desktop.files.instance import InstanceLock
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.sync.model.events import Restored
from aisync_desktop.sync.store.backups import make_backup, require_database
from aisync_desktop.sync.store.backups import restore as put_back
from aisync_desktop.sync.store.portable import luggage_of
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.store import Store


def back_up(world: World, target: Path, ask: Callable[[], str] | None = None) -> None:
    """Copy the database into a file; where there is a passphrase to `ask` for, one for another machine."""
    luggage = None
    require_database(world.database)
    if ask is not None:
        with closing(Reader.of(world)) as reader:
            luggage = luggage_of(reader, world.safe(reader), world.keys(), ask())
    with closing(ProgramReader.of(world)) as program:
        make_backup(world.database, target, program, luggage)


def restore(world: World, source: Path, ask: Callable[[], str]) -> Path | None:
    """Put a backup in the database's place, while nobody else uses it; return where the old one is kept.

    `ask` is for the passphrase of one that comes from another machine.
    """
    with InstanceLock(world.places.lock):
        kept = put_back(source, world.database, world.keys(), world.clock.now(), ask)
        told = Restored(target=str(source), kept=str(kept or ""))
        with closing(Store.open(world.database, world.clock, world.keys())) as store, store.feed.telling(told):
            pass  # opening brings it up to date
    return kept
