from __future__ import annotations

import datetime as dt
import os
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from aisync_desktop.database.errors import DamagedDatabaseError
from aisync_desktop.files.errors import PlaceTaken
from aisync_desktop.files.protocol import content_hash
from aisync_desktop.kernel.errors import BugError
from aisync_desktop.kernel.values import Value
from aisync_desktop.secrets.keys import KeyRing
from aisync_desktop.sync.store.reader import Reader
from aisync_desktop.sync.store.records import (
    BaseUpdate,
    ClientRecord,
    EndpointSeen,
    Memory,
    NewDecision,
    NewSnapshot,
    NewVersion,
    SyncEnd,
    SyncStart,
    SyncStatus,
    Target,
    TargetState,
)
from aisync_desktop.sync.store.store import Store
from tests.sync.store.conftest import TickingClock, sql

ONE: dict[str, Value] = {"mcp/a": {"transport": "stdio", "command": "a"}}
TWO: dict[str, Value] = {"mcp/a": {"transport": "stdio", "command": "b"}, "mcp/한글": {"transport": "http"}}


def start(payload: dict[str, Value] = ONE, scope: str = "user") -> SyncStart:
    return SyncStart(
        scope=scope,
        event_type="sync",
        triggered_by="codex",
        snapshot=NewSnapshot(str(payload), payload, "codex", [["mcp/a", None, "x"]]),
        versions=(NewVersion("/h/.claude.json", b"old", "seen", "claude-code"),),
        targets=(Target("claude-code", "/h/.claude.json", content_hash(b"old"), content_hash(b"new")),),
        bases=(BaseUpdate("codex", scope, payload),),
        endpoints=(EndpointSeen("claude-code", scope, "/h/.claude.json", "mcp", content_hash(b"old")),),
    )


@pytest.fixture
def known(quick_store: Store) -> Store:
    """A store with the clients that `start` speaks of."""
    quick_store.register_clients([ClientRecord("claude-code", "Claude Code"), ClientRecord("codex", "Codex CLI")])
    return quick_store


def test_a_new_store_remembers_nothing(store: Store) -> None:
    assert store.memory() == Memory()
    assert (store.unfinished(), store.snapshots(), store.sync_events(), store.pause()) == ((), (), (), None)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_only_the_user_can_read_the_folder_and_every_file_in_it(known: Store) -> None:
    known.begin_sync(start())
    folder = known.path.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_a_database_that_others_could_read_is_made_private(path: Path, clock: TickingClock, ring: KeyRing) -> None:
    Store.open(path, clock, ring).close()
    path.chmod(0o644)
    Store.open(path, clock, ring).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_a_sync_begins_with_is_there_after_a_restart(known: Store, reopen: Callable[[], Store]) -> None:
    sync_id = known.begin_sync(start())
    again = reopen()
    memory = again.memory()
    assert memory.snapshots["user"].payload == ONE
    assert memory.bases == {("codex", "user"): ONE}
    (entry,) = again.unfinished()
    assert (entry.sync_id, entry.client, entry.path) == (sync_id, "claude-code", "/h/.claude.json")
    assert entry.state is TargetState.PENDING
    assert entry.old_hash == again.name(content_hash(b"old"))
    assert entry.new_hash == again.name(content_hash(b"new"))
    assert again.blob(again.versions("/h/.claude.json")[0].hash) == b"old"
    assert again.unfinished_syncs() == (sync_id,)


def test_a_finished_target_is_no_longer_open_and_its_client_agrees(known: Store) -> None:
    sync_id = known.begin_sync(start())
    known.finish_target(sync_id, "/h/.claude.json", TargetState.DONE, [BaseUpdate("claude-code", "user", ONE)], "fine")
    known.finish_sync(sync_id, SyncEnd(SyncStatus.DONE))
    assert known.unfinished() == ()
    assert known.unfinished_syncs() == ()
    assert known.memory().bases[("claude-code", "user")] == ONE
    (entry,) = known.targets(sync_id)
    assert (entry.state, entry.detail) == (TargetState.DONE, "fine")
    (event,) = known.sync_events()
    assert (event.status, event.triggered_by, event.scope) == (SyncStatus.DONE, "codex", "user")
    assert event.finished_at is not None
    assert event.finished_at > event.started_at


def test_only_a_target_that_was_written_changes_what_its_endpoint_holds(known: Store) -> None:
    first = known.begin_sync(start())
    known.finish_target(first, "/h/.claude.json", TargetState.FOREIGN)
    assert known.endpoints()[0].hash == known.name(content_hash(b"old"))
    second = known.begin_sync(start(TWO))
    known.finish_target(second, "/h/.claude.json", TargetState.DONE)
    assert known.endpoints()[0].hash == known.name(content_hash(b"new"))


def test_the_end_of_what_never_began_is_our_bug(known: Store) -> None:
    sync_id = known.begin_sync(start())
    with pytest.raises(BugError):
        known.finish_target(sync_id, "/elsewhere", TargetState.DONE)
    with pytest.raises(BugError):
        known.finish_sync(sync_id + 1, SyncEnd(SyncStatus.DONE))


def test_an_endpoint_of_an_unknown_client_is_our_bug_and_nothing_of_the_sync_stays(store: Store) -> None:
    with pytest.raises(BugError):
        store.begin_sync(start())
    assert store.memory() == Memory()
    assert store.versions("/h/.claude.json") == ()
    assert store.sync_events() == ()


def test_an_unchanged_unified_config_makes_no_snapshot(known: Store) -> None:
    known.begin_sync(start())
    second = known.begin_sync(start())
    assert len(known.snapshots()) == 1
    assert {event.snapshot for event in known.sync_events()} == {known.snapshots()[0].id}
    assert second == known.sync_events()[0].id


def test_snapshots_keep_payload_parent_author_and_diff(known: Store) -> None:
    known.begin_sync(start(ONE))
    known.begin_sync(start(TWO))
    newest, oldest = known.snapshots()
    assert (oldest.parent, newest.parent, newest.created_by) == (None, oldest.id, "codex")
    first, second = known.snapshot(oldest.id), known.snapshot(newest.id)
    assert first is not None
    assert second is not None
    assert (first.payload, second.payload) == (ONE, TWO)
    assert (second.diff, second.diff_format) == ([["mcp/a", None, "x"]], "changes")
    assert known.snapshot(99) is None


def test_syncs_page_by_key(known: Store) -> None:
    ids = [known.begin_sync(start({"mcp/a": {"command": str(n)}})) for n in range(3)]
    first = known.sync_events(limit=2)
    rest = known.sync_events(before=first[-1].id)
    assert [event.id for event in (*first, *rest)] == ids[::-1]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE config_snapshot SET payload = x'00000001ff' WHERE id = 1",
        "UPDATE config_snapshot SET payload = 'no json', base_id = NULL WHERE id = 1",
        "UPDATE config_snapshot SET base_id = 1 WHERE id = 1",
        "UPDATE config_snapshot SET base_id = NULL WHERE id = 1",
    ],
)
def test_a_damaged_snapshot_is_never_given_out(known: Store, damage: str) -> None:
    known.begin_sync(start(ONE))
    known.begin_sync(start(TWO))
    sql(known, damage)
    with pytest.raises(DamagedDatabaseError):
        known.snapshot(1)
    assert known.memory().snapshots["user"].payload == TWO


def test_scopes_have_histories_of_their_own(known: Store) -> None:
    known.begin_sync(start(ONE))
    known.begin_sync(start(TWO, scope="project:/p"))
    assert {scope: snapshot.payload for scope, snapshot in known.memory().snapshots.items()} == {
        "user": ONE,
        "project:/p": TWO,
    }
    (project,) = known.snapshots(scope="project:/p")
    assert project.parent is None


def test_a_hundred_snapshots_come_back_as_they_went_in_and_page_by_key(known: Store) -> None:
    payloads: list[dict[str, Value]] = [{"mcp/a": {"command": f"c{i}", "args": ["x" * (i % 7)]}} for i in range(100)]
    for payload in payloads:
        known.begin_sync(replace(start(payload), versions=(), targets=()))
    first = known.snapshots(limit=60)
    rest = known.snapshots(limit=60, before=first[-1].id)
    assert [len(first), len(rest)] == [60, 40]
    found = [known.snapshot(info.id) for info in reversed((*first, *rest))]
    assert [snapshot.payload for snapshot in found if snapshot] == payloads


def test_versions_tell_why_and_who_and_page_by_key(store: Store) -> None:
    for i in range(5):
        store.keep_version("/h/a", b"%d" % i, reason=f"r{i}", actor="codex")
    first = store.versions("/h/a", limit=2)
    rest = store.versions("/h/a", before=first[-1].id)
    assert [version.reason for version in (*first, *rest)] == ["r4", "r3", "r2", "r1", "r0"]
    assert [store.blob(version.hash) for version in (*first, *rest)] == [b"4", b"3", b"2", b"1", b"0"]
    assert store.version_paths() == ("/h/a",)
    assert store.versions("/h/b") == ()


def test_the_same_bytes_in_a_row_are_one_version_and_later_again_another(store: Store) -> None:
    for data in (b"a", b"a", b"b", b"a", None, None, b"a"):
        store.keep_version("/h/a", data, reason="seen", actor="user")
    kept = [store.blob(version.hash) if version.hash else None for version in store.versions("/h/a")]
    assert kept == [b"a", None, b"a", b"b", b"a"]


def test_one_sync_may_bring_several_versions_of_one_path(known: Store) -> None:
    versions = tuple(NewVersion("/h/a", data, "seen", "user") for data in (b"1", b"2", None, b"2"))
    known.begin_sync(replace(start(), versions=versions))
    kept = [known.blob(version.hash) if version.hash else None for version in known.versions("/h/a")]
    assert kept == [b"2", None, b"2", b"1"]


def test_adoption_is_remembered_and_can_be_taken_back(store: Store) -> None:
    when = dt.datetime(2026, 2, 3, tzinfo=dt.UTC)
    store.set_adopted(when)
    assert store.memory().adopted_at == when
    store.set_adopted(None)
    assert store.memory().adopted_at is None


def test_the_same_question_keeps_its_id_and_its_age_while_it_is_open(store: Store) -> None:
    clash = NewDecision("user", "mcp/a", "conflict", {"n": 1})
    other = NewDecision("user", "mcp/b", "conflict", {})
    store.put_decisions([clash, other])
    first = {decision.item: decision for decision in store.open_decisions()}
    store.put_decisions([replace(clash, payload={"n": 2})])
    (open_one,) = store.open_decisions()
    assert (open_one.id, open_one.created_at, open_one.payload) == (
        first["mcp/a"].id,
        first["mcp/a"].created_at,
        {"n": 2},
    )
    store.put_decisions([clash, other])
    again = {decision.item: decision for decision in store.open_decisions()}
    assert again["mcp/b"].id == first["mcp/b"].id
    assert again["mcp/b"].created_at > first["mcp/b"].created_at
    store.put_decisions([])
    assert store.open_decisions() == ()


def test_registering_a_client_again_updates_it(store: Store) -> None:
    store.register_clients([ClientRecord("codex", "Codex", priority=2), ClientRecord("qwen-code", "Qwen", priority=1)])
    store.register_clients([ClientRecord("codex", "Codex CLI", status="off", priority=0)])
    assert store.clients() == (
        ClientRecord("codex", "Codex CLI", status="off"),
        ClientRecord("qwen-code", "Qwen", priority=1),
    )


def test_another_thread_may_not_touch_the_store(store: Store) -> None:
    errors: list[type[BaseException]] = []

    def intrude() -> None:
        for call in (store.memory, lambda: store.set_pause("a"), lambda: store.name("00"), store.close):
            try:
                call()
            except BugError as error:
                errors.append(type(error))

    thread = threading.Thread(target=intrude)
    thread.start()
    thread.join()
    assert errors == [BugError] * 4
    assert store.pause() is None


def test_two_stores_in_one_process_know_nothing_of_each_other(
    store: Store, tmp_path: Path, clock: TickingClock
) -> None:
    other = Store.open(tmp_path / "other" / "db", clock, KeyRing(tmp_path / "other"))
    try:
        store.set_pause("a")
        other.keep_version("/h/a", b"x", "seen", "user")
        assert other.pause() is None
        assert store.version_paths() == ()
    finally:
        other.close()


def test_a_backup_is_one_private_file_that_opens_as_a_store(
    known: Store, tmp_path: Path, clock: TickingClock, ring: KeyRing
) -> None:
    known.begin_sync(start())
    target = tmp_path / "backup.db"
    known.back_up(target)
    assert sorted(tmp_path.glob("backup*")) == [target]
    copy = Store.open(target, clock, ring)
    try:
        assert copy.is_sound()
        assert copy.memory() == known.memory()
        assert copy.blob(copy.versions("/h/.claude.json")[0].hash) == b"old"
    finally:
        copy.close()


def test_nothing_to_keep_needs_no_key(store: Store) -> None:
    store.keep_versions([])
    assert sql(store, "SELECT count(*) FROM fact WHERE name = 'data_key'") == [(0,)]
    store.keep_versions([NewVersion("/x", b"x", "seen", "me"), NewVersion("/y", None, "seen", "me")])
    assert [store.versions(path)[0].actor for path in ("/x", "/y")] == ["me", "me"]
    assert sql(store, "SELECT count(*) FROM fact WHERE name = 'data_key'") == [(1,)]


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody delete a file that is open")
def test_a_file_that_is_deleted_before_any_content_was_kept_is_there_again(
    store: Store, path: Path, ring: KeyRing
) -> None:
    store.set_pause("paused")
    path.unlink()
    assert len(store.keep_place()) == 1
    with closing(Reader(path, ring)) as reader:
        assert reader.pause() == "paused"


def test_a_file_that_others_cannot_read_is_refused_though_our_own_connection_goes_on(store: Store, path: Path) -> None:
    store.set_pause("paused")
    store.require_readable()
    sql(store, "PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(b"x" * 8192)
    with pytest.raises(DamagedDatabaseError):
        store.require_readable()


def test_a_place_that_is_another_programs_is_not_written_to(store: Store) -> None:
    def taken() -> None:
        raise PlaceTaken(store.path, pid=7)

    store.claim_by(taken)
    with pytest.raises(PlaceTaken):
        store.log("info", "synced", {})
    store.claim_by(lambda: None)
    store.log("info", "synced", {})
    assert len(store.logs()) == 1
