"""A desktop as a user has it, small and alone: a screen, a session bus, a window manager, a tray, and a screen reader.

Everything is the real thing (openbox; trayer, an XEmbed tray; the panel of XFCE, which takes in icons over D-Bus;
the accessibility bus of at-spi2-core) and ends with the block. `make deep` installs what is missing (tools/setup.py).
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusAddress, message_bus, new_method_call  # type: ignore[import-untyped] # it has no hints
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped] # the same

from tests.helpers import display
from tests.helpers.atspi import Reader
from tests.helpers.display import Display, screen
from tests.helpers.program import until
from tests.helpers.trayhost import WATCHER, private_bus

_LIBEXEC = ("/usr/libexec/", "/usr/lib/*/xfce4/xfconf/", "/usr/lib/at-spi2-core/", "/usr/lib64/xfce4/xfconf/")
_PROGRAMS = ("dbus-daemon", "openbox", "trayer", "xfce4-panel", "xfconfd", "at-spi-bus-launcher")

_PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
"""


def _place(program: str) -> str:
    """Return where a program is, also one that is on nobody's path; "" where it is not there."""
    places = (path for folder in _LIBEXEC for path in glob.glob(f"{folder}{program}"))  # noqa: PTH207 - absolute
    return shutil.which(program) or next(places, "")


def missing() -> str:
    """Say what this machine lacks for a desktop; "" where nothing is."""
    lacks = [program for program in _PROGRAMS if not _place(program)]
    return ", ".join(lacks if display.is_there() else ["Xvfb", "libXtst", *lacks])


@dataclass(frozen=True)
class Desktop:
    """The running desktop."""

    display: Display
    bus: str
    reader: Reader
    environ: Mapping[str, str]


Tray = Callable[["_Making"], None]


class _Making:
    """What starts the parts of a desktop, and ends them with it."""

    def __init__(self, stack: ExitStack, shown: Display, environ: dict[str, str]) -> None:
        self._stack = stack
        self.display = shown
        self.environ = environ

    def start(self, program: str, *arguments: str) -> None:
        """Run a program until the desktop ends."""
        command = [_place(program), *arguments]
        with (Path(self.environ["HOME"]) / f"{program}.log").open("wb") as log:
            process = subprocess.Popen(command, env=self.environ, stdout=log, stderr=log)
        self._stack.callback(process.wait, 10)
        self._stack.callback(process.terminate)

    def until_owned(self, name: str) -> None:
        """Wait until somebody has this name on the session bus."""
        with open_dbus_connection(self.environ["DBUS_SESSION_BUS_ADDRESS"]) as bus:
            until(lambda: bool(bus.send_and_get_reply(message_bus.NameHasOwner(name)).body[0]))

    def until_panel(self) -> None:
        """Wait until there is a panel that shows the icons which the watcher knows."""
        watcher = DBusAddress("/StatusNotifierWatcher", WATCHER, "org.freedesktop.DBus.Properties")
        ask = new_method_call(watcher, "Get", "ss", (WATCHER, "IsStatusNotifierHostRegistered"))
        with open_dbus_connection(self.environ["DBUS_SESSION_BUS_ADDRESS"]) as bus:
            until(lambda: bus.send_and_get_reply(ask).body[0] == ("b", True))


def xembed(desktop: _Making) -> None:
    """Have a tray of the old kind, which takes windows in."""
    shape = ("--edge", "top", "--align", "right", "--widthtype", "request", "--heighttype", "pixel", "--height", "32")
    desktop.start("trayer", *shape, "--SetDockType", "true", "--SetPartialStrut", "true")
    until(lambda: desktop.display.is_owned("_NET_SYSTEM_TRAY_S0"))


def xfce(desktop: _Making) -> None:
    """Have the panel of XFCE, which draws icons and menus that it gets over D-Bus."""
    folder = Path(desktop.environ["XDG_CONFIG_HOME"], "xfce4/xfconf/xfce-perchannel-xml")
    folder.mkdir(parents=True)
    (folder / "xfce4-panel.xml").write_text(_PANEL)
    desktop.start("xfconfd")
    desktop.until_owned("org.xfce.Xfconf")
    desktop.start("xfce4-panel", "--disable-wm-check")
    desktop.until_owned(WATCHER)
    desktop.until_panel()


@contextmanager
def desktop(folder: Path, tray: Tray) -> Iterator[Desktop]:
    """Run a desktop with one of the two trays."""
    with ExitStack() as stack:
        shown = stack.enter_context(screen())
        bus = stack.enter_context(private_bus(folder))
        run = folder / "run"
        run.mkdir(mode=0o700)
        (folder / "desk").mkdir()
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("QT_", "GTK_", "WAYLAND_"))},
            "HOME": str(folder / "desk"),
            "XDG_CONFIG_HOME": str(folder / "desk/.config"),
            "XDG_RUNTIME_DIR": str(run),
            "DISPLAY": shown.name,
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "GSETTINGS_BACKEND": "memory",
            "GDK_BACKEND": "x11",
            "LANG": "C.UTF-8",
        }
        making = _Making(stack, shown, environ)
        making.start("at-spi-bus-launcher", "--launch-immediately")
        making.until_owned("org.a11y.Bus")
        reader = stack.enter_context(Reader(bus))
        making.start("openbox", "--sm-disable")
        until(lambda: shown.is_owned("WM_S0"))
        tray(making)
        yield Desktop(shown, bus, reader, environ)
