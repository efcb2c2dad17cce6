from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.line_diff import DiffLine, diff_lines
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.parts.diff import DiffView, FileDiff
from aisync_desktop.ui.theme import theme
from tests.ui.parts.gallery import DIFF


def _shown(qtbot: QtBot, lines: list[DiffLine]) -> DiffView:
    view = DiffView("config.toml", lines)
    view.resize(600, 300)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
    return view


def _head(files: FileDiff) -> QAbstractButton:
    return files.findChildren(QAbstractButton)[0]


def test_the_model_is_a_proper_one(qtbot: QtBot, qtmodeltester: Any) -> None:
    view = _shown(qtbot, DIFF)
    qtmodeltester.check(view.model())


def test_lines_and_words_have_their_tints(qtbot: QtBot) -> None:
    view = _shown(qtbot, DIFF)
    picture = view.viewport().grab().toImage()
    look = theme()
    tints = [picture.pixelColor(590, 20 * row + 10) for row in range(len(DIFF))]
    assert tints[:4] == [look.colour(name) for name in ("sunken", "window", "del-bg", "add-bg")]
    words = {picture.pixelColor(x, 20 * 3 + 4).name() for x in range(600)}
    assert look.colour("add-word").name() in words


def test_a_screen_reader_hears_what_the_tint_says(qtbot: QtBot) -> None:
    view = _shown(qtbot, DIFF)
    model = view.model()
    said = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert said[1:] == ['args = ["@playwright/mcp"]', 'removed: mode = "restricted"', 'added: mode = "readonly"']


def test_lines_that_are_left_out_are_counted(qtbot: QtBot, languages: Languages) -> None:
    lines = [DiffLine("…", "", count=1), DiffLine("+", "", new=9, count=2), DiffLine("-", "", old=9, count=1)]
    view = _shown(qtbot, lines)
    model = view.model()
    said = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert said == ["1 line is the same", "2 more lines added", "1 more line removed"]


def test_what_the_engine_tells_can_be_shown(qtbot: QtBot) -> None:
    old, new = "a\nb\nsame\n" * 20, "a\nB\nsame\n" + "a\nb\nsame\n" * 19
    view = _shown(qtbot, list(diff_lines(old, new, 1)))
    assert [line.sign for line in view.lines()] == [" ", "-", "+", " ", "…"]


def test_chosen_lines_are_copied(qtbot: QtBot) -> None:
    view = _shown(qtbot, DIFF)
    for row in (3, 1):
        view.selectionModel().select(view.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == 'args = ["@playwright/mcp"]\nmode = "readonly"'
    QTest.keyClick(view, Qt.Key.Key_Down)


def test_it_is_as_high_as_its_lines_up_to_a_limit(qtbot: QtBot) -> None:
    view = _shown(qtbot, DIFF)
    assert view.sizeHint().height() == 20 * len(DIFF)
    view.set_lines([DiffLine(" ", f"line {number}") for number in range(1000)])
    assert view.sizeHint().height() == 20 * 40
    assert len(view.lines()) == 1000


def test_a_long_line_can_be_scrolled_to_its_end(qtbot: QtBot) -> None:
    view = _shown(qtbot, [DiffLine("+", "x" * 500, None, 1)])
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    assert view.sizeHint().height() > 20


@pytest.mark.parametrize(("lines", "taken"), [(5, False), (1000, True)])
def test_the_wheel_is_the_pages_while_all_lines_are_seen(lines: int, taken: bool, qtbot: QtBot) -> None:
    view = _shown(qtbot, [DiffLine(" ", f"line {number}") for number in range(lines)])
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
    QApplication.sendEvent(view.viewport(), wheel)
    assert wheel.isAccepted() is taken


def test_what_nobody_would_see_is_shown(qtbot: QtBot) -> None:
    seen = _shown(qtbot, [DiffLine("+", "a\u202eb")]).grab().toImage()
    assert seen != _shown(qtbot, [DiffLine("+", "ab")]).grab().toImage()


def test_a_file_folds(qtbot: QtBot) -> None:
    files = FileDiff("~/.codex/config.toml", DIFF, mark="CX")
    qtbot.addWidget(files)
    files.resize(600, 300)
    with qtbot.waitActive(files):
        files.show()
    assert files.findChildren(DiffView) == []  # of many files few are ever unfolded
    with qtbot.waitSignal(files.folded) as folded:
        QTest.mouseClick(_head(files), Qt.MouseButton.LeftButton)
    assert folded.args == [False]
    assert files.is_open()
    assert files.view is not None
    assert files.view.isVisible()
    files.open(wanted=False)
    assert not files.view.isVisible()
    assert not files.grab().isNull()


@pytest.mark.parametrize(
    ("lines", "said"),
    [(DIFF, "a.json, 2 lines added, 1 line removed"), (DIFF[:2], "a.json"), (DIFF[2:3], "a.json, 1 line removed")],
)
def test_a_file_says_how_many_lines_changed(
    lines: list[DiffLine], said: str, qtbot: QtBot, languages: Languages
) -> None:
    files = FileDiff("a.json", lines)
    qtbot.addWidget(files)
    assert _head(files).accessibleName() == said
