"""A user's session with the program on a desktop of its own: what is looked at, pressed and clicked, and the files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import astuple
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from aisync_desktop.files.places import find_places
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.service.client import AppClient
from tests.helpers.atspi import Box, GoneError, Thing
from tests.helpers.desktop import Desktop, Tray, desktop
from tests.helpers.display import RIGHT, SIZE, places
from tests.helpers.patience import PATIENCE
from tests.helpers.program import until

_PANEL = 34  # pixels at the upper edge of the screen that are the tray's
_PROGRAM = "AISync"
_STEP_OF_INK = 60  # of 255, by which words differ from what they stand on
_MARGIN, _HAIR = 40, 5  # pixels: before the words of a menu, and what is too low to be one


class Session:
    """The program, the desktop that it is on, and the home it works in."""

    def __init__(self, desk: Desktop, home: Path) -> None:
        self.desktop, self.home = desk, home
        self.press = desk.display.press
        self._environ = {
            **desk.environ,
            "HOME": str(home),
            "AISYNC_HOME": str(home / "own"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        self.app: subprocess.Popen[bytes] | None = None

    def start(self, *words: str) -> None:
        """Start the program, as the user does or the desktop."""
        self.app = subprocess.Popen(self._command("run", "--port", "0", *words), env=self._environ)
        until(lambda: bool(self.status()))

    def aisync(self, *words: str) -> None:
        """Run a command in a terminal; it may say that something waits to be decided."""
        done = subprocess.run(self._command(*words), env=self._environ, capture_output=True, text=True, check=False)
        assert done.returncode in {0, 3}, done.stderr

    def status(self) -> dict[str, Any]:
        """Return what the program says of itself; nothing while it starts."""
        with suppress(WorldError, OSError):
            client = AppClient.find(find_places(self._environ))
            found = client.call("GET", "/api/v1/sync/status") if client else {}
            return found if isinstance(found, dict) else {}
        return {}

    def questions(self) -> int:
        """Return how many questions are open."""
        return len(self.status().get("decisions", ()))

    def see(self, name: str, role: str = "", *, starts: bool = False) -> Thing:
        """Wait until this is on one of the program's windows."""
        return self.desktop.reader.find(name, role, program=_PROGRAM, starts=starts)

    def sees(self, name: str, role: str = "") -> bool:
        """Return whether this is on one of the program's windows now."""
        return self.desktop.reader.look(name, role, program=_PROGRAM) is not None

    def click(self, name: str, role: str = "", *, starts: bool = False) -> None:
        """Click on this as soon as it is there, can be clicked and stays where it is."""
        before: list[Box] = []

        def is_still() -> bool:
            with suppress(GoneError):
                thing = self.see(name, role, starts=starts)
                if "enabled" in thing.states:
                    before.append(thing.box())
            return before[-2:-1] == before[-1:] != []

        until(is_still)
        self.desktop.display.click(*before[-1].middle)

    def await_active(self, name: str) -> None:
        """Wait until one of the program's windows has the keyboard."""
        until(lambda: any("active" in top.states and top.name == name for top in self.windows()))

    def windows(self) -> list[Thing]:
        """Return the program's windows that are to be seen."""
        mine = (one for one in self.desktop.reader.programs() if one.name == _PROGRAM)
        return [window for one in mine for window in one.children() if "showing" in window.states]

    def is_on_screen(self, window: Thing) -> bool:
        """Return whether the whole of a window can be seen, and none of it lies below the tray."""
        box = window.box()
        return QRect(0, _PANEL, *SIZE).intersected(QRect(0, 0, *SIZE)).contains(QRect(*astuple(box)))

    def icon(self) -> tuple[int, int]:
        """Wait until the tray shows the icon with the sign of a question, and return where."""
        found: list[tuple[int, int]] = []

        def is_there() -> bool:
            found[:] = places(self.desktop.display.look(height=_PANEL), _is_amber)
            return bool(found)

        until(is_there)
        x, y = (sorted(axis)[len(found) // 2] for axis in zip(*found, strict=True))
        return x, y

    def has_icon(self) -> bool:
        """Return whether the tray shows the sign of a question now."""
        return bool(places(self.desktop.display.look(height=_PANEL), _is_amber))

    def open_menu(self) -> QRect:
        """Open the icon's menu as one does with the mouse, and return where it is."""
        shown = self.desktop.display
        shown.click(*self.icon(), RIGHT)
        until(lambda: len(shown.menus()) == 1)
        menu = QRect(*shown.menus()[0])
        assert QRect(0, 0, *SIZE).contains(menu)
        return menu

    def click_entry(self, menu: QRect, number: int) -> None:
        """Click on an entry of a menu, counted among those with words from above."""
        shown = self.desktop.display
        lines: list[int] = []

        def are_drawn() -> bool:
            lines[:] = _lines(shown.look().copy(menu))
            return len(lines) > number

        until(are_drawn)
        shown.click(menu.left() + menu.width() // 3, menu.top() + lines[number])
        until(lambda: not shown.menus())

    def ended(self) -> int:
        """Wait for the program's end and return its code."""
        assert self.app is not None
        return self.app.wait(PATIENCE)

    def close(self) -> None:
        """End the program, if it still runs."""
        if self.app is not None:
            self.app.kill()
            self.app.wait()

    # The files

    @property
    def codex(self) -> Path:
        """Codex's file."""
        return self.home / ".codex/config.toml"

    @property
    def qwen(self) -> Path:
        """Qwen's."""
        return self.home / ".qwen/settings.json"

    def commands(self) -> set[str]:
        """Return what all files say how the server is started."""
        codex = self.codex.read_text().partition('command = "')[2].partition('"')[0]
        servers = (json.loads(path.read_text())["mcpServers"] for path in (self.home / ".claude.json", self.qwen))
        return {codex, *(one.get("db", {}).get("command", "") for one in servers)}

    def edit(self, path: Path, old: str, new: str) -> None:
        """Change a file as an editor does: by another one that takes its place."""
        beside = path.with_name(f"{path.name}~")
        beside.write_text(path.read_text().replace(old, new))
        beside.replace(path)

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "aisync_desktop", *words]


def _is_amber(colour: QColor) -> bool:
    """Whether this is the colour of what waits for somebody; the icon's edges are mixed with the panel's."""
    return 30 <= colour.hsvHue() <= 50 and colour.hsvSaturation() > 150 and colour.value() > 150


def _lines(menu: QImage) -> list[int]:
    """Return the middle of each line of words; what separates them has the height of a hair."""
    ground = menu.pixelColor(menu.width() // 2, 3).lightness()
    inked = [
        any(abs(menu.pixelColor(x, y).lightness() - ground) > _STEP_OF_INK for x in range(_MARGIN, menu.width() // 3))
        for y in range(menu.height())
    ]
    runs = [(ink, [y for y, _ in run]) for ink, run in groupby(enumerate(inked), key=itemgetter(1))]
    return [run[len(run) // 2] for ink, run in runs if ink and len(run) > _HAIR]


@contextmanager
def session(folder: Path, tray: Tray) -> Iterator[Session]:
    """Have three clients, one of which has a server, and a desktop to sit at."""
    home = folder / "home"
    for name in (".codex", ".qwen"):
        (home / name).mkdir(parents=True)
    (home / ".claude.json").write_text('{"mcpServers": {}}')
    (home / ".qwen/settings.json").write_text('{"mcpServers": {}}')
    (home / ".codex/config.toml").write_text('# mine\n[mcp_servers.db]\ncommand = "first" # keep\n')
    with desktop(folder, tray) as desk:
        made = Session(desk, home)
        try:
            yield made
            reports = list((home / "own/log").glob("crash-*"))
            assert not reports, reports[0].read_text()
        except BaseException as error:
            picture = folder / "screen.png"
            desk.display.save(picture)
            with suppress(Exception):
                error.add_note(f"the screen: {picture}\n{desk.reader.told()}")
            raise
        finally:
            made.close()
