from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aisync_desktop.database.connection import APPLICATION_ID, UserVersion, raw, version_of
from aisync_desktop.database.migrating import Migration, migrate, migration, pending, version_after
from aisync_desktop.kernel.errors import BugError
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.migrations import MIGRATIONS
from aisync_desktop.sync.store.models import TABLES
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.store import Store
from tests.sync.store.conftest import TickingClock, sql

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "db", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


@pytest.fixture
def steps() -> list[Migration]:
    """Three steps as later releases might have them: one compatible, one that breaks."""
    into: list[Migration] = []

    @migration(breaks=True, into=into)
    def m001_notes(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")

    @migration(breaks=False, into=into)
    def m002_colour(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE note ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'")

    @migration(breaks=True, into=into)
    def m003_rename(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE note RENAME TO remark")

    assert m001_notes.__name__ == into[0].name
    return into


@given(st.integers(0, 0x7FFF), st.integers(0, 0xFFFF))
def test_a_version_packs_and_unpacks(major: int, minor: int) -> None:
    version = UserVersion(major, minor)
    assert UserVersion.unpack(version.packed()) == version
    assert version.packed() < 2**31


@given(*(st.tuples(st.integers(0, 99), st.integers(0, 99)) for _ in range(2)))
def test_versions_are_ordered_packed_as_unpacked(one: tuple[int, int], two: tuple[int, int]) -> None:
    assert (UserVersion(*one) < UserVersion(*two)) == (UserVersion(*one).packed() < UserVersion(*two).packed())


def test_the_version_follows_from_the_steps(steps: list[Migration]) -> None:
    assert [version_after(steps[:n]) for n in range(4)] == [(0, 0), (1, 0), (1, 1), (2, 0)]


@pytest.mark.parametrize("start", [0, 1, 2, 3])
def test_every_older_version_comes_up_to_date(
    connection: sqlite3.Connection, steps: list[Migration], tmp_path: Path, start: int
) -> None:
    migrate(connection, tmp_path / "db", NOW, steps[:start])
    if start:
        connection.execute("INSERT INTO note (id, text) VALUES (1, 'kept')" if start < 3 else "SELECT 1")
    migrate(connection, tmp_path / "db", NOW, steps)
    assert version_of(connection) == (2, 0)
    assert pending(connection, steps) == []
    rows = connection.execute("SELECT text, colour FROM remark").fetchall()
    assert rows == ([("kept", "grey")] if start in {1, 2} else [])
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_an_existing_database_is_backed_up_before_it_changes_and_a_new_one_is_not(
    connection: sqlite3.Connection, steps: list[Migration], tmp_path: Path
) -> None:
    migrate(connection, tmp_path / "db", NOW, steps[:1])
    assert [path.name for path in tmp_path.glob("db.before*")] == []
    connection.execute("INSERT INTO note (text) VALUES ('precious')")
    migrate(connection, tmp_path / "db", NOW, steps)
    backup = tmp_path / "db.before-m002_colour"
    assert backup.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(backup)) as old:
        assert old.execute("SELECT text FROM note").fetchall() == [("precious",)]
        assert version_of(old) == (1, 0)


def test_a_step_that_fails_leaves_the_database_at_the_step_before(
    connection: sqlite3.Connection, steps: list[Migration], tmp_path: Path
) -> None:
    def m002_half(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE note ADD COLUMN colour TEXT")
        connection.execute("INSERT INTO note (text) VALUES ('half')")
        raise InterruptedError

    half = [steps[0], Migration("m002_half", m002_half, breaks=False)]
    with pytest.raises(InterruptedError):
        migrate(connection, tmp_path / "db", NOW, half)
    assert version_of(connection) == (0, 0)  # a new one is whole or nothing
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    migrate(connection, tmp_path / "db", NOW, steps[:1])
    with pytest.raises(InterruptedError):
        migrate(connection, tmp_path / "db", NOW, half)
    assert version_of(connection) == (1, 0)
    assert connection.execute("SELECT * FROM note").fetchall() == []
    migrate(connection, tmp_path / "db", NOW, steps)
    assert version_of(connection) == (2, 0)


def test_a_step_may_not_leave_rows_that_point_nowhere(
    connection: sqlite3.Connection, steps: list[Migration], tmp_path: Path
) -> None:
    def m002_dangling(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE child (note INTEGER REFERENCES note (id))")
        connection.execute("INSERT INTO child VALUES (7)")

    migrate(connection, tmp_path / "db", NOW, steps[:1])
    with pytest.raises(BugError, match="m002_dangling"):
        migrate(connection, tmp_path / "db", NOW, [steps[0], Migration("m002_dangling", m002_dangling, breaks=False)])
    assert pending(connection, steps) == steps[1:]


def test_the_models_say_what_the_migrations_made(store: Store) -> None:
    db = store._writer.db
    for model in TABLES:
        meta = model._meta
        columns = {column.name: column for column in db.get_columns(meta.table_name)}
        assert columns.keys() == {field.column_name for field in meta.sorted_fields}, meta.table_name
        for field in meta.sorted_fields:
            assert columns[field.column_name].null == field.null, (meta.table_name, field.name)
        targets = {key.column: key.dest_table for key in db.get_foreign_keys(meta.table_name)}
        assert targets == {field.column_name: field.rel_model._meta.table_name for field in meta.refs}
    assert sql(store, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert version_of(raw(db)) == version_after(MIGRATIONS)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("client", "id name type status priority created_at updated_at"),
        ("client_endpoint", "client_id path config_type hash last_seen"),
        ("config_snapshot", "id unified_hash payload created_at created_by"),
        ("snapshot_diff", "snapshot_id diff_payload diff_format created_at"),
        ("sync_event", "id snapshot_id event_type status started_at finished_at triggered_by"),
        ("event_log", "id sync_event_id level message context timestamp"),
    ],
)
def test_the_data_model_has_its_columns(store: Store, table: str, columns: str) -> None:
    assert {column.name for column in store._writer.db.get_columns(table)} >= set(columns.split())


def test_the_write_connection_is_durable_checked_and_in_wal_mode(store: Store) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    assert [store._writer.db.pragma(name) for name in asked] == ["wal", 2, 1, 5000]


@pytest.mark.parametrize("start", [2, len(MIGRATIONS)])
def test_the_syncs_of_a_snapshot_are_found_by_an_index(
    connection: sqlite3.Connection, tmp_path: Path, start: int
) -> None:
    migrate(connection, tmp_path / "db", NOW, MIGRATIONS[:start])
    migrate(connection, tmp_path / "db", NOW, MIGRATIONS)
    asked = "EXPLAIN QUERY PLAN SELECT id FROM sync_event WHERE snapshot_id = 7 ORDER BY id DESC LIMIT 1"
    plan = " ".join(str(row[-1]) for row in connection.execute(asked))
    assert "USING COVERING INDEX sync_event_snapshot" in plan
    assert "SORT" not in plan.upper().replace("SORTED", "")


def test_an_older_database_tells_of_what_happens_from_its_update_on(
    path: Path, clock: TickingClock, ring: KeyRing
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as older:
        migrate(older, path, NOW, MIGRATIONS[: [step.name for step in MIGRATIONS].index("m007_feed")])
        older.execute("INSERT INTO fact VALUES ('projects', '[\"/old\"]')")
    with closing(Reader(path, ring)) as reader:  # who only reads needs no feed
        assert (reader.memory().projects, reader.happened().entries) == (("/old",), ())
    with closing(Store.open(path, clock, ring)) as store:
        store.set_projects(["/new"])
        told = [(one.type, one.target) for one in store.happened().entries]
        assert told == [("project-added", "/new"), ("project-removed", "/old")]
