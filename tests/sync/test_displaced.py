"""A database that is deleted, replaced or emptied while an engine has it open is written anew, and that is said."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody delete a file that is open")


def delete(database: Path) -> None:
    database.unlink()


def delete_with_its_side_files(database: Path) -> None:
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()


def delete_the_log(database: Path) -> None:
    database.with_name(f"{database.name}-wal").unlink()


def delete_the_index(database: Path) -> None:
    database.with_name(f"{database.name}-shm").unlink()


def delete_the_folder(database: Path) -> None:
    shutil.rmtree(database.parent)


def replace_by_text(database: Path) -> None:
    database.unlink()
    database.write_text("not yours")


def replace_by_a_folder(database: Path) -> None:
    database.unlink()
    database.mkdir()


def replace_by_another(database: Path) -> None:
    other = database.with_name("other")
    with closing(sqlite3.connect(other)) as db, db:
        db.execute("CREATE TABLE theirs (id)")
    other.replace(database)


def move_and_leave_a_link(database: Path) -> None:
    elsewhere = database.with_name("elsewhere")
    database.replace(elsewhere)
    database.symlink_to(elsewhere)


def notices(engine: Engine) -> list[str]:
    return [problem.title.code for problem in engine.status().problems]


@pytest.mark.parametrize(
    "happen",
    [
        delete,
        delete_with_its_side_files,
        delete_the_log,
        delete_the_index,
        delete_the_folder,
        replace_by_text,
        replace_by_a_folder,
        replace_by_another,
        move_and_leave_a_link,
    ],
)
def test_nothing_goes_on_into_a_file_without_a_name(
    world: World, clients: Clients, happen: Callable[[Path], None]
) -> None:
    engine = open_engine(world)
    engine.adopt("user")
    engine.set_setting("history_days", 30)
    before = [snapshot.id for snapshot in engine._store.snapshots()]
    reader, program = Reader.of(world), ProgramReader.of(world)
    assert program.settings() == {"history_days": 30}
    happen(world.database)
    engine.sync("watch")  # one look, at which nothing else is to be done
    assert notices(engine) == ["store.displaced"]
    assert program.settings() == {"history_days": 30}
    clients.add("codex", "fresh")
    engine.sync("watch")
    assert [one.id for one in reader.snapshots()][1:] == before
    reader.close()
    program.close()
    engine.close()
    with closing(open_engine(world)) as again:
        assert again.adopted
        assert notices(again) == []
        snapshot, *older = again._store.snapshots()
        assert [one.id for one in older] == before
        assert again.rollback(before[0]).written  # the versions are there, with their key
        assert snapshot.id
    with closing(Reader.of(world)) as reader:
        assert "store.displaced" in {line.message for line in reader.logs()}


def test_who_takes_the_folder_away_takes_no_key_that_was_not_needed_yet(world: World, clients: Clients) -> None:
    with closing(open_engine(world)) as first:
        first.adopt("user")
    with closing(open_engine(world)) as engine:
        delete_the_folder(world.database)
        engine.sync("watch")
        clients.add("codex", "fresh")
        engine.sync("watch")
        assert all("fresh" in clients.servers(client) for client in ALL)


def test_a_command_writes_nothing_into_it_either(world: World, clients: Clients) -> None:
    del clients
    engine = open_engine(world)
    engine.adopt("user")
    delete_with_its_side_files(world.database)
    engine.set_setting("history_days", 30)
    engine.close()
    with closing(Reader.of(world)) as reader, closing(ProgramReader.of(world)) as program:
        assert program.settings() == {"history_days": 30}
        assert reader.memory().adopted_at


def test_who_quits_right_after_loses_nothing(world: World, clients: Clients) -> None:
    del clients
    engine = open_engine(world)
    engine.adopt("user")
    delete_with_its_side_files(world.database)
    engine.close()
    with closing(Reader.of(world)) as reader:
        assert reader.memory().adopted_at


def test_what_was_put_in_its_place_is_kept(world: World, clients: Clients) -> None:
    del clients
    with closing(open_engine(world)) as engine:
        engine.adopt("user")
        replace_by_text(world.database)
        engine.sync("watch")
        (problem,) = engine.status().problems
    assert Path(problem.path).read_text() == "not yours"


def test_what_is_in_memory_outlives_a_file_that_cannot_be_read_any_more(world: World, clients: Clients) -> None:
    engine = open_engine(world)
    engine.adopt("user")
    engine.set_setting("history_days", 30)
    clients.replace("codex", '"mcp-files"', '"other-files"')
    clients.replace("claude-code", '"mcp-files"', '"third-files"')
    engine.sync("watch")
    (question,) = engine.status().decisions
    with closing(sqlite3.connect(world.database)) as folding:
        folding.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    world.database.write_bytes(b"")
    clients.add("codex", "fresh")
    with pytest.raises(DamagedDatabaseError):
        engine.sync("watch")
    remembered = engine.remembered()
    engine.close()
    with closing(open_engine(world, doubtful=True, remembered=remembered)) as again:
        assert again.adopted
        again.recover()
        again.sync("watch")
        assert all("fresh" in clients.servers(client) for client in ALL)
        assert [one.id for one in again.status().decisions] == [question.id]  # and no other: what was agreed is known
        assert notices(again) == ["store.rebuilt"]
        assert again._program.settings() == {"history_days": 30}


def test_it_is_told_when_nothing_of_it_is_left(world: World, clients: Clients) -> None:
    engine = open_engine(world)
    engine.adopt("user")
    remembered = engine.remembered()
    engine.close()
    world.database.unlink()
    with closing(open_engine(world, doubtful=True, remembered=remembered)) as again:
        assert again.adopted
        assert notices(again) == ["store.lost"]
        clients.add("codex", "fresh")
        again.sync("watch")
        assert all("fresh" in clients.servers(client) for client in ALL)
