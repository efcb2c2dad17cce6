from __future__ import annotations

from pathlib import Path

from aisync_desktop.kernel.ports import Clock
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.applying.fights import Fights
from aisync_desktop.sync.model.status import ClientState
from tests.helpers.clients import Clients
from tests.sync.test_pausing import HandClock

FILE = Path("/home/me/.codex/config.toml")


def fights(clock: Clock) -> Fights:
    return Fights(clock)


def test_the_same_change_a_sixth_time_in_ten_seconds_is_a_fight() -> None:
    clock = HandClock()
    watched = fights(clock)
    found = []
    for _ in range(6):
        found.append(watched.note(FILE, "x"))
        clock.seconds += 1.9
    assert found == [False] * 5 + [True]
    assert watched.left_alone(FILE)
    watched.forgive()
    assert not watched.left_alone(FILE)


def test_the_same_change_now_and_then_is_none() -> None:
    clock = HandClock()
    watched = fights(clock)
    for _ in range(20):
        assert not watched.note(FILE, "x")
        clock.seconds += 2.1


def test_many_changes_are_none() -> None:
    watched = fights(HandClock())
    assert not any(watched.note(FILE, number) for number in range(1000))


def test_each_file_is_counted_by_itself() -> None:
    watched = fights(HandClock())
    assert not any(watched.note(Path(f"/{number}"), "x") for number in range(20))


def test_two_programs_that_undo_each_other_through_us_are_left_alone_until_the_user_syncs(
    engine: Engine, clients: Clients
) -> None:
    clients.add("codex", "tug", "left")
    engine.adopt("user")
    left = clients.bytes()
    clients.replace("codex", '"left"', '"right"')
    engine.sync("watch")
    right = clients.bytes()
    for _ in range(7):
        for client, held in (("codex", left), ("rovodev", right)):
            clients.paths[client].write_bytes(held[client])
            engine.sync("watch")
    problems = [client.problem for client in engine.status().clients if client.state is ClientState.PENDING]
    assert {problem.title.code for problem in problems if problem} == {"engine.fought-over"}
    apart = clients.bytes()
    engine.sync("watch")
    assert clients.bytes() == apart
    engine.sync("user")
    assert not engine.status().problems
    assert len({commands["tug"] for commands in clients.commands().values()}) == 1
