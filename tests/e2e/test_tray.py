"""The whole program with a tray: one edit travels from a file to the icon's tooltip, and the menu ends it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.clients import Clients
from tests.helpers.patience import PATIENCE
from tests.helpers.program import aisync, until
from tests.helpers.trayhost import TrayItem, private_bus, tray_host

pytestmark = pytest.mark.tray

QUIT = "Quit AISync"


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    if not os.environ.get("DISPLAY") or not shutil.which("dbus-daemon"):
        pytest.skip("needs an X display and dbus-daemon")
    with private_bus(tmp_path) as address:
        yield address


@pytest.fixture
def clients(isolated_home: Path) -> Clients:
    return Clients.make(isolated_home)


def start(bus: str, *words: str) -> subprocess.Popen[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    environ |= {"QT_QPA_PLATFORM": "xcb", "DBUS_SESSION_BUS_ADDRESS": bus, "LANG": "C.UTF-8"}
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "aisync_desktop", "run", "--port", "0", *words]
    return subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True)


def test_an_edit_reaches_the_tooltip_and_the_menu_quits(bus: str, clients: Clients) -> None:
    aisync("init", "--yes")
    with tray_host(bus) as host:
        app = start(bus, "--background")
        item = TrayItem(bus, host.expect(event="item")["owner"])
        until(lambda: item.tooltip() == "AISync: Everything is in step")
        clients.add("codex", "fresh")
        until(lambda: all("fresh" in clients.servers(client) for client in clients.paths))
        undo = "Undo: fresh added in Codex CLI"
        until(lambda: undo in [entry.label for entry in item.menu().walk()])
        item.click(undo)  # shows what it would do, and does nothing blindly
        assert aisync("undo").returncode == 0
        until(lambda: not any("fresh" in clients.servers(client) for client in clients.paths))
        item.click(QUIT)
        item.close()
        _, errors = app.communicate(timeout=PATIENCE)
        assert (app.returncode, errors) == (0, "")


def test_a_signal_ends_it_with_the_window_open(bus: str, clients: Clients) -> None:
    del clients
    with tray_host(bus) as host:
        app = start(bus)
        item = TrayItem(bus, host.expect(event="item")["owner"])
        until(lambda: item.tooltip().startswith("AISync: 4 clients were found"))
        item.close()
        app.terminate()
        _, errors = app.communicate(timeout=PATIENCE)
        assert (app.returncode, errors) == (0, "")


def test_a_second_start_opens_the_window_of_the_first(bus: str, clients: Clients) -> None:
    del clients
    with tray_host(bus) as host:
        app = start(bus, "--background")
        host.expect(event="item")
        second = start(bus)
        _, told = second.communicate(timeout=PATIENCE)
        assert (second.returncode, str(app.pid) in told) == (0, True)
        app.terminate()
        assert app.communicate(timeout=PATIENCE)[1] == ""
