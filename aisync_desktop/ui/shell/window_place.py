"""Where the window was, kept in a small file of ours, and put where a screen shows it."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication

from aisync_desktop.files.errors import NotOurs
from aisync_desktop.files.own import read_own, write_own
from aisync_desktop.kernel.dataclass import dataclass

_FILE = "window.json"
_MOST = 1_024  # bytes of it
_FARTHEST = 100_000  # pixels from the corner of the first screen


@dataclass(frozen=True)
class WindowPlace:
    """A rectangle of the desktop, and whether the window filled the screen instead."""

    left: int
    top: int
    width: int
    height: int
    maximised: bool = False


def kept_place(state: Path) -> WindowPlace | None:
    """Return where the window was; None where nothing that can be used says so."""
    try:
        found = json.loads(read_own(state / _FILE, _MOST)[0])
        numbers = [int(found[name]) for name in ("left", "top", "width", "height")]
        maximised = found["maximised"] is True
    except (OSError, NotOurs, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    left, top, width, height = numbers
    return WindowPlace(left, top, width, height, maximised) if max(map(abs, numbers)) < _FARTHEST else None


def keep_place(state: Path, place: WindowPlace) -> None:
    """Write it down; a folder that cannot be written to is told of by others."""
    told = {"left": place.left, "top": place.top, "width": place.width, "height": place.height}
    with suppress(OSError, NotOurs):
        write_own(state / _FILE, json.dumps({**told, "maximised": place.maximised}))


def place_on_screen(place: WindowPlace | None, usual: QSize) -> QRect:
    """Return where the window goes: where it was, if a screen is there, else the middle of the first one."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    wanted = QRect(QPoint(), usual)
    wanted.moveCenter(screen.center())
    if place is not None:
        kept = QRect(place.left, place.top, place.width, place.height)
        there = QGuiApplication.screenAt(kept.center())
        if there is not None:
            wanted, screen = kept, there.availableGeometry()
    return clamped(wanted, screen)


def clamped(wanted: QRect, screen: QRect) -> QRect:
    """Return a rectangle that lies on the screen as a whole, smaller where it must be."""
    size = wanted.size().boundedTo(screen.size())
    left = min(max(wanted.left(), screen.left()), screen.right() + 1 - size.width())
    top = min(max(wanted.top(), screen.top()), screen.bottom() + 1 - size.height())
    return QRect(QPoint(left, top), size)
