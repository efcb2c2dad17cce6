"""A screen of its own (Xvfb), and a keyboard and a mouse to it (XTEST), for a program that is used as a user would."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

_PRESS, _RELEASE = 1, 0
_NOW = 0


def is_there() -> bool:
    """Return whether this machine has what a screen of our own needs."""
    return bool(shutil.which("Xvfb") and ctypes.util.find_library("X11") and ctypes.util.find_library("Xtst"))


class Display:
    """Keys and clicks into one screen."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._x11 = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XStringToKeysym.restype = ctypes.c_ulong
        self._x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        for call in ("XFlush", "XCloseDisplay"):
            getattr(self._x11, call).argtypes = [ctypes.c_void_p]
        for call in ("XTestFakeKeyEvent", "XTestFakeButtonEvent"):
            getattr(self._test, call).argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self._test.XTestFakeMotionEvent.argtypes = [ctypes.c_void_p, *[ctypes.c_int] * 3, ctypes.c_ulong]
        opened = self._x11.XOpenDisplay(name.encode())
        if opened is None:
            raise OSError(name)
        self._at = ctypes.c_void_p(opened)

    def click(self, x: int, y: int) -> None:
        """Click with the left button."""
        self._test.XTestFakeMotionEvent(self._at, -1, x, y, _NOW)
        self._test.XTestFakeButtonEvent(self._at, 1, _PRESS, _NOW)
        self._test.XTestFakeButtonEvent(self._at, 1, _RELEASE, _NOW)
        self._x11.XFlush(self._at)

    def press(self, *keys: str) -> None:
        """Press keys together, by their names ("Control_L", "Return")."""
        codes = [self._x11.XKeysymToKeycode(self._at, self._x11.XStringToKeysym(key.encode())) for key in keys]
        for code in codes:
            self._test.XTestFakeKeyEvent(self._at, code, _PRESS, _NOW)
        for code in reversed(codes):
            self._test.XTestFakeKeyEvent(self._at, code, _RELEASE, _NOW)
        self._x11.XFlush(self._at)

    def close(self) -> None:
        """Let go of the screen."""
        self._x11.XCloseDisplay(self._at)


@contextmanager
def screen(size: str = "1280x800x24") -> Iterator[Display]:
    """Run a screen; its number is one that is free."""
    told, tells = os.pipe()
    command = ["Xvfb", "-displayfd", str(tells), "-screen", "0", size, "-nolisten", "tcp"]
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
