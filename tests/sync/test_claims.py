"""Whose the state folder is, asked before anything is taken for ours; and what is made anew of what is remembered."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from aisync_desktop.files.errors import PlaceTaken
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from tests.helpers.clients import Clients


def test_it_is_asked_at_the_opening_and_before_each_write(world: World, clients: Clients) -> None:
    del clients
    asked: list[None] = []
    with closing(open_engine(replace(world, claim=lambda: asked.append(None)))) as engine:
        at_the_opening = len(asked)
        engine.adopt("user")
        adopted = len(asked)
        engine.set_setting("history_days", 30)
        assert 0 < at_the_opening < adopted < len(asked)


def test_a_damaged_database_that_is_another_programs_by_now_is_left_to_it(world: World) -> None:
    def taken() -> None:
        raise PlaceTaken(world.database, pid=7)

    world.database.write_bytes(b"x" * 8192)
    with pytest.raises(PlaceTaken):
        open_engine(replace(world, claim=taken))
    assert [path.name for path in world.database.parent.iterdir() if "sqlite3" in path.name] == [world.database.name]


def test_settings_that_are_gone_while_an_engine_remembers_them_are_there_again(
    world: World, engine: Engine, clients: Clients
) -> None:
    del clients
    engine.adopt("user")
    engine.set_setting("history_days", 30)
    engine.sync("watch")
    remembered = engine.remembered()
    engine.close()
    world.program_database.unlink()
    with closing(open_engine(world, remembered=remembered)), closing(ProgramReader.of(world)) as reader:
        assert reader.settings() == {"history_days": 30}
