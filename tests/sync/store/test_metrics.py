"""Figures are what the rows come to, in whatever parts they were added up, and whatever the clock says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.observe.tallies import joined
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store import metrics
from aisync_desktop.sync.store.lived_time import Border
from aisync_desktop.sync.store.metrics import Figures, of_client
from aisync_desktop.sync.store.migrations import MIGRATIONS
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.records import (
    ClientRecord,
    NewSnapshot,
    SyncEnd,
    SyncStart,
    SyncStatus,
    Target,
    TargetEnd,
    TargetState,
)
from aisync_desktop.sync.store.store import Store
from tests.helpers.statement_deaths import Mortal, die_at_every_statement
from tests.sync.store.conftest import TickingClock, sql
from tests.sync.store.test_faults import DirectoryVault

ALWAYS = (dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 12, 31, tzinfo=dt.UTC))
DONE, FOREIGN, FAILED = TargetState.DONE, TargetState.FOREIGN, TargetState.FAILED
CLIENTS = ("codex", "qwen-code")


def sync(store: Store, *states: TargetState, took: float | None = 0.02, by: str = "", number: int = 0) -> int:
    """Have a sync write one file of each client, with these outcomes."""
    files = dict(zip(CLIENTS, states, strict=False))
    snapshot = NewSnapshot(f"{by}{number}", {}, by, marked=True) if by else None
    targets = tuple(Target(client, f"/h/{client}", "a", "b") for client in files)
    sync_id = store.begin_sync(SyncStart("user", "sync", "watch", snapshot, targets=targets))
    whole = all(state is DONE for state in states)
    ends = tuple(TargetEnd(f"/h/{client}", state) for client, state in files.items())
    store.finish_sync(sync_id, SyncEnd(SyncStatus.DONE if whole else SyncStatus.PARTIAL, ends, took=took))
    return sync_id


def told(store: Store) -> Figures:
    return store.figures(*ALWAYS)


@pytest.fixture(autouse=True)
def _registered(quick_store: Store) -> None:
    quick_store.register_clients([ClientRecord(client, client) for client in CLIENTS])


def test_what_the_rows_come_to(quick_store: Store, clock: TickingClock) -> None:
    sync(quick_store, DONE, DONE, took=0.02, by="codex")
    sync(quick_store, DONE, FAILED, took=0.5)
    sync(quick_store, FOREIGN)
    sync(quick_store, DONE, DONE, took=0.04)
    quick_store.log("warning", "odd")
    found = told(quick_store)
    (hour,) = found.hours
    assert found.hours[hour] == found.ever
    assert dict(found.ever["syncs"].counts) == {"done": 2, "failed": 1, "overtaken": 1}
    assert found.ever["syncs"].durations.together == 60_000
    assert dict(found.ever[of_client("codex")].counts) == {"edits": 1, "done": 3, "overtaken": 1, "retries": 1}
    assert dict(found.ever[of_client("qwen-code")].counts) == {"done": 2, "failed": 1, "retries": 1}
    assert dict(found.ever["log"].counts) == {"warning": 1}
    assert found.last["codex"].took == 40_000
    assert found.last["codex"].at.replace(microsecond=0) <= clock.time
    assert hour == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def test_an_author_that_is_no_client_is_nobodys_edit(quick_store: Store) -> None:
    sync(quick_store, DONE, by="user")
    sync(quick_store, DONE, by="codex,qwen-code", number=1)
    sync(quick_store, DONE)  # leads to the same state, which nobody made anew
    assert {name: tally.counts.get("edits") for name, tally in told(quick_store).ever.items()} == {
        "syncs": None,
        of_client("codex"): 1,
        of_client("qwen-code"): 1,
    }


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("sync"), st.lists(st.sampled_from([DONE, FOREIGN, FAILED]), max_size=2)),
        st.tuples(st.just("log"), st.sampled_from(["info", "warning", "error"])),
        st.tuples(st.just("clock"), st.integers(-40_000, 40_000)),  # hours, years back and forth
        st.tuples(st.just("add"), st.just(None)),
        st.tuples(st.just("prune"), st.just(None)),
        st.tuples(st.just("beat"), st.just(None)),
    ),
    max_size=12,
)


@given(ACTS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_adding_up_changes_no_figure(quick_store: Store, clock: TickingClock, acts: list[tuple[str, object]]) -> None:
    quick_store.beat()
    clock.time = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for number, (act, about) in enumerate(acts):
        before = told(quick_store)
        match act, about:
            case "sync", list():
                sync(quick_store, *about, by="codex", number=number)
            case "log", str():
                quick_store.log(about, "x")
            case "clock", int():
                clock.time += dt.timedelta(hours=about)
            case "beat", _:
                quick_store.beat()
            case _:
                quick_store.roll_up()
                if act == "prune":
                    quick_store.prune(Border(log=10**9))
                assert told(quick_store) == before
    found = told(quick_store)
    assert joined(found.hours.values()) == found.ever


def test_hours_that_are_asked_for_are_the_only_ones(quick_store: Store, clock: TickingClock) -> None:
    for hour in range(4):
        clock.time = dt.datetime(2026, 3, 29, hour, 30, tzinfo=dt.UTC)  # Europe's clocks go forward at 1
        sync(quick_store, DONE)
        if hour == 1:
            quick_store.roll_up()
    first, last = (dt.datetime(2026, 3, 29, hour, tzinfo=dt.UTC) for hour in (1, 2))
    assert list(quick_store.figures(first, last).hours) == [first, last]
    assert told(quick_store).ever["syncs"].counts["done"] == 4


def test_a_sync_without_an_end_waits_and_so_does_what_came_after(quick_store: Store) -> None:
    sync(quick_store, DONE)
    open_one = quick_store.begin_sync(SyncStart("user", "sync", "watch"))
    sync(quick_store, DONE)
    quick_store.roll_up()
    assert told(quick_store).ever["syncs"].counts["done"] == 1
    quick_store.finish_sync(open_one, SyncEnd(SyncStatus.INTERRUPTED))
    quick_store.roll_up()
    assert dict(told(quick_store).ever["syncs"].counts) == {"done": 2, "interrupted": 1}


def test_it_is_added_up_only_where_there_is_enough(quick_store: Store) -> None:
    sync(quick_store, DONE)
    quick_store.roll_up(at_least=1_000)
    assert sql(quick_store, "SELECT count(*) FROM metric_hour") == [(0,)]
    quick_store.roll_up()
    assert sql(quick_store, "SELECT count(*) FROM metric_hour") == [(1,)]


def test_more_than_is_added_at_once_is_added_all_the_same(quick_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_TOGETHER", 2)
    for _ in range(5):
        sync(quick_store, DONE)
    before = told(quick_store)
    quick_store.roll_up()
    assert told(quick_store) == before
    assert before.ever["syncs"].counts["done"] == 5


def live(store: Store, clock: TickingClock, days: int) -> None:
    """Run for some days, each with a sync, as maintenance has it."""
    for _ in range(days):
        clock.time += dt.timedelta(days=1)
        store.beat()
        sync(store, DONE)
        store.roll_up()
        store.prune(Border())


def test_hours_are_kept_for_ninety_days(quick_store: Store, clock: TickingClock) -> None:
    live(quick_store, clock, 100)
    found = told(quick_store)
    assert len(found.hours) == 91
    assert min(found.hours) >= clock.time - dt.timedelta(days=91)
    assert found.ever["syncs"].counts["done"] == 100  # what counters say never goes down


def test_a_clock_that_leaps_makes_no_hour_old(quick_store: Store, clock: TickingClock) -> None:
    live(quick_store, clock, 5)
    clock.time += dt.timedelta(days=4_000)
    live(quick_store, clock, 5)
    clock.time -= dt.timedelta(days=4_000)
    live(quick_store, clock, 5)
    assert len(told(quick_store).hours) == 15
    live(quick_store, clock, 100)
    assert max(told(quick_store).hours) <= clock.time  # what was dated in ten years' time is gone, too


def test_lines_whose_numbers_come_again_are_counted(quick_store: Store) -> None:
    for _ in range(3):
        quick_store.log("info", "x")
    quick_store.roll_up()
    quick_store.prune(Border(log=10**9))
    for _ in range(2):
        quick_store.log("error", "x")
    quick_store.roll_up()
    assert dict(told(quick_store).ever["log"].counts) == {"info": 3, "error": 2}


def test_a_database_put_back_counts_what_it_holds(
    store: Store, reopen: Callable[[], Store], path: Path, tmp_path: Path
) -> None:
    sync(store, DONE)
    store.roll_up()
    sync(store, DONE)
    store.back_up(tmp_path / "backup")
    then = told(store)
    sync(store, DONE)
    store.roll_up()
    store.close()
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    path.write_bytes((tmp_path / "backup").read_bytes())
    again = reopen()
    assert told(again) == then
    sync(again, DONE)
    again.roll_up()
    assert told(again).ever["syncs"].counts["done"] == 3


def test_a_reader_of_an_older_programs_database_finds_no_figures(store: Store, reader: Reader) -> None:
    sync(store, DONE)
    assert MIGRATIONS[-1].unread
    sql(store, "DROP TABLE metric_hour")
    assert reader.figures(*ALWAYS) == Figures()


def added_up(top: Path, mortal: Mortal) -> None:
    """Live as one that counts two syncs, and dies on the way."""
    top.mkdir()
    (top / "vault").mkdir()
    store = Store.open(top / "aisync.sqlite3", TickingClock(), KeyRing(top, DirectoryVault(top / "vault")))
    store.register_clients([ClientRecord(client, client) for client in CLIENTS])
    sync(store, DONE, FAILED, by="codex")
    store.roll_up()
    sync(store, DONE, DONE)
    mortal.lives_by(raw(store._writer.db))
    store.roll_up()


def test_death_at_any_statement_counts_nothing_twice_and_misses_nothing(tmp_path: Path) -> None:
    *dead, whole = die_at_every_statement(added_up, tmp_path)
    assert dead
    found = []
    for top in (*dead, whole):
        store = Store.open(top / "aisync.sqlite3", TickingClock(), KeyRing(top, DirectoryVault(top / "vault")))
        before = told(store)
        store.roll_up()
        assert told(store) == before
        found.append(before)
        store.close()
    assert all(one == found[-1] for one in found)


NONSENSE = ["7", "{}", '{"sync": 1, "line": "x", "unmet": [], "ever": {}, "last": {}}']
NONSENSE += [
    f'{{"sync": 0, "line": 0, "unmet": {unmet}, "ever": {ever}, "last": {last}}}'
    for unmet, ever, last in (
        ('["x"]', "{}", "{}"),
        ("[]", "[]", "{}"),
        ("[]", '{"log": 7}', "{}"),
        ("[]", '{"log": {"counts": {"x": "y"}, "took": 0, "buckets": {}}}', "{}"),
        ("[]", '{"log": {"counts": {}, "took": 0, "buckets": {"x": 1}}}', "{}"),
        ("[]", "{}", '{"codex": 7}'),
        ("[]", "{}", '{"codex": ["today", 1]}'),
    )
]


@pytest.mark.parametrize("value", NONSENSE)
def test_a_mark_that_makes_no_sense_is_damage(quick_store: Store, value: str) -> None:
    sql(quick_store, f"INSERT INTO fact VALUES ('metrics', '{value}')")  # noqa: S608 - ours
    with pytest.raises(DamagedDatabaseError):
        told(quick_store)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sync_event SET took = 'x'",
        "UPDATE sync_event SET started_at = 'today'",
        "UPDATE config_snapshot SET created_by = x'07'",
        "UPDATE event_log SET timestamp = 'today'",
    ],
)
def test_rows_that_make_no_sense_are_damage(quick_store: Store, statement: str) -> None:
    sync(quick_store, DONE, by="codex")
    quick_store.log("info", "x")
    sql(quick_store, statement)
    with pytest.raises(DamagedDatabaseError):
        told(quick_store)
