from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.card import Card
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.pane import TwoStep
from aisync_desktop.ui.parts.rows import Look
from aisync_desktop.ui.parts.scroll import PageScroll
from aisync_desktop.ui.theme import Appearance, theme
from tests.ui.parts.gallery import CLIENTS, a_list, two_steps


def _shown(qtbot: QtBot, width: int) -> TwoStep:
    shown = two_steps()
    qtbot.addWidget(shown)
    shown.resize(width, 600)
    with qtbot.waitActive(shown):
        shown.show()
    return shown


def _seen(shown: TwoStep) -> tuple[bool, bool, bool]:
    """Return whether list, detail and the way back are seen."""
    return shown.pane.isVisible(), shown.detail.isVisible(), _back(shown).isVisible()


def _back(shown: TwoStep) -> Button:
    return next(button for button in shown.findChildren(Button) if button.text() == "Back")


def test_list_and_detail_stand_side_by_side_where_there_is_room(qtbot: QtBot) -> None:
    shown = _shown(qtbot, 1120)
    assert _seen(shown) == (True, True, False)
    assert shown.pane.width() == 304
    line = shown.grab().toImage().pixelColor(303, 300)
    assert line == theme().colour("hairline")


def test_in_a_narrow_window_they_are_two_steps(qtbot: QtBot) -> None:
    shown = _shown(qtbot, 900)
    assert _seen(shown) == (True, False, False)
    assert shown.pane.width() == 900
    shown.pane.rows.setFocus()
    QTest.keyClick(shown.pane.rows, Qt.Key.Key_Return)
    assert _seen(shown) == (False, True, True)
    with qtbot.waitSignal(shown.went_back):
        _back(shown).click()
    assert _seen(shown) == (True, False, False)
    assert shown.pane.rows.hasFocus()


def test_a_click_goes_to_the_detail_and_escape_back(qtbot: QtBot) -> None:
    shown = _shown(qtbot, 900)
    rows = shown.pane.rows
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.currentIndex()).center())
    assert _seen(shown) == (False, True, True)
    _back(shown).setFocus()
    QTest.keyClick(_back(shown), Qt.Key.Key_Escape)
    assert _seen(shown) == (True, False, False)


def test_escape_leads_from_the_detail_to_the_list_beside_it(qtbot: QtBot) -> None:
    shown = _shown(qtbot, 1120)
    button = shown.detail.findChildren(Button)[0]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Escape)
    assert shown.pane.rows.hasFocus()
    QTest.keyClick(shown.pane.rows, Qt.Key.Key_Escape)  # is left to who holds the page


def test_enter_goes_on_to_what_can_be_done_about_a_row(qtbot: QtBot) -> None:
    shown = _shown(qtbot, 1120)
    shown.pane.rows.setFocus()
    QTest.keyClick(shown.pane.rows, Qt.Key.Key_Return)
    focus = shown.focusWidget()
    assert shown.detail.isAncestorOf(focus)
    assert isinstance(focus, Button)


def test_a_window_at_the_limit_does_not_flicker(qtbot: QtBot) -> None:
    shown = _shown(qtbot, 965)
    narrow = []
    for width in (965, 959, 970, 977):
        shown.resize(width, 600)
        narrow.append(shown.narrow)
    assert narrow == [False, True, True, False]


def test_a_larger_text_makes_the_pane_wider_but_not_by_as_much(qtbot: QtBot, looks: Appearance) -> None:
    shown = _shown(qtbot, 1120)
    looks.use("light", 200)
    assert shown.pane.width() == round(304 * 1.4)


def test_a_pane_has_a_name_and_room_for_more(qtbot: QtBot) -> None:
    shown = _shown(qtbot, 1120)
    below = Label("Nothing here")
    shown.pane.add_below(below)
    shown.pane.set_title("Clients")
    assert shown.pane.rows.accessibleName() == "Clients"
    qtbot.waitUntil(below.isVisible)


def test_a_page_has_smaller_margins_where_there_is_little_room(qtbot: QtBot) -> None:
    page = PageScroll(Label("One"))
    qtbot.addWidget(page)
    page.resize(800, 300)
    page.show()
    assert page.column.contentsMargins().left() == 24
    page.resize(500, 300)
    assert page.column.contentsMargins().left() == 16
    bare = PageScroll(margins=False)
    qtbot.addWidget(bare)
    assert bare.column.contentsMargins().left() == 0


def test_a_list_in_a_page_scrolls_the_page_to_where_one_is(qtbot: QtBot) -> None:
    rows = a_list(Look.CARD, CLIENTS[:4], "Clients")
    filler = Label("")
    filler.setMinimumHeight(600)
    page = PageScroll(filler, Card(rows))
    qtbot.addWidget(page)
    page.resize(600, 200)
    page.show()
    rows.step(1)
    assert page.verticalScrollBar().value() > 0
