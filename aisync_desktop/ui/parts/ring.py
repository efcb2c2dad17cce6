"""The ring around a part that has the focus, for parts whose ring is outside of them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from aisync_desktop.ui.style import FocusRing
from aisync_desktop.ui.theme import theme


class Ring:
    """The ring of one widget, made when a key first gives it the focus; few ever need one."""

    def __init__(self, widget: QWidget, radius: float) -> None:
        self._widget = widget
        self._radius = radius
        self._frame: FocusRing | None = None

    def show(self) -> None:
        """Show it if a key brought the focus here."""
        if self._frame is None or not isValid(self._frame):  # it belongs to the window, and went with another one
            self._frame = FocusRing(lambda: theme().colour("focus"), self._radius)
        self._frame.show_around(self._widget)

    def hide(self) -> None:
        """Hide it."""
        if self._frame is not None and isValid(self._frame):
            self._frame.leave()
