"""`aisync exec` as a client starts it: the real server in our place, its secret in its environment alone."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.patience import PATIENCE
from tests.helpers.program import aisync, allow_servers, answer

CANARY = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")

SERVER = """
import json, os, sys
told = {
    "env": {name: os.environ.get(name) for name in ("TOKEN", "PLAIN", "PYDANTIC_DISABLE_PLUGINS")},
    "pid": os.getpid(),
    "cmdline": open("/proc/self/cmdline", "rb").read().decode().split("\\0"),
    "said": sys.stdin.readline(),
    "fds": sorted(os.listdir("/proc/self/fd")),
    "cwd": os.getcwd(),
}
print(json.dumps(told), flush=True)
sys.exit(7)
"""


@pytest.fixture
def server(isolated_home: Path) -> Path:
    """A server in Claude Code's file, with a secret; the other two clients get a launcher."""
    script = isolated_home / "server.py"
    script.write_text(SERVER)
    entry = {"command": sys.executable, "args": [str(script)], "env": {"TOKEN": CANARY, "PLAIN": "1"}}
    (isolated_home / ".claude.json").write_text(json.dumps({"mcpServers": {"s": entry}}))
    for name, said in ((".codex/config.toml", ""), (".qwen/settings.json", "{}")):
        (isolated_home / name).parent.mkdir()
        (isolated_home / name).write_text(said)
    aisync("init", "--yes")
    return script


def launch(words: list[str], env: dict[str, str] | None = None, cwd: Path | None = None) -> tuple[dict[str, Any], int]:
    """Start a command line as a client does; return what the server told, and the process id."""
    process = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
        cwd=cwd,
    )
    out, err = process.communicate("hello\n", timeout=PATIENCE)
    assert (process.returncode, err) == (7, "")
    told: dict[str, Any] = json.loads(out)
    return told, process.pid


def entry_of(client: str, home: Path) -> dict[str, Any]:
    """Return the entry as the client reads it."""
    found: dict[str, Any]
    if client == "codex":
        found = tomllib.loads((home / ".codex" / "config.toml").read_text())["mcp_servers"]["s"]
    else:
        name = {"claude-code": ".claude.json", "qwen-code": ".qwen/settings.json"}[client]
        found = json.loads((home / name).read_text())["mcpServers"]["s"]
    return found


def test_what_each_client_starts_is_the_server_itself(server: Path, isolated_home: Path) -> None:
    decision = answer("decisions")["decisions"][0]
    assert aisync("decide", decision["id"], "--take", "launch").returncode == 0
    assert entry_of("claude-code", isolated_home)["env"]["TOKEN"] == CANARY
    for client in ("codex", "qwen-code"):
        entry = entry_of(client, isolated_home)
        told, pid = launch([entry["command"], *entry["args"]], entry["env"])
        assert told["env"] == {"TOKEN": CANARY, "PLAIN": "1", "PYDANTIC_DISABLE_PLUGINS": None}
        assert (told["pid"], told["said"]) == (pid, "hello\n")
        assert told["cmdline"] == [sys.executable, str(server), ""]
        assert told["fds"] == ["0", "1", "2", "3"]  # the last is the listing itself


def test_in_claudes_file_too_when_another_client_has_the_secret(server: Path, isolated_home: Path) -> None:
    config = isolated_home / ".codex" / "config.toml"
    lines = [
        "[mcp_servers.t]",
        f'command = "{sys.executable}"',
        f'args = ["{server}"]',
        f'env = {{TOKEN = "{CANARY}"}}',
    ]
    config.write_text("\n".join(lines))
    aisync("sync")
    (decision,) = [one for one in answer("decisions")["decisions"] if one["item"] == "mcp/t"]
    aisync("decide", decision["id"], "--take", "launch")
    entry = json.loads((isolated_home / ".claude.json").read_text())["mcpServers"]["t"]
    assert CANARY not in json.dumps(entry)
    told, _ = launch([entry["command"], *entry["args"]])
    assert told["env"]["TOKEN"] == CANARY


def test_the_project_that_the_folder_is_in_comes_first(server: Path, isolated_home: Path) -> None:
    repo = isolated_home / "repo"
    (repo / "src").mkdir(parents=True)
    entry = {"command": sys.executable, "args": [str(server)], "env": {"PLAIN": "of the project"}}
    (repo / ".mcp.json").write_text(json.dumps({"mcpServers": {"s": entry}}))
    aisync("project", "add", str(repo), "--yes")
    allow_servers()
    agreed_to_launch(isolated_home)
    command = [sys.executable, "-m", "aisync_desktop", "exec", "s"]
    assert launch(command, cwd=repo / "src")[0]["env"]["PLAIN"] == "of the project"
    assert launch(command)[0]["env"]["PLAIN"] == "1"
    assert launch([*command, "--scope", "user"], cwd=repo)[0]["env"]["PLAIN"] == "1"
    assert launch([*command, f"--project={repo}"])[0]["env"]["PLAIN"] == "of the project"


def test_the_server_ignores_no_signal_because_python_does(server: Path, isolated_home: Path) -> None:
    entry = {"command": "cat", "args": ["/proc/self/status"]}
    (isolated_home / ".claude.json").write_text(json.dumps({"mcpServers": {"status": entry}}))
    aisync("sync")
    ignored = aisync("exec", "status").stdout.partition("SigIgn:")[2].split()[0]
    assert not int(ignored, 16) & 1 << signal.SIGPIPE - 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["unknown"], 1, "no server of this name"),
        (["s", "--project", "/nowhere"], 1, "no server of this name"),
        (["s", "--wrong"], 2, "No such option"),
        ([], 2, "Missing argument"),
    ],
)
def test_what_is_wrong_is_told_on_stderr_only(server: Path, words: list[str], code: int, says: str) -> None:
    done = aisync("exec", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr


def test_a_program_that_is_not_there_is_named(server: Path, isolated_home: Path) -> None:
    entry = {"command": "no-such-program", "env": {"PLAIN": "1"}}
    (isolated_home / ".claude.json").write_text(json.dumps({"mcpServers": {"s": entry}}))
    aisync("sync")
    done = aisync("exec", "s")
    assert (done.returncode, done.stdout) == (1, "")
    assert "“no-such-program”" in done.stderr
    assert CANARY not in done.stderr


def test_a_value_that_is_in_no_safe_is_named_by_its_variable(server: Path, isolated_home: Path) -> None:
    agreed_to_launch(isolated_home)
    state = Path(os.environ["AISYNC_HOME"]) / "state"
    for key in state.glob("data-*.key"):
        key.unlink()
    done = aisync("exec", "s")
    assert (done.returncode, done.stdout) == (1, "")
    assert "key" in done.stderr


def test_a_keyring_that_does_not_answer_is_told_of(server: Path, isolated_home: Path) -> None:
    agreed_to_launch(isolated_home)
    with closing(sqlite3.connect(Path(os.environ["AISYNC_HOME"]) / "state" / "aisync.sqlite3")) as db, db:
        db.execute("UPDATE kept_secret SET place = 'keyring', enclosed = x''")
    done = aisync("exec", "s")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Unlock the keyring" in done.stderr


def test_before_anything_is_known_it_says_so() -> None:
    done = aisync("exec", "s")
    assert (done.returncode, done.stdout) == (1, "")
    assert "aisync init" in done.stderr


def refused(words: list[str], env: dict[str, str] | None = None) -> str:
    """Start a command line that is not to become the server; return what it said."""
    environ = {**os.environ, **(env or {})}
    done = subprocess.run(words, capture_output=True, text=True, env=environ, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert CANARY not in done.stderr
    return done.stderr


def agreed_to_launch(home: Path) -> list[str]:
    """Have Codex launch the server, as the user agrees; return the words of its entry."""
    (decision,) = answer("decisions")["decisions"]
    aisync("decide", decision["id"], "--take", "launch")
    entry = entry_of("codex", home)
    return [entry["command"], *entry["args"]]


def test_a_command_that_was_changed_since_the_user_agreed_does_not_get_the_secret(
    server: Path, isolated_home: Path
) -> None:
    words = agreed_to_launch(isolated_home)
    launch(words)
    other = server.with_name("other.py")
    other.write_text("import os; print(os.environ['TOKEN'])")
    file = isolated_home / ".claude.json"
    file.write_text(file.read_text().replace(str(server), str(other)))
    aisync("sync")
    assert "agreed" in refused(words)
    (again,) = [
        one
        for one in answer("doctor")["findings"]
        if one["code"] == "doctor.launch-changed" and one["client"] == "codex"
    ]
    aisync("doctor", "--repair", "--yes", again["repairs"][0]["id"])
    assert subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=True).stdout == f"{CANARY}\n"


def test_a_server_gets_its_secret_only_once_the_user_agreed(server: Path, isolated_home: Path) -> None:
    """A repository can have any client start `aisync exec`, with a PATH of its own."""
    words = [sys.executable, "-m", "aisync_desktop", "exec", "s", "--scope", "user"]
    assert "agreed" in refused(words)
    file = isolated_home / ".qwen" / "settings.json"
    file.write_text(json.dumps({"mcpServers": {"s": {"command": words[0], "args": words[1:]}}}))
    aisync("sync")
    (finding,) = [one for one in answer("doctor")["findings"] if one["code"] == "doctor.launch-changed"]
    assert "agreed" in refused(words)
    aisync("doctor", "--repair", "--yes", finding["repairs"][0]["id"])
    assert launch(words)[0]["env"]["TOKEN"] == CANARY


def test_a_caller_cannot_hook_into_the_program_that_gets_the_secret(server: Path, isolated_home: Path) -> None:
    words = agreed_to_launch(isolated_home)
    hook, stolen = isolated_home / "hook", isolated_home / "stolen"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        f"import os\nif 'TOKEN' in os.environ:\n    open({str(stolen)!r}, 'w').close()\n"
    )
    hooked = os.pathsep.join([str(hook), os.environ.get("PYTHONPATH", "")])
    told, _ = launch(words, {"PYTHONPATH": hooked, "PYTHONUSERBASE": str(hook)})
    assert told["env"]["TOKEN"] == CANARY
    assert not stolen.exists()


def tool(folder: Path) -> Path:
    """Make a program `mytool` that is the server."""
    folder.mkdir(parents=True)
    path = folder / "mytool"
    path.write_text(f"#!{sys.executable}\n{SERVER}")
    path.chmod(0o755)
    return path


def test_the_program_that_was_agreed_to_is_started_whatever_the_callers_path(
    server: Path, isolated_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, evil = tool(isolated_home / "good"), tool(isolated_home / "evil")
    file, before = isolated_home / ".claude.json", os.environ["PATH"]
    file.write_text(file.read_text().replace(json.dumps(sys.executable), '"mytool"'))
    monkeypatch.setenv("PATH", f"{good.parent}{os.pathsep}{before}")
    words = agreed_to_launch(isolated_home)
    for path in (f"{evil.parent}{os.pathsep}{before}", before):
        assert launch(words, {"PATH": path})[0]["cmdline"][:3] == [sys.executable, str(good), str(server)]
    assert "doctor.launch-" not in aisync("doctor", "--json", PATH=before).stdout
    good.unlink()
    assert str(good) in refused(words, {"PATH": f"{evil.parent}{os.pathsep}{before}"})
    assert "doctor.launch-missing" in aisync("doctor", "--json", PATH=before).stdout
    monkeypatch.setenv("PATH", f"{evil.parent}{os.pathsep}{before}")
    moved = next(one for one in answer("doctor")["findings"] if one["code"] == "doctor.launch-changed")
    aisync("doctor", "--repair", "--yes", moved["repairs"][0]["id"])
    assert launch(words)[0]["env"]["TOKEN"] == CANARY


def test_a_projects_own_program_is_started_in_its_folder(server: Path, isolated_home: Path) -> None:
    del server
    repo, elsewhere = isolated_home / "repo", tool(isolated_home / "else" / "tools").parent.parent
    tool(repo / "tools")
    entry = {"command": "./tools/mytool", "env": {"TOKEN": CANARY}}
    (repo / ".mcp.json").write_text(json.dumps({"mcpServers": {"t": entry}}))
    aisync("project", "add", str(repo), "--yes")
    allow_servers()
    (decision,) = [one for one in answer("decisions")["decisions"] if one["item"] == "mcp/t"]
    aisync("decide", decision["id"], "--take", "launch")
    words = [sys.executable, "-m", "aisync_desktop", "exec", "t", "--project", str(repo)]
    told, _ = launch(words, cwd=elsewhere)
    assert (told["env"]["TOKEN"], told["cwd"]) == (CANARY, str(repo))
