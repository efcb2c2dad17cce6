"""The first run by keyboard, in a narrow window, in another language, and in larger letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aisync_desktop.service.operations.syncing import ApplyRequest
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.pages.first_run.page import CHANGES, FOUND, QUESTIONS
from aisync_desktop.ui.theme import Appearance
from tests.ui.pages.first_run.samples import (
    CALM,
    CLIENTS,
    FILES,
)
from tests.ui.pages.first_run.setting import Setting, at_changes, headings

pytestmark = pytest.mark.usefixtures("languages", "appearance")


def test_not_now_closes_the_window_and_writes_nothing(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot)
    page.bar.not_now.click()
    assert not page.isVisible()
    assert setting.of(ApplyRequest) == []


def test_all_of_it_by_keyboard(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot)
    page.activateWindow()
    for step in (QUESTIONS, CHANGES):
        QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert page.step == step
    page.changes.rows.setFocus()
    QTest.keyClick(page.changes.rows, Qt.Key.Key_J)
    assert page.changes.rows.current_key() == f"user|{FILES[1].path}"
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(setting.of(ApplyRequest)) == 1


def test_steps_say_which_they_are(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot)
    page.next.click()
    said = [step.accessibleName() for step in page.bar.steps]
    assert said == ["Step 1 of 3: Found, done", "Step 2 of 3: Questions", "Step 3 of 3: Will change"]
    assert page.bar.now == QUESTIONS + 1
    page.back.click()
    assert page.step == FOUND


def test_in_a_narrow_window_one_sees_the_list_or_a_file(setting: Setting, qtbot: QtBot) -> None:
    page = at_changes(setting, qtbot)
    page.resize(800, 560)
    changes = page.changes
    assert changes.narrow
    assert (changes.rows.isVisible(), changes.detail.isVisible()) == (True, False)
    changes.rows.setFocus()
    QTest.keyClick(changes.rows, Qt.Key.Key_Return)
    assert (changes.rows.isVisible(), changes.detail.isVisible()) == (False, True)
    assert changes.back.hasFocus()
    changes.back.click()
    assert (changes.rows.isVisible(), changes.detail.isVisible()) == (True, False)
    page.resize(1120, 720)
    assert (changes.rows.isVisible(), changes.detail.isVisible()) == (True, True)


def test_it_speaks_another_language_and_grows_at_once(
    setting: Setting, qtbot: QtBot, languages: Languages, appearance: Appearance, qapp: QApplication
) -> None:
    page = setting.show(qtbot)
    languages.use("ko")
    qapp.processEvents()
    assert page.next.text() == "질문 3개로 계속"
    page.next.click()
    languages.use("en")
    qapp.processEvents()
    assert "2 servers are set up in different ways" in headings(page)
    page.next.click()
    languages.use("ko")
    qapp.processEvents()
    assert page.changes.header.title() == "파일 8개가 바뀝니다. 5개는 그대로입니다"
    height = page.bar.height()
    appearance.use("dark", 150)
    qapp.processEvents()
    assert page.bar.height() > height
    assert page.grab().width() == 1120


def test_the_tabulator_goes_through_the_step_and_then_to_its_answers(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot, CALM)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.bar.not_now.setFocus()
    came = list[str]()
    for _ in range(len(CLIENTS) + 1):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget() or page
        came.append(focused.accessibleName() or page.next.text())
    assert came == [*(f"Keep {client.name} in step" for client in CLIENTS), "See what will change"]


def test_a_step_that_nobody_sees_takes_no_focus(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot, CALM)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    check = page.found.rows["codex"].check
    check.setFocus()
    page.resize(800, 560)
    page.grab()
    assert check.hasFocus()


def test_while_it_writes_the_focus_is_on_no_way_out(setting: Setting, qtbot: QtBot) -> None:
    page = at_changes(setting, qtbot)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.next.setFocus()
    setting.around.asks.held = []
    QTest.keyClick(page.next, Qt.Key.Key_Space)
    assert page.progress.isVisible()
    assert page.changes.rows.hasFocus()
