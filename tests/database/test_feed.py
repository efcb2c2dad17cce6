"""A feed: nothing is missed, nothing is seen twice, and whoever cannot go on is told why."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import SqliteDatabase

from aisync_desktop.database.connection import connect_empty, raw
from aisync_desktop.database.errors import DamagedDatabaseError, converted
from aisync_desktop.database.feed import (
    Batch,
    Cursor,
    FeedReads,
    FeedRow,
    Gap,
    begin_epoch,
    drop_oldest,
    head,
    make_feed,
    read,
)
from aisync_desktop.database.feed_writer import FeedWriter
from aisync_desktop.database.migrating import Migration
from aisync_desktop.database.rows import insert_row
from aisync_desktop.database.writer import Writer, opened
from aisync_desktop.files.clock import SystemClock
from tests.helpers.feeds import NOW, Rang


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    with closing(connect_empty()) as made:
        make_feed(raw(made))
        yield made


def ring(db: SqliteDatabase, times: int = 1) -> None:
    for _ in range(times):
        insert_row(db, FeedRow, {"type": "rang", "target": "", "actor": "user", "detail": {}, "at": NOW})


def numbers(batch: Batch) -> list[int]:
    return [entry.number for entry in batch.entries]


def test_what_happened_is_read_in_order_and_in_batches(db: SqliteDatabase) -> None:
    ring(db, 5)
    first = read(db, None, 2)
    second = read(db, first.cursor, 2)
    third = read(db, second.cursor, 2)
    assert [numbers(one) for one in (first, second, third)] == [[1, 2], [3, 4], [5]]
    assert read(db, third.cursor, 2) == Batch((), third.cursor)
    assert head(db) == third.cursor
    assert first.entries[0].at == NOW


def test_an_empty_feed_has_nothing_and_a_place_to_go_on_from(db: SqliteDatabase) -> None:
    before = read(db, None, 9)
    assert (before.entries, before.gap) == ((), None)
    ring(db)
    assert numbers(read(db, before.cursor, 9)) == [1]


def test_numbers_are_not_used_again_when_all_rows_are_gone(db: SqliteDatabase) -> None:
    ring(db, 3)
    assert drop_oldest(raw(db), 0) == 3
    assert head(db).number == 3
    ring(db)
    assert numbers(read(db, None, 9)) == [4]


def test_whoever_comes_too_late_is_told_and_goes_on_with_what_is_kept(db: SqliteDatabase) -> None:
    ring(db, 2)
    early = head(db)
    ring(db, 8)
    assert drop_oldest(raw(db), 5) == 5
    late = read(db, early, 2)
    assert (numbers(late), late.gap) == ([6, 7], Gap.DROPPED)
    assert read(db, late.cursor, 9).gap is None
    assert read(db, None, 9).gap is Gap.DROPPED
    drop_oldest(raw(db), 0)
    assert (read(db, early, 9).entries, read(db, early, 9).gap) == ((), Gap.DROPPED)
    assert read(db, head(db), 9).gap is None


def copied(db: SqliteDatabase) -> SqliteDatabase:
    """A restore of what it holds now: another file, which goes on in an epoch of its own."""
    copy = connect_empty()
    raw(db).backup(raw(copy))
    begin_epoch(raw(copy))
    return copy


def test_after_a_restore_a_reader_goes_on_where_the_past_is_the_same(db: SqliteDatabase) -> None:
    ring(db, 3)
    at_two = Cursor(head(db).epoch, 2)
    with closing(copied(db)) as restored:
        ring(db, 4)
        beyond = head(db)
        ring(restored, 2)
        mine, theirs = read(restored, at_two, 9), read(restored, beyond, 9)
        assert (numbers(mine), mine.gap) == ([3, 4, 5], None)
        assert (numbers(theirs), theirs.gap) == ([4, 5], Gap.BACK)
        assert read(restored, theirs.cursor, 9) == Batch((), head(restored))
        assert head(restored).epoch != head(db).epoch
        unknown = read(db, head(restored), 9)  # who has read there and comes back to the old file
        assert (numbers(unknown), unknown.gap) == ([1, 2, 3, 4, 5, 6, 7], Gap.ANEW)


def test_who_has_seen_nothing_yet_goes_on_in_any_epoch(db: SqliteDatabase) -> None:
    ring(db, 2)
    found = read(db, Cursor("ab", 0), 9)
    assert (numbers(found), found.gap) == ([1, 2], None)


def test_a_file_that_was_put_back_by_hand_shows_by_what_is_lacking(db: SqliteDatabase) -> None:
    ring(db, 3)
    ahead = Cursor(head(db).epoch, 7)
    found = read(db, ahead, 9)
    assert (found.entries, found.gap, found.cursor) == ((), Gap.BACK, head(db))


@given(st.from_regex(r"[0-9a-f]{16}", fullmatch=True), st.integers(0, 10**17))
def test_a_cursor_is_read_back_as_it_was(epoch: str, number: int) -> None:
    assert Cursor.parse(str(Cursor(epoch, number))) == Cursor(epoch, number)


@pytest.mark.parametrize(
    "shown", ["", ".", "7", "ab.", ".7", "ab.-7", "ab.7 ", "AB.7", "ab.\u0667", f"ab.{10**18}", "a.b.7"]
)
def test_what_is_no_cursor_is_none(shown: str) -> None:
    assert Cursor.parse(shown) is None


def test_a_database_of_an_older_program_has_no_feed_and_nothing_happened_there() -> None:
    with closing(connect_empty()) as older:
        nothing = read(older, None, 9)
        assert (nothing.entries, nothing.gap, nothing.cursor) == ((), None, head(older))


def test_a_feed_without_an_epoch_is_damaged(db: SqliteDatabase) -> None:
    raw(db).execute("DELETE FROM feed_epoch")
    with pytest.raises(DamagedDatabaseError), converted(Path("x")):
        read(db, None, 9)


@given(st.data())
def test_readers_that_stop_anywhere_see_each_row_once(data: st.DataObject) -> None:
    """A reader keeps its cursor with what it took over; it may come at any time, and take as little as it likes."""
    with closing(connect_empty()) as db:
        make_feed(raw(db))
        cursor: Cursor | None = None
        seen: list[int] = []
        told = 0
        for step in data.draw(st.lists(st.sampled_from(["ring", "read", "drop", "epoch"]), max_size=30)):
            match step:
                case "ring":
                    ring(db, 2)
                case "read":
                    batch = read(db, cursor, data.draw(st.integers(1, 4)))
                    told += batch.gap is not None
                    seen += numbers(batch)
                    cursor = batch.cursor
                case "drop":
                    drop_oldest(raw(db), 5)
                case _:
                    begin_epoch(raw(db))
        assert seen == sorted(set(seen))
        assert sum(later - earlier > 1 for earlier, later in pairwise([0, *seen])) <= told


# Writing


class Bells(FeedReads):
    """A store with a feed and nothing else but one counter."""

    def __init__(self, path: Path) -> None:
        steps = [Migration("m001_bells", _make_bells, breaks=True)]
        clock = SystemClock()
        self._writer = Writer(path, clock, steps, opened(path, clock, steps))
        self.feed = FeedWriter(self._writer, clock)

    def _reading(self) -> AbstractContextManager[SqliteDatabase]:
        return self._writer.reading()

    def ring(self) -> None:
        with self.feed.changing() as db:
            raw(db).execute("UPDATE bell SET rung = rung + 1")

    def close(self) -> None:
        self._writer.close()


def _make_bells(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE bell (rung INTEGER)")
    connection.execute("INSERT INTO bell VALUES (0)")
    make_feed(connection)


@pytest.fixture
def bells(tmp_path: Path) -> Iterator[Bells]:
    with closing(Bells(tmp_path / "bells.sqlite3")) as made:
        yield made


def happened(bells: Bells) -> list[tuple[str, str, str, dict[str, object]]]:
    return [(one.type, one.target, one.actor, dict(one.detail)) for one in bells.happened().entries]


def test_an_event_is_told_in_the_transaction_of_what_happened(bells: Bells) -> None:
    with bells.feed.changing() as db:
        bells.feed.tell(db, Rang(target="big", times=3))
    with suppress(InterruptedError), bells.feed.changing() as db:
        bells.feed.tell(db, Rang(target="none"))
        raise InterruptedError
    assert happened(bells) == [("rang", "big", "user", {"times": 3})]
    assert bells.latest_cursor() == bells.happened().cursor


def test_what_waits_to_be_told_goes_with_the_first_change(bells: Bells, tmp_path: Path) -> None:
    def state() -> tuple[int, int]:
        with closing(sqlite3.connect(tmp_path / "bells.sqlite3")) as other:
            ((rung,),) = other.execute("SELECT rung FROM bell")
            ((told,),) = other.execute("SELECT count(*) FROM feed")
            return rung, told

    with bells.feed.telling(Rang(), Rang(target="small")):
        assert state() == (0, 0)
        bells.ring()
        assert state() == (1, 2)
        bells.ring()
    assert state() == (2, 2)


def test_what_changes_nothing_is_told_all_the_same(bells: Bells) -> None:
    with bells.feed.telling(Rang()):
        assert happened(bells) == []
    assert len(happened(bells)) == 1


def test_what_fails_before_it_changed_anything_has_not_happened(bells: Bells) -> None:
    with bells.feed.telling(Rang(target="outer")):
        with suppress(InterruptedError), bells.feed.telling(Rang(target="inner")):
            raise InterruptedError
        bells.ring()
        with suppress(InterruptedError), bells.feed.telling(Rang(target="done")):
            bells.ring()
            raise InterruptedError
    assert [target for _, target, _, _ in happened(bells)] == ["outer", "done"]


def test_who_asked_is_told_with_it(bells: Bells) -> None:
    with bells.feed.asked_by("mcp:codex"), bells.feed.changing() as db:
        bells.feed.tell(db, Rang())
        bells.feed.tell(db, Rang(), by="aisync")
    with bells.feed.changing() as db:
        bells.feed.tell(db, Rang())
    assert [actor for _, _, actor, _ in happened(bells)] == ["mcp:codex", "aisync", "user"]


def test_readers_are_woken_when_it_is_on_the_disk_and_only_then(bells: Bells) -> None:
    woken: list[int] = []
    bells.feed.on_told = lambda: woken.append(len(happened(bells)))
    bells.ring()
    with suppress(InterruptedError), bells.feed.changing() as db:
        bells.feed.tell(db, Rang())
        raise InterruptedError
    assert woken == []
    with bells.feed.changing() as db:
        bells.feed.tell(db, Rang())
        bells.feed.tell(db, Rang())
        assert woken == []
    assert woken == [2]


def test_an_epoch_begins_where_a_reader_was_ahead(bells: Bells) -> None:
    with bells.feed.changing() as db:
        bells.feed.tell(db, Rang())
    before = bells.latest_cursor()
    bells.feed.begin_epoch()
    after = bells.latest_cursor()
    assert (after.number, after.epoch != before.epoch) == (1, True)
    assert bells.happened(before).gap is None


def test_the_time_is_the_clocks(bells: Bells) -> None:
    before = dt.datetime.now(dt.UTC)
    with bells.feed.changing() as db:
        bells.feed.tell(db, Rang())
    (entry,) = bells.happened().entries
    assert before <= entry.at <= dt.datetime.now(dt.UTC)
