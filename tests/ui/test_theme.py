from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from aisync_desktop.ui.style import style_sheet
from aisync_desktop.ui.theme import Theme, duration, tokens

pytestmark = pytest.mark.usefixtures("qapp")
SCHEMES = ("light", "dark")
_READABLE, _SEEN = 4.5, 3.0  # contrast by WCAG: of texts, of shapes


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def _contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _pairs() -> Iterator[tuple[str, str, float]]:
    for ground in ("window", "card", "raised", "sunken", "hover", "pressed", "selected"):
        yield "text", ground, _READABLE
        yield "text-2", ground, _READABLE
    for ground in ("window", "card", "raised", "sunken", "hover"):
        yield "text-3", ground, _READABLE
    for tone in ("ok", "wait", "bad", "idle"):
        yield f"{tone}-text", f"{tone}-soft", _READABLE
        yield f"{tone}-text", "card", _READABLE
        yield tone, "card", _SEEN
        yield tone, "window", _SEEN
    for ground in ("accent", "accent-pressed", "accent-hover"):
        yield "text-on-accent", ground, _READABLE
    for text in ("text", "text-2"):
        yield text, "selected-sidebar", _READABLE
    yield "accent-text", "card", _READABLE
    yield "focus", "window", _SEEN
    yield "outline", "card", _SEEN


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("above", "below", "least"), list(_pairs()))
def test_what_is_drawn_can_be_told_from_what_is_below_it(above: str, below: str, least: float, scheme: str) -> None:
    look = Theme(scheme)
    assert _contrast(look.colour(above), look.colour(below)) >= least


def test_both_schemes_have_the_same_colours() -> None:
    light, dark = (tokens()["color"][scheme] for scheme in SCHEMES)
    assert light.keys() == dark.keys()


def test_measures_and_fonts_grow_with_the_text() -> None:
    large = Theme("light", 1.5)
    assert (large.px(32), large.line("body")) == (48, 30)
    assert large.font("body").pixelSize() == 20
    assert Theme("light", 0.8).font("small").pixelSize() == 11  # a text is never smaller than that


def test_a_font_can_be_had_in_another_weight() -> None:
    assert Theme().font("small", 500).weight() == QFont.Weight.Medium
    assert Theme().font("small").weight() == QFont.Weight.Normal


def test_figures_line_up_and_code_has_no_ligatures() -> None:
    assert Theme().font("body").featureValue(QFont.Tag("tnum")) == 1
    assert Theme().font("mono").featureValue(QFont.Tag("liga")) == 0
    assert Theme().font("mono").isFeatureSet(QFont.Tag("calt"))


def test_a_colour_that_is_handed_out_is_nobody_elses() -> None:
    Theme().colour("text").setAlpha(0)
    assert Theme().colour("text").alpha() == 255


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_style_sheet_uses_colours_of_the_theme_alone(scheme: str, qapp: QApplication) -> None:
    look = Theme(scheme)
    used = set(re.findall(r"#[0-9a-f]{6}", style_sheet(look.colour, look.px)))
    assert used
    assert used <= {value for value in tokens()["color"][scheme].values() if isinstance(value, str)}


def test_movements_take_as_long_as_the_design_says() -> None:
    assert duration("toast-in") == 150


def test_no_part_of_the_interface_writes_a_colour_of_its_own() -> None:
    folder = Path(__file__).parents[2] / "aisync_desktop" / "ui" / "parts"
    written = [
        path.name for path in folder.glob("*.py") if re.search(r"[\"']#[0-9a-fA-F]{3,8}", path.read_text("utf-8"))
    ]
    assert written == []
