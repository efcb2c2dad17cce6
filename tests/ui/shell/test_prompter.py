from __future__ import annotations

import ast
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.scroll import PageScroll
from aisync_desktop.ui.shell.prompter import AskDialog, QtPrompter, Question
from tests.helpers.project import modules

_QUESTION = Question("Title", "Text with <b>tags</b>", "Detail", "&Do it", "&Leave it")


_FEW = 6


def _scrolls(scroll: PageScroll, wanted: bool) -> bool:
    return (scroll.verticalScrollBar().maximum() > 0) is wanted


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def _box(parent: QWidget) -> AskDialog:
    (box,) = parent.findChildren(AskDialog)
    return box


@pytest.mark.parametrize(("label", "answer"), [("&Do it", True), ("&Leave it", False)])
def test_the_answer_is_the_button(label: str, answer: bool, parent: QWidget, qtbot: QtBot) -> None:
    answers: list[bool] = []
    QtPrompter().ask(parent, _QUESTION, answers.append)
    (button,) = [button for button in _box(parent).findChildren(QAbstractButton) if button.text() == label]
    button.click()
    qtbot.waitUntil(lambda: answers == [answer])


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_enter_accepts_and_escape_refuses(key: Qt.Key, answer: bool, parent: QWidget, qtbot: QtBot) -> None:
    answers: list[bool] = []
    QtPrompter().ask(parent, _QUESTION, answers.append)
    QTest.keyClick(_box(parent), key)
    qtbot.waitUntil(lambda: answers == [answer])


@pytest.mark.parametrize(
    ("key", "answered"), [(Qt.Key.Key_Return, [True]), (Qt.Key.Key_Escape, []), (None, [])], ids=["enter", "esc", "x"]
)
def test_where_to_refuse_does_something_escape_does_nothing(
    key: Qt.Key | None, answered: list[bool], parent: QWidget, qtbot: QtBot
) -> None:
    answers: list[bool] = []
    QtPrompter().ask(parent, replace(_QUESTION, cancel="&Stay"), answers.append)
    box = _box(parent)
    with qtbot.waitSignal(box.finished):
        if key is None:
            box.close()
        else:
            QTest.keyClick(box, key)
    assert answers == answered


def test_a_question_blocks_its_window_only_and_never_the_program(parent: QWidget) -> None:
    QtPrompter().ask(parent, _QUESTION, lambda _: None)
    assert _box(parent).windowModality() is Qt.WindowModality.WindowModal


def test_what_is_shown_is_text_whatever_it_looks_like(parent: QWidget) -> None:
    QtPrompter().ask(parent, _QUESTION, lambda _: None)
    (said,) = [one for one in _box(parent).findChildren(QLabel) if one.text() == _QUESTION.text]
    assert said.textFormat() is Qt.TextFormat.PlainText


def test_it_is_as_high_as_what_it_says_and_no_higher_than_the_screen(parent: QWidget, qtbot: QtBot) -> None:
    heights = []
    for lines in (1, _FEW, 2000):
        QtPrompter().ask(parent, replace(_QUESTION, detail="words\n" * lines, cancel="Stay"), lambda _: None)
        dialog = parent.findChildren(AskDialog)[-1]
        heights.append(dialog.height())
        (scroll,) = dialog.findChildren(PageScroll)
        qtbot.waitUntil(partial(_scrolls, scroll, lines > _FEW))
    screen = parent.screen().availableGeometry().height()
    assert heights[0] < heights[1] < heights[2] < screen
    buttons = [one.text() for one in parent.findChildren(AskDialog)[-1].findChildren(Button)]
    assert buttons == ["Stay", "&Leave it", "&Do it"]


def test_nobody_opens_message_boxes() -> None:
    users = {
        path.stem
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "QMessageBox"
    }
    assert users == set()
