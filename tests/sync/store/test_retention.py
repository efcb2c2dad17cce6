"""What is too old goes; what must never go stays, whatever its age."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aisync_desktop.database.fields import UtcField
from aisync_desktop.sync.store.lived_time import Border
from aisync_desktop.sync.store.records import FIRST_SIGHT, NewSnapshot, SyncEnd, SyncStart, SyncStatus, TargetState
from aisync_desktop.sync.store.retention import Pruned
from aisync_desktop.sync.store.store import Store
from tests.sync.store.conftest import TickingClock, sql

PATH = "/home/u/.claude.json"
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def keep(store: Store, *contents: bytes | None, path: str = PATH) -> None:
    for data in contents:
        store.keep_version(path, data, "seen", "claude-code")


def held(store: Store, path: str = PATH) -> list[bytes | None]:
    return [store.blob(version.hash) if version.hash else None for version in reversed(store.versions(path))]


def prune(store: Store, history: dt.datetime, log: dt.datetime = LONG_AGO) -> Pruned:
    """Drop what was written before a moment; which that is in lived time, lived_time.py knows."""

    def first_after(table: str, column: str, moment: dt.datetime) -> int:
        stamp = UtcField().db_value(moment)
        (row,) = sql(store, f"SELECT coalesce(max(id), 0) + 1 FROM {table} WHERE {column} < '{stamp}'")  # noqa: S608 - ours
        assert isinstance(row[0], int)
        return row[0]

    border = Border(
        first_after("version", "created_at", history),
        first_after("config_snapshot", "created_at", history),
        first_after("event_log", "timestamp", log),
    )
    return store.prune(border)


def later(clock: TickingClock) -> dt.datetime:
    clock.sleep(10)
    return clock.now()


def test_the_first_and_the_last_version_of_a_file_stay(quick_store: Store, clock: TickingClock) -> None:
    keep(quick_store, b"one", b"two", b"three")
    assert prune(quick_store, later(clock)).versions == 1
    assert held(quick_store) == [b"one", b"three"]


def test_bytes_that_no_version_stands_on_go(quick_store: Store, clock: TickingClock) -> None:
    keep(quick_store, b"one", None, b"two", None)
    assert prune(quick_store, later(clock)).blobs == 0
    keep(quick_store, b"three")
    assert prune(quick_store, later(clock)).blobs == 1
    assert held(quick_store) == [b"one", b"three"]


def test_the_last_version_with_something_in_it_stays(quick_store: Store, clock: TickingClock) -> None:
    keep(quick_store, b"one", b"two", b"good", b"", None)
    prune(quick_store, later(clock))
    assert held(quick_store) == [b"one", b"good", None]


def test_what_a_file_held_when_the_kept_time_began_stays(quick_store: Store, clock: TickingClock) -> None:
    keep(quick_store, b"one", b"two", b"three")
    border = later(clock)
    keep(quick_store, b"four")
    prune(quick_store, border)
    assert held(quick_store) == [b"one", b"three", b"four"]


def test_what_was_there_when_the_user_agreed_again_stays(quick_store: Store, clock: TickingClock) -> None:
    keep(quick_store, b"one", b"two")
    quick_store.keep_version(PATH, b"two", FIRST_SIGHT, "user")
    keep(quick_store, b"three", b"four")
    prune(quick_store, later(clock))
    assert held(quick_store) == [b"one", b"two", b"four"]


def test_a_snapshot_that_was_one_again_that_is_gone_has_nothing_before_it(
    quick_store: Store, clock: TickingClock
) -> None:
    def snapshot(content: str, restored: int | None = None) -> int:
        new = NewSnapshot(content, {"items": content}, "codex", [], restored=restored)
        quick_store.begin_sync(SyncStart("user", "sync", "watch", snapshot=new))
        return quick_store.snapshots(limit=1)[0].id

    first = snapshot("one")
    border = later(clock)
    snapshot("two")
    snapshot("one again", restored=first)
    prune(quick_store, border)
    newest = quick_store.snapshots(limit=1)[0]
    assert (newest.restored, newest.parent) == (None, None)


def test_what_is_young_enough_stays(quick_store: Store, clock: TickingClock) -> None:
    keep(quick_store, b"one", b"two", b"three")
    assert prune(quick_store, LONG_AGO).versions == 0
    assert held(quick_store) == [b"one", b"two", b"three"]


_PATHS = "/a", "/b", "/c"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from(_PATHS), st.binary(max_size=40) | st.none()), max_size=12))
def test_every_version_that_stays_can_be_read(
    quick_store: Store, clock: TickingClock, written: list[tuple[str, bytes | None]]
) -> None:
    for path, data in written:
        keep(quick_store, data, path=path)
    first = {path: (held(quick_store, path) or [None])[0] for path in _PATHS}
    last = {path: (held(quick_store, path) or [None])[-1] for path in _PATHS}
    prune(quick_store, later(clock))
    assert {path: (held(quick_store, path) or [None])[0] for path in _PATHS} == first
    assert {path: (held(quick_store, path) or [None])[-1] for path in _PATHS} == last


def test_chunks_of_a_big_file_stay_as_long_as_one_version_has_them(quick_store: Store, clock: TickingClock) -> None:
    def big(word: bytes) -> bytes:
        return b"".join(b"%d %s\n" % (number, word if number == 30_000 else b"line") for number in range(120_000))

    versions = [big(word) for word in (b"one", b"two", b"three")]
    keep(quick_store, *versions)
    before = len(sql(quick_store, "SELECT id FROM blob"))
    prune(quick_store, later(clock))
    assert held(quick_store) == [versions[0], versions[2]]
    assert 0 < before - len(sql(quick_store, "SELECT id FROM blob")) < 10


def test_the_latest_snapshot_of_each_scope_stays(quick_store: Store, clock: TickingClock) -> None:
    for scope in ("user", "project:/p"):
        for number in range(3):
            snapshot = NewSnapshot(f"hash{number}", {"mcp/a": {"command": str(number)}}, "user")
            sync_id = quick_store.begin_sync(SyncStart(scope, "sync", "user", snapshot))
            quick_store.finish_sync(sync_id, SyncEnd(SyncStatus.DONE))
    pruned = prune(quick_store, later(clock))
    assert pruned.snapshots == 4
    left = quick_store.snapshots()
    assert {(info.scope, info.parent) for info in left} == {("user", None), ("project:/p", None)}
    for info in left:
        found = quick_store.snapshot(info.id)
        assert found is not None
        assert found.payload == {"mcp/a": {"command": "2"}}
    assert quick_store.is_sound()
    assert sql(quick_store, "PRAGMA foreign_key_check") == []


def test_old_log_lines_go_and_are_not_found_any_more(quick_store: Store, clock: TickingClock) -> None:
    quick_store.log("info", "old one")
    border = later(clock)
    quick_store.log("info", "new one")
    assert prune(quick_store, LONG_AGO, log=border).log_lines == 1
    assert [line.message for line in quick_store.logs()] == ["new one"]


def test_what_we_wrote_to_can_still_be_put_back(quick_store: Store, clock: TickingClock) -> None:
    from tests.sync.store.test_faults import begin

    sync_id = begin(quick_store, 1)
    target = quick_store.targets(sync_id)[0]
    quick_store.finish_target(sync_id, target.path, TargetState.DONE)
    before = quick_store.files_at_first_sight()
    prune(quick_store, later(clock))
    assert quick_store.files_at_first_sight() == before != {}


def test_a_broken_version_does_not_hinder_the_next_one(quick_store: Store, clock: TickingClock) -> None:
    keep(quick_store, b"one" * 50)
    sql(quick_store, "UPDATE blob SET data = x'00'")
    quick_store._blobs()._recent._contents.clear()
    keep(quick_store, b"one" * 49 + b"two")
    newest = quick_store.versions(PATH)[0]
    assert quick_store.blob(newest.hash) == b"one" * 49 + b"two"
