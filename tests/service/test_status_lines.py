"""What the running app says of the status for a terminal."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import closing
from pathlib import Path

import pytest

from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.program.store.store import ProgramStore
from aisync_desktop.program.world import World
from aisync_desktop.service.status import WholeStatus
from aisync_desktop.service.status_lines import exit_code, next_step, told_in
from aisync_desktop.sync.model.status import Activity, ClientState, ClientStatus, DecisionStatus, Health

AT = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
LAST = Activity(at=AT, origin="user", summary=text("plain", text="two files"), writes=2)
STATUS = WholeStatus(health=Health.IN_STEP, headline=text("status.in-step", items=3, clients=4), last=LAST)


@pytest.fixture
def world(isolated_home: object) -> World:
    return World.real(os.environ)


def test_it_speaks_the_terminals_language_and_leaves_it_the_time(world: World) -> None:
    english, korean = told_in("en", STATUS, world), told_in("ko", STATUS, world)

    assert english.lines == ("Everything is in step", (AT, "two files"))
    assert korean.lines[0] != english.lines[0]
    assert told_in("xx", STATUS, world) == english
    assert (english.exit_code, english.status.last) == (0, LAST)


def test_the_stored_setting_wins_over_the_terminal_but_not_the_apps_own_variable(world: World) -> None:
    korean = told_in("ko", STATUS, world)
    with closing(ProgramStore.open(world.program_database, world.database, world.clock)) as program:
        program.set_setting("language", "ko")

    assert told_in("en", STATUS, world) == korean
    assert told_in("en", STATUS, World.real({**os.environ, "AISYNC_LANGUAGE": "en"})) == korean


def test_settings_that_cannot_be_read_hinder_nothing(world: World) -> None:
    world.program_database.write_bytes(b"no database" * 100)

    assert told_in("ko", STATUS, world).lines[0] != told_in("en", STATUS, world).lines[0]


@pytest.mark.parametrize(
    ("health", "code"),
    [(Health.IN_STEP, 0), (Health.PAUSED, 0), (Health.PENDING, 3), (Health.NEW, 3), (Health.ERROR, 1)],
)
def test_the_exit_code_says_whether_something_waits(health: Health, code: int) -> None:
    assert exit_code(STATUS.model_copy(update={"health": health})) == code


def test_clients_that_are_not_here_are_not_listed_and_paths_begin_at_home(world: World) -> None:
    absent = ClientStatus(id="amp", name="Amp", scope="user", state=ClientState.ABSENT)
    here = ClientStatus(id="zed", name="Zed", scope="user", state=ClientState.IN_STEP, paths=(str(world.home / "z"),))
    told = told_in("en", STATUS.model_copy(update={"clients": (absent, here)}), world)

    assert [line for line in told.lines if "Amp" in line] == []
    assert str(told.lines[1]).split() == ["Zed", "In", "step", "0", str(Path("~", "z"))]


QUESTION = DecisionStatus(id="029a", kind="k", item="i", scope="user", summary=text("plain", text="?"))
PROBLEM = Problem(title=text("api.gone"), message=text("api.gone.message"), next_step=text("api.busy.next"))


@pytest.mark.parametrize(
    ("told", "runs", "next_"),
    [
        ({"health": Health.NEW, "adopted": False}, False, "aisync init"),
        ({"decisions": (QUESTION,)}, False, "aisync decide 029a"),
        ({"health": Health.PENDING, "problems": (PROBLEM,)}, True, "aisync doctor"),
        ({"health": Health.PAUSED, "paused": True}, True, "aisync resume"),
        ({}, False, "aisync run"),
        ({}, True, "aisync --help"),
    ],
)
def test_the_next_step_follows_from_how_things_stand(told: dict[str, object], runs: bool, next_: str) -> None:
    status = STATUS.model_copy(update={"adopted": True, **told})
    assert next_ in next_step(status, runs=runs).english()
