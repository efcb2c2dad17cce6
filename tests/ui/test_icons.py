from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from aisync_desktop.files.places import resource
from aisync_desktop.ui.icons import Sign, app_icon, glyph_icon, glyph_pixmap, paint_glyph, sign_icon
from aisync_desktop.ui.parts.state import State

pytestmark = pytest.mark.usefixtures("qapp")

_SET = sorted(path.stem for path in resource("icons/set").glob("*.svg"))
_INK, _CARD = QColor("#102030"), QColor("#ffffff")


def _drawn(name: str, size: int = 16) -> list[bool]:
    """Return where a glyph covers what is below it, its colours apart."""
    image = glyph_pixmap(name, _INK, _CARD, size, 1.0).toImage()
    pixels = (image.pixelColor(x, y) for y in range(size) for x in range(size))
    return [pixel.alpha() > 128 and pixel.lightness() < 128 for pixel in pixels]


@pytest.mark.parametrize("name", _SET)
def test_every_glyph_is_drawn_in_its_colour_and_inside_its_square(name: str) -> None:
    image = glyph_pixmap(name, _INK, _CARD, 64, 1.0).toImage()
    pixels = [image.pixelColor(x, y) for y in range(64) for x in range(64)]
    assert sum(pixel == _INK for pixel in pixels) > 30
    edge = [image.pixelColor(n, m) for n in range(64) for m in (0, 63)]
    edge += [image.pixelColor(m, n) for n in range(64) for m in (0, 63)]
    assert all(pixel.alpha() == 0 for pixel in edge)


def test_the_set_is_all_that_is_asked_for() -> None:
    assert {state.glyph for state in State} | {sign.value[0] for sign in Sign} <= set(_SET)


@pytest.mark.parametrize("glyphs", [[state.glyph for state in State], [sign.value[0] for sign in Sign]])
def test_states_can_be_told_apart_without_colour_at_the_smallest_size(glyphs: list[str]) -> None:
    for one, other in combinations(glyphs, 2):
        different = sum(a != b for a, b in zip(_drawn(one), _drawn(other), strict=True))
        assert different >= 16, (one, other)


def test_a_dense_screen_gets_dense_pictures() -> None:
    pixmap = glyph_pixmap("server", _INK, _CARD, 16, 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)
    image = QImage(64, 64, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(2)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_glyph(painter, QRect(0, 0, 32, 32), "server", _INK, _CARD)
    painter.end()
    assert image.copy() == _on_clear(glyph_pixmap("server", _INK, _CARD, 32, 2.0))


def _on_clear(pixmap: QPixmap) -> QImage:
    image = QImage(64, 64, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(2)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return image


def test_the_smallest_glyphs_have_thicker_lines() -> None:
    assert sum(_drawn("check", 12)) * 16 * 16 > sum(_drawn("check", 16)) * 12 * 12


def test_the_same_picture_is_made_once() -> None:
    made = [glyph_pixmap("ok", _INK, _CARD, 16, 1.0).cacheKey() for _ in range(2)]
    assert made[0] == made[1]


def test_an_icon_may_look_otherwise_where_it_is_disabled() -> None:
    icon = glyph_icon("undo", _INK, _CARD, 16, QColor("#aabbcc"))
    straight, disabled = (icon.pixmap(16, 16, mode) for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    assert straight.toImage() != disabled.toImage()
    assert not glyph_icon("undo", _INK, _CARD, 16).isNull()


@pytest.mark.parametrize("sign", Sign)
def test_a_sign_has_the_colour_of_its_meaning(sign: Sign) -> None:
    assert not sign_icon(sign).pixmap(16, 16).isNull()


def test_every_glyph_is_named_as_a_word_and_has_no_script() -> None:
    for path in resource("icons/set").glob("*.svg"):
        text = Path(path).read_text("utf-8")
        assert "<script" not in text
        assert "currentColor" in text or "cardColor" in text


def test_the_app_has_an_icon(qapp: QApplication) -> None:
    assert app_icon().pixmap(64, 64).toImage().pixelColor(32, 6).alpha() == 255
    corner = app_icon().pixmap(64, 64).toImage().pixelColor(0, 0)
    assert corner == QColor(Qt.GlobalColor.transparent)
