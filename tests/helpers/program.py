"""The program as a user runs it: `aisync` in a process of its own, in the test's scratch home."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.helpers.forking import Fork, forks
from tests.helpers.patience import PATIENCE


def aisync(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, forked from a process that has loaded the program, where the system can do that."""
    if not hasattr(os, "fork"):
        return aisync_cold(*words, **environ)
    return forks().run(words, _environment(environ))


def answer(*words: str) -> Any:
    """Run a command and return its JSON answer."""
    return json.loads(aisync(*words, "--json").stdout)


def allow_servers() -> None:
    """Allow every server of every project that waits to be."""
    for decision in answer("decisions")["decisions"]:
        if decision["kind"] == "project-servers":
            aisync("decide", decision["id"], "--take", "allow")


def aisync_cold(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end as a user does: from nothing."""
    return subprocess.run(
        [sys.executable, "-m", "aisync_desktop", *words],
        env=_environment(environ),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def _environment(more: dict[str, str]) -> dict[str, str]:
    """Return a user's environment: one in which Python keeps its compiled modules."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | more


App = subprocess.Popen[str] | Fork


@contextmanager
def running(
    *words: str,
    says: str = "",
    killed: bool = False,
    ends: int = 0,
    cold: bool = False,
    through: tuple[str, ...] = (),
    **environ: str,
) -> Iterator[App]:
    """Run the app: forked, or as a user starts it: `cold`, `through` another program or not.

    On leaving it is ended as a session manager ends it, must end well (or as `ends` says) and have said only `says`.
    """
    app = _started(["run", *words], _environment(environ), through, cold=cold)
    try:
        until(lambda: endpoint().get("pid") == app.pid or app.poll() is not None)
        yield app
        app.send_signal(signal.SIGKILL if killed else signal.SIGTERM)
        _, errors = app.communicate(timeout=PATIENCE)
        assert (app.returncode, errors.strip()) == (-signal.SIGKILL if killed else ends, says)
    finally:
        app.kill()
        app.wait()


def _started(words: list[str], environ: dict[str, str], through: tuple[str, ...], *, cold: bool) -> App:
    if hasattr(os, "fork") and not cold and not through:
        return forks().start(words, environ)
    command = [*through, sys.executable, "-m", "aisync_desktop", *words]
    return subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let nobody write into a folder; whoever is root must be ORDINARY for that."""
    mode = folder.stat().st_mode
    folder.chmod(0o500)
    try:
        yield
    finally:
        folder.chmod(mode)


# Root without the power to ignore modes.
ORDINARY = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.name == "posix" and os.geteuid() == 0 else ()
)


def endpoint() -> dict[str, Any]:
    """Return what the running app announces; nothing if there is none."""
    path = Path(os.environ["AISYNC_HOME"]) / "state" / "endpoint.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return found


def until(true: Callable[[], bool]) -> None:
    """Wait for another process; polled, as nothing tells this one."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)
