"""The palette: what fits what was typed, by keyboard alone, and what comes of a choice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.service.operations.looking import Items, ItemsRequest
from aisync_desktop.sync.reports.matrix import ItemReport
from aisync_desktop.ui.shell.find import Finder
from aisync_desktop.ui.shell.finding import Found, search
from aisync_desktop.ui.shell.palette import Palette
from tests.ui.frames import FakeFrame
from tests.ui.samples import WAITING

pytestmark = pytest.mark.usefixtures("languages", "appearance")

_Key = Qt.Key
ALL = [
    Found("home", "Home", "Page"),
    Found("sync", "Sync now", "Command", mark=">", keys="Ctrl+R"),
    Found("codex", "Codex CLI", "Client", mark="@", more="codex"),
    Found("github", "github", "Item", mark="#", more="For web-shop"),
    Found("gone", "Gone now", "Command", mark=">", enabled=False),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["home", "sync", "codex", "github"]),
        ("c", ["codex", "sync"]),  # a beginning before a middle
        ("cli", ["codex"]),
        ("now sync", ["sync"]),
        (">", ["sync"]),
        ("@cod", ["codex"]),
        ("# git", ["github"]),
        ("# cod", []),
        ("WEB-SHOP", ["github"]),
        ("gone", []),
        ("sync nowhere", []),
    ],
)
def test_what_fits_is_found_best_first(typed: str, found: list[str]) -> None:
    assert [one.key for one in search(typed, ALL, 8)] == found


@given(st.text(max_size=20), st.integers(min_value=0, max_value=5))
def test_whatever_is_typed_no_more_than_wanted_is_found_and_each_once(typed: str, most: int) -> None:
    found = search(typed, ALL, most)
    assert len(found) <= most
    assert len({one.key for one in found}) == len(found)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(900, 600)
    made.field = QLineEdit(made)  # type: ignore[attr-defined] # it has the focus before
    QVBoxLayout(made).addWidget(made.field)  # type: ignore[attr-defined] # it has the focus before
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def palette(window: QWidget) -> Palette:
    return Palette(window)


def _titles(palette: Palette) -> list[str]:
    return [row.title for row in palette.rows.rows()]


def test_it_is_run_by_keyboard_alone(palette: Palette, qtbot: QtBot) -> None:
    palette.open(ALL)
    QTest.keyClicks(palette.field, "c")
    assert _titles(palette) == ["Codex CLI", "Sync now"]
    assert palette.rows.current_key() == "codex"
    QTest.keyClick(palette.field, _Key.Key_Down)
    with qtbot.waitSignal(palette.picked) as picked:
        QTest.keyClick(palette.field, _Key.Key_Return)
    assert picked.args == ["sync"]
    assert not palette.isVisible()


def test_escape_and_a_click_beside_it_leave_and_give_the_focus_back(palette: Palette, window: QWidget) -> None:
    before = window.focusWidget()
    leave: list[Callable[[], object]] = [
        lambda: QTest.keyClick(palette.field, _Key.Key_Escape),
        lambda: QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(3, 3)),
    ]
    for one in leave:
        palette.open(ALL)
        assert window.focusWidget() is palette.field
        one()
        assert not palette.isVisible()
        assert window.focusWidget() is before


def test_where_nothing_fits_nothing_is_picked(palette: Palette, qtbot: QtBot) -> None:
    palette.open(ALL)
    QTest.keyClicks(palette.field, "zzz")
    assert _titles(palette) == []
    with qtbot.assertNotEmitted(palette.picked):
        QTest.keyClick(palette.field, _Key.Key_Return)
    assert palette.isVisible()


def test_it_covers_the_window_and_follows_its_size(palette: Palette, window: QWidget, qtbot: QtBot) -> None:
    palette.open(ALL)
    window.resize(1000, 500)
    qtbot.waitUntil(lambda: palette.size() == window.size())


def test_pages_commands_clients_and_items_are_found_and_chosen(window: QWidget, palette: Palette, qtbot: QtBot) -> None:
    went: list[str] = []
    items = (
        ItemReport(scope="user", kind="mcp", name="files", fields=None, decision="", clients=()),
        ItemReport(scope="user", kind="mcp", name="github", fields=None, decision="7", clients=()),
    )
    around = FakeFrame(lambda request: Items(items=items) if isinstance(request, ItemsRequest) else None)
    around.actions.set_status(WAITING)
    finder = Finder(around.asks, around.actions, palette, went.append)
    finder.set_status(WAITING)
    finder.open()
    for typed, route in (("Permis", "permissions"), ("#github", "decisions/7"), ("#files", "library/user/mcp/files")):
        finder.open()
        QTest.keyClicks(palette.field, typed)
        QTest.keyClick(palette.field, _Key.Key_Return)
        assert went[-1] == route
    finder.open()
    QTest.keyClicks(palette.field, "@codex")
    assert _titles(palette) == ["Codex CLI"]
    palette.field.setText(">sync now")
    with qtbot.waitSignal(around.actions.sync_requested):
        QTest.keyClick(palette.field, _Key.Key_Return)
