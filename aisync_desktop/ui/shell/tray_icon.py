"""The tray's icon: one ring, and over its lower right the shape of what needs somebody, cut free of it.

A ring is drawn in the ink of the system's scheme. A panel's own colour cannot be asked for, and it need not be the
scheme's: a thin halo of the other ink keeps the ring to be seen on any.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.ui.icons import SIZES, render
from aisync_desktop.ui.shell.tray_state import TrayState

TURNS = 8  # positions of the ring while it turns
_CANVAS = 22
_CIRCLE = '<circle cx="11" cy="11" r="7.8"/>'


@dataclass(frozen=True)
class _Inks:
    """The colours on one kind of panel."""

    ring: str
    halo: str
    wait: str
    bad: str
    sign: str


_ON_LIGHT = _Inks("#2a2e36", "#ffffff", "#b97a0c", "#c9343f", "#ffffff")
_ON_DARK = _Inks("#eceef2", "#16181d", "#e0a640", "#f07880", "#16181d")


@dataclass(frozen=True)
class _Shape:
    """What covers the ring: where a round hole is cut into it, and what is drawn there."""

    hole: tuple[float, float, float]  # its middle and its radius
    drawn: str


_RINGS = {
    TrayState.STARTING: _CIRCLE.replace("/>", ' stroke-dasharray="3.4 2.72"/>'),
    TrayState.IN_STEP: f'{_CIRCLE}<path d="M7.6 11.3l2.4 2.4 4.5-5"/>',
    TrayState.CATCHING_UP: '<path d="M3.6 9A7.8 7.8 0 0 1 17.4 6.6M18.4 13A7.8 7.8 0 0 1 4.6 15.4'
    'M17.9 2.6v4.2h-4.2M4.1 19.4v-4.2h4.2"/>',
    TrayState.PAUSED: f'{_CIRCLE}<path d="M9 8v6M13 8v6"/>',
    TrayState.WAITING: _CIRCLE,
    TrayState.PROBLEM: _CIRCLE,
}
_SHAPES = {
    TrayState.WAITING: _Shape(
        (15.9, 15.9, 7.6),
        '<rect x="10.9" y="10.9" width="10" height="10" rx="2.2" transform="rotate(45 15.9 15.9)" fill="{wait}"/>'
        '<path d="M15.9 12.4v4.2M15.9 19.2h.01" stroke="{sign}" stroke-width="1.9" stroke-linecap="round"/>',
    ),
    TrayState.PROBLEM: _Shape(
        (15.6, 16.4, 7.6),
        '<path d="M15.6 10.6l5.4 9.6H10.2z" fill="{bad}" stroke="{bad}" stroke-linejoin="round" stroke-width="1.6"/>'
        '<path d="M15.6 13.4v3.2M15.6 18.8h.01" stroke="{sign}" stroke-width="1.7" stroke-linecap="round"/>',
    ),
}


def tray_icon(state: TrayState, turn: int = 0) -> QIcon:
    """Return the icon of a state, in every size that panels ask for; its ring is turned by so many of `TURNS`."""
    return _icon(state, turn % TURNS, dark=QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark)


@cache
def _icon(state: TrayState, turn: int = 0, *, dark: bool) -> QIcon:
    icon = QIcon()
    for size in SIZES:
        pixmap = _pixmap(state, _ON_DARK if dark else _ON_LIGHT, size, turn * 360 / TURNS)
        icon.addPixmap(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Disabled)  # the menu's headline cannot be clicked, but it still tells
    return icon


def _pixmap(state: TrayState, inks: _Inks, size: int, angle: float = 0) -> QPixmap:
    ring = _strokes(state, inks.halo, 3.6, 0.6) + _strokes(
        state, inks.ring, 2, 0.5 if state is TrayState.STARTING else 1
    )
    middle = _CANVAS / 2
    pixmap = render(_svg(f'<g transform="rotate({angle} {middle} {middle})">{ring}</g>'), size)
    shape = _SHAPES.get(state)
    if shape is None:
        return pixmap
    scale = size / _CANVAS
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    x, y, radius = (part * scale for part in shape.hole)
    painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    drawn = shape.drawn.format(wait=inks.wait, bad=inks.bad, sign=inks.sign)
    painter.drawPixmap(0, 0, render(_svg(drawn), size))
    painter.end()
    return pixmap


def _strokes(state: TrayState, ink: str, width: float, opacity: float) -> str:
    style = f'stroke="{ink}" stroke-width="{width}" stroke-opacity="{opacity}" stroke-linecap="round"'
    return f'<g fill="none" {style} stroke-linejoin="round">{_RINGS[state]}</g>'


def _svg(drawing: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_CANVAS} {_CANVAS}">{drawing}</svg>'
