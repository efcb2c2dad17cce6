"""Rows that are whole to SQLite, with values that we never wrote: what makes no sense is damage, not our fault."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from aisync_desktop.database.errors import DamagedDatabaseError, DeniedDatabaseError
from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.settings import ProgramSettings
from aisync_desktop.program.store import models as program_models
from aisync_desktop.program.store.reads import ProgramReader, stored_settings
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine, recovered, rescue_damaged
from aisync_desktop.sync.reports.history import history, snapshot_report, versions_of
from aisync_desktop.sync.reports.preview import look
from aisync_desktop.sync.store import records
from aisync_desktop.sync.store.export import ExportKind, rows_of
from aisync_desktop.sync.store.models import TABLES
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.store import Store
from tests.helpers.clients import Clients
from tests.helpers.feeds import audit

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
TEXTS = [
    "", "nonsense", "null", "[]", "{}", "0", '"x"', "[[]]", '{"x": 1}', '{"x": {}}', '{"mcp/x": {}}', '{"odd/x": {}}',
    '{"mcp/x": {"transport": "stdio", "args": 7}}', '{"off": 7, "pins": {}}', "2026-13-45T00:00:00.000000Z",
    "2026-01-01T00:00:00", "0001-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00+14:00",
    '"9999-12-31T23:59:59+00:00"', '"2026-01-01"', "[" * 5000, '"\\ud800"', '{"mcp/\\ud800": {}}',
    "1e999", "\0", "NaN", "project:", "project:x", "project:/\0", '["/\\u0000"]', '{"id": 7, "place": "file"}',
    "pending", "open", "running", '"2026-01-01T00:00:00+00:00/9999-12-31T23:59:59+00:00"',
]  # fmt: skip
VALUES = [*TEXTS, None, 0, -1, 2**62, 1.5, float("inf"), b"", b"\0", b"\xff" * 16, b"2026-01-01", b"{}"]
_PROGRAM = {table._meta.table_name for table in program_models.TABLES}
ROWS = [
    (table._meta.table_name, column) for table in (*TABLES, *program_models.TABLES) for column in table._meta.columns
]


@dataclass(frozen=True)
class Kept:
    """A world that was in use: agreed, with a project, a secret, a pause, questions, and a sync that was cut off."""

    root: Path
    copies: Iterator[int]

    def world(self) -> tuple[World, Clients]:
        """Return a fresh copy of it."""
        target = self.root / f"copy-{next(self.copies)}"
        shutil.copytree(self.root / "kept", target, symlinks=True)
        return _world(target)


def _world(root: Path) -> tuple[World, Clients]:
    own = root / "own"
    places = Places(own / "config", own / "state", own / "cache", own / "log")
    places.create()
    return World(places, root / "home", {}, RealDisk(SystemClock()), SystemClock()), Clients(root / "home")


_MADE: list[Kept] = []


@pytest.fixture
def kept(isolated_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Return a world that is made once, but within a test: outside of one, nothing keeps it from a real keyring."""
    del isolated_home
    if not _MADE:
        _MADE.append(_made(tmp_path_factory.mktemp("rows")))
    return _MADE[0]


def _made(root: Path) -> Kept:
    clients = Clients.make(root / "kept" / "home")
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}},'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry}')
    project = root / "kept" / "home" / "work"
    (project / ".git").mkdir(parents=True)
    world, _ = _world(root / "kept")
    with closing(open_engine(world)) as engine:
        engine.recover()
        engine.adopt("user")
        engine.set_setting("history_days", 30)
        engine.add_project(str(project))
        clients.add("codex", "more")
        engine.sync("watch")
        clients.replace("claude-code", '"npx"', '"deno"')
        clients.replace("codex", '"uvx"', '"uv"')
        clients.replace("qwen-code", '"uvx"', '"pipx"')
        engine.sync("watch")
        assert engine.status().decisions
        engine.pause_for(60 * 24)
    with closing(Store.open(world.database, world.clock, world.keys())) as store:
        store.log("error", "store.lost", {"client": "codex"})
        store.record_export("logs", "csv", "/x", 1, "cli")
        cut_off = records.Target("codex", str(clients.paths["codex"]), "0" * 64, "1" * 64)
        store.begin_sync(records.SyncStart("user", "sync", "watch", targets=(cut_off,)))
    with closing(ProgramStore.open(world.program_database, world.database, world.clock)) as program:
        audit(program, "sync", "", {"x": 1})
    return Kept(root, iter(range(10**6)))


def put_value(database: Path, table: str, column: str, row: int, value: object) -> None:
    """Put a value where it is, whatever SQLite's own rules say of the column."""
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        schema = db.execute("SELECT rowid, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
        db.execute("UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table'")
    with closing(sqlite3.connect(database)) as db, db, suppress(sqlite3.IntegrityError):
        numbers = [number for (number,) in db.execute(f"SELECT rowid FROM {table}")]  # noqa: S608 - our own tables
        if numbers:
            which = numbers[row % len(numbers)]
            db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, which))  # noqa: S608 - the same
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("PRAGMA writable_schema = ON")
        db.executemany("UPDATE sqlite_schema SET sql = ? WHERE rowid = ?", [(sql, number) for number, sql in schema])


def read_everything(world: World) -> None:
    """Read as commands do; what the world did to the database is a WorldError."""
    with closing(Reader.of(world)) as reader, closing(ProgramReader.of(world)) as program:

        def hashes(path: str) -> list[str]:
            return [one.hash for one in reader.versions(path) if one.hash]

        reads: list[Callable[[], object]] = [
            lambda: look(world),
            lambda: history(reader, 50),
            lambda: [snapshot_report(reader, one.id) for one in history(reader, 50)],
            lambda: [versions_of(reader, path, 50) for path in reader.version_paths()],
            lambda: [reader.blob(hash_) for path in reader.version_paths() for hash_ in hashes(path)],
            *(partial(list, rows_of(reader, program, kind)) for kind in ExportKind),
            reader.kept_secrets, reader.sync_events, reader.clients, reader.endpoints, reader.files_at_first_sight,
            program.settings, program.carried,
        ]  # fmt: skip
        for read in reads:
            with suppress(WorldError):
                read()


def started(world: World) -> Engine:
    """Start as the app does, and look until a look comes to its end."""
    try:
        stored_settings(world, ProgramSettings)
    except (DamagedDatabaseError, DeniedDatabaseError):
        rescue_damaged(world)
        stored_settings(world, ProgramSettings)
    engine = recovered(partial(open_engine, world))
    try:
        engine.maintain()
        engine.sync("watch")
    except DamagedDatabaseError:
        engine.close()
        engine = recovered(partial(open_engine, world), doubtful=True, remembered=engine.remembered())
        engine.maintain()
        engine.sync("watch")
    return engine


def survives(kept: Kept, table: str, column: str, row: int, value: object) -> bool:
    """Start on that value; return whether the database was rescued."""
    world, clients = kept.world()
    database = world.program_database if table in _PROGRAM else world.database
    put_value(database, table, column, row, value)
    before = clients.bytes()
    read_everything(world)
    with closing(started(world)) as engine:
        titles = {problem.title.code for problem in engine.status().problems}
        told = "store.settings-lost" if table in _PROGRAM else "store.rebuilt"
        assert bool(list(database.parent.glob("*.damaged-*"))) == (told in titles)
    assert {client: held.count(b"command") for client, held in clients.bytes().items()} == {
        client: held.count(b"command") for client, held in before.items()
    }
    shutil.rmtree(world.places.state.parent.parent)
    return told in titles


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(ROWS), st.integers(0, 30), st.sampled_from(VALUES) | st.text(max_size=20))
def test_no_value_in_any_row_is_our_fault(kept: Kept, place: tuple[str, str], row: int, value: object) -> None:
    assume(not (isinstance(value, str) and any("\ud800" <= one <= "\udfff" for one in value)))
    survives(kept, *place, row, value)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("setting", "value"), '"for ever"'),
        (("setting", "name"), None),
        (("audit", "created_at"), "2026-13-45T00:00:00.000000Z"),
        (("watched_path", "path"), "no/whole/path"),
        (("feed_cursor", "number"), "many"),
        (("audit", "detail"), "[]"),
        (("config_snapshot", "payload"), '{"mcp/x": {"transport": "stdio", "args": 7}}'),
        (("config_snapshot", "payload"), '{"odd/x": {}}'),
        (("base", "payload"), '{"mcp/x": {"command": 7}}'),
        (("client_endpoint", "path"), None),
        (("journal", "state"), "nonsense"),
        (("sync_event", "started_at"), "2026-13-45T00:00:00.000000Z"),
        (("event_log", "context"), "[]"),
        (("heartbeat", "at"), b"2026"),
    ],
)
def test_such_values_are_rescued(kept: Kept, place: tuple[str, str], value: object) -> None:
    assert any(survives(kept, *place, row, value) for row in range(8))


def test_a_pause_outlives_a_rescue(kept: Kept) -> None:
    world, _ = kept.world()
    put_value(world.database, "journal", "state", 0, "nonsense")
    with closing(started(world)) as engine:
        assert engine.paused


def test_an_older_snapshot_that_makes_no_sense_is_not_gone_back_to(kept: Kept) -> None:
    world, _ = kept.world()
    with closing(open_engine(world)) as engine:
        engine.resume()
        with closing(Reader.of(world)) as reader:
            older = reader.snapshots()[-1].id
        with closing(sqlite3.connect(world.database)) as db, db:
            values = ('{"mcp/x": {"y": 1}}', older)
            db.execute("UPDATE config_snapshot SET payload = ?, base_id = NULL WHERE id = ?", values)
        with pytest.raises(DamagedDatabaseError):
            engine.rollback(older)


def test_a_snapshot_that_is_itself_again_ends_an_undo(kept: Kept) -> None:
    world, _ = kept.world()
    with closing(open_engine(world)) as engine:
        engine.resume()
        with closing(sqlite3.connect(world.database)) as db, db:
            db.execute("UPDATE config_snapshot SET restored_id = id")
        with suppress(WorldError):
            engine.undo()
