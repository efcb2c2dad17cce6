"""What a screen reader gets of each page in each state: all that can be operated has a name and says what it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleTableCellInterface
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.scenes import SCENES, Scene

pytestmark = pytest.mark.usefixtures("languages", "appearance")

_Role = QAccessible.Role
_NO_ROLES = {_Role.NoRole, _Role.Client, _Role.LayeredPane, _Role.Pane, _Role.Grouping}  # a mere place
_OPERATED = {
    _Role.Button,
    _Role.ButtonDropDown,
    _Role.ButtonMenu,
    _Role.CheckBox,
    _Role.ComboBox,
    _Role.EditableText,
    _Role.Link,
    _Role.List,
    _Role.ListItem,
    _Role.RadioButton,
    _Role.SpinBox,
    _Role.Table,
    _Role.Tree,
    _Role.TreeItem,
}


def seen(thing: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Yield it and all in it that is on the screen."""
    if not thing.isValid() or thing.state().invisible:
        return
    yield thing
    for number in range(thing.childCount()):
        child = thing.child(number)
        if child is not None:
            yield from seen(child)


def untold(window: QWidget) -> list[str]:
    """Return what can be operated and has no name, or does not say what it is."""
    return [
        f"{thing.role().name} {_name(thing)!r} {type(thing.object()).__name__}"
        for thing in seen(QAccessible.queryAccessibleInterface(window))
        if _is_operated(thing) and (not _has_words(thing) or thing.role() in _NO_ROLES)
    ]


def _is_operated(thing: QAccessibleInterface) -> bool:
    return thing.role() in _OPERATED or bool(thing.state().focusable)


def _has_words(thing: QAccessibleInterface) -> bool:
    """Return whether it says something; of a row of cells, the first does."""
    cell: QAccessibleTableCellInterface | None = thing.tableCellInterface()
    return bool(_name(thing) or (cell and cell.columnIndex() > 0))


def _name(thing: QAccessibleInterface) -> str:
    return thing.text(QAccessible.Text.Name).strip()


@pytest.mark.parametrize("scene", SCENES, ids=lambda one: one.name)
def test_all_that_can_be_operated_has_a_name_and_a_role(scene: Scene, qtbot: QtBot) -> None:
    for state, make in scene.states.items():
        window = make()
        qtbot.addWidget(window)
        window.show()
        for _ in range(5):
            QApplication.processEvents()
        assert untold(window) == [], state
        window.hide()


def test_what_has_no_name_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit())
    named = QLineEdit()
    named.setAccessibleName("Name")
    column.addWidget(named)
    window.show()
    assert untold(window) == ["EditableText '' QLineEdit"]
