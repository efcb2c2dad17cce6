from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.theme import Appearance, duration, restyled, still, theme
from tests.ui.listener import Listener

_Role = QPalette.ColorRole


def test_dark_and_light_come_true_without_a_platform_theme(qapp: QApplication, appearance: Appearance) -> None:
    appearance.use("dark")
    assert qapp.palette().color(_Role.Window).lightness() < 80
    appearance.use("light")
    assert qapp.palette().color(_Role.Window).lightness() > 200


def test_the_style_is_ours_whatever_the_system_has(qapp: QApplication, appearance: Appearance) -> None:
    for setting in ("system", "dark"):
        appearance.use(setting)
        assert qapp.palette().color(_Role.Window) == theme().colour("window")
        assert qapp.font().pixelSize() == 13


def test_the_system_chooses_the_scheme(qapp: QApplication, appearance: Appearance) -> None:
    appearance.use("dark")
    appearance.use("system")
    assert theme().scheme == ("dark" if qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light")


def test_the_system_is_followed_while_it_is_asked_for(
    qapp: QApplication, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    appearance.use("system")
    monkeypatch.setattr(appearance, "_scheme", {"system": "dark", "light": "light"}.__getitem__)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme().scheme == "dark"
    appearance.use("light")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme().scheme == "light"


def test_open_windows_are_told(qtbot: QtBot, appearance: Appearance) -> None:
    window = Listener()
    qtbot.addWidget(window)
    with qtbot.waitSignal(appearance.changed):
        appearance.use("dark")
    qtbot.waitUntil(lambda: {QEvent.Type.PaletteChange, QEvent.Type.StyleChange} <= set(window.told))


def test_the_text_can_be_larger_within_reason(qapp: QApplication, appearance: Appearance) -> None:
    appearance.use("light", 150)
    assert qapp.font().pixelSize() == 20
    appearance.use("light", 1000)
    assert theme().scale == 2
    appearance.use("light", 1)
    assert theme().scale == 0.8


def test_what_is_worn_already_is_not_put_on_anew(qtbot: QtBot, appearance: Appearance) -> None:
    with qtbot.assertNotEmitted(appearance.changed):
        appearance.use("light")


def test_nothing_moves_where_the_user_wants_none(appearance: Appearance) -> None:
    appearance.use("light", reduce_motion=True)
    assert still()
    assert duration("toast-in") == 0
    appearance.use("light")
    assert duration("toast-in") == 150


def test_a_widget_is_told_as_often_however_deep_it_stands(qtbot: QtBot, appearance: Appearance) -> None:
    """Qt would tell it once for each widget that it stands in; of a page that took a tenth of a second."""
    whole = QWidget()
    qtbot.addWidget(whole)
    told = [_Told(whole)]
    for _ in range(12):
        told.append(_Told(told[-1]))
    with qtbot.waitExposed(whole):
        whole.show()
    for widget in told:
        widget.times = 0
    appearance.use("dark")
    assert {widget.times for widget in told} == {told[0].times}
    assert told[0].times > 0


class _Told(QWidget):
    """Counts how often it is told of another style."""

    times = 0

    def changeEvent(self, event: QEvent) -> None:
        self.times += restyled(event)
        super().changeEvent(event)
