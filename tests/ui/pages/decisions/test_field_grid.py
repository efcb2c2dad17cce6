from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aisync_desktop.sync.applying.questions import Difference, Question
from aisync_desktop.ui.pages.decisions.answer import Answer
from aisync_desktop.ui.pages.decisions.field_grid import FieldGrid
from tests.ui.clashes import POSTGRES

pytestmark = pytest.mark.usefixtures("languages")


@pytest.fixture
def grid(qtbot: QtBot) -> FieldGrid:
    return _shown(POSTGRES, qtbot)


def _shown(question: Question, qtbot: QtBot) -> FieldGrid:
    made = FieldGrid(question)
    qtbot.addWidget(made)
    made.resize(560, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _states(grid: FieldGrid) -> list[str]:
    return [row.state for row in grid.rows]


def test_nothing_is_chosen_where_sides_clash_and_what_does_not_comes_merged(grid: FieldGrid) -> None:
    args, level = grid.rows
    assert not any(cell.isChecked() for cell in args.cells)
    assert [cell.isChecked() for cell in level.cells] == [False, False, True]
    assert level.cells[2].caption() == "Changed here"
    assert _states(grid) == ["Choose one", "Merged"]
    assert grid.open_fields() == ["Arguments"]
    assert grid.answer() == Answer()


def test_each_value_is_a_radio_that_says_field_client_and_value(grid: FieldGrid) -> None:
    level = grid.rows[1]
    names = [cell.accessibleName() for cell in level.cells]
    assert names == ["LOG_LEVEL, Before: info", "LOG_LEVEL, Codex CLI: info", "LOG_LEVEL, Cursor: debug"]
    told = QAccessible.queryAccessibleInterface(level.cells[2])
    assert told.role() is QAccessible.Role.RadioButton
    assert told.state().checked


def test_the_words_that_changed_are_marked_as_they_came_with_the_question(grid: FieldGrid, qtbot: QtBot) -> None:
    args, level = grid.rows
    assert [cell._spans for cell in args.cells] == [(), ((32, 53),), ((32, 44),)]
    assert [cell._spans for cell in level.cells] == [(), (), ((0, 5),)]
    added = Difference(field="env.NEW", sides={"codex": "one two", "cursor": None}, clashes=True)
    (row,) = _shown(POSTGRES.model_copy(update={"base": None, "differences": (added,)}), qtbot).rows
    assert [cell._spans for cell in row.cells if cell.words() != "not set"] == [((0, 7),)]


def test_what_the_user_chooses_is_named_and_only_that(grid: FieldGrid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.changed):
        QTest.mouseClick(grid.rows[0].cells[1], Qt.MouseButton.LeftButton)
    assert grid.answer() == Answer("merged", fields={"args": "codex"})
    assert _states(grid) == ["Your choice", "Merged"]
    grid.rows[1].cells[0].click()
    assert grid.answer() == Answer("merged", fields={"args": "codex", "env.LOG_LEVEL": "base"})
    grid.rows[1].cells[2].click()
    assert grid.answer() == Answer("merged", fields={"args": "codex"})


def test_a_digit_takes_a_column_for_the_focused_field_or_the_first_open_one(grid: FieldGrid) -> None:
    grid.take_column(3, whole=False)
    assert grid.answer().fields == {"args": "cursor"}
    grid.activateWindow()
    grid.rows[1].cells[1].setFocus()
    grid.take_column(1, whole=False)
    assert grid.answer().fields == {"args": "cursor", "env.LOG_LEVEL": "base"}


def test_a_digit_with_shift_takes_a_column_for_all_fields(grid: FieldGrid) -> None:
    grid.take_column(2, whole=True)
    assert grid.answer().fields == {"args": "codex", "env.LOG_LEVEL": "codex"}
    grid.take_column(4, whole=True)
    assert grid.answer().fields == {"args": "codex", "env.LOG_LEVEL": "codex"}


def test_arrows_go_from_value_to_value_of_one_field(grid: FieldGrid) -> None:
    first, second, _ = grid.rows[0].cells
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.isChecked()
    assert grid.answer().fields == {"args": "codex"}


def test_what_is_not_there_is_said_and_can_be_chosen(qtbot: QtBot) -> None:
    gone = Difference(field="cwd", base="/srv", sides={"codex": None, "cursor": "/opt"}, clashes=True)
    grid = _shown(POSTGRES.model_copy(update={"differences": (gone,)}), qtbot)
    assert [cell.words() for cell in grid.rows[0].cells] == ["/srv", "not set", "/opt"]
    grid.take_column(2, whole=False)
    assert grid.answer().fields == {"cwd": "codex"}


def test_a_field_that_all_sides_merge_to_needs_no_choice(qtbot: QtBot) -> None:
    merged = Difference(field="text", base="a", sides={"codex": "b", "cursor": "c"}, merged_from="merged")
    grid = _shown(POSTGRES.model_copy(update={"differences": (merged,)}), qtbot)
    assert grid.answer() == Answer("merged")
    assert _states(grid) == ["Merged"]


def test_many_sides_stand_below_each_other(qtbot: QtBot) -> None:
    sides = tuple(POSTGRES.sides[0].model_copy(update={"take": f"c{n}", "name": f"Client {n}"}) for n in range(6))
    said = {side.take: f"value {side.take}" for side in sides}
    field = Difference(field="command", base="uvx", sides=said, clashes=True)
    grid = _shown(POSTGRES.model_copy(update={"sides": sides, "differences": (field,)}), qtbot)
    cells = grid.rows[0].cells
    assert len(cells) == 7
    assert len({cell.x() for cell in cells}) == 1
    grid.take_column(7, whole=False)
    assert grid.answer().fields == {"command": "c5"}


def test_what_was_chosen_is_chosen_again(qtbot: QtBot) -> None:
    again = _shown(POSTGRES, qtbot)
    again.restore(Answer("merged", fields={"args": "cursor"}))
    assert again.answer().fields == {"args": "cursor"}
