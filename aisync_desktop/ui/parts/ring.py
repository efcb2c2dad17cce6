"""The ring around a part that has the focus, for parts whose ring is outside of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from aisync_desktop.ui.style import FocusRing, note_focus, note_mouse
from aisync_desktop.ui.theme import theme

_Type = QEvent.Type


class Ring(QObject):
    """The ring of one widget, which it watches; the frame is made when a key first gives it the focus: few need one."""

    def __init__(self, widget: QWidget, radius: float) -> None:
        super().__init__(widget)
        self._widget = widget
        self._radius = radius
        self._frame: FocusRing | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show it when a key brings the focus, hide it when that goes or the mouse is used."""
        kind = event.type()
        if isinstance(event, QFocusEvent) and kind is _Type.FocusIn:
            note_focus(self._widget, event.reason())
            self._show()
        elif kind is _Type.FocusOut:
            self._hide()
        elif kind is _Type.MouseButtonPress:
            note_mouse(self._widget)
            self._hide()
        return False

    def _show(self) -> None:
        if self._frame is None or not isValid(self._frame):  # it belongs to the window, and went with another one
            self._frame = FocusRing(lambda: theme().colour("focus"), self._radius)
        self._frame.show_around(self._widget)

    def _hide(self) -> None:
        if self._frame is not None and isValid(self._frame):
            self._frame.leave()
