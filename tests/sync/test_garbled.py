"""A database whose pages are whole to SQLite, but hold what no text of ours ever was, is rescued as any broken one."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.opening import open_engine, rescue_damaged
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients


def garble(world: World, statement: str) -> None:
    with closing(sqlite3.connect(world.database)) as db, db:
        db.execute(statement)
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


GARBLED = [
    pytest.param("UPDATE fact SET value = CAST(x'22b422' AS TEXT) WHERE name = 'adopted_at'", id="no UTF-8"),
    pytest.param("UPDATE fact SET value = '\"2026' WHERE name = 'adopted_at'", id="no JSON"),
]


@pytest.mark.parametrize("statement", GARBLED)
def test_text_that_is_none_is_a_damaged_database(world: World, clients: Clients, statement: str) -> None:
    with closing(open_engine(world)) as engine:
        engine.adopt("user")
    garble(world, statement)
    with closing(Reader.of(world)) as reader, pytest.raises(DamagedDatabaseError):
        reader.memory()
    with closing(open_engine(world)) as engine:
        assert "store.rebuilt" in [problem.title.code for problem in engine.status().problems]
        engine.adopt("user")
        clients.add("codex", "fresh")
        engine.sync("watch")
    assert "fresh" in clients.servers("claude-code")


def test_a_garbled_name_of_a_table_is_damage_too(world: World, clients: Clients) -> None:
    del clients
    with closing(open_engine(world)) as engine:
        engine.adopt("user")
    with closing(sqlite3.connect(world.database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    held = world.database.read_bytes()
    assert b"CREATE TABLE" in held
    world.database.write_bytes(held.replace(b"CREATE TABLE", b"CREATE \xb4ABLE"))
    rescue_damaged(world)
    with closing(open_engine(world)) as engine:
        assert not engine.adopted  # nothing could be read, so that nothing is written unasked
