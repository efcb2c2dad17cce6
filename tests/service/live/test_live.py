from __future__ import annotations

import ctypes
import errno
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QMetaObject, Qt
from pytestqt.qtbot import QtBot

from aisync_desktop.database.connection import raw
from aisync_desktop.database.errors import DamagedDatabaseError, DeniedDatabaseError, FullDiskError
from aisync_desktop.files.errors import Busy
from aisync_desktop.kernel.bus import Bus
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.service.live.watcher import FolderWatcher
from aisync_desktop.service.live.worker import EngineWorker
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.model.status import ClientState, Health, Status
from aisync_desktop.sync.store.records import LogQuery
from tests.helpers.clients import Clients
from tests.helpers.logfail import ExpectLog
from tests.helpers.patience import PATIENCE

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]


def everywhere(clients: Clients, name: str) -> bool:
    return all(name in clients.servers(client) for client in ALL)


@pytest.mark.parametrize("origin", ALL)
def test_an_edit_at_any_client_reaches_the_others(
    qtbot: QtBot, live: LiveEngine, clients: Clients, origin: str
) -> None:
    with qtbot.waitSignal(live.synced):
        clients.add(origin, "fresh")
    assert everywhere(clients, "fresh")


def test_our_own_writes_come_back_as_nothing(qtbot: QtBot, live: LiveEngine, clients: Clients) -> None:
    with qtbot.waitSignal(live.synced):
        clients.add("codex", "one")
    live.submit(_look).result(PATIENCE)
    written = {client: path.stat().st_ino for client, path in clients.paths.items()}
    with qtbot.assertNotEmitted(live.synced):
        live.submit(_look).result(PATIENCE)
    assert {client: path.stat().st_ino for client, path in clients.paths.items()} == written


def _look(engine: Engine) -> None:
    engine.sync("test")


def test_a_half_written_file_is_waited_for(qtbot: QtBot, live: LiveEngine, clients: Clients) -> None:
    path = clients.paths["rovodev"]
    whole = path.read_text().replace('"mcpServers": {', '"mcpServers": {"late": {"command": "l"},')
    half = len(whole) // 2
    with path.open("w") as file:
        file.write(whole[:half])
        file.flush()
        with qtbot.waitSignal(live.status_changed, check_params_cb=_unreadable):
            live.submit(_look)
        with qtbot.waitSignal(live.synced):
            file.write(whole[half:])
            file.close()
    assert everywhere(clients, "late")


def _unreadable(status: Status) -> bool:
    return any(client.state is ClientState.UNREADABLE for client in status.clients)


def test_what_a_late_writer_puts_into_a_displaced_file_needs_no_hint(
    qtbot: QtBot, live: LiveEngine, clients: Clients
) -> None:
    with clients.paths["rovodev"].open("r+b") as theirs:
        old = theirs.read()
        with qtbot.waitSignal(live.synced):
            clients.add("codex", "ours")
        with qtbot.waitSignal(live.synced):
            theirs.seek(0)
            theirs.write(old.replace(b'"mcpServers": {', b'"mcpServers": {"theirs": {"command": "t"},'))
            theirs.flush()
    assert everywhere(clients, "theirs")
    assert everywhere(clients, "ours")


@pytest.mark.parametrize(
    ("late", "looks"),
    [({"return_value": False}, 0), ({"return_value": True}, 1), ({"side_effect": Busy(Path("a"))}, 1)],
)
def test_where_nobody_wrote_late_nothing_is_looked_at(qtbot: QtBot, late: dict[str, object], looks: int) -> None:
    engine = Mock(**{"projects": (), "late_in.return_value": None, "look_in.return_value": None, "sync": Mock()})
    engine.absorb_late_writes = Mock(**late)
    worker = EngineWorker(Mock(), Mock(), 15, 2, Random(0), Bus())
    worker._engine = engine
    worker._look = Mock()
    worker._on_late()
    assert worker._look.start.call_count == looks
    assert engine.late_in.called is (not looks)
    engine.sync.assert_not_called()


def test_a_client_that_is_installed_later_is_noticed(
    qtbot: QtBot, start: Callable[[], LiveEngine], clients: Clients, tmp_path: Path
) -> None:
    aside = tmp_path / "aside"
    clients.paths["rovodev"].parent.rename(aside)
    live = start()
    with qtbot.waitSignal(live.synced):
        aside.rename(clients.paths["rovodev"].parent)
    assert everywhere(clients, "github")


def test_paused_nothing_is_written_and_resuming_catches_up(qtbot: QtBot, live: LiveEngine, clients: Clients) -> None:
    live.submit(lambda engine: engine.pause_for()).result(PATIENCE)
    with qtbot.waitSignal(live.status_changed):
        clients.add("codex", "fresh")
    assert "fresh" not in clients.servers("rovodev")
    live.submit(lambda engine: engine.resume()).result(PATIENCE)
    assert everywhere(clients, "fresh")


def test_the_status_counts_up_and_only_when_it_changes(qtbot: QtBot, live: LiveEngine, clients: Clients) -> None:
    with qtbot.waitSignal(live.status_changed) as first:
        clients.add("codex", "fresh")
    qtbot.waitUntil(lambda: live.status is not None and live.status.health is Health.IN_STEP)
    before = live.status
    assert before is not None
    assert first.args is not None
    live.submit(_look).result(PATIENCE)
    assert live.status == before


def test_a_hint_that_comes_with_the_end_starts_nothing(live: LiveEngine) -> None:
    """A timer that goes on in a thread that has ended cannot be stopped by anybody."""

    def end(_engine: Engine) -> None:
        QMetaObject.invokeMethod(live._worker, "close", Qt.ConnectionType.QueuedConnection)
        live._watching.hint(None)

    live.submit(end).result(PATIENCE)
    assert live._thread.wait(PATIENCE * 1000)
    assert live._worker._look is not None
    assert not live._worker._look.isActive()


def test_calls_are_answered_in_the_engines_thread(live: LiveEngine) -> None:
    names = {live.submit(lambda _engine: threading.get_ident()).result(PATIENCE) for _ in range(3)}
    assert len(names) == 1
    assert threading.get_ident() not in names


def test_a_failing_call_fails_at_the_caller_alone(live: LiveEngine) -> None:
    def fail(_engine: Engine) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        live.submit(fail).result(PATIENCE)
    assert live.submit(lambda engine: engine.adopted).result(PATIENCE)


def test_a_fault_of_ours_is_shown_and_the_loop_goes_on(
    qtbot: QtBot, live: LiveEngine, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: reported.append(error))

    def stumble(engine: Engine) -> None:
        monkeypatch.setattr(engine, "sync", _fail)

    live.submit(stumble).result(PATIENCE)
    with qtbot.waitSignal(live.status_changed, check_params_cb=lambda status: status.health is Health.ERROR):
        clients.add("codex", "fresh")
    assert isinstance(reported[0], ZeroDivisionError)
    monkeypatch.undo()
    qtbot.waitUntil(lambda: everywhere(clients, "fresh"))
    qtbot.waitUntil(lambda: live.status is not None and live.status.health is Health.IN_STEP)


def _fail(_origin: str, **_: object) -> None:
    raise ZeroDivisionError


def test_an_engine_that_cannot_open_is_told_not_hidden(qtbot: QtBot, world: World) -> None:
    with closing(sqlite3.connect(world.database)) as somebodys:
        somebodys.execute("CREATE TABLE theirs (id)")
    live = LiveEngine(partial(open_engine, world), rescan_seconds=3600)
    with qtbot.waitSignal(live.broken) as told:
        live.start()
    assert told.args is not None
    assert isinstance(told.args[0], WorldError)
    assert live.stop()


def _fold(database: Path) -> None:
    with closing(sqlite3.connect(database)) as folding:
        folding.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _break(database: Path, _origin: str, **_: object) -> None:
    _fold(database)
    database.write_bytes(b"x" * 8192)
    raise DamagedDatabaseError(database)


def test_a_database_that_breaks_on_the_way_is_rebuilt(
    qtbot: QtBot, live: LiveEngine, clients: Clients, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(engine: Engine) -> None:
        monkeypatch.setattr(engine, "sync", partial(_break, world.database))

    live.submit(stumble).result(PATIENCE)
    clients.add("codex", "fresh")
    qtbot.waitUntil(lambda: live.status is not None and "store.rebuilt" in _titles(live.status))
    live.submit(_adopt).result(PATIENCE)
    assert everywhere(clients, "fresh")


def test_a_file_that_was_written_over_is_noticed_by_the_rescan_though_nothing_is_edited(
    qtbot: QtBot, live: LiveEngine, clients: Clients, world: World
) -> None:
    _fold(world.database)
    clients.add("codex", "one")  # after this, our own connection has all pages in memory that it asks for
    qtbot.waitUntil(lambda: everywhere(clients, "one"))
    live.submit(_look).result(PATIENCE)
    with world.database.open("r+b") as file:
        file.write(b"x" * 100)
    live.set_rescan(1).result(PATIENCE)
    qtbot.waitUntil(lambda: live.status is not None and "store.rebuilt" in _titles(live.status))
    assert live.status is not None
    assert live.status.adopted
    clients.add("codex", "fresh")
    qtbot.waitUntil(lambda: everywhere(clients, "fresh"))


@pytest.mark.parametrize("held", [b"x" * 100, b""])
def test_settings_that_were_written_over_are_noticed_by_the_rescan_and_written_anew(
    qtbot: QtBot, live: LiveEngine, clients: Clients, world: World, held: bytes
) -> None:
    live.submit(lambda engine: engine.set_setting("history_days", 30)).result(PATIENCE)
    clients.add("codex", "one")
    qtbot.waitUntil(lambda: everywhere(clients, "one"))
    live.submit(_look).result(PATIENCE)
    _fold(world.program_database)
    world.program_database.write_bytes(held)
    live.set_rescan(1).result(PATIENCE)
    qtbot.waitUntil(lambda: live.status is not None and "store.settings-lost" in _titles(live.status))
    with closing(ProgramReader.of(world)) as reader:
        assert reader.settings() == {"history_days": 30}
    clients.add("codex", "fresh")
    qtbot.waitUntil(lambda: everywhere(clients, "fresh"))


def _replace(database: Path, _origin: str) -> None:
    database.unlink()
    database.write_bytes(b"x" * 8192)
    raise DamagedDatabaseError(database)


def test_a_broken_file_in_the_place_of_ours_costs_nothing(
    qtbot: QtBot, live: LiveEngine, clients: Clients, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: list[Path] = []

    def stumble(engine: Engine) -> None:
        sync = engine.sync

        def once(origin: str, **_: object) -> Receipt:
            if not broken:
                broken.append(world.database)
                _replace(world.database, origin)
            return sync(origin)

        monkeypatch.setattr(engine, "sync", once)

    live.submit(stumble).result(PATIENCE)
    clients.add("codex", "fresh")
    qtbot.waitUntil(lambda: live.status is not None and "store.displaced" in _titles(live.status))
    qtbot.waitUntil(lambda: everywhere(clients, "fresh"))


def test_who_had_paused_is_paused_still_when_a_damaged_database_was_rebuilt(
    qtbot: QtBot, live: LiveEngine, clients: Clients, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pause_and_stumble(engine: Engine) -> None:
        engine.pause_for()
        monkeypatch.setattr(engine, "sync", partial(_break, world.database))

    live.submit(pause_and_stumble).result(PATIENCE)
    clients.add("codex", "fresh")
    qtbot.waitUntil(lambda: live.status is not None and "store.rebuilt" in _titles(live.status))
    assert live.status is not None
    assert live.status.paused


def test_damage_that_no_rebuilding_mends_is_told_and_not_rebuilt_for_ever(
    qtbot: QtBot,
    live: LiveEngine,
    clients: Clients,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: ExpectLog,
) -> None:
    def damaged(_engine: Engine, _origin: str, **_: object) -> None:
        raise DamagedDatabaseError(world.database)

    with monkeypatch.context() as patched, expect_log("WARNING", "sync failed"):
        patched.setattr(Engine, "sync", damaged)
        clients.add("codex", "fresh")
        qtbot.waitUntil(lambda: live.status is not None and "store.damaged" in _titles(live.status))
    clients.add("codex", "more")
    qtbot.waitUntil(lambda: everywhere(clients, "more"))
    qtbot.waitUntil(lambda: live.status is not None and "store.damaged" not in _titles(live.status))


@pytest.mark.parametrize("kept", ["{", '"ever"'])
def test_a_setting_that_makes_no_sense_any_more_is_noticed_by_the_rescan(
    qtbot: QtBot, live: LiveEngine, clients: Clients, world: World, kept: str
) -> None:
    with closing(sqlite3.connect(world.program_database)) as db, db:
        db.execute("INSERT INTO setting VALUES ('history_days', ?)", (kept,))
    live.set_rescan(1).result(PATIENCE)
    qtbot.waitUntil(lambda: live.status is not None and "store.settings-lost" in _titles(live.status))
    clients.add("codex", "fresh")
    qtbot.waitUntil(lambda: everywhere(clients, "fresh"))


@pytest.mark.parametrize("place", ["sync.store.store.Store.open", "sync.answering.engine.Engine.recover"])
def test_an_app_that_starts_on_a_full_disk_says_so_and_goes_on_when_there_is_room(
    qtbot: QtBot, world: World, clients: Clients, expect_log: ExpectLog, place: str
) -> None:
    open_engine(world).close()
    live = LiveEngine(partial(open_engine, world), rescan_seconds=3600)

    def full(*_: object) -> None:
        raise FullDiskError(world.database)

    with pytest.MonkeyPatch.context() as patch, expect_log("WARNING", "not opened"):
        patch.setattr(f"aisync_desktop.{place}", full)
        live.start()
        qtbot.waitUntil(lambda: live.status is not None and "store.full" in _titles(live.status))
    qtbot.waitUntil(lambda: live.status is not None and "store.full" not in _titles(live.status))
    live.submit(_adopt).result(PATIENCE)
    clients.add("codex", "fresh")
    qtbot.waitUntil(lambda: everywhere(clients, "fresh"))
    assert live.stop()


def _titles(status: Status) -> set[str]:
    return {problem.title.code for problem in status.problems}


def _adopt(engine: Engine) -> None:
    engine.adopt("user")


def test_a_first_look_that_fails_is_told_without_a_fault_and_calls_are_answered(
    qtbot: QtBot, world: World, clients: Clients, expect_log: ExpectLog
) -> None:
    with closing(open_engine(world)) as engine:
        engine.adopt("user")
    live = LiveEngine(partial(open_engine, world), rescan_seconds=3600)

    def denied(*_: object, **__: object) -> None:
        raise DeniedDatabaseError(world.database, reason="test")

    with pytest.MonkeyPatch.context() as patch, expect_log("WARNING", "sync failed"):
        patch.setattr("aisync_desktop.sync.planning.look.Looking.look", denied)
        live.start()
        qtbot.waitUntil(lambda: live.status is not None and "store.denied" in _titles(live.status))
        assert live.submit(lambda engine: engine.adopted).result(PATIENCE)
    clients.add("codex", "fresh")
    qtbot.waitUntil(lambda: everywhere(clients, "fresh"))
    qtbot.waitUntil(lambda: live.status is not None and live.status.health is Health.IN_STEP)
    assert live.stop()


def test_folders_that_cannot_be_watched_are_told_and_polled(
    qtbot: QtBot, world: World, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_watcher: FolderWatcher, folders: frozenset[Path]) -> tuple[tuple[Path, int], ...]:
        return tuple((folder, errno.ENOSPC) for folder in sorted(folders))

    monkeypatch.setattr(FolderWatcher, "watch", refuse)
    live = LiveEngine(partial(open_engine, world), rescan_seconds=3600, poll_seconds=1)
    with qtbot.waitSignal(live.started):
        live.start()
    live.submit(lambda engine: engine.adopt("user")).result(PATIENCE)
    assert live.status is not None
    assert [problem.title.code for problem in live.status.problems] == ["pipeline.unwatchable"]
    clients.add("codex", "fresh")
    qtbot.waitUntil(lambda: everywhere(clients, "fresh"))
    assert live.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_where_there_is_no_room_to_watch_we_look_and_go_back_to_watching_when_there_is(
    qtbot: QtBot, world: World, clients: Clients
) -> None:
    def none_left() -> int:
        ctypes.set_errno(errno.EMFILE)
        return -1

    with pytest.MonkeyPatch.context() as full:
        full.setattr("watchdog.observers.inotify_c.inotify_init", none_left)
        live = LiveEngine(partial(open_engine, world), rescan_seconds=3600, poll_seconds=1)
        with qtbot.waitSignal(live.started):
            live.start()
        live.submit(_adopt).result(PATIENCE)
        assert live.status is not None
        assert _titles(live.status) == {"pipeline.unwatchable"}
        clients.add("codex", "fresh")
        qtbot.waitUntil(lambda: everywhere(clients, "fresh"))
    qtbot.waitUntil(lambda: live.status is not None and not live.status.problems)
    live.submit(lambda _engine: live._worker.set_rescan(3600)).result(PATIENCE)
    clients.add("codex", "seen")
    qtbot.waitUntil(lambda: everywhere(clients, "seen"))
    assert live.stop()


def test_what_the_ladder_does_not_outwait_is_logged_once(
    qtbot: QtBot, live: LiveEngine, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aisync_desktop.service.live.settle.LADDER_MS", (1, 1))
    monkeypatch.setattr("aisync_desktop.service.live.settle._BACKOFF_FIRST_MS", 1)
    clients.paths["rovodev"].write_text('{"mcpServers": ')
    qtbot.waitUntil(lambda: live._worker._retry.attempts > 6)
    assert live.submit(_told).result(PATIENCE) == ["documents.malformed"]


def _told(engine: Engine) -> list[str]:
    return [line.message for line in engine._store.logs(LogQuery(levels=("error",)))]


def test_a_database_that_takes_nothing_is_told_without_a_fault_and_sync_goes_on_when_it_does(
    qtbot: QtBot, live: LiveEngine, clients: Clients, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    monkeypatch.setattr("aisync_desktop.service.live.settle.LADDER_MS", (1, 1))
    monkeypatch.setattr("aisync_desktop.service.live.settle._BACKOFF_FIRST_MS", 1)
    with expect_log("WARNING", "sync failed"), expect_log("WARNING", "not in the log"):
        live.submit(partial(_refuse, refuse=True)).result(PATIENCE)
        clients.add("codex", "fresh")
        qtbot.waitUntil(lambda: live._worker._retry.attempts > 6)
        qtbot.waitUntil(lambda: live.status is not None and "store.denied" in _titles(live.status))
        live.submit(partial(_refuse, refuse=False)).result(PATIENCE)
    qtbot.waitUntil(lambda: everywhere(clients, "fresh"))


def _refuse(engine: Engine, *, refuse: bool) -> None:
    """Have the database take nothing, as on a disk that is full or was mounted read-only."""
    raw(engine._store._writer.db).execute(f"PRAGMA query_only = {refuse}")
