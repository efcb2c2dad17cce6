"""One drawing of our icon set as a widget; it says nothing by itself, so that words stand beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from aisync_desktop.ui.icons import paint_glyph
from aisync_desktop.ui.theme import restyled, theme

_MIRRORED = {"left": "right", "right": "left"}


def facing(name: str, widget: QWidget) -> str:
    """Return the drawing that points the way that is meant, where one reads from the right too."""
    return _MIRRORED.get(name, name) if widget.isRightToLeft() else name


class Glyph(QWidget):
    """A drawing by its name, in a colour of the theme."""

    def __init__(
        self,
        name: str,
        colour: str = "text-2",
        size: int = 16,
        *,
        surface: str = "card",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._colour = colour
        self._surface = surface
        self._size = size
        self._dress()

    def set_glyph(self, name: str, colour: str = "", surface: str = "") -> None:
        """Show another drawing, if wanted in another colour and on another ground."""
        self._name = name
        self._colour = colour or self._colour
        self._surface = surface or self._surface
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's size."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        look = theme()
        side = look.px(self._size)
        colour = look.colour(self._colour if self.isEnabled() else "text-disabled")
        square = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        paint_glyph(QPainter(self), square, facing(self._name, self), colour, look.colour(self._surface))

    def _dress(self) -> None:
        side = theme().px(self._size)
        self.setFixedSize(side, side)
        self.update()
