from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.parts.card import Card
from aisync_desktop.ui.parts.row_places import Places, columns_of
from aisync_desktop.ui.parts.rows import Cell, Heading, Look, Row, RowList
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.theme import Appearance, theme

_Key = Qt.Key
ROWS = [
    Row(
        "a",
        "postgres",
        state=State.OK,
        state_words="In step",
        trail="12:08",
        actions=(("undo", "Undo"), ("see", "See")),
    ),
    Row("b", "github", state=State.WAIT, state_words="1 question", trail="12:10"),
    Row("c", "figma", enabled=False),
    Row("d", "linear", trail="12:12"),
]
WITH_HEADINGS: list[Row | Heading] = [Heading("Today"), ROWS[0], Heading("Yesterday"), *ROWS[1:]]


def _shown(qtbot: QtBot, rows: Sequence[Row | Heading] = ROWS, look: Look = Look.PANE) -> RowList:
    shown = RowList(look, name="Rows")
    shown.set_rows(rows)
    shown.resize(500, 400)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def _press(qtbot: QtBot, rows: RowList, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(rows, key)


def test_the_model_is_a_proper_one(qtbot: QtBot, qtmodeltester: Any) -> None:
    rows = _shown(qtbot, WITH_HEADINGS)
    qtmodeltester.check(rows.model())


def test_keys_go_from_row_to_row_past_what_cannot_be_chosen(qtbot: QtBot) -> None:
    rows = _shown(qtbot, WITH_HEADINGS)
    chosen: list[str] = []
    rows.chosen.connect(chosen.append)
    _press(qtbot, rows, _Key.Key_Down, _Key.Key_J, _Key.Key_J, _Key.Key_Down, _Key.Key_K, _Key.Key_Up, _Key.Key_Up)
    assert chosen == ["a", "b", "d", "b", "a"]


def test_letters_can_be_left_to_others(qtbot: QtBot) -> None:
    rows = _shown(qtbot)
    rows.letters = False
    rows.choose("a")
    _press(qtbot, rows, _Key.Key_J)
    assert rows.current_key() == "a"


def test_enter_opens_the_row_that_one_is_at(qtbot: QtBot) -> None:
    rows = _shown(qtbot)
    rows.choose("b")
    with qtbot.waitSignal(rows.opened) as opened:
        _press(qtbot, rows, _Key.Key_Return)
    assert opened.args == ["b"]


def test_left_and_right_reach_the_actions_of_a_row(qtbot: QtBot) -> None:
    rows = _shown(qtbot)
    rows.choose("a")
    done: list[tuple[str, str]] = []
    rows.action.connect(lambda key, action: done.append((key, action)))
    _press(qtbot, rows, _Key.Key_Right, _Key.Key_Return, _Key.Key_Right, _Key.Key_Right, _Key.Key_Return)
    _press(qtbot, rows, _Key.Key_Left, _Key.Key_Return)
    assert done == [("a", "undo"), ("a", "see"), ("a", "undo")]


def test_actions_are_reached_from_the_right_where_one_reads_from_there(qtbot: QtBot) -> None:
    rows = _shown(qtbot)
    rows.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    rows.choose("a")
    with qtbot.waitSignal(rows.action) as done:
        _press(qtbot, rows, _Key.Key_Left, _Key.Key_Return)
    assert done.args == ["a", "undo"]


def test_going_on_leaves_the_actions(qtbot: QtBot) -> None:
    rows = _shown(qtbot)
    rows.choose("a")
    _press(qtbot, rows, _Key.Key_Right, _Key.Key_Down)
    with qtbot.waitSignal(rows.opened) as opened:
        _press(qtbot, rows, _Key.Key_Return)
    assert opened.args == ["b"]


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_a_click_on_an_action_does_it_and_opens_nothing(direction: Qt.LayoutDirection, qtbot: QtBot) -> None:
    rows = _shown(qtbot, look=Look.CARD)
    rows.setLayoutDirection(direction)
    opened: list[str] = []
    rows.opened.connect(opened.append)
    with qtbot.waitSignal(rows.action) as done:
        _click(qtbot, rows, _action_place(rows, 0, 1).center())
    assert done.args == ["a", "see"]
    assert opened == []


def test_a_click_on_a_row_of_a_card_opens_it(qtbot: QtBot) -> None:
    rows = _shown(qtbot, look=Look.CARD)
    with qtbot.waitSignal(rows.opened) as opened:
        _click(qtbot, rows, _place(rows, 1).center())
    assert opened.args == ["b"]


def test_a_click_in_a_pane_chooses_and_a_double_click_opens(qtbot: QtBot) -> None:
    rows = _shown(qtbot)
    with qtbot.waitSignal(rows.chosen) as chosen:
        _click(qtbot, rows, _place(rows, 1).center())
    with qtbot.waitSignal(rows.opened) as opened:
        QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=_place(rows, 1).center())
    assert (chosen.args, opened.args) == (["b"], ["b"])


def test_a_row_that_is_disabled_opens_nothing(qtbot: QtBot) -> None:
    rows = _shown(qtbot, look=Look.CARD)
    with qtbot.assertNotEmitted(rows.opened):
        _click(qtbot, rows, _place(rows, 2).center())


def test_new_rows_leave_one_where_one_is(qtbot: QtBot) -> None:
    rows = _shown(qtbot)
    rows.choose("b")
    with qtbot.assertNotEmitted(rows.chosen):
        rows.set_rows([Row("new", "new"), *ROWS])
        rows.set_rows([Row("new", "changed"), *ROWS])
    assert rows.current_key() == "b"


def test_when_the_row_one_is_at_goes_the_next_one_is_chosen(qtbot: QtBot) -> None:
    rows = _shown(qtbot)
    rows.choose("b")
    with qtbot.waitSignal(rows.chosen) as chosen:
        rows.set_rows([ROWS[0], *ROWS[2:]])
    assert chosen.args == ["d"]
    rows.set_rows([ROWS[0]])
    assert rows.current_key() == "a"
    rows.set_rows([])
    assert rows.current_key() == ""


def test_in_a_card_it_is_as_high_as_its_rows(qtbot: QtBot) -> None:
    rows = _shown(qtbot, look=Look.CARD)
    assert rows.sizeHint().height() == 4 * 40
    rows.set_rows([Row("a", "one", "and a second line"), *ROWS[1:]])
    assert rows.sizeHint().height() == 4 * 56


def test_a_selection_paints_the_row_alone(qtbot: QtBot) -> None:
    """A height that followed the width once painted the whole list as selected."""
    rows = _shown(qtbot, [Row(str(number), f"Row {number}", "second line") for number in range(30)])
    rows.keep_selected()
    rows.choose("1")
    picture = rows.viewport().grab().toImage()
    selected = theme().colour("selected")
    assert picture.pixelColor(_place(rows, 1).left() + 12, _place(rows, 1).center().y()) == selected
    for number in (0, 2, 3):
        assert picture.pixelColor(_place(rows, number).left() + 12, _place(rows, number).center().y()) != selected


def test_the_first_row_of_a_card_has_the_cards_corners(qtbot: QtBot) -> None:
    rows = RowList(name="Rows")
    rows.set_rows(ROWS)
    rows.keep_selected()
    card = Card(rows)
    card.resize(400, 162)
    qtbot.addWidget(card)
    rows.choose("a")
    card.show()
    picture = card.grab().toImage()
    assert picture.pixelColor(60, 3) == theme().colour("selected")
    assert picture.pixelColor(0, 0) == theme().colour("window")


def test_columns_stand_below_each_other(qtbot: QtBot) -> None:
    rows = [
        Row("a", "short", columns=("4 items", Cell("1,204")), trail="9:00"),
        Row("b", "longer", columns=("12 items", "8")),
    ]
    columns = columns_of(rows, Look.CARD)
    places = [
        Places.of(row, QRect(0, 40 * number, 500, 40), columns, Look.CARD, Qt.LayoutDirection.LeftToRight)
        for number, row in enumerate(rows)
    ]
    assert [place.right() for place in places[0].cells] == [place.right() for place in places[1].cells]
    mirrored = Places.of(rows[0], QRect(0, 0, 500, 40), columns, Look.CARD, Qt.LayoutDirection.RightToLeft)
    assert mirrored.title.right() == 499 - places[0].title.left()


@pytest.mark.parametrize(("width", "whole"), [(700, True), (300, False)])
def test_a_title_is_whole_where_there_is_room_beside_what_follows_it(width: int, whole: bool, qtbot: QtBot) -> None:
    row = Row(
        "a", "~/.config/a-client/with-a-long/name.json", mono=True, columns=(Cell("Servers", leading=True), "1 kB")
    )
    columns = columns_of([row], Look.CARD)
    places = Places.of(row, QRect(0, 0, width, 40), columns, Look.CARD, Qt.LayoutDirection.LeftToRight)
    assert (places.title.width() >= columns.title) is whole
    assert places.title.right() < places.cells[0].left() < places.cells[1].left()


def test_a_row_says_all_that_is_seen(qtbot: QtBot) -> None:
    rows = _shown(qtbot)
    model = rows.model()
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "github, 1 question, 12:10"
    assert Row("a", "x", state=State.WAIT).aloud() == "x, Waiting for you"
    assert Row("a", "x", spoken="said").aloud() == "said"


@pytest.mark.parametrize("look", Look)
def test_a_screen_reader_can_go_to_a_row_and_open_one_in_a_card(look: Look, qtbot: QtBot) -> None:
    rows = _shown(qtbot, look=look)
    told: list[str] = []
    (rows.opened if look is Look.CARD else rows.chosen).connect(told.append)
    item = QAccessible.queryAccessibleInterface(rows).child(1)
    for _ in range(2 if look is Look.CARD else 1):
        item.actionInterface().doAction("Toggle")
    assert told == (["b", "b"] if look is Look.CARD else ["b"])
    assert rows.current_key() == ("" if look is Look.CARD else "b")


def test_going_through_a_card_opens_nothing(qtbot: QtBot) -> None:
    rows = _shown(qtbot, look=Look.CARD)
    with qtbot.assertNotEmitted(rows.opened):
        _press(qtbot, rows, _Key.Key_Down, _Key.Key_Down, _Key.Key_Home)
    assert not rows.selectionModel().hasSelection()


def test_the_menu_key_shows_the_actions(qtbot: QtBot) -> None:
    rows = _shown(qtbot)
    rows.choose("a")
    menu = rows.actions_menu(rows.currentIndex())
    assert menu is not None
    qtbot.addWidget(menu)
    assert [action.text() for action in menu.actions()] == ["Undo", "See"]
    with qtbot.waitSignal(rows.action) as done:
        menu.actions()[1].trigger()
    assert done.args == ["a", "see"]
    assert rows.actions_menu(rows.model().index(1, 0)) is None


def test_the_pointer_shows_which_action_it_is_on(qtbot: QtBot) -> None:
    rows = _shown(qtbot, look=Look.CARD)
    before = rows.viewport().grab().toImage()
    QTest.mouseMove(rows.viewport(), _action_place(rows, 0, 0).center())
    qtbot.waitUntil(lambda: rows.viewport().grab().toImage() != before)
    seen = rows.viewport().grab().toImage()
    assert seen.pixelColor(_action_place(rows, 0, 0).center() - QPoint(0, 9)) == theme().colour("hover")
    QApplication.sendEvent(rows, QEvent(QEvent.Type.Leave))
    QTest.mouseMove(rows.viewport(), _place(rows, 3).center())
    qtbot.waitUntil(lambda: rows.viewport().grab().toImage() != seen)


def test_who_lets_go_beside_an_action_does_not_do_it(qtbot: QtBot) -> None:
    rows = _shown(qtbot, look=Look.CARD)
    with qtbot.assertNotEmitted(rows.action):
        QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=_action_place(rows, 0, 0).center())
        QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=_place(rows, 1).center())


def test_the_menu_opens_where_it_was_asked_for(qtbot: QtBot) -> None:
    rows = _shown(qtbot)
    rows.choose("a")
    for reason in (QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse):
        at = _place(rows, 0).center()
        event = QContextMenuEvent(reason, at, rows.viewport().mapToGlobal(at))
        QApplication.sendEvent(rows.viewport(), event)
        menu = rows.findChildren(QMenu)[-1]
        assert menu.isVisible()
        menu.close()


def test_who_comes_by_tab_is_at_the_first_row(qtbot: QtBot) -> None:
    rows = _shown(qtbot, WITH_HEADINGS)
    with qtbot.waitActive(rows):
        rows.activateWindow()
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: rows.current_key() == "a")
    rows.clearFocus()


def test_the_wheel_is_the_pages_where_all_rows_are_seen(qtbot: QtBot) -> None:
    rows = _shown(qtbot, [Row(str(number), f"Row {number}") for number in range(90)])
    fitting = RowList(Look.PANE, fits_content=True, name="Rows")
    qtbot.addWidget(fitting)
    taken = []
    for each in (rows, fitting):
        wheel = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(0, 0),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(each.viewport(), wheel)
        taken.append(wheel.isAccepted())
    assert taken == [True, False]
    assert rows.sizeHint().height() != fitting.sizeHint().height() == 0


def test_what_works_turns_in_a_list_while_it_is_seen(qtbot: QtBot) -> None:
    rows = _shown(qtbot, [Row("a", "Working", state=State.WORKING)])
    before = rows.viewport().grab().toImage()
    qtbot.waitUntil(lambda: rows.viewport().grab().toImage() != before)
    rows.hide()


def test_a_list_grows_with_the_text(qtbot: QtBot, looks: Appearance) -> None:
    rows = _shown(qtbot, look=Look.CARD)
    looks.use("light", 150)
    qtbot.waitUntil(lambda: rows.sizeHint().height() == 4 * 60)


def _place(rows: RowList, number: int) -> QRect:
    return rows.visualRect(rows.model().index(number, 0))


def _action_place(rows: RowList, number: int, action: int) -> QRect:
    columns = columns_of(rows.rows(), Look.CARD)
    places = Places.of(rows.rows()[number], _place(rows, number), columns, Look.CARD, rows.layoutDirection())
    return places.actions[action]


def _click(qtbot: QtBot, rows: RowList, at: QPoint) -> None:
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_leading_cell_of_two_lines_stands_behind_its_own_title_and_the_line_below_has_all_room() -> None:
    path = Cell("~/.codex/config.toml", mono=True, leading=True)
    rows = [
        Row("a", "Codex CLI", "Adds 2 servers", mark="CX", columns=(path,)),
        Row("b", "X", "New file", columns=(path,)),
    ]
    columns = columns_of(rows, Look.CARD)
    box = QRect(0, 0, 500, 56)
    first, second = (Places.of(row, box, columns, Look.CARD, Qt.LayoutDirection.LeftToRight) for row in rows)
    assert second.cells[0].left() < first.cells[0].left()
    assert (first.cells[0].top(), first.cells[0].right()) == (first.title.top(), first.line.right())
    assert first.line.width() > first.title.width()
