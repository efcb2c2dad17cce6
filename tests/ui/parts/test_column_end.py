"""Long columns: some at once, more once their end is seen, never many in one turn of the event loop."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.parts.column_end import ColumnEnd

pytestmark = pytest.mark.usefixtures("qapp")


class _Column(QScrollArea):
    """A column of boxes that scrolls, and after each turn how many are there."""

    def __init__(self, count: int) -> None:
        super().__init__()
        body = QWidget()
        self.boxes: list[QWidget] = []
        self.turns: list[int] = []
        self._rows = QVBoxLayout(body)
        self.end = _End(self._make(count), self)
        self.end.go_on()
        self._rows.addWidget(self.end)
        self._rows.addStretch()
        self.setWidgetResizable(True)
        self.setWidget(body)
        self.resize(200, 300)

    def to_the_end(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def _make(self, count: int) -> Iterator[None]:
        for _ in range(count):
            box = QWidget()
            box.setFixedHeight(50)
            self._rows.insertWidget(len(self.boxes), box)
            self.boxes.append(box)
            yield


class _End(ColumnEnd):
    def __init__(self, makes: Iterator[None], column: _Column) -> None:
        self._counted = column
        super().__init__(makes, at_once=4)

    def go_on(self) -> None:
        super().go_on()
        self._counted.turns.append(len(self._counted.boxes))


def test_no_more_is_made_than_is_seen_and_not_all_of_it_in_one_turn(qtbot: QtBot) -> None:
    column = _Column(100)
    qtbot.addWidget(column)
    assert column.turns == [4]
    with qtbot.waitExposed(column):
        column.show()
    qtbot.waitUntil(lambda: len(column.boxes) * 50 > column.height())
    for _ in range(10):
        qtbot.wait(0)
    assert column.turns == [4, 8]


def test_the_rest_comes_with_the_scrolling_and_then_the_end_goes(qtbot: QtBot) -> None:
    column = _Column(30)
    qtbot.addWidget(column)
    with qtbot.waitExposed(column):
        column.show()

    def all_there() -> bool:
        column.to_the_end()
        return len(column.boxes) == 30 and column.end.isHidden()

    qtbot.waitUntil(all_there)
    assert column.turns == [4, 8, 12, 16, 20, 24, 28, 30]


def test_a_short_column_is_whole_at_once(qtbot: QtBot) -> None:
    column = _Column(3)
    qtbot.addWidget(column)
    assert (column.turns, column.end.isHidden()) == ([3], True)
