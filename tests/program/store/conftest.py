from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aisync_desktop.files.places import DATABASE, PROGRAM_DATABASE
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.store.store import ProgramStore
from tests.sync.store.conftest import TickingClock


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def sync_database(tmp_path: Path) -> Path:
    return tmp_path / "state" / DATABASE


@pytest.fixture
def path(sync_database: Path) -> Path:
    return sync_database.with_name(PROGRAM_DATABASE)


@pytest.fixture
def store(path: Path, sync_database: Path, clock: TickingClock) -> Iterator[ProgramStore]:
    store = ProgramStore.open(path, sync_database, clock)
    yield store
    store.close()


@pytest.fixture
def reader(path: Path, sync_database: Path) -> Iterator[ProgramReader]:
    reader = ProgramReader(path, sync_database)
    yield reader
    reader.close()
