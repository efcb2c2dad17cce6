from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aisync_desktop.database.connection import raw
from aisync_desktop.files.places import PROGRAM_DATABASE
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.store import Store
from tests.helpers.memory_vault import MemoryVault


class TickingClock:
    """Each look at it is a second later."""

    def __init__(self) -> None:
        self.time = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        self.time += dt.timedelta(seconds=1)
        return self.time

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        self.time += dt.timedelta(seconds=seconds)


def sql(store: Store, statement: str) -> list[tuple[object, ...]]:
    """Run a statement behind the store's back."""
    return raw(store._writer.db).execute(statement).fetchall()


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def ring(tmp_path: Path, vault: MemoryVault) -> KeyRing:
    return KeyRing(tmp_path / "state", vault)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "aisync.sqlite3"


@pytest.fixture
def store(path: Path, clock: TickingClock, ring: KeyRing) -> Iterator[Store]:
    store = Store.open(path, clock, ring)
    yield store
    store.close()


@pytest.fixture
def program(path: Path, clock: TickingClock) -> Iterator[ProgramStore]:
    """The program's store beside it."""
    program = ProgramStore.open(path.with_name(PROGRAM_DATABASE), path, clock)
    yield program
    program.close()


@pytest.fixture
def quick_store(store: Store) -> Store:
    """A store that waits for no disk, for tests that write much and do not pull the plug."""
    sql(store, "PRAGMA synchronous = off")
    return store


@pytest.fixture
def reader(path: Path, ring: KeyRing) -> Iterator[Reader]:
    reader = Reader(path, ring)
    yield reader
    reader.close()


@pytest.fixture
def reopen(path: Path, clock: TickingClock, ring: KeyRing, store: Store) -> Iterator[Callable[[], Store]]:
    """Return a function that closes the store and opens it as a new process would."""
    opened: list[Store] = []

    def again() -> Store:
        for old in opened or [store]:
            old.close()
        opened[:] = [Store.open(path, clock, ring)]
        return opened[0]

    yield again
    for each in opened:
        each.close()
