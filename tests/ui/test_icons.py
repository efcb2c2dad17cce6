from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap, qGray
from PySide6.QtWidgets import QApplication

from aisync_desktop.sync.model.status import ClientState, Health
from aisync_desktop.ui.icons import SIZES, app_icon, client_icon, health_icon, health_pixmap, sign_icon
from aisync_desktop.ui.pages.health.finding_card import SIGNS as SEVERITIES
from aisync_desktop.ui.pages.permissions.permission_words import SIGNS as VERDICTS

pytestmark = pytest.mark.usefixtures("qapp")

_PANELS = ("#f4f4f4", "#1e1e22", "#808890")
_VISIBLE = 50  # how far a channel must be from the background's to be seen
_COVERED = 128
_WHITE = 165  # bodies are darker than this in grey, symbols and rims lighter


def _pixels(pixmap: QPixmap, background: str) -> list[QColor]:
    canvas = QImage(pixmap.size(), QImage.Format.Format_RGB32)
    canvas.fill(QColor(background))
    painter = QPainter(canvas)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return [canvas.pixelColor(x, y) for y in range(canvas.height()) for x in range(canvas.width())]


def _shape(icon: QIcon, size: int) -> list[tuple[bool, bool]]:
    """Return the icon without its colours: where it covers the background, and where it is white."""
    pixmap = icon.pixmap(size, size)
    covered = [pixmap.toImage().pixelColor(x, y).alpha() > _COVERED for y in range(size) for x in range(size)]
    white = [qGray(pixel.rgb()) > _WHITE for pixel in _pixels(pixmap, "#000000")]
    return list(zip(covered, white, strict=True))


def _distance(one: QColor, other: QColor) -> int:
    channels = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return max(abs(a - b) for a, b in channels)


@pytest.mark.parametrize(
    "icons",
    [
        dict.fromkeys(Health, health_icon),
        dict.fromkeys(ClientState, client_icon),
        dict.fromkeys(VERDICTS.values(), sign_icon),
        dict.fromkeys(SEVERITIES.values(), sign_icon),
    ],
)
def test_every_state_has_a_shape_of_its_own_even_without_colour(icons: dict[Any, Callable[[Any], QIcon]]) -> None:
    for size in SIZES:
        shapes = {state: _shape(icon(state), size) for state, icon in icons.items()}
        for one, other in combinations(shapes, 2):
            different = sum(a != b for a, b in zip(shapes[one], shapes[other], strict=True))
            assert different >= size * size / 20, (one, other, size)


@pytest.mark.parametrize("health", Health)
@pytest.mark.parametrize("panel", _PANELS)
def test_an_icon_stands_out_on_every_panel(health: Health, panel: str) -> None:
    for size in SIZES:
        pixels = _pixels(health_icon(health).pixmap(size, size), panel)
        assert sum(_distance(pixel, QColor(panel)) > _VISIBLE for pixel in pixels) > size * size / 5


@pytest.mark.parametrize("health", Health)
def test_a_panel_gets_real_pixels_for_each_size(health: Health) -> None:
    assert {size.width() for size in health_icon(health).availableSizes()} == set(SIZES)


def test_a_window_gets_pixels_for_its_screen() -> None:
    pixmap = health_pixmap(Health.IN_STEP, 48, 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (96, 2.0)


def test_the_same_icon_is_made_once() -> None:
    assert health_icon(Health.NEW).cacheKey() == health_icon(Health.NEW).cacheKey()


def test_the_app_has_an_icon(qapp: QApplication) -> None:
    assert app_icon().pixmap(64, 64).toImage().pixelColor(32, 6).alpha() == 255
    corner = app_icon().pixmap(64, 64).toImage().pixelColor(0, 0)
    assert corner == QColor(Qt.GlobalColor.transparent)
