"""A client that writes its file from memory: while it runs, the status says so and nothing of ours is lost to it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.processes import Program, Session
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.looking.client_sessions import ASK_AGAIN_SECONDS
from aisync_desktop.sync.model.status import ClientState, Health
from aisync_desktop.sync.planning.resting_deletions import REST_SECONDS
from aisync_desktop.sync.reports.preview import preview
from tests.helpers.clients import Clients
from tests.helpers.clock import HandClock

LONG = 600.0
NEVER = 4e9  # later than any file


@dataclass
class FakeProcesses:
    """A machine of which a test says what runs; None: it does not tell."""

    running: dict[str, float] | None
    asked: int = 0

    def sessions(self, programs: Collection[Program]) -> Mapping[Program, tuple[Session, ...]] | None:
        self.asked += 1
        if self.running is None:
            return None
        running = self.running
        return {one: (Session(running[one.command], 7),) if one.command in running else () for one in programs}


@pytest.fixture
def processes() -> FakeProcesses:
    return FakeProcesses({})


@pytest.fixture
def gemini(clients: Clients) -> Path:
    path = clients.home / ".gemini" / "settings.json"
    path.parent.mkdir()
    path.write_text('{"mcpServers": {}, "theme": "x"}')
    return path


@pytest.fixture
def world(world: World, processes: FakeProcesses, clock: HandClock, gemini: Path) -> World:
    assert gemini.exists()
    return replace(world, processes=processes, clock=clock, disk=RealDisk(clock))


@pytest.fixture
def engine(world: World) -> Iterator[Engine]:
    opened = open_engine(world)
    opened.adopt("user")
    yield opened
    opened.close()


@pytest.fixture
def running(engine: Engine, processes: FakeProcesses, clock: HandClock) -> Engine:
    """The engine, with a session of Gemini CLI that began after all was in step."""
    clock.sleep(LONG)
    processes.running = {"gemini": clock.now().timestamp()}
    clock.sleep(LONG)
    engine.sync("watch")
    return engine


def state(engine: Engine) -> ClientState:
    return next(client.state for client in engine.status().clients if client.id == "gemini-cli")


def servers(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text())["mcpServers"]
    return found


def saved_from(memory: bytes, path: Path, theme: str) -> None:
    """Write as the client does when a setting is changed."""
    path.write_text(json.dumps({**json.loads(memory), "theme": theme}))


def test_what_was_written_while_it_runs_applies_after_a_restart(
    running: Engine, clients: Clients, processes: FakeProcesses, world: World
) -> None:
    clients.add("codex", "fresh")
    running.sync("watch")
    assert state(running) is ClientState.RESTART
    assert running.status().health is Health.IN_STEP
    assert running.sessions == {7}
    assert [one.state for one in preview(world).status.clients if one.id == "gemini-cli"] == [ClientState.RESTART]
    processes.running = {}
    running.session_ended()
    running.sync("watch")
    assert (state(running), running.sessions) == (ClientState.IN_STEP, frozenset())


def test_who_began_after_the_last_write_has_it(engine: Engine, processes: FakeProcesses, clock: HandClock) -> None:
    processes.running = {"gemini": NEVER}
    clock.sleep(LONG)
    engine.sync("watch")
    assert (state(engine), engine.sessions) == (ClientState.IN_STEP, frozenset({7}))


def test_a_greater_trouble_is_told_first(running: Engine, gemini: Path) -> None:
    gemini.write_text('{"mcpServers": ')
    running.sync("watch")
    assert state(running) is ClientState.UNREADABLE


def test_long_after_our_writes_its_memory_takes_nothing_away(
    running: Engine, clients: Clients, gemini: Path, clock: HandClock
) -> None:
    memory = gemini.read_bytes()
    for name in ("one", "two"):
        clients.add("codex", name)
        running.sync("watch")
        clock.sleep(LONG)
    saved_from(memory, gemini, "y")
    running.sync("watch")
    clock.sleep(REST_SECONDS)
    running.sync("watch")
    assert {"one", "two"} <= servers(gemini).keys()
    assert {"one", "two"} <= clients.servers("codex").keys()
    assert json.loads(gemini.read_text())["theme"] == "y"


def test_a_deletion_that_is_meant_is_still_one(
    running: Engine, clients: Clients, gemini: Path, clock: HandClock
) -> None:
    for name in ("one", "two"):
        clients.add("codex", name)
        running.sync("watch")
        clock.sleep(LONG)
    whole = json.loads(gemini.read_text())
    del whole["mcpServers"]["one"]
    gemini.write_text(json.dumps(whole))
    running.sync("user", patient=False)
    assert "one" not in clients.servers("codex")
    assert "two" in clients.servers("codex")


def test_what_was_written_before_it_began_is_in_its_memory(
    engine: Engine, clients: Clients, gemini: Path, processes: FakeProcesses, clock: HandClock
) -> None:
    memory = gemini.read_bytes()
    for name in ("one", "two", "three", "four", "five"):
        clients.add("codex", name)
    engine.sync("watch")
    before = set(json.loads(memory)["mcpServers"])
    clock.sleep(LONG)
    processes.running = {"gemini": clock.now().timestamp()}
    clock.sleep(LONG)
    engine.sync("watch")
    whole = json.loads(gemini.read_text())
    del whole["mcpServers"]["one"], whole["mcpServers"]["two"]
    gemini.write_text(json.dumps({**whole, "theme": "y"}))
    engine.sync("user", patient=False)
    assert set(clients.servers("codex")) == before | {"three", "four", "five"}


def test_where_nobody_knows_nothing_is_said(
    engine: Engine, processes: FakeProcesses, clients: Clients, clock: HandClock
) -> None:
    processes.running = None
    clock.sleep(LONG)
    clients.add("codex", "fresh")
    engine.sync("watch")
    assert (state(engine), engine.sessions) == (ClientState.IN_STEP, frozenset())


def test_the_system_is_not_asked_at_every_look(
    running: Engine, processes: FakeProcesses, clients: Clients, clock: HandClock
) -> None:
    before = processes.asked
    for number in range(5):
        clients.add("codex", f"s{number}")
        running.sync("watch")
    assert processes.asked == before
    clock.sleep(ASK_AGAIN_SECONDS)
    running.sync("watch")
    assert processes.asked == before + 1


def test_without_such_a_client_the_system_is_never_asked(world: World, processes: FakeProcesses, gemini: Path) -> None:
    gemini.unlink()
    gemini.parent.rmdir()
    opened = open_engine(world)
    opened.adopt("user")
    opened.close()
    assert processes.asked == 0


def test_a_reset_while_it_runs_is_still_asked_about(running: Engine, clients: Clients, gemini: Path) -> None:
    for name in ("one", "two"):
        clients.add("codex", name)
        running.sync("watch")
    gemini.write_text('{"mcpServers": {}}')
    running.sync("watch")
    assert [decision.kind for decision in running.status().decisions] == ["mass-deletion"]


def test_who_writes_its_memory_again_and_again_is_asked_about(
    running: Engine, clients: Clients, gemini: Path, clock: HandClock
) -> None:
    memory = gemini.read_bytes()
    for name in ("one", "two"):
        clients.add("codex", name)
    running.sync("watch")
    for theme in ("a", "b", "c"):
        clock.sleep(LONG)
        saved_from(memory, gemini, theme)
        running.sync("watch")
    assert {decision.kind for decision in running.status().decisions} == {"stale"}
    assert {"one", "two"} <= clients.servers("codex").keys()
