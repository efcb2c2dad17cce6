"""A session as a user has it: the real program on a screen of its own, keyboard and mouse only.

First run, an edit in an editor that arrives elsewhere, two edits that clash, settled by field, undone, done again; the
language changed from a terminal; the end. What came of it is read from the clients' files and from the program's API.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aisync_desktop.files.places import find_places
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.service.client import AppClient
from tests.helpers.display import Display, is_there, screen

pytestmark = [pytest.mark.deep, pytest.mark.skipif(not is_there(), reason="needs Xvfb and libXtst")]

_TRIES = 120
_PAUSE = 0.5  # seconds between two looks at what another program does, and tells nobody


def _until(is_so: Callable[[], bool], do: Callable[[], object] = lambda: None) -> None:
    """Wait until something is so, and do meanwhile what a user would try again."""
    looked = threading.Event()
    for _ in range(_TRIES):
        if is_so():
            return
        do()
        looked.wait(_PAUSE)
    pytest.fail("it never became so")


def _give_time() -> None:
    threading.Event().wait(3 * _PAUSE)


class Session:
    """The program, the screen it is on, and the home it works in."""

    def __init__(self, home: Path, display: Display) -> None:
        self.home, self.display = home, display
        self.environ = {
            **os.environ,
            "HOME": str(home),
            "AISYNC_HOME": str(home / "own"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "DISPLAY": display.name,
            "QT_QPA_PLATFORM": "xcb",
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "LANG": "C.UTF-8",
        }
        self.app = subprocess.Popen([sys.executable, "-m", "aisync_desktop", "run", "--port", "0"], env=self.environ)

    def status(self) -> dict[str, Any]:
        """Return what the program says of itself; nothing while it starts."""
        try:
            client = AppClient.find(find_places(self.environ))
            found = client.call("GET", "/api/v1/sync/status") if client else {}
            return found if isinstance(found, dict) else {}
        except (WorldError, OSError):
            return {}

    def questions(self) -> int:
        """Return how many questions are open."""
        return len(self.status().get("decisions", ()))

    def aisync(self, *words: str) -> None:
        """Run a command beside the program."""
        command = [sys.executable, "-m", "aisync_desktop", *words]
        subprocess.run(command, env=self.environ, check=True, capture_output=True)

    def command_of(self, client: str) -> str:
        """Return what a client's file says how the server is started."""
        path = self.home / (".claude.json" if client == "claude" else ".qwen/settings.json")
        return str(json.loads(path.read_text())["mcpServers"].get("db", {}).get("command", ""))

    def commands(self) -> set[str]:
        """Return what all files say."""
        codex = (self.home / ".codex/config.toml").read_text().partition('command = "')[2].partition('"')[0]
        return {codex, self.command_of("claude"), self.command_of("qwen")}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    home = tmp_path / "home"
    for folder in (".codex", ".qwen"):
        (home / folder).mkdir(parents=True)
    (home / ".claude.json").write_text('{"mcpServers": {}}')
    (home / ".qwen/settings.json").write_text('{"mcpServers": {}}')
    (home / ".codex/config.toml").write_text('# mine\n[mcp_servers.db]\ncommand = "first" # keep\n')
    with screen() as display:
        made = Session(home, display)
        try:
            yield made
        finally:
            if made.app.poll() is None:
                made.app.kill()
            made.app.wait(10)


def _edit(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new))


def test_a_whole_session_by_keyboard_and_mouse(session: Session) -> None:
    codex, qwen = session.home / ".codex/config.toml", session.home / ".qwen/settings.json"
    display = session.display
    _until(lambda: session.status().get("health") == "new")
    display.click(640, 60)  # the window has the keyboard

    def agree() -> None:
        display.press("Control_L", "Return")  # on to the next step, and to write; without a keyring it is asked
        display.press("Return")

    _until(lambda: bool(session.status().get("adopted")), agree)
    _until(lambda: session.commands() == {"first"})

    _edit(codex, '"first"', '"second"')
    _until(lambda: session.commands() == {"second"})
    assert "# keep" in codex.read_text()

    _edit(codex, '"second"', '"codex"')
    _edit(qwen, '"second"', '"qwen"')
    _until(lambda: session.questions() == 1)

    def settle() -> None:
        display.press("Control_L", "2")  # Decisions
        display.press("2")  # the second column: what Codex says
        display.press("Control_L", "Return")

    _until(lambda: session.questions() == 0, settle)
    _until(lambda: session.commands() == {"codex"})

    def step(*keys: str) -> Callable[[], None]:
        def press() -> None:
            display.press(*keys)
            _give_time()  # for the dialog to be there
            display.click(640, 330)
            display.press("Control_L", "Return")
            _give_time()  # for it to be done: a second step would go further back

        return press

    _until(lambda: session.commands() == {"second"}, step("Control_L", "z"))
    _until(lambda: session.commands() == {"codex"}, step("Control_L", "Shift_L", "z"))

    session.aisync("settings", "set", "language", "ko")
    session.aisync("open", "home")
    _until(lambda: session.app.poll() is not None, lambda: display.press("Control_L", "q"))
    assert session.app.wait() == 0
