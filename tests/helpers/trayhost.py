"""A desktop's tray host and notification server, faked, on a D-Bus of its own.

The host owns the names that it is given and prints one JSON line per event. It is a process because a host in a thread
would wait for the interpreter that waits for the host. The test's side: `private_bus`, `Process` (what talks in JSON
lines, forked where all that it needs is loaded) and `TrayItem` (what a panel sees of the icon and its menu).
"""

from __future__ import annotations

import json
import multiprocessing
import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import (  # type: ignore[import-untyped] # it has neither stubs nor hints
    DBusAddress,
    HeaderFields,
    MessageType,
    message_bus,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped] # the same

from tests.helpers.patience import PATIENCE

WATCHER = "org.kde.StatusNotifierWatcher"
NOTIFICATIONS = "org.freedesktop.Notifications"

# No service files: a real notification server of the machine must not be started by our messages.
_BUS_CONFIG = """
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """Run a message bus for one test and yield its address."""
    config = folder / "bus.conf"
    config.write_text(_BUS_CONFIG, encoding="utf-8")
    command = ["dbus-daemon", "--nofork", "--nopidfile", "--print-address", f"--config-file={config}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        try:
            yield daemon.stdout.readline().strip()
        finally:  # else leaving would wait for it for ever where a test fails
            daemon.terminate()


_METHODS = multiprocessing.get_all_start_methods()
_CONTEXT: Any = multiprocessing.get_context("forkserver" if "forkserver" in _METHODS else "spawn")
_CONTEXT.set_forkserver_preload([__name__, "tests.ui.trayapp"])

Main = Callable[[Sequence[str]], int]


class Process:
    """A program that takes and gives JSON lines; `expect` waits for one that fits."""

    def __init__(self, main: Main, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        ours, theirs = socket.socketpair()
        self._child = _CONTEXT.Process(target=_be, args=(main, list(arguments), dict(environ), theirs))
        with theirs:
            self._child.start()
        self._socket = ours
        self._lines: queue.Queue[dict[str, Any]] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def tell(self, **command: object) -> None:
        """Send a command."""
        self._socket.sendall(json.dumps(command).encode() + b"\n")

    def expect(self, **fields: object) -> dict[str, Any]:
        """Return the next line that has these fields; what comes before it is dropped."""
        seen: list[dict[str, Any]] = []
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(f"no {fields} among {seen}") from None
            if line == {"event": "end"}:
                raise AssertionError(f"ended without {fields}: {seen}")
            if fields.items() <= line.items():
                return line
            seen.append(line)

    def seen(self) -> list[dict[str, Any]]:
        """Return the lines that came and were not asked for yet."""
        lines = []
        while not self._lines.empty():
            lines.append(self._lines.get())
        return lines

    def stop(self) -> int | None:
        """End it by closing its input, and return its exit code."""
        with self._socket:
            self._socket.shutdown(socket.SHUT_WR)
            self._child.join(PATIENCE)
            self._child.kill()
            self._reader.join()
        code: int | None = self._child.exitcode
        return code

    def _read(self) -> None:
        with self._socket.makefile(encoding="utf-8") as lines:
            for line in lines:
                self._lines.put(json.loads(line))
        self._lines.put({"event": "end"})


def _be(main: Main, arguments: Sequence[str], environ: Mapping[str, str], streams: socket.socket) -> None:
    """Be that program, in a process of its own."""
    with streams:
        for fd in (0, 1):
            os.dup2(streams.fileno(), fd)
    sys.stdin, sys.stdout = open(0, encoding="utf-8"), open(1, "w", encoding="utf-8")  # noqa: SIM115 - to its end
    os.environ.clear()
    os.environ.update(environ)
    sys.exit(main(arguments))


@contextmanager
def tray_host(address: str, *names: str) -> Iterator[Process]:
    """Run a host that owns these names (by default both) until the block ends."""
    environ = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address}
    host = Process(_host, names or (NOTIFICATIONS, WATCHER), environ)
    try:
        host.expect(event="ready")
        yield host
    finally:
        host.stop()


@dataclass(frozen=True)
class Entry:
    """One entry of the menu, as a panel gets it."""

    id: int
    label: str
    enabled: bool
    children: tuple[Entry, ...]

    def find(self, label: str) -> Entry:
        """Return the entry with this label, mnemonics aside."""
        for entry in self.walk():
            if entry.label.replace("_", "") == label:
                return entry
        raise AssertionError(f"no {label!r} in {[entry.label for entry in self.walk()]}")

    def walk(self) -> Iterator[Entry]:
        """Yield all entries below this one."""
        for child in self.children:
            yield child
            yield from child.walk()


class TrayItem:
    """The icon as a panel sees it, over a connection of its own."""

    def __init__(self, address: str, owner: str) -> None:
        self._connection = open_dbus_connection(address)
        self._owner = owner

    def close(self) -> None:
        """Leave the bus."""
        self._connection.close()

    def tooltip(self) -> str:
        """Return the title of the tooltip."""
        return str(self._property("ToolTip")[2])

    def pixmaps(self) -> dict[int, bytes]:
        """Return the icon's pixels (ARGB) by width."""
        return {width: pixels for width, _height, pixels in self._property("IconPixmap")}

    def activate(self) -> None:
        """Click on the icon."""
        self._call("/StatusNotifierItem", "org.kde.StatusNotifierItem", "Activate", "ii", (0, 0))

    def menu(self) -> Entry:
        """Return the visible part of the menu."""
        self._call("/MenuBar", "com.canonical.dbusmenu", "AboutToShow", "i", (0,))
        layout = self._call("/MenuBar", "com.canonical.dbusmenu", "GetLayout", "iias", (0, -1, []))
        return _entry(layout[1])

    def click(self, label: str) -> None:
        """Click on an entry of the menu."""
        entry = self.menu().find(label)
        assert entry.enabled, label
        self._call("/MenuBar", "com.canonical.dbusmenu", "Event", "isvu", (entry.id, "clicked", ("s", ""), 0))

    def _property(self, name: str) -> Any:
        arguments = ("org.kde.StatusNotifierItem", name)
        path, interface = "/StatusNotifierItem", "org.freedesktop.DBus.Properties"
        return self._call(path, interface, "Get", "ss", arguments)[0][1]

    def _call(self, path: str, interface: str, method: str, signature: str, arguments: tuple[object, ...]) -> Any:
        message = new_method_call(DBusAddress(path, self._owner, interface), method, signature, arguments)
        reply = self._connection.send_and_get_reply(message, timeout=PATIENCE)
        assert reply.header.message_type is MessageType.method_return, reply.body
        return reply.body


def _entry(layout: tuple[int, dict[str, tuple[str, Any]], list[tuple[str, Any]]]) -> Entry:
    number, properties, children = layout
    shown = [child for _, child in children if child[1].get("visible", ("b", True))[1]]
    label = properties.get("label", ("s", ""))[1]
    return Entry(number, label, properties.get("enabled", ("b", True))[1], tuple(map(_entry, shown)))


class _Host:
    """The other side: answers what a tray icon and a notification ask of a desktop."""

    def __init__(self, names: Sequence[str]) -> None:
        self._connection = open_dbus_connection("SESSION")
        self._notifications = 0
        for name in names:  # the watcher last: an icon registers itself the moment that this name is there
            assert self._connection.send_and_get_reply(message_bus.RequestName(name)).body == (1,)
        threading.Thread(target=self._obey, daemon=True).start()
        _say(event="ready")

    def serve(self) -> None:
        """Answer until the test is done with us."""
        while True:
            message = self._connection.receive()
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, message: Any) -> None:
        fields = message.header.fields
        member = fields[HeaderFields.member]
        if member == "Notify" and not message.body[1]:
            self._notifications += 1
        signature, body = self._reply(member, message.body)
        self._connection.send(new_method_return(message, signature, body))
        # Told after the answer, so that what the test does next comes after it.
        if member == "RegisterStatusNotifierItem":
            _say(event="item", owner=fields[HeaderFields.sender])
        elif member == "Notify":
            self._tell_note(body[0], message.body)
        elif member == "CloseNotification":
            _say(event="withdraw", id=message.body[0])

    def _reply(self, member: str, arguments: tuple[Any, ...]) -> tuple[str | None, tuple[Any, ...]]:
        match member:
            case "Notify":
                return "u", (arguments[1] or self._notifications,)
            case "GetCapabilities":
                return "as", (["actions", "body", "body-markup"],)
            case "Get":
                return "v", (("b", True),)
            case "GetAll":
                return "a{sv}", ({"IsStatusNotifierHostRegistered": ("b", True)},)
            case _:
                return None, ()

    @staticmethod
    def _tell_note(number: int, arguments: tuple[Any, ...]) -> None:
        _, _, icon, title, text, actions, hints, _ = arguments
        plain = {name: value for name, (_, value) in hints.items()}
        _say(event="notify", id=number, title=title, body=text, actions=actions, hints=plain, icon=icon)

    def _obey(self) -> None:
        """Do what the test says, one signal of the notification server per line; its end is ours."""
        source = DBusAddress("/org/freedesktop/Notifications", interface=NOTIFICATIONS)
        for line in sys.stdin:
            command = json.loads(line)
            self._connection.send(new_signal(source, command["signal"], command["signature"], tuple(command["body"])))
            _say(event="obeyed")
        os._exit(0)


def _say(**event: object) -> None:
    sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _host(names: Sequence[str]) -> int:
    _Host(names).serve()
    return 0
