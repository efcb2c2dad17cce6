"""Each part in each of its states, in each look and language: nothing is cut off, everything has a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.header import PageHeader
from aisync_desktop.ui.parts.rows import RowList
from aisync_desktop.ui.style import FocusRing
from aisync_desktop.ui.theme import Appearance, theme
from tests.ui.parts.gallery import SHEETS, gallery, line


def _is_whole(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() >= widget.heightForWidth(widget.width())
    hint = widget.sizeHint()
    return widget.width() >= hint.width() and widget.height() >= hint.height()


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("size", [80, 100, 200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_cut_off(
    name: str, scheme: str, size: int, language: str, qtbot: QtBot, looks: Appearance, languages: Languages
) -> None:
    languages.use(language)
    looks.use(scheme, size)
    sheet = SHEETS[name]()
    qtbot.addWidget(sheet)
    width = 1120 * size // 100
    sheet.resize(width, max(sheet.heightForWidth(width), 600))
    sheet.show()
    everything: list[QLabel | QAbstractButton] = [*sheet.findChildren(QLabel), *sheet.findChildren(QAbstractButton)]
    assert [widget.text() for widget in everything if widget.isVisible() and not _is_whole(widget)] == []
    assert sheet.grab().toImage().pixelColor(2, 2) == theme().colour("window")


@pytest.mark.parametrize("name", SHEETS)
def test_what_can_be_used_has_a_name(name: str, qtbot: QtBot) -> None:
    sheet = SHEETS[name]()
    qtbot.addWidget(sheet)
    nameless = [
        widget
        for widget in sheet.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | RowList)
        and not widget.isHidden()
        and not (widget.accessibleName() or _text(widget))
    ]
    assert nameless == []


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def test_a_sheet_that_is_open_takes_on_another_theme(qtbot: QtBot, looks: Appearance) -> None:
    sheet = gallery()
    qtbot.addWidget(sheet)
    sheet.show()
    button = sheet.findChildren(Button)[0]
    before = button.height()
    looks.use("dark", 150)
    qtbot.waitUntil(lambda: button.height() > before)
    assert sheet.grab().toImage().pixelColor(2, 2) == theme().colour("window")


@pytest.mark.parametrize("name", SHEETS)
def test_it_is_drawn_from_the_right_too(name: str, qtbot: QtBot) -> None:
    sheet = SHEETS[name]()
    sheet.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.addWidget(sheet)
    sheet.show()
    assert not sheet.grab().isNull()


def test_a_ring_shows_after_a_key_and_goes_when_the_mouse_is_used(qtbot: QtBot) -> None:
    first, second = Button("First"), Button("Second")
    sheet = line(first, second)
    qtbot.addWidget(sheet)
    with qtbot.waitActive(sheet):
        sheet.show()
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not _ring(sheet)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert _ring(sheet) == second.geometry().adjusted(-3, -3, 3, 3)
    QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert not _ring(sheet)


def test_the_ring_stays_when_the_program_moves_the_focus_for_who_works_by_keyboard(qtbot: QtBot) -> None:
    first, second = Button("First"), Button("Second")
    sheet = line(first, second)
    qtbot.addWidget(sheet)
    with qtbot.waitActive(sheet):
        sheet.show()
    second.setFocus(Qt.FocusReason.TabFocusReason)
    first.setFocus()
    second.setFocus()
    assert _ring(sheet) == second.geometry().adjusted(-3, -3, 3, 3)
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    second.setFocus()
    assert not _ring(sheet)


def test_the_ring_is_not_cut_off_where_a_button_fills_its_parent(qtbot: QtBot) -> None:
    header, window = PageHeader("Title"), QWidget()
    first, button = Button("First"), Button("At the edge")
    header.add_action(first)
    header.add_action(button)
    QVBoxLayout(window).addWidget(header)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    (ring,) = [one for one in window.findChildren(FocusRing) if one.isVisible()]
    assert ring.parentWidget() is window
    assert ring.geometry() == QRect(button.mapTo(window, QPoint(0, 0)), button.size()).adjusted(-3, -3, 3, 3)


def _ring(sheet: QWidget) -> QRect | None:
    return next((ring.geometry() for ring in sheet.findChildren(FocusRing) if ring.isVisible()), None)
