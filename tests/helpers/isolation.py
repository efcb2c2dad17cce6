"""A machine with nobody on it, for every test.

Home and state are scratch folders, no client's variables are set, the keyring is none, the display is Qt's offscreen
one (but for tests marked `tray`), and no connection leaves the machine. Subprocesses inherit all but the last.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Variables by which clients, our own program and git are told where to look or what to do.
_FOREIGN = (
    "AISYNC_",
    "AMP_",
    "ANTHROPIC_",
    "ATLASSIAN_",
    "AUGMENT_",
    "CLAUDE",
    "CLINE_",
    "CODEX_",
    "CONTINUE_",
    "COPILOT_",
    "CRUSH_",
    "CURSOR_",
    "FACTORY_",
    "FLATPAK_",
    "GEMINI_",
    "GIT_",
    "GOOSE_",
    "KILO",
    "KIRO_",
    "OPENAI_",
    "OPENCODE_",
    "QODER_",
    "QWEN_",
    "ROVODEV_",
    "VSCODE_",
    "XDG_",
)
_XDG = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": ".run",
}
_WINDOWS = {"APPDATA": "AppData/Roaming", "LOCALAPPDATA": "AppData/Local"}

# Qt reads this once, when a process makes its first QGuiApplication: long before a fixture could set it.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Also for what is made before or after a test: there, no fixture has chosen yet.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


class NetworkUsedError(BaseException):
    """A test tried to leave the machine. Not an Exception: no code under test may swallow it."""


@pytest.fixture(autouse=True)
def isolated_home(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Give the test a home of its own, empty, and return it."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith(_FOREIGN)]:
        monkeypatch.delenv(name)
    places = {"HOME": "", "USERPROFILE": "", "AISYNC_HOME": ".aisync", **_XDG, **_WINDOWS}
    for name, place in places.items():
        monkeypatch.setenv(name, str(home / place))
    (home / _XDG["XDG_RUNTIME_DIR"]).mkdir(mode=0o700)
    # The class fails on every use, as on a machine without a keyring; `memory_keyring` is one that works.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    if "keyring.core" in sys.modules:  # it chooses once and for all, maybe in another test that had chosen for itself
        monkeypatch.setattr("keyring.core._keyring_backend", None)
    # Whoever runs the tests may be an assistant; what they try is what a person does.
    monkeypatch.setattr("aisync_desktop.service.who_asks.assistant_above", lambda _world: "")
    if request.node.get_closest_marker("tray"):
        monkeypatch.delenv("QT_QPA_PLATFORM")
    return home


@pytest.fixture
def memory_keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """Put a working keyring in place for this process; the returned dict is what it holds, by (service, name)."""
    import keyring

    from tests.helpers.memory_keyring import MemoryKeyring

    backend = MemoryKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend)
    return backend.entries


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Let sockets reach only this machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
            raise NetworkUsedError(address)
        return connect(self, address)

    return guarded


def _is_loopback(host: str) -> bool:
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
