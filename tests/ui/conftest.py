"""The interface's own fixtures: a language and colours that are put back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory
from pytestqt.qtbot import QtBot

from aisync_desktop.files.clock import SystemClock
from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.program.world import World
from aisync_desktop.service.live.live import LiveEngine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.shell.pages import PAGES
from aisync_desktop.ui.theme import Appearance
from tests.helpers.clients import Clients
from tests.ui.samples import CANARY

# The host speaks D-Bus through a library that is installed on Linux only.
collect_ignore = [] if sys.platform == "linux" else ["shell/test_tray_host.py"]

for _page in PAGES:  # or a window would first import, by chance of what ran before, and its test would have to wait
    import_module(_page.module)


def _bury_windows() -> None:
    """Delete the windows that a test has closed: else they would dress and speak anew what nobody sees."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    spoken = Languages(qapp)
    spoken.use("en")
    yield spoken
    _bury_windows()
    spoken.use("en")
    spoken.leave()


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    """Dress the application, and leave it as it was."""
    style = qapp.style().objectName()
    looks = Appearance(qapp)
    looks.use("light")
    yield looks
    _bury_windows()
    looks.use("light")
    qapp.setStyleSheet("")
    qapp.setStyle(QStyleFactory.create(style))
    qapp.setPalette(QPalette())
    qapp.setFont(QFont())


@pytest.fixture
def clients(tmp_path: Path) -> Clients:
    """The four clients; one of them has a secret in the open, and permissions."""
    clients = Clients.make(tmp_path / "home")
    entry = f'"s": {{"command": "x", "env": {{"TOKEN": "{CANARY}"}}}}'
    clients.replace("claude-code", '"mcpServers": {', f'"mcpServers": {{{entry},')
    clients.paths["claude-code"].chmod(0o644)
    (clients.home / ".claude").mkdir()
    rules = {"permissions": {"allow": ["Bash(git:*)"], "deny": ["Bash(rm:*)"]}}
    (clients.home / ".claude/settings.json").write_text(json.dumps(rules))
    return clients


@pytest.fixture
def world(tmp_path: Path, clients: Clients) -> World:
    root = tmp_path / "own"
    places = Places(root / "config", root / "state", root / "cache", root / "log")
    places.create()
    clock = SystemClock()
    return World(places, clients.home, {}, RealDisk(clock), clock)


@pytest.fixture
def live(world: World, qtbot: QtBot) -> Iterator[LiveEngine]:
    made = LiveEngine(partial(open_engine, world), 3600)
    with qtbot.waitSignal(made.started):
        made.start()
    yield made
    assert made.stop()
