"""The tray's icons: each state is told by its shape alone, in the smallest size, on any panel."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from aisync_desktop.ui.icons import SIZES
from aisync_desktop.ui.shell.tray_icon import _icon, tray_icon
from aisync_desktop.ui.shell.tray_state import TrayState

pytestmark = pytest.mark.usefixtures("qapp")

_COVERED = 100  # of 255


def _covered(state: TrayState, size: int) -> list[bool]:
    image = _icon(state, dark=False).pixmap(size, size).toImage()
    return [image.pixelColor(x, y).alpha() > _COVERED for y in range(size) for x in range(size)]


@pytest.mark.parametrize("size", SIZES)
def test_every_state_has_a_shape_of_its_own_even_without_colour(size: int) -> None:
    shapes = {state: _covered(state, size) for state in TrayState}
    for one, other in combinations(TrayState, 2):
        different = sum(a != b for a, b in zip(shapes[one], shapes[other], strict=True))
        assert different >= size * size / 50, (one, other)


@pytest.mark.parametrize("panel", ["#f4f4f5", "#1b1d22", "#808890"])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("state", list(TrayState))
def test_every_state_is_seen_on_any_panel(state: TrayState, panel: str, *, dark: bool) -> None:
    canvas = QImage(22, 22, QImage.Format.Format_RGB32)
    canvas.fill(QColor(panel))
    painter = QPainter(canvas)
    painter.drawPixmap(0, 0, _icon(state, dark=dark).pixmap(22, 22))
    painter.end()
    behind = QColor(panel).lightness()
    told = sum(abs(canvas.pixelColor(x, y).lightness() - behind) > 40 for x in range(22) for y in range(22))
    assert told > 30


def test_what_needs_somebody_is_cut_free_of_the_ring() -> None:
    image = _icon(TrayState.WAITING, dark=False).pixmap(64, 64).toImage()
    row = [image.pixelColor(x, 46).alpha() for x in range(64)]  # through the middle of the diamond
    first = next(x for x, alpha in enumerate(row) if alpha > 200)
    assert 0 in row[first : row.index(max(row[40:]), 40)]


def test_it_is_made_for_every_size_that_panels_ask_for() -> None:
    assert {size.width() for size in tray_icon(TrayState.IN_STEP).availableSizes()} == set(SIZES)
