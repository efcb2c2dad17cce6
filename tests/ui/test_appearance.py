from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.theme import Appearance, Theme
from tests.ui.listener import Listener

_Role = QPalette.ColorRole
_READABLE, _QUIET = 7.0, 4.5  # contrast by WCAG: AAA for texts, AA for the quiet ones


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def _contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_texts_can_be_read_on_what_is_behind_them(look: str) -> None:
    colours = Theme(look).palette()
    for text, ground in (
        (_Role.WindowText, _Role.Window),
        (_Role.Text, _Role.Base),
        (_Role.Text, _Role.AlternateBase),
        (_Role.ButtonText, _Role.Button),
        (_Role.ToolTipText, _Role.ToolTipBase),
    ):
        assert _contrast(colours.color(text), colours.color(ground)) >= _READABLE
    for text, ground in (
        (_Role.PlaceholderText, _Role.Window),
        (_Role.PlaceholderText, _Role.Base),
        (_Role.Link, _Role.Window),
        (_Role.HighlightedText, _Role.Highlight),
    ):
        assert _contrast(colours.color(text), colours.color(ground)) >= _QUIET


def test_dark_and_light_come_true_without_a_platform_theme(qapp: QApplication, appearance: Appearance) -> None:
    appearance.use("dark")
    assert qapp.palette().color(_Role.Window).lightness() < 80
    appearance.use("light")
    assert qapp.palette().color(_Role.Window).lightness() > 200


def test_open_windows_are_told(qtbot: QtBot, appearance: Appearance) -> None:
    window = Listener()
    qtbot.addWidget(window)
    appearance.use("light")
    appearance.use("dark")
    qtbot.waitUntil(lambda: QEvent.Type.PaletteChange in window.told)
