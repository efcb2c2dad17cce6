"""Icons are a function of what they say, their colours and their size, rendered once each.

Glyphs are the drawings in resources/icons/set, in one colour (`paint_glyph`): the windows are made of these. The signs
of the tray are built from a `Sign`: icon = f(sign, ink, size).

A sign is told by its shape alone: calm states are round, those that want the user have corners, and each has its own
symbol inside. Colour only repeats it. The body is solid and has a light rim with a dark hairline around it, so that it
stands out on dark and on light panels alike: a panel's colour cannot be asked for.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from aisync_desktop.files.places import resource
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.sync.model.status import ClientState, Health

SIZES = (16, 22, 24, 32, 48, 64)
_SMALL = 24  # up to here strokes are thicker, so that they still cover whole pixels


class Sign(StrEnum):
    """What an icon says."""

    SPARK = "spark"
    CHECK = "check"
    POWER = "power"
    ARROWS = "arrows"
    BARS = "bars"
    MINUS = "minus"
    QUESTION = "question"
    CLOCK = "clock"
    ALERT = "alert"
    EMPTY = "empty"
    STOP = "stop"
    CAUTION = "caution"
    INFO = "info"


class Ink(StrEnum):
    """Where an icon is drawn: a panel of unknown colour needs the rim, a window of ours does not."""

    PANEL = "panel"
    WINDOW = "window"


@dataclass(frozen=True)
class _Drawing:
    """One sign on a 64 x 64 canvas: the body's outline, its colour, and the symbol's strokes and solid parts."""

    body: str
    colour: str
    strokes: str = ""
    solid: str = ""
    hollow: bool = False  # only the body's outline is drawn, dashed


_DISC = "M32 6a26 26 0 1 1 0 52a26 26 0 1 1 0-52z"
_DIAMOND = "M35.5 4.5l24 24a5 5 0 0 1 0 7l-24 24a5 5 0 0 1-7 0l-24-24a5 5 0 0 1 0-7l24-24a5 5 0 0 1 7 0z"
_TRIANGLE = "M36.4 6.6l24.2 43.6a5 5 0 0 1-4.4 7.4H7.8a5 5 0 0 1-4.4-7.4L27.6 6.6a5 5 0 0 1 8.8 0z"
_SQUARE = "M16 7h32a9 9 0 0 1 9 9v32a9 9 0 0 1-9 9H16a9 9 0 0 1-9-9V16a9 9 0 0 1 9-9z"

_TEAL, _BLUE, _SLATE, _AMBER, _ORANGE, _RED = "#0f8f7e", "#2f6fdb", "#434c59", "#c47f00", "#c8601a", "#cf3341"
_MIST = "#8490a0"  # to be seen on light and dark without a rim

_DRAWINGS: dict[Sign, _Drawing] = {
    Sign.SPARK: _Drawing(
        _DISC, _BLUE, solid="M32 14c2 12 6 16 18 18c-12 2-16 6-18 18c-2-12-6-16-18-18c12-2 16-6 18-18z"
    ),
    Sign.CHECK: _Drawing(_DISC, _TEAL, strokes="M20 33.5l8.5 8.5L45 24"),
    Sign.POWER: _Drawing(_DISC, _TEAL, strokes="M32 16v14M21.5 23a15 15 0 1 0 21 0"),
    Sign.ARROWS: _Drawing(
        _DISC,
        _BLUE,
        strokes="M18.5 29a14 14 0 0 1 24-6.5M45.5 35a14 14 0 0 1-24 6.5",
        solid="M48 14.5v14H34zM16 49.5v-14h14z",
    ),
    Sign.MINUS: _Drawing(_DISC, _SLATE, strokes="M20 32h24"),
    Sign.BARS: _Drawing(_DISC, _SLATE, strokes="M25 22v20M39 22v20"),
    Sign.QUESTION: _Drawing(
        _DIAMOND, _AMBER, strokes="M24.5 25.5a7.5 7.5 0 1 1 11.5 6.300c-2.700 1.700-4 2.900-4 5.700M32 46.5v.2"
    ),
    Sign.CLOCK: _Drawing(_SQUARE, _ORANGE, strokes="M32 18v15l10 7"),
    Sign.ALERT: _Drawing(_TRIANGLE, _RED, strokes="M32 24v14M32 48v.2"),
    Sign.EMPTY: _Drawing(_DISC, _MIST, hollow=True),
    Sign.STOP: _Drawing(_SQUARE, _RED, strokes="M20 20l24 24M44 20l-24 24"),
    Sign.CAUTION: _Drawing(_DIAMOND, _AMBER, strokes="M32 19v16M32 45v.2"),
    Sign.INFO: _Drawing(_DISC, _BLUE, strokes="M32 30v16M32 19v.2"),
}

_HEALTH: dict[Health, Sign] = {
    Health.NEW: Sign.SPARK,
    Health.IN_STEP: Sign.CHECK,
    Health.SYNCING: Sign.ARROWS,
    Health.PAUSED: Sign.BARS,
    Health.DECISION: Sign.QUESTION,
    Health.PENDING: Sign.CLOCK,
    Health.ERROR: Sign.ALERT,
}

_CLIENT: dict[ClientState, Sign] = {
    ClientState.ABSENT: Sign.EMPTY,
    ClientState.OFF: Sign.MINUS,
    ClientState.PAUSED: Sign.BARS,
    ClientState.IN_STEP: Sign.CHECK,
    ClientState.RESTART: Sign.POWER,
    ClientState.BEHIND: Sign.ARROWS,
    ClientState.HELD: Sign.QUESTION,
    ClientState.PENDING: Sign.CLOCK,
    ClientState.UNREADABLE: Sign.ALERT,
}


def sign_svg(sign: Sign, ink: Ink, size: int) -> str:
    """Return the SVG of a sign as it should be drawn at this many pixels."""
    drawing = _DRAWINGS[sign]
    width = 7.5 if size <= _SMALL else 5.5
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f"{_hollow(drawing, width) if drawing.hollow else _filled(drawing, ink, width)}</svg>"
    )


def _hollow(drawing: _Drawing, width: float) -> str:
    return (
        f'<path d="{drawing.body}" fill="none" stroke="{drawing.colour}" stroke-width="{width}"'
        ' stroke-dasharray="11.4 9" stroke-linecap="butt" transform="translate(3.2 3.2) scale(.9)"/>'
    )


def _filled(drawing: _Drawing, ink: Ink, width: float) -> str:
    inset = ' transform="translate(2.2 2.2) scale(.93)"' if ink is Ink.PANEL else ""
    strokes = (
        f'<path d="{drawing.strokes}" fill="none" stroke="#fff" stroke-width="{width}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )
    solid = f'<path d="{drawing.solid}" fill="#fff"/>'
    return (
        f"<g{inset}>{_rim(drawing.body) if ink is Ink.PANEL else ''}"
        f'<path d="{drawing.body}" fill="{drawing.colour}"/>'
        f"{strokes if drawing.strokes else ''}"
        f"{solid if drawing.solid else ''}</g>"
    )


def _rim(body: str) -> str:
    return (
        f'<path d="{body}" fill="none" stroke="#1b1f24" stroke-opacity=".55" stroke-width="8"/>'
        f'<path d="{body}" fill="#fff" stroke="#fff" stroke-width="5"/>'
    )


def render(svg: str, pixels: int) -> QPixmap:
    """Draw an SVG on a transparent square."""
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap


@cache
def sign_icon(sign: Sign, ink: Ink = Ink.WINDOW) -> QIcon:
    """Return a sign in every size that panels and tables ask for."""
    icon = QIcon()
    for size in SIZES:
        pixmap = render(sign_svg(sign, ink, size), size)
        icon.addPixmap(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Disabled)  # the menu's headline cannot be clicked, but it still tells
    return icon


def health_icon(health: Health) -> QIcon:
    """Return the icon of the whole's state, for the tray."""
    return sign_icon(_HEALTH[health], Ink.PANEL)


def health_pixmap(health: Health, size: int, ratio: float) -> QPixmap:
    """Return the whole's state for a window, sharp at the screen's ratio of pixels."""
    pixels = round(size * ratio)
    pixmap = render(sign_svg(_HEALTH[health], Ink.WINDOW, pixels), pixels)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def client_icon(state: ClientState) -> QIcon:
    """Return the icon of one client's state, for tables and menus."""
    return sign_icon(_CLIENT[state], Ink.WINDOW)


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


@cache
def app_icon() -> QIcon:
    """Return the program's own icon."""
    svg = resource("icons/aisync.svg").read_text("utf-8")
    icon = QIcon()
    for size in (*SIZES, 128, 256):
        icon.addPixmap(render(svg, size))
    return icon
