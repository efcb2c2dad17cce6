"""The walking skeleton as a user walks it: real processes, real files, the command line and the local API."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from aisync_desktop.service.client import AppClient
from tests.helpers.clients import Clients
from tests.helpers.program import aisync, aisync_cold, allow_servers, answer, endpoint, running, until

ALL = ["claude-code", "codex", "qwen-code", "rovodev"]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and flock as POSIX has them")


@pytest.fixture
def clients(isolated_home: Path) -> Clients:
    return Clients.make(isolated_home)


def test_init_shows_first_and_writes_only_on_yes(clients: Clients) -> None:
    before = clients.bytes()
    assert aisync_cold("plan").returncode == 3
    assert aisync("status").returncode == 3
    assert clients.bytes() == before
    done = aisync_cold("init", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(clients.servers(client).keys() == {"files", "github"} for client in ALL)
    assert aisync("plan").returncode == 0


def test_init_without_an_answer_writes_nothing(clients: Clients) -> None:
    before = clients.bytes()
    assert aisync("init").returncode == 1
    assert clients.bytes() == before


def test_an_edit_travels_through_the_running_app(clients: Clients) -> None:
    aisync("init", "--yes")
    with running("--headless", "--port", "0"):
        for origin in ALL:
            clients.add(origin, f"from-{origin}")
            until(lambda name=f"from-{origin}": all(name in clients.servers(client) for client in ALL))  # type: ignore[misc]
        until(lambda: bool(answer("status")["items"] == 6))
        status = answer("status")
        assert status["health"] == "in-step"
        assert {client["id"] for client in status["clients"] if client["state"] == "in-step"} == set(ALL)
        address = urlsplit(endpoint()["url"])
        api = AppClient(address.hostname or "", address.port or 0, aisync("token").stdout.strip())
        assert api.call("GET", "/healthz") == {"status": "ok", "version": status["version"]}
        assert api.call("GET", "/api/v1/sync/status") == status
    assert endpoint() == {}


def test_commands_reach_the_running_app(clients: Clients) -> None:
    with running("--headless", "--port", "0"):
        assert answer("status")["health"] == "new"
        assert answer("init", "--yes")["status"]["health"] == "in-step"
        assert all(clients.servers(client).keys() == {"files", "github"} for client in ALL)
        assert answer("settings", "set", "log_level", "debug") == {"settings": {"log_level": "debug"}}
    assert answer("settings", "get", "log_level") == {"settings": {"log_level": "debug"}}


def test_a_pause_for_a_while_holds_for_the_app_that_starts_after_it(clients: Clients) -> None:
    aisync("init", "--yes")
    assert aisync("pause", "--for", "soon").returncode == 2
    assert answer("pause", "--for", "2h")["status"]["paused"]
    with running("--headless", "--port", "0"):
        clients.add("codex", "fresh")
        assert answer("sync")["written"] == []
        assert answer("status")["headline"]["code"] == "status.snoozed"
        assert len(answer("resume")["written"]) == 3
    assert all("fresh" in clients.servers(client) for client in ALL)


def test_a_conflict_makes_the_exit_code_3_until_it_is_settled(clients: Clients) -> None:
    aisync("init", "--yes")
    clients.replace("claude-code", '"command": "npx"', '"command": "bunx"')
    clients.replace("codex", 'command = "npx"', 'command = "deno"')
    assert aisync("sync").returncode == 3
    (decision,) = answer("decisions")["decisions"]
    assert (decision["kind"], decision["item"]) == ("conflict", "mcp/github")
    assert answer("decide", decision["id"], "--take", "codex")["status"]["health"] == "in-step"
    assert {commands["github"] for commands in clients.commands().values()} == {"deno"}


def test_kill_9_in_the_middle_of_the_day_loses_nothing(clients: Clients) -> None:
    aisync("init", "--yes")
    with running("--headless", "--port", "0", killed=True):
        clients.add("codex", "before")
        until(lambda: "before" in clients.servers("rovodev"))
    clients.add("rovodev", "meanwhile")
    assert answer("status")["health"] == "pending"  # the announcement that was left behind deceives nobody
    with running("--headless", "--port", "0"):
        until(lambda: all({"before", "meanwhile"} <= clients.servers(client).keys() for client in ALL))


# One clear line and the right exit code for what the world can do to us.


def one_line(*words: str, code: int = 1, **environ: str) -> str:
    done = aisync(*words, **environ)
    lines = done.stderr.strip().splitlines()
    assert (done.returncode, len(lines), done.stdout) == (code, 1, "")
    assert "Traceback" not in done.stderr
    return lines[0]


def test_a_second_instance_is_refused(clients: Clients) -> None:
    del clients
    with running("--headless", "--port", "0") as app:
        assert str(app.pid) in one_line("run", "--headless")


def test_no_home(isolated_home: Path) -> None:
    assert "HOME" in one_line("status", HOME="", AISYNC_HOME="")
    assert "HOME" in one_line("status", HOME=str(isolated_home / "gone"), AISYNC_HOME="")


def test_a_state_folder_that_cannot_be_used(isolated_home: Path) -> None:
    blocked = isolated_home / "blocked"
    blocked.mkdir()
    (blocked / "state").write_text("a file where a folder should be")
    assert str(blocked) in one_line("status", AISYNC_HOME=str(blocked))


def test_a_newer_database(clients: Clients, isolated_home: Path) -> None:
    del clients
    aisync("init", "--yes")
    database = isolated_home / ".aisync" / "state" / "aisync.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA user_version = 2147418112")
    connection.close()
    for words in (["status"], ["sync"], ["run", "--headless", "--port", "0"]):
        assert "newer" in one_line(*words)


def test_an_occupied_port_stops_nothing(clients: Clients) -> None:
    aisync("init", "--yes")
    with socket.create_server(("127.0.0.1", 0)) as taken, running("--headless", "--port", f"{taken.getsockname()[1]}"):
        clients.add("codex", "fresh")
        until(lambda: all("fresh" in clients.servers(client) for client in ALL))
        assert "api.port-taken" in {note["title"]["code"] for note in answer("status")["notes"]}


def test_no_display_is_one_line_and_headless(clients: Clients) -> None:
    del clients
    says = "aisync: There is no display: running headless; Ctrl+C stops it."
    with running("--port", "0", says=says, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY=""):
        assert answer("status")["health"] == "new"


def test_a_fault_of_ours_is_a_report_and_one_line(clients: Clients, isolated_home: Path) -> None:
    aisync("init", "--yes")
    broken = "from aisync_desktop.sync.applying.rounds import Rounds; Rounds.sync = None"
    start = "import sys; sys.argv = ['aisync', 'sync']; from aisync_desktop.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", f"{broken}; {start}"], capture_output=True, text=True, check=False)
    (told,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert "crash-" in told
    assert list((isolated_home / ".aisync" / "log").glob("crash-*"))
    assert clients.servers("codex").keys() == {"files", "github"}


@pytest.mark.parametrize(
    "words", [["nonsense"], ["run", "--port", "70000"], ["settings", "get", "nope"], ["init", "--prefer", "x"]]
)
def test_usage_errors_exit_with_2(words: list[str]) -> None:
    assert aisync(*words).returncode == 2


def test_korean_is_spoken_where_the_terminal_speaks_it(clients: Clients) -> None:
    del clients
    english, korean = aisync("status", LANG="en_US.UTF-8"), aisync_cold("status", LANG="ko_KR.UTF-8")
    assert "clients were found" in english.stdout
    assert "클라이언트" in korean.stdout


def test_a_project_is_shown_first_kept_in_step_and_left_alone(clients: Clients, tmp_path: Path) -> None:
    root = tmp_path / "repo"
    root.mkdir()
    (root / ".mcp.json").write_text('{"mcpServers": {"db": {"command": "uvx"}}}')
    config = root / ".codex" / "config.toml"
    assert clients.home.is_dir()
    assert aisync("project", "add", str(root), "--yes").returncode == 1
    aisync("init", "--yes")
    assert aisync("project", "add", str(root)).returncode == 1
    assert not config.exists()
    done = aisync("project", "add", str(root), "--yes")
    assert (done.returncode, done.stderr) == (3, "")
    assert not config.exists()
    allow_servers()
    assert "db" in config.read_text()
    assert answer("project", "list") == {"projects": [{"path": str(root)}]}
    with running("--headless", "--port", "0"):
        (root / ".mcp.json").write_text('{"mcpServers": {"db": {"command": "uvx"}, "more": {"command": "npx"}}}')
        until(lambda: bool(answer("decisions")["decisions"]))
        allow_servers()
        until(lambda: "more" in config.read_text())
        assert aisync("project", "remove", str(root)).returncode == 0
        assert answer("project", "list") == {"projects": []}
    assert aisync("project", "add", str(tmp_path / "none")).returncode == 1
