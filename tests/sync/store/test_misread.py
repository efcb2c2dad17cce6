"""What the fields of the models read is what they would have written, or damage of the database."""

# ruff: noqa: S608 - statements of these tests, of nobody else's words

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from peewee import Field

from aisync_desktop.database.errors import DamagedDatabaseError, MisreadError, understood
from aisync_desktop.database.packing import pack, unpack
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.lean_reader import LeanReader
from aisync_desktop.sync.store.models import (
    Blob,
    ConfigSnapshot,
    Decision,
    Fact,
    Journal,
    KeptSecret,
    SnapshotDiff,
    SyncEvent,
    Version,
    WatchedPath,
)
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.reads import DATA_KEY, PROJECTS, Reads
from aisync_desktop.sync.store.records import NewSnapshot, Payload, SyncStart, TargetState
from aisync_desktop.sync.store.store import Store
from tests.sync.store.conftest import sql

MOMENT = "2026-01-01T00:00:00.000000Z"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Decision.kind, None),
        (Decision.kind, 7),
        (Decision.kind, b"text"),
        (WatchedPath.path, "/a\0b"),
        (Journal.state, "nonsense"),
        (Journal.state, None),
        (KeptSecret.place, "nowhere"),
        (Blob.size, "7"),
        (Blob.id, 1.5),
        (Version.path, "x"),
        (Blob.data, "text"),
        (Blob.data, None),
        (Blob.name, "text"),
        (SyncEvent.started_at, None),
        (SyncEvent.started_at, "2026-13-45T00:00:00.000000Z"),
        (SyncEvent.started_at, "2026-01-01T00:00:00"),
        (SyncEvent.started_at, "0001-01-01T00:00:00.000000Z"),
        (SyncEvent.started_at, "9999-12-31T23:59:59.000000Z"),
        (Fact.value, "{"),
        (Fact.value, "[" * 100_000),
        (Fact.value, '"\\uD800"'),
        (Fact.value, b"{}"),
        (Decision.payload, "[]"),
        (Decision.payload, None),
        (KeptSecret.seen, "{}"),
        (KeptSecret.seen, '[["user", "mcp/x", "url"]]'),
        (KeptSecret.seen, '[["user", "mcp/x", "url", 7]]'),
        (ConfigSnapshot.payload, None),
        (ConfigSnapshot.payload, 7),
    ],
)
def test_what_was_never_written_so_is_not_read(field: Field, value: object) -> None:
    with pytest.raises(MisreadError):
        field.python_value(value)  # type: ignore[no-untyped-call]  # peewee's stubs leave it open


@pytest.mark.parametrize(
    ("field", "stored", "read"),
    [
        (Decision.kind, "conflict", "conflict"),
        (WatchedPath.path, "/a", "/a"),
        (Journal.state, "done", TargetState.DONE),
        (Blob.size, 7, 7),
        (Version.blob, None, None),
        (Blob.data, b"\0", b"\0"),
        (Blob.name, b"\xff", "ff"),
        (SyncEvent.finished_at, None, None),
        (SyncEvent.started_at, MOMENT, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        (Fact.value, None, None),
        (Fact.value, '"\\\\ud800"', "\\ud800"),  # a backslash and five letters
        (SnapshotDiff.diff_payload, "[]", []),
        (Decision.payload, "{}", {}),
        (KeptSecret.seen, '[["user", "mcp/x", "url", "codex"]]', [["user", "mcp/x", "url", "codex"]]),
        (ConfigSnapshot.payload, "{}", "{}"),
    ],
)
def test_what_was_written_is_read(field: Field, stored: object, read: object) -> None:
    assert field.python_value(stored) == read  # type: ignore[no-untyped-call]  # as above


FACTS = [
    ("adopted_at", "7"),
    ("adopted_at", '"some day"'),
    (PROJECTS, "{}"),
    (PROJECTS, '["not/absolute"]'),
    (PROJECTS, '["/a\\u0000"]'),
    (PROJECTS, "[7]"),
    (DATA_KEY, "[]"),
    (DATA_KEY, '{"id": "x", "place": "elsewhere"}'),
    (DATA_KEY, '{"id": 7, "place": "file"}'),
]


@pytest.mark.parametrize(("name", "value"), FACTS)
def test_a_fact_that_makes_no_sense_is_damage(store: Store, reader: Reader, name: str, value: str) -> None:
    sql(store, f"INSERT INTO fact VALUES ('{name}', '{value}')")
    reads: Reads
    for reads in (store, reader):
        with pytest.raises(DamagedDatabaseError):
            _ = reads.key_ref() if name == DATA_KEY else reads.memory()


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT INTO event_log VALUES (7, NULL, '', 'info', 'x', '[]', '{MOMENT}')",
        "INSERT INTO event_log VALUES (7, NULL, '', 'info', 'x', '{}', 'today')",
        "INSERT INTO heartbeat VALUES (7, 'today', 0, 0, 0)",
    ],
)
def test_the_whole_of_a_database_is_not_sound_with_such_a_row(store: Store, statement: str) -> None:
    store.require_sound()
    sql(store, statement)
    with pytest.raises(DamagedDatabaseError):
        store.require_sound()


def test_nor_is_it_with_nothing_where_something_belongs(store: Store, path: Path) -> None:
    sql(store, "PRAGMA writable_schema = ON")
    sql(store, "UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE name = 'heartbeat'")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(f"INSERT INTO heartbeat VALUES (7, '{MOMENT}', NULL, 0, 0)")
    with pytest.raises(DamagedDatabaseError):
        store.require_sound()


def test_a_heartbeat_without_a_time_is_damage_before_anything_is_pruned(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO heartbeat VALUES (7, x'00', 0, 0, 0)")
    with pytest.raises(DamagedDatabaseError):
        store.beat()
    with pytest.raises(DamagedDatabaseError):
        store.border(dt.timedelta(), dt.timedelta())


@pytest.mark.parametrize("payload", ["[]", "x'00'", "'[]'", "'{'", "7"])
def test_a_snapshot_that_is_no_object_is_damage(store: Store, payload: str) -> None:
    shown = payload if payload.startswith(("'", "x", "7")) else f"'{payload}'"
    sql(
        store,
        "INSERT INTO config_snapshot (scope, unified_hash, payload, depth, created_at, created_by) "
        f"VALUES ('user', 'x', {shown}, 0, '{MOMENT}', 'user')",
    )
    with pytest.raises(DamagedDatabaseError):
        store.memory()


def test_an_older_snapshot_that_does_not_come_back_makes_the_whole_unsound(store: Store) -> None:
    for number in range(3):
        payload: Payload = {"mcp/x": {"command": f"{number}" * 100}}
        store.begin_sync(SyncStart("user", "sync", "user", NewSnapshot(f"{number}", payload, "user")))
    store.require_sound()
    sql(store, "UPDATE config_snapshot SET payload = x'0000000100' WHERE id = 2")
    with pytest.raises(DamagedDatabaseError):
        store.require_sound()


@pytest.mark.parametrize("size", [2**62, 2**40, -1])
def test_a_size_that_nothing_can_have_is_no_lack_of_memory(size: int) -> None:
    with pytest.raises(ValueError, match=str(size)):
        unpack(pack(b"data"), size)


def test_only_what_is_read_is_damage(store: Store, path: Path) -> None:
    with pytest.raises(ValueError, match="ours"), store._reading():
        raise ValueError("ours")
    with pytest.raises(DamagedDatabaseError), understood(path):
        raise ValueError("theirs")


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        ("INSERT INTO fact VALUES ('projects', x'5b5d')", LeanReader.projects),
        (f"INSERT INTO fact VALUES ('projects', '{'[' * 100_000}')", LeanReader.projects),
        ("INSERT INTO fact VALUES ('data_key', '{}')", LeanReader.value_key),
        ("INSERT INTO kept_secret VALUES ('x', 'keyring', 7, '[]', x'00')", LeanReader.kept_secrets),
        ("INSERT INTO kept_secret VALUES ('x', 'nowhere', '2026-01-01', '[]', x'00')", LeanReader.kept_secrets),
        ("INSERT INTO kept_secret VALUES ('x', 'keyring', '2026-01-01', '[]', 7)", LeanReader.kept_secrets),
    ],
)
def test_the_least_reader_has_a_value_error_for_all_of_it(
    store: Store, ring: KeyRing, statement: str, read: Callable[[LeanReader], object]
) -> None:
    sql(store, statement)
    with closing(LeanReader(store.path, lambda: ring)) as lean, pytest.raises(ValueError, match=r"."):
        read(lean)


def test_the_least_reader_finds_no_item_in_what_holds_none(store: Store, ring: KeyRing) -> None:
    sql(
        store,
        "INSERT INTO config_snapshot (scope, unified_hash, payload, depth, created_at, created_by) "
        f"VALUES ('user', 'x', '[]', 0, '{MOMENT}', 'user')",
    )
    with closing(LeanReader(store.path, lambda: ring)) as lean:
        assert lean.item("user", "mcp/x") is None
