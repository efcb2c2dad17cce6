"""Icons are a function of what they say, their colours and their size, rendered once each.

Glyphs are the drawings in resources/icons/set, in one colour (`paint_glyph`): the windows are made of these. A `Sign`
is a glyph in the colour of its meaning, for what takes an icon and no widget; it is told by its shape alone.
"""

from __future__ import annotations

from enum import Enum
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from aisync_desktop.files.places import resource
from aisync_desktop.ui.theme import theme

SIZES = (16, 22, 24, 32, 48, 64)
_GLYPHS_KEPT = 1000  # pixmaps of 1 KB; a theme has some two hundred in use
_TINY = 12  # up to here a line of 1.4 would be too thin


@cache
def _drawn(name: str) -> str:
    return resource(f"icons/set/{name}.svg").read_text("utf-8")


@lru_cache(_GLYPHS_KEPT)
def _glyph(name: str, colour: str, surface: str, size: int, ratio: float) -> QPixmap:
    svg = _drawn(name).replace("currentColor", colour).replace("cardColor", surface)
    if size <= _TINY:
        svg = svg.replace('stroke-width="1.4"', 'stroke-width="1.8"')
    pixmap = render(svg, round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def glyph_pixmap(name: str, colour: QColor, surface: QColor, size: int, ratio: float) -> QPixmap:
    """Return one of our drawings in a colour; `surface` is what lies below, which shows through its holes."""
    return _glyph(name, colour.name(), surface.name(), size, ratio)


def paint_glyph(painter: QPainter, rect: QRect, name: str, colour: QColor, surface: QColor) -> None:
    """Draw one of our drawings into a square, sharp at the ratio of pixels of what is painted on."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(rect.topLeft(), glyph_pixmap(name, colour, surface, rect.width(), ratio))


def glyph_icon(name: str, colour: QColor, surface: QColor, size: int, disabled: QColor | None = None) -> QIcon:
    """Return one of our drawings for what takes icons (actions, menus), for dense screens too."""
    icon = QIcon()
    for ratio in (1.0, 2.0):
        icon.addPixmap(glyph_pixmap(name, colour, surface, size, ratio))
        if disabled:
            icon.addPixmap(glyph_pixmap(name, disabled, surface, size, ratio), QIcon.Mode.Disabled)
    return icon


class Sign(Enum):
    """What an icon in a table says: its glyph and its colour."""

    CHECK = ("ok", "ok")
    QUESTION = ("ask", "wait")
    STOP = ("nope", "bad")
    ALERT = ("alert", "bad")
    CAUTION = ("half", "wait")
    INFO = ("off", "idle")


def sign_icon(sign: Sign) -> QIcon:
    """Return a sign in the theme's colours."""
    look = theme()
    glyph, colour = sign.value
    return glyph_icon(glyph, look.colour(colour), look.colour("card"), look.px(16), look.colour(colour))


def render(svg: str, pixels: int) -> QPixmap:
    """Draw an SVG on a transparent square."""
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap


@cache
def app_icon() -> QIcon:
    """Return the program's own icon."""
    svg = resource("icons/aisync.svg").read_text("utf-8")
    icon = QIcon()
    for size in (*SIZES, 128, 256):
        icon.addPixmap(render(svg, size))
    return icon
