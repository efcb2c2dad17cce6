"""A screen of its own (Xvfb), with a keyboard and a mouse (XTEST) and a look at it, for a program that is used as a
user would.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QColor, QImage

_PRESS, _RELEASE = 1, 0
_NOW = 0
_ALL_PLANES, _Z_PIXMAP = (1 << 64) - 1, 2
_VIEWABLE = 2
LEFT, RIGHT = 1, 3
SIZE = 1280, 800

# Xlib ends the program for what is asked about a window that has just gone, unless somebody else looks after it.
_LOOKED_AFTER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)


def is_there() -> bool:
    """Return whether this machine has what a screen of our own needs."""
    return bool(shutil.which("Xvfb") and ctypes.util.find_library("X11") and ctypes.util.find_library("Xtst"))


class _Image(ctypes.Structure):
    """The beginning of Xlib's XImage."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("width", "height", "xoffset", "format")),
        ("data", ctypes.c_void_p),
        *((name, ctypes.c_int) for name in ("byte_order", "unit", "bit_order", "pad", "depth", "bytes_per_line")),
    )


class _Attributes(ctypes.Structure):
    """Xlib's XWindowAttributes."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border", "depth")),
        *((name, ctypes.c_void_p) for name in ("visual", "root")),
        *((name, ctypes.c_int) for name in ("class", "bit_gravity", "win_gravity", "backing_store")),
        *((name, ctypes.c_ulong) for name in ("backing_planes", "backing_pixel")),
        ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("map_installed", "map_state")),
        *((name, ctypes.c_long) for name in ("all_events", "your_events", "do_not_propagate")),
        ("override_redirect", ctypes.c_int),
        ("screen", ctypes.c_void_p),
    )


class Display:
    """Keys and clicks into one screen, and what is to be seen on it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._x11 = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self._declare()
        self._x11.XSetErrorHandler(_LOOKED_AFTER)
        opened = self._x11.XOpenDisplay(name.encode())
        if opened is None:
            raise OSError(name)
        self._at = ctypes.c_void_p(opened)
        self._root = ctypes.c_ulong(self._x11.XDefaultRootWindow(self._at))

    def _declare(self) -> None:
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XGetImage.restype = ctypes.POINTER(_Image)
        for call in ("XStringToKeysym", "XDefaultRootWindow", "XInternAtom", "XGetSelectionOwner"):
            getattr(self._x11, call).restype = ctypes.c_ulong
        self._x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self._x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self._x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
        for call in ("XTestFakeKeyEvent", "XTestFakeButtonEvent"):
            getattr(self._test, call).argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self._test.XTestFakeMotionEvent.argtypes = [ctypes.c_void_p, *[ctypes.c_int] * 3, ctypes.c_ulong]

    def click(self, x: int, y: int, button: int = LEFT) -> None:
        """Click there."""
        self._test.XTestFakeMotionEvent(self._at, -1, x, y, _NOW)
        self._test.XTestFakeButtonEvent(self._at, button, _PRESS, _NOW)
        self._test.XTestFakeButtonEvent(self._at, button, _RELEASE, _NOW)
        self._x11.XSync(self._at, 0)

    def press(self, *keys: str) -> None:
        """Press keys together, by their names ("Control_L", "Return")."""
        codes = [self._x11.XKeysymToKeycode(self._at, self._x11.XStringToKeysym(key.encode())) for key in keys]
        for code in codes:
            self._test.XTestFakeKeyEvent(self._at, code, _PRESS, _NOW)
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._at, code, _RELEASE, _NOW)
        self._x11.XSync(self._at, 0)

    def is_owned(self, selection: str) -> bool:
        """Return whether somebody has a selection, as a tray and a window manager have."""
        return bool(self._x11.XGetSelectionOwner(self._at, ctypes.c_ulong(self._atom(selection))))

    def menus(self) -> list[tuple[int, int, int, int]]:
        """Return where menus are open: x, y, width and height."""
        kinds = {self._atom(f"_NET_WM_WINDOW_TYPE_{kind}") for kind in ("POPUP_MENU", "DROPDOWN_MENU", "MENU")}
        return [box for window in self._windows() if self._kind(window) in kinds and (box := self._box(window))]

    def look(self, width: int = SIZE[0], height: int = SIZE[1]) -> QImage:
        """Return what is on the screen, from its upper left corner on."""
        size = ctypes.c_uint(width), ctypes.c_uint(height)
        taken = self._x11.XGetImage(self._at, self._root, 0, 0, *size, ctypes.c_ulong(_ALL_PLANES), _Z_PIXMAP)
        image = taken.contents
        pixels = ctypes.string_at(image.data, image.bytes_per_line * image.height)
        picture = QImage(pixels, width, height, image.bytes_per_line, QImage.Format.Format_RGB32).copy()
        self._x11.XFree(ctypes.c_void_p(image.data))
        self._x11.XFree(taken)
        return picture

    def save(self, path: Path) -> None:
        """Keep a picture of the screen."""
        self.look().save(str(path))

    def _atom(self, name: str) -> int:
        return int(self._x11.XInternAtom(self._at, name.encode(), 0))

    def _windows(self) -> list[int]:
        """Return the windows that lie on the screen itself, from below."""
        parent, count = (ctypes.c_ulong(), ctypes.c_ulong()), ctypes.c_uint()
        found = ctypes.POINTER(ctypes.c_ulong)()
        self._x11.XQueryTree(self._at, self._root, *map(ctypes.byref, (*parent, found, count)))
        windows = found[: count.value]
        self._x11.XFree(found)
        return windows

    def _kind(self, window: int) -> int:
        """Return what a window says that it is for, as an atom; 0 where it says nothing."""
        numbers = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
        said = ctypes.POINTER(ctypes.c_ulong)()
        asked = (ctypes.c_ulong(window), ctypes.c_ulong(self._atom("_NET_WM_WINDOW_TYPE")), ctypes.c_long(0))
        any_type = ctypes.c_ulong(0)
        self._x11.XGetWindowProperty(
            self._at, *asked, ctypes.c_long(1), 0, any_type, *map(ctypes.byref, (*numbers, said))
        )
        kind = said[0] if numbers[2].value else 0
        self._x11.XFree(said)
        return kind

    def _box(self, window: int) -> tuple[int, int, int, int] | None:
        """Return where a window is, if it can be seen."""
        told = _Attributes()
        there = self._x11.XGetWindowAttributes(self._at, ctypes.c_ulong(window), ctypes.byref(told))
        return (told.x, told.y, told.width, told.height) if there and told.map_state == _VIEWABLE else None

    def close(self) -> None:
        """Let go of the screen."""
        self._x11.XCloseDisplay(self._at)


def places(picture: QImage, fits: Callable[[QColor], bool]) -> list[tuple[int, int]]:
    """Return where the colour of a picture is such a one."""
    everywhere = ((x, y) for y in range(picture.height()) for x in range(picture.width()))
    return [(x, y) for x, y in everywhere if fits(picture.pixelColor(x, y))]


@contextmanager
def screen() -> Iterator[Display]:
    """Run a screen; its number is one that is free."""
    told, tells = os.pipe()
    command = ["Xvfb", "-displayfd", str(tells), "-screen", "0", "{}x{}x24".format(*SIZE), "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[tells], stderr=subprocess.DEVNULL)
    os.close(tells)
    try:
        with os.fdopen(told) as number:
            display = Display(f":{number.readline().strip()}")
        try:
            yield display
        finally:
            display.close()
    finally:
        server.terminate()
        server.wait(10)
