"""`aisync run` on a database that somebody or some disk broke: it starts, keeps what is there and says so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aisync_desktop.files.instance import InstanceLock
from tests.helpers.clients import Clients
from tests.helpers.program import ORDINARY, aisync, answer, endpoint, running, until

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


@pytest.fixture
def clients(isolated_home: Path) -> Clients:
    return Clients.make(isolated_home)


@pytest.fixture
def database(clients: Clients, isolated_home: Path) -> Path:
    """The database of somebody who keeps four clients in step."""
    assert aisync("init", "--yes").returncode == 0
    clients.add("codex", "second")
    assert aisync("sync").returncode == 0
    return isolated_home / ".aisync" / "state" / "aisync.sqlite3"


def told() -> list[str]:
    return [problem["title"]["code"] for problem in answer("status")["problems"]]


def overwrite_the_head(database: Path) -> None:
    with database.open("r+b") as file:
        file.write(b"\xa5" * 4096)


def empty(database: Path) -> None:
    os.truncate(database, 0)


def folder(database: Path) -> None:
    database.unlink()
    database.mkdir()


@pytest.mark.parametrize("happen", [overwrite_the_head, empty, folder])
def test_the_app_starts_and_says_so(clients: Clients, database: Path, happen: Callable[[Path], None]) -> None:
    before = clients.bytes()
    happen(database)
    with running("--headless", "--port", "0"):
        until(lambda: told() == ["store.rebuilt"])
        assert clients.bytes() == before
        if not answer("status")["adopted"]:
            assert aisync("init", "--yes").returncode in {0, 3}
        clients.add("rovodev", "fresh")
        until(lambda: all("fresh" in clients.servers(client) for client in ALL))


@pytest.mark.parametrize("happen", [overwrite_the_head, empty, folder])
def test_settings_that_are_damaged_stop_nothing(
    clients: Clients, database: Path, happen: Callable[[Path], None]
) -> None:
    happen(database.with_name("program.sqlite3"))
    with running("--headless", "--port", "0"):
        until(lambda: told() == ["store.settings-lost"])
        clients.add("rovodev", "fresh")
        until(lambda: all("fresh" in clients.servers(client) for client in ALL))


def test_who_may_not_read_it_any_more_gets_the_right_back(clients: Clients, database: Path) -> None:
    database.chmod(0)
    with running("--headless", "--port", "0", through=ORDINARY):
        until(lambda: bool(answer("status")["adopted"]))
        clients.add("rovodev", "fresh")
        until(lambda: all("fresh" in clients.servers(client) for client in ALL))
    assert database.stat().st_mode & 0o777 == 0o600


def remove(state: Path) -> None:
    shutil.rmtree(state)


def move_away(state: Path) -> None:
    state.rename(state.with_name("elsewhere"))


def remove_the_lock(state: Path) -> None:
    (state / "aisync.lock").unlink()


@pytest.mark.parametrize("happen", [remove, move_away, remove_the_lock])
def test_the_app_comes_back_to_its_state_folder(
    clients: Clients, database: Path, happen: Callable[[Path], None]
) -> None:
    with running("--headless", "--port", "0") as app:
        assert answer("status")["adopted"]  # it has opened its database by then
        happen(database.parent)
        clients.add("rovodev", "fresh")
        until(lambda: all("fresh" in clients.servers(client) for client in ALL))
        until(lambda: endpoint().get("pid") == app.pid)
        second = aisync("run", "--headless", "--port", "0")
        assert (second.returncode, "already running" in second.stderr) == (1, True)
        assert answer("status")["adopted"]
        assert len(answer("history")["snapshots"]) >= 3


def test_an_app_whose_place_another_has_writes_nothing_more_and_ends(clients: Clients, database: Path) -> None:
    state = database.parent
    says = (
        f"aisync: Another AISync took the place of this one: {state / 'aisync.lock'} was removed or moved away, "
        f"and process {os.getpid()} is at work there now. Use the one that runs there; this one has stopped."
    )
    with running("--headless", "--port", "0", ends=1, says=says) as app:
        assert answer("status")["adopted"]
        state.rename(state.with_name("elsewhere"))
        state.mkdir(mode=0o700)
        with InstanceLock(state / "aisync.lock"):
            clients.add("rovodev", "fresh")
            until(lambda: app.poll() is not None)
        assert not database.exists()
    assert "fresh" not in clients.servers("codex")
