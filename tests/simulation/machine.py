"""A simulated machine: what outlives a process (files, database, clock), and the engine that runs on it.

The store is the real one over SQLite in memory. A machine starts from an image (files and database), so that no run
pays for migrations or adoption again. A crash drops the engine and its store unclosed; the next one opens the same
database.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from peewee import SqliteDatabase

from aisync_desktop.clients.loader import Catalog, load_catalog
from aisync_desktop.database.connection import connect_writer, raw
from aisync_desktop.database.errors import converted
from aisync_desktop.database.migrating import migrate, version_after
from aisync_desktop.database.writer import Writer
from aisync_desktop.kernel.ports import Clock
from aisync_desktop.program.store.migrations import KNOWN as PROGRAM_KNOWN
from aisync_desktop.program.store.migrations import migrations
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.secrets.safe import Safe
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.looking.survey import Surveyor
from aisync_desktop.sync.store.migrations import MIGRATIONS
from aisync_desktop.sync.store.store import Store
from tests.helpers.memory_vault import MemoryVault
from tests.helpers.project_servers import allow_servers
from tests.simulation.sim_clock import SimClock
from tests.simulation.sim_disk import Hook, SimDisk

HOME = Path("/home/user")
PROJECT = Path("/home/user/repo")
CLIENTS = ("claude-code", "codex", "qwen-code", "rovodev")
_MEMORY = Path(":memory:")


def watch(writer: Writer, path: Path, hook: Hook) -> None:
    """Announce each transaction of a writer to a hook: "begin", "commit" (not yet), "committed"."""
    writing = writer.writing

    @contextmanager
    def watched() -> Iterator[SqliteDatabase]:
        with converted(path):
            hook("db-begin", path)
        with writing() as db:
            yield db
            hook("db-commit", path)
        hook("db-committed", path)

    writer.writing = watched  # type: ignore[method-assign]  # this one's, and no other's


class WatchedStore(Store):
    """The store, with each transaction announced to a hook."""

    def __init__(self, path: Path, clock: Clock, ring: KeyRing, db: SqliteDatabase, hook: Hook) -> None:
        super().__init__(path, clock, ring, db)
        watch(self._writer, self.path, hook)


class WatchedProgram(ProgramStore):
    """The program's store, announced in the same way."""

    def __init__(self, clock: Clock, db: SqliteDatabase, hook: Hook) -> None:
        super().__init__(_MEMORY, Path("/nowhere"), clock, db)
        watch(self._writer, _MEMORY, hook)


@dataclass(frozen=True)
class Image:
    """What a machine starts from."""

    database: bytes
    files: Mapping[Path, bytes]


@functools.cache
def four_clients() -> Catalog:
    """Return the descriptors of the four clients of the first release."""
    known = load_catalog(Path("/nowhere"))
    return Catalog(tuple(found for found in known.descriptors if found.id in CLIENTS))


@functools.cache
def _ring() -> KeyRing:
    return KeyRing(Path("/nowhere"), MemoryVault())


@functools.cache
def new_database() -> bytes:
    """Return a database as after a first start, with its key made."""
    clock = SimClock()
    db = connect_writer(_MEMORY, version_after(MIGRATIONS))
    migrate(raw(db), _MEMORY, clock.now(), MIGRATIONS)
    store = Store(_MEMORY, clock, _ring(), db)
    store.keep_version("/", b"", "first", "nobody")  # the first version is what makes the key
    content = raw(db).serialize()
    store.close()
    return content


@functools.cache
def _new_program_database() -> bytes:
    """Return a database of the program's as after a first start."""
    db = connect_writer(_MEMORY, PROGRAM_KNOWN)
    migrate(raw(db), _MEMORY, SimClock().now(), migrations(Path("/nowhere")))
    content = raw(db).serialize()
    db.close()
    return content


def _in_memory(content: bytes) -> SqliteDatabase:
    db = SqliteDatabase(str(_MEMORY), autoconnect=False, thread_safe=False)
    db.connect()
    raw(db).deserialize(content)
    raw(db).execute("PRAGMA foreign_keys = on")
    return db


class Machine:
    """Files, database and clock; at most one engine at a time."""

    def __init__(self, image: Image, catalog: Catalog | None = None) -> None:
        self._catalog = catalog or four_clients()
        self._db = _in_memory(image.database)
        self._program_db = _in_memory(_new_program_database())
        self.clock = SimClock()
        self.disk = SimDisk(self.clock)
        self._vault = MemoryVault()
        self.disk.folders.update({HOME, PROJECT})
        for path, data in image.files.items():
            self.disk.put(path, data)
        self.hook: Hook = lambda _step, _path: None
        self.disk.hook = self._announce
        self.store = self._open_store()

    def _open_store(self) -> WatchedStore:
        return WatchedStore(_MEMORY, self.clock, _ring(), self._db, self._announce)

    def _announce(self, step: str, path: Path) -> None:
        self.hook(step, path)

    def boot(self) -> Engine:
        """Start a process: a store and an engine that know only what is written down."""
        self.store = self._open_store()
        safe = Safe(self.store, self._vault, self.clock)
        surveyor = Surveyor(self._catalog, self.disk, {}, HOME, self.store.fingerprint_key, safe.get)
        program = WatchedProgram(self.clock, self._program_db, self._announce)
        return Engine(self.store, program, surveyor, safe, self.disk, self.clock, {})

    def image(self) -> Image:
        """Return what another machine can start from."""
        files = {path: node.data for path, node in self.disk.nodes.items()}
        return Image(self.connection.serialize(), files)

    @property
    def connection(self) -> sqlite3.Connection:
        """The database, behind the store's back."""
        return raw(self._db)

    def close(self) -> None:
        """Give the databases' memory back."""
        self._db.close()
        self._program_db.close()


def adopted(files: Mapping[Path, bytes]) -> Image:
    """Return a machine with a project, on which the user has agreed that we write, and to the project's servers."""
    machine = Machine(Image(new_database(), files))
    machine.store.set_projects([str(PROJECT)])
    engine = machine.boot()
    engine.recover()
    engine.adopt("user")
    allow_servers(engine)
    image = machine.image()
    machine.close()
    return image
