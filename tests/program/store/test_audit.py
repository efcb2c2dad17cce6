"""The audit trail takes over what feeds tell: nothing missed, nothing twice, whoever is killed in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import SqliteDatabase

from aisync_desktop.database.connection import connect_empty, raw
from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.database.feed import Batch, Cursor, FeedRow, begin_epoch, drop_oldest, head, make_feed, read
from aisync_desktop.database.rows import insert_row
from aisync_desktop.program.store.audit import catch_up, whole_trail
from aisync_desktop.program.store.carried import Carried
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.store.store import ProgramStore
from tests.helpers.feeds import NOW
from tests.helpers.killed import killed_at
from tests.sync.store.conftest import TickingClock


class Bells:
    """A feed of its own; `ring` tells one thing after the other."""

    def __init__(self) -> None:
        self.db: SqliteDatabase = connect_empty()
        make_feed(raw(self.db))
        self.rung = 0

    def ring(self, times: int = 1) -> None:
        for _ in range(times):
            self.rung += 1
            row = {"type": "rang", "target": f"bell {self.rung}", "actor": "user", "detail": {"a": 1}, "at": NOW}
            insert_row(self.db, FeedRow, row)

    def happened(self, after: Cursor | None = None) -> Batch:
        return read(self.db, after, 3)


@pytest.fixture
def bells() -> Iterator[Bells]:
    made = Bells()
    yield made
    made.db.close()


def targets(store: ProgramStore) -> list[str]:
    return [entry.target for entry in reversed(store.audit_trail())]


def test_what_happened_is_taken_over_with_who_when_and_what(store: ProgramStore, bells: Bells) -> None:
    bells.ring()
    assert catch_up(store, {"bells": bells}) == frozenset()
    (entry,) = store.audit_trail()
    assert (entry.actor, entry.action, entry.target, entry.detail, entry.created_at) == (
        "user", "rang", "bell 1", {"a": 1}, NOW,
    )  # fmt: skip
    assert store.audit_mark().cursors == {"bells": head(bells.db)}


def test_each_feed_has_a_cursor_of_its_own(store: ProgramStore, bells: Bells) -> None:
    others = Bells()
    bells.ring(4)
    others.ring(5)
    catch_up(store, {"bells": bells, "others": others})
    catch_up(store, {"bells": bells, "others": others})
    assert len(targets(store)) == 9


@given(st.lists(st.sampled_from(["ring", "catch up", "die before", "die after"]), max_size=20))
def test_whoever_dies_between_the_two_databases_finds_it_at_the_next_start_once(steps: list[str]) -> None:
    bells = Bells()
    with TemporaryDirectory() as folder, closing(_opened(Path(folder))) as store:
        for step in steps:
            match step:
                case "ring":
                    bells.ring(2)
                case "catch up":
                    catch_up(store, {"bells": bells})
                case "die before" if read(bells.db, store.audit_mark().cursors.get("bells"), 1).entries:
                    with killed_at("program.store.store.put_rows"):  # in the middle of the transaction
                        catch_up(store, {"bells": bells})
                case "die after" if read(bells.db, store.audit_mark().cursors.get("bells"), 1).entries:
                    store.take_in("bells", bells.happened(store.audit_mark().cursors.get("bells")))  # and no more
                case _:
                    pass
        whole = [entry.target for entry in whole_trail(store, {"bells": bells})]
        ids = [entry.id for entry in whole_trail(store, {"bells": bells})]
        catch_up(store, {"bells": bells})
        assert targets_of_all(store) == [f"bell {number}" for number in range(1, bells.rung + 1)]
        assert list(reversed(whole)) == targets_of_all(store)
        assert ids == [entry.id for entry in store.audit_trail(1_000)]


def targets_of_all(store: ProgramStore) -> list[str]:
    return [entry.target for entry in reversed(store.audit_trail(1_000))]


def _opened(folder: Path) -> ProgramStore:
    return ProgramStore.open(folder / "program.sqlite3", folder / "none", TickingClock())


def test_who_reads_the_trail_sees_what_was_not_taken_over_yet(
    store: ProgramStore, reader: ProgramReader, bells: Bells
) -> None:
    bells.ring(2)
    catch_up(store, {"bells": bells})
    bells.ring(7)
    found = list(whole_trail(reader, {"bells": bells}))
    assert [(entry.id, entry.target) for entry in found] == [(n, f"bell {n}") for n in range(9, 0, -1)]
    catch_up(store, {"bells": bells})
    assert list(whole_trail(reader, {"bells": bells})) == found


def test_a_trail_that_lacks_something_says_so(store: ProgramStore, bells: Bells) -> None:
    bells.ring(2)
    catch_up(store, {"bells": bells})
    bells.ring(9)
    drop_oldest(raw(bells.db), 1)
    shown = [entry.id for entry in whole_trail(store, {"bells": bells})]
    catch_up(store, {"bells": bells})
    newest, gap, *_ = store.audit_trail()
    assert (newest.target, gap.actor, gap.action, gap.target, gap.detail) == (
        "bell 11", "aisync", "gap", "bells", {"why": "dropped"},
    )  # fmt: skip
    assert shown == [4, 2, 1]  # what the gap will have is left out


def test_a_feed_that_was_put_back_is_told_of(store: ProgramStore, bells: Bells) -> None:
    bells.ring(2)
    epoch = head(bells.db).epoch
    store.take_in("bells", Batch((), Cursor(epoch, 5)))
    assert catch_up(store, {"bells": bells}) == {"bells"}
    begin_epoch(raw(bells.db))
    bells.ring()
    assert catch_up(store, {"bells": bells}) == frozenset()
    assert [(entry.action, entry.target) for entry in store.audit_trail()] == [("rang", "bell 3"), ("gap", "bells")]


def test_a_setting_that_changes_is_in_trail_and_feed_as_one(store: ProgramStore) -> None:
    with store.feed.asked_by("mcp:codex"):
        store.set_setting("port", 0)
    store.set_setting("port", None)
    told = [(one.actor, one.type, one.target, one.detail) for one in store.happened().entries]
    assert told == [
        ("mcp:codex", "setting-changed", "port", {"value": 0}),
        ("user", "setting-changed", "port", {"value": None}),
    ]
    trail = [(one.actor, one.action, one.target, one.detail) for one in reversed(store.audit_trail())]
    assert trail == told


def test_the_cursor_goes_along_with_the_trail(store: ProgramStore, bells: Bells, tmp_path: Path) -> None:
    bells.ring(2)
    catch_up(store, {"bells": bells})
    carried = store.carried()
    assert carried.cursors == (("bells", head(bells.db).epoch, 2),)
    with closing(_opened(tmp_path / "other")) as other:
        other.take_carried(carried)
        bells.ring()
        catch_up(other, {"bells": bells})
        assert targets(other) == ["bell 1", "bell 2", "bell 3"]


def test_a_cursor_that_we_never_wrote_so_is_damage(store: ProgramStore, path: Path) -> None:
    store.take_in("bells", Batch((), Cursor("ab", 5)))
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE feed_cursor SET number = 'many'")
    for read_it in (store.carried, store.audit_mark):
        with pytest.raises(DamagedDatabaseError):
            read_it()
    assert Carried().cursors == ()
