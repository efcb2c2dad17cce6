"""What the bus tells in any thread comes as a signal in the thread of the bridge, and the live loop tells and hears."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from aisync_desktop.database.errors import DamagedDatabaseError, FullDiskError
from aisync_desktop.kernel.bus import Bus, Fed, Taken
from aisync_desktop.program.store.reads import ProgramReader
from aisync_desktop.program.world import World
from aisync_desktop.service.live.bus_bridge import BusBridge
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.service.status import StatusChanged
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.store.reader import Reader
from tests.helpers.clients import Clients
from tests.helpers.logfail import ExpectLog


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def bridge(bus: Bus) -> Iterator[BusBridge]:
    made = BusBridge(bus, Fed)
    yield made
    made.close()


def test_what_another_thread_publishes_is_heard_in_this_one(qtbot: QtBot, bus: Bus, bridge: BusBridge) -> None:
    heard: list[tuple[Taken, bool]] = []
    bridge.heard.connect(lambda taken: heard.append((taken, QThread.currentThread() is bridge.thread())))
    for name in ("one", "two"):
        other = threading.Thread(target=bus.publish, args=(Fed(name),))
        other.start()
        other.join()
    assert heard == []  # only when this thread comes to it
    with qtbot.waitSignal(bridge.heard):
        pass
    assert heard == [(Taken((Fed("one"), Fed("two"))), True)]


def test_a_bridge_that_is_closed_hears_no_more(qtbot: QtBot, bus: Bus, bridge: BusBridge) -> None:
    with qtbot.assertNotEmitted(bridge.heard, wait=1):
        bus.publish(Fed("before"))
        bridge.close()
        bus.publish(Fed("after"))


def _trail(world: World) -> list[tuple[str, str]]:
    with closing(ProgramReader.of(world)) as program:
        return [(one.action, one.target) for one in reversed(program.audit_trail())]


def _told(world: World) -> list[tuple[str, str]]:
    with closing(Reader.of(world)) as reader:
        return [(one.type, one.target) for one in reader.happened().entries]


def test_the_audit_trail_catches_up_while_the_app_runs(
    qtbot: QtBot, live: LiveEngine, clients: Clients, world: World
) -> None:
    with qtbot.waitSignal(live.synced):
        clients.add("codex", "fresh")
    qtbot.waitUntil(lambda: _trail(world) == _told(world))
    assert [action for action, _ in _trail(world)].count("synced") > 1


def test_a_trail_that_cannot_be_written_is_caught_up_with_later(
    qtbot: QtBot, live: LiveEngine, world: World, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    qtbot.waitUntil(lambda: _trail(world) == _told(world))
    failed = threading.Event()

    def full(_engine: Engine) -> None:
        failed.set()
        raise FullDiskError(world.program_database)

    def pause(engine: Engine) -> None:
        engine.pause_for()

    with monkeypatch.context() as broken, expect_log("WARNING", "the audit trail lags behind"):
        broken.setattr(Engine, "catch_up_audit", full)
        live.submit(pause).result()
        qtbot.waitUntil(failed.is_set)
        live.submit(lambda _engine: None).result()  # after that
    assert _trail(world) != _told(world)
    live.submit(lambda engine: engine.record_export("logs", "csv", "", 1, "user")).result()
    qtbot.waitUntil(lambda: _trail(world) == _told(world))


def test_a_database_that_turns_out_damaged_then_is_rebuilt(
    qtbot: QtBot, live: LiveEngine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    catch_up = Engine.catch_up_audit
    damaged = [True]

    def once(engine: Engine) -> None:
        if damaged.pop() if damaged else False:
            raise DamagedDatabaseError(world.database)
        catch_up(engine)

    monkeypatch.setattr(Engine, "catch_up_audit", once)
    with qtbot.waitSignal(live.synced, raising=False, timeout=1):
        live.submit(lambda engine: engine.record_export("logs", "csv", "", 1, "user")).result()
    qtbot.waitUntil(lambda: not damaged and _trail(world) == _told(world))


def test_whoever_subscribed_hears_that_the_status_is_another(qtbot: QtBot, live: LiveEngine, world: World) -> None:
    heard = world.bus.subscribe(lambda: None, StatusChanged)
    with qtbot.waitSignal(live.status_changed):
        live.submit(lambda engine: engine.pause_for()).result()
    assert heard.take().events[-1:] == (StatusChanged(),)
