from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.footer import Footer
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.parts.toast import Toast, Toasts
from aisync_desktop.ui.theme import Appearance


@pytest.fixture
def window(qtbot: QtBot, looks: Appearance) -> Iterator[QWidget]:
    looks.use("light", reduce_motion=True)
    shown = QWidget()
    shown.resize(1000, 700)
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    yield shown
    looks.use("light")


def _buttons(window: QWidget) -> dict[str, Button]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return {
        button.text() or button.accessibleName(): button for button in window.findChildren(Button) if button.isVisible()
    }


def _box(window: QWidget) -> QWidget:
    box = _buttons(window)["Close"].parentWidget()
    assert box
    return box


def test_a_toast_stands_at_the_lower_end_above_a_footer(window: QWidget, qtbot: QtBot) -> None:
    footer = Footer(window)
    footer.show()
    toasts = Toasts(window)
    toasts.show(Toast("postgres: 4 files written", action="Undo"))
    shown = _box(window)
    assert shown.geometry().bottomRight() == QPoint(1000 - 25, 700 - 25 - 56)
    window.resize(800, 600)
    assert shown.geometry().bottomRight() == QPoint(800 - 25, 600 - 25 - 56)
    assert shown.width() == 360
    assert shown.accessibleName() == "postgres: 4 files written"


def test_it_makes_room_for_a_footer_that_comes_later_and_takes_it_back(window: QWidget, qtbot: QtBot) -> None:
    footer = Footer(window)
    footer.hide()
    toasts = Toasts(window)
    toasts.show(Toast("postgres: 4 files written", action="Undo"))
    shown = _box(window)
    assert shown.geometry().bottom() == 700 - 25
    footer.show()
    qtbot.waitUntil(lambda: shown.geometry().bottom() == 700 - 25 - 56)
    footer.hide()
    qtbot.waitUntil(lambda: shown.geometry().bottom() == 700 - 25)


def test_it_stands_at_the_other_side_where_one_reads_from_there(window: QWidget) -> None:
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    Toasts(window).show(Toast("Written"))
    assert _box(window).x() == 24


def test_its_action_is_done_once_and_it_goes(window: QWidget) -> None:
    done: list[str] = []
    toasts = Toasts(window)
    toasts.show(Toast("Written", action="Undo", on_action=lambda: done.append("undone")))
    _buttons(window)["Undo"].click()
    assert done == ["undone"]
    assert toasts.current() is None
    assert _buttons(window) == {}


def test_the_newest_lies_on_top_and_what_it_covers_comes_back(window: QWidget) -> None:
    toasts = Toasts(window)
    first, second = Toast("One", key="1"), Toast("Two", State.BAD, key="2")
    toasts.show(first)
    toasts.show(second)
    assert toasts.current() == second
    assert len(_buttons(window)) == 1
    _buttons(window)["Close"].click()
    assert toasts.current() == first
    assert len(_buttons(window)) == 1


def test_one_of_the_same_key_takes_the_place_of_the_older(window: QWidget) -> None:
    toasts = Toasts(window)
    toasts.show(Toast("One", key="postgres"))
    toasts.show(Toast("Two", key="postgres"))
    toasts.close("postgres")
    assert toasts.current() is None


def test_it_goes_after_its_time_unless_someone_is_at_it(window: QWidget) -> None:
    toasts = Toasts(window)
    toasts.show(Toast("Written", action="Undo"))
    assert toasts.timer.isActive()
    _buttons(window)["Undo"].setFocus()
    toasts.timer.timeout.emit()
    assert toasts.current() is not None
    _buttons(window)["Undo"].clearFocus()
    toasts.timer.timeout.emit()
    assert toasts.current() is None
    toasts.timer.timeout.emit()  # one that was under way


@pytest.mark.parametrize("toast", [Toast("Not written", State.BAD), Toast("Look at this", stays=True)])
def test_what_failed_stays_until_it_is_closed(toast: Toast, window: QWidget) -> None:
    toasts = Toasts(window)
    toasts.show(toast)
    assert not toasts.timer.isActive()
    QTest.keyClick(_buttons(window)["Close"], Qt.Key.Key_Escape)
    assert toasts.current() is None


def test_it_rises_where_things_may_move(window: QWidget, qtbot: QtBot, looks: Appearance) -> None:
    looks.use("light")
    toasts = Toasts(window)
    toasts.show(Toast("Written"))
    shown = _box(window)
    qtbot.waitUntil(lambda: shown.geometry().bottom() == 700 - 25)
