"""An old panel's tray, faked: it owns the X selection by which icons find it, and takes in whatever wants to dock.

A program of its own, as a panel is: JSON lines in (`{"click": true}`, `{"pixels": true}`), JSON lines out (`docked`,
`clicked`, `pixels` with the number of different colours in the icon). Xlib itself is spoken, by ctypes: nothing else
that is at hand owns selections and reparents windows.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.helpers.trayhost import Process

_SIZE = 24
_CLIENT_MESSAGE, _BUTTON_PRESS, _BUTTON_RELEASE = 33, 4, 5
_PRESS_MASK, _RELEASE_MASK, _STRUCTURE_MASK = 1 << 2, 1 << 3, 1 << 17
_ALL_PLANES, _Z_PIXMAP = (1 << 64) - 1, 2
_LONGS = ctypes.c_long * 5


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", _LONGS),
    )


class _Button(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("root", ctypes.c_ulong),
        ("subwindow", ctypes.c_ulong),
        ("time", ctypes.c_ulong),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("x_root", ctypes.c_int),
        ("y_root", ctypes.c_int),
        ("state", ctypes.c_uint),
        ("button", ctypes.c_uint),
        ("same_screen", ctypes.c_int),
    )


class _Event(ctypes.Union):
    _fields_ = (("type", ctypes.c_int), ("message", _ClientMessage), ("button", _Button), ("room", ctypes.c_long * 24))


def _xlib() -> ctypes.CDLL:
    x = ctypes.CDLL("libX11.so.6")
    for name in ("XOpenDisplay", "XGetImage"):
        getattr(x, name).restype = ctypes.c_void_p
    for name in ("XDefaultRootWindow", "XCreateSimpleWindow", "XInternAtom", "XGetPixel"):
        getattr(x, name).restype = ctypes.c_ulong
    return x


class _Panel:
    """The panel: one window with the selection, and the icon in it."""

    def __init__(self) -> None:
        self._x = _xlib()
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(None))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        self._window = ctypes.c_ulong(
            self._x.XCreateSimpleWindow(self._display, self._root, 0, 0, 8 * _SIZE, _SIZE, 0, 0, 0x303030)
        )
        self._icon = ctypes.c_ulong(0)
        self._x.XMapWindow(self._display, self._window)
        self._own_selection()

    def _own_selection(self) -> None:
        """Become the tray, and tell all who wait for one."""
        tray = self._atom("_NET_SYSTEM_TRAY_S0")
        self._x.XSetSelectionOwner(self._display, tray, self._window, ctypes.c_ulong(0))
        told = _LONGS(0, tray.value, self._window.value, 0, 0)
        self._send(self._root, self._message(self._root, "MANAGER", told), _STRUCTURE_MASK)
        self._x.XSync(self._display, 0)

    def serve(self) -> None:
        """Take icons in and do what the test says, until its end."""
        _say(event="ready")
        connection = self._x.XConnectionNumber(self._display)
        while True:
            self._take_events()
            readable, _, _ = select.select([connection, sys.stdin], [], [])
            if sys.stdin in readable:
                line = sys.stdin.readline()
                if not line:
                    return
                self._obey(json.loads(line))

    def _take_events(self) -> None:
        event = _Event()
        while self._x.XPending(self._display):
            self._x.XNextEvent(self._display, ctypes.byref(event))
            message = event.message
            opcode = self._atom("_NET_SYSTEM_TRAY_OPCODE").value
            if event.type == _CLIENT_MESSAGE and message.message_type == opcode and message.data[1] == 0:
                self._dock(ctypes.c_ulong(message.data[2]))

    def _dock(self, icon: ctypes.c_ulong) -> None:
        self._icon = icon
        self._x.XReparentWindow(self._display, icon, self._window, 0, 0)
        self._x.XResizeWindow(self._display, icon, _SIZE, _SIZE)
        embedded = _LONGS(0, 0, 0, self._window.value, 0)
        self._send(icon, self._message(icon, "_XEMBED", embedded), 0)
        self._x.XMapRaised(self._display, icon)
        self._x.XSync(self._display, 0)
        _say(event="docked", window=icon.value)

    def _obey(self, command: dict[str, object]) -> None:
        if "click" in command:
            for kind, mask in ((_BUTTON_PRESS, _PRESS_MASK), (_BUTTON_RELEASE, _RELEASE_MASK)):
                event = _Event()
                middle = _SIZE // 2
                pressed = 0 if kind == _BUTTON_PRESS else 1 << 8
                event.button = _Button(
                    kind, 0, 1, None, self._icon.value, self._root.value, 0, 0,
                    middle, middle, middle, middle, pressed, 1, 1,
                )  # fmt: skip
                self._send(self._icon, event, mask)
            self._x.XSync(self._display, 0)
            _say(event="clicked")
        else:
            _say(event="pixels", colours=self._colours())

    def _colours(self) -> int:
        """Return how many different colours the icon has on the screen."""
        every = ctypes.c_ulong(_ALL_PLANES)
        image = self._x.XGetImage(self._display, self._icon, 0, 0, _SIZE, _SIZE, every, _Z_PIXMAP)
        drawn = ctypes.c_void_p(image)
        return len({self._x.XGetPixel(drawn, x, y) for x in range(_SIZE) for y in range(_SIZE)})

    def _atom(self, name: str) -> ctypes.c_ulong:
        return ctypes.c_ulong(self._x.XInternAtom(self._display, name.encode(), 0))

    def _message(self, window: ctypes.c_ulong, kind: str, data: ctypes.Array[ctypes.c_long]) -> _Event:
        event = _Event()
        event.message = _ClientMessage(_CLIENT_MESSAGE, 0, 1, None, window.value, self._atom(kind).value, 32, data)
        return event

    def _send(self, window: ctypes.c_ulong, event: _Event, mask: int) -> None:
        self._x.XSendEvent(self._display, window, 0, ctypes.c_long(mask), ctypes.byref(event))


def _say(**event: object) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def main(_: Sequence[str]) -> int:
    """Be the panel until the test is done with it."""
    _Panel().serve()
    return 0


@contextmanager
def xembed_host() -> Iterator[Process]:
    """Run such a panel on the display of this environment until the block ends."""
    panel = Process(main, (), os.environ)
    try:
        panel.expect(event="ready")
        yield panel
    finally:
        panel.stop()
