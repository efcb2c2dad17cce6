"""Lists of rows, in a card or in a pane: one delegate, actions that are painted, and all of it by keyboard alone.

Arrows or J and K go from row to row, Enter opens one; left and right reach the actions of a row, Enter does one, and
the menu key (or the right button) shows them as a menu, which is how a screen reader gets at them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QScrollArea, QSizePolicy, QWidget

from aisync_desktop.ui.parts.row import Cell, Entry, Heading, Row, RowModel
from aisync_desktop.ui.parts.row_painter import NO_ACTION, Drawn, RowPainter
from aisync_desktop.ui.parts.row_places import Look, Places, columns_of, heading_height, row_height
from aisync_desktop.ui.parts.state import State, Turning
from aisync_desktop.ui.style import note_focus, note_key, note_mouse
from aisync_desktop.ui.theme import restyled

__all__ = ["Cell", "Heading", "Look", "Row", "RowList"]

_Key = Qt.Key
_STEPS = {_Key.Key_Down: 1, _Key.Key_J: 1, _Key.Key_Up: -1, _Key.Key_K: -1}
_LETTERS = (_Key.Key_J, _Key.Key_K)


class RowList(QListView):
    """Rows of one look. In a card a click opens a row; in a pane it chooses one, whose detail stands beside it.

    `fits_content` makes it as high as its rows (in a card that scrolls with its page); else it scrolls by itself.
    """

    opened = Signal(str)
    chosen = Signal(str)
    action = Signal(str, str)

    def __init__(
        self,
        look: Look = Look.CARD,
        *,
        fits_content: bool | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.letters = True  # J and K go through the rows
        self._drawn = Drawn(look)
        self._pressed = NO_ACTION
        self._fits = look is Look.CARD if fits_content is None else fits_content
        self._restoring = False
        self._model = RowModel(self)
        self.setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(RowPainter(self, self._drawn))
        self._turning = Turning(self, self._turn)
        self._arrange()
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self.clicked.connect(self._on_click)
        self.doubleClicked.connect(self._on_double_click)

    def set_rows(self, rows: Sequence[Entry]) -> None:
        """Show these, and stay where one is: at the same key, or at the same place if that has gone."""
        key, number, offset = self.current_key(), self.currentIndex().row(), self.verticalScrollBar().value()
        self._measure(rows)
        self._restoring = True
        if self._model.set_entries(rows) and key:
            index = self._model.row_of(key)
            if index.isValid():
                self._go(index)
            self.verticalScrollBar().setValue(offset)
        self._restoring = False
        if key and not self.current_key():
            self._choose_near(number)
        self._turning.allow(wanted=self._has_working() and self.isVisible())
        self.updateGeometry()
        self.viewport().update()

    def rows(self) -> list[Row]:
        """Return the rows, without headings."""
        return [entry for entry in self._model.entries if isinstance(entry, Row)]

    def current_key(self) -> str:
        """Return the key of the row that one is at, or nothing."""
        row = self._row_at(self.currentIndex())
        return row.key if row else ""

    def choose(self, key: str) -> bool:
        """Go to a row; return whether there is one."""
        index = self._model.row_of(key)
        if index.isValid():
            self._go(index)
            self.scrollTo(index)
        return index.isValid()

    def step(self, by: int) -> bool:
        """Go to the next or the previous row that can be chosen; return whether there is one."""
        entries, number = self._model.entries, self.currentIndex().row()
        number = number + by if number >= 0 else (0 if by > 0 else len(entries) - 1)
        while 0 <= number < len(entries):
            entry = entries[number]
            if isinstance(entry, Row) and entry.enabled:
                self._go(self._model.index(number))
                self.scrollTo(self.currentIndex())
                self._reveal()
                return True
            number += by
        return False

    def set_corners(self, *, top: bool, bottom: bool) -> None:
        """Round the first and the last row, as the card around them is."""
        self._drawn.corners = (top, bottom)

    def keep_selected(self) -> None:
        """Show the selection as if the list had the focus, even if it has not; in a card, have one at all."""
        self._drawn.always_selected = True

    def sizeHint(self) -> QSize:
        """Return, if it fits its content, the height of all rows."""
        hint = super().sizeHint()
        return QSize(hint.width(), self._height()) if self._fits else hint

    def minimumSizeHint(self) -> QSize:
        """Return that it is never lower than its rows, if it fits them."""
        return QSize(120, self._height()) if self._fits else QSize(120, self._row_height())

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in the theme's fonts."""
        if restyled(event):
            self._measure(self._model.entries)
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Turn what works while it is seen."""
        super().showEvent(event)
        self._turning.allow(wanted=self._has_working())

    def hideEvent(self, event: QHideEvent) -> None:
        """Let it stand."""
        super().hideEvent(event)
        self._turning.allow(wanted=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the first row for who comes by keyboard."""
        super().focusInEvent(event)
        note_focus(self, event.reason())
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and not self.current_key():
            self.step(1)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the actions of a row."""
        super().focusOutEvent(event)
        self._drawn.focused_action = -1
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through rows and their actions."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and key in _STEPS and (self.letters or key not in _LETTERS):
            note_key(self)
            self.step(_STEPS[key])
        elif plain and key in (_Key.Key_Left, _Key.Key_Right) and self._reach_action(key):
            note_key(self)
        elif plain and key in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space) and self.current_key():
            self._do_current()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press an action, or what lies below it."""
        note_mouse(self)
        self._pressed = self._action_at(event.position().toPoint())
        if self._pressed == NO_ACTION or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do the action that was pressed."""
        pressed, self._pressed = self._pressed, NO_ACTION
        if pressed == NO_ACTION:
            super().mouseReleaseEvent(event)
        elif pressed == self._action_at(event.position().toPoint()):
            self._do(*pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which action the pointer is on."""
        super().mouseMoveEvent(event)
        hovered = self._action_at(event.position().toPoint())
        if hovered != self._drawn.hovered:
            self._drawn.hovered = hovered
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget where the pointer was."""
        self._drawn.hovered = NO_ACTION
        super().leaveEvent(event)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Return that nothing is selected by going through rows that are opened and not chosen."""
        return super().selectionCommand(index, event) if self._selects() else QItemSelectionModel.SelectionFlag.NoUpdate

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by itself only if it has something to scroll."""
        if self._fits:
            event.ignore()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the actions of a row as a menu."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if menu := self.actions_menu(index):
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).center()))

    def actions_menu(self, index: QModelIndex) -> QMenu | None:
        """Return the actions of a row as a menu, if it has any."""
        row = self._row_at(index)
        if not row or not row.actions or not row.enabled:
            return None
        menu = QMenu(self)
        for name, words in row.actions:
            menu.addAction(words).triggered.connect(lambda _=False, n=name, k=row.key: self.action.emit(k, n))
        return menu

    def _arrange(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if self._fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _measure(self, entries: Sequence[Entry]) -> None:
        rows = [entry for entry in entries if isinstance(entry, Row)]
        self._drawn.two_lines = any(row.line for row in rows)
        self._drawn.columns = columns_of(rows, self._drawn.look)
        self.setUniformItemSizes(len(rows) == len(entries))

    def _row_height(self) -> int:
        return row_height(self._drawn.look, two_lines=self._drawn.two_lines)

    def _turn(self, frame: int) -> None:
        self._drawn.frame = frame
        self.viewport().update()

    def _height(self) -> int:
        rows = len(self.rows())
        return rows * self._row_height() + (len(self._model.entries) - rows) * heading_height()

    def _has_working(self) -> bool:
        return any(row.state is State.WORKING for row in self.rows())

    def _row_at(self, index: QModelIndex) -> Row | None:
        entry = self._model.entries[index.row()] if index.isValid() else None
        return entry if isinstance(entry, Row) else None

    def _go(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)

    def _choose_near(self, number: int) -> None:
        """Go to what stands now where one was."""
        entries = self._model.entries
        for candidate in (*range(max(number, 0), len(entries)), *range(min(number, len(entries)) - 1, -1, -1)):
            entry = entries[candidate]
            if isinstance(entry, Row) and entry.enabled:
                self._go(self._model.index(candidate))
                return

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._drawn.focused_action = -1
        row = self._row_at(current)
        if row and not self._restoring:
            self.chosen.emit(row.key)

    def _selects(self) -> bool:
        return self._drawn.look is Look.PANE or self._drawn.always_selected

    def _on_selected(self, selected: QItemSelection) -> None:
        """Follow a screen reader, which can do nothing to a row but select it: go there or, in a card, open it."""
        index = next(iter(selected.indexes()), QModelIndex())
        if not self._selects():
            self.selectionModel().clearSelection()
            self._on_click(index)
        elif index.isValid() and index != self.currentIndex():
            self._go(index)

    def _on_click(self, index: QModelIndex) -> None:
        row = self._row_at(index)
        if row and row.enabled and self._drawn.look is Look.CARD:
            self.opened.emit(row.key)

    def _on_double_click(self, index: QModelIndex) -> None:
        row = self._row_at(index)
        if row and row.enabled and self._drawn.look is Look.PANE:
            self.opened.emit(row.key)

    def _do_current(self) -> None:
        if self._drawn.focused_action >= 0:
            self._do(self.currentIndex().row(), self._drawn.focused_action)
        else:
            self.opened.emit(self.current_key())

    def _do(self, number: int, action: int) -> None:
        row = self._row_at(self._model.index(number))
        if row:
            self.action.emit(row.key, row.actions[action][0])

    def _reach_action(self, key: Qt.Key) -> bool:
        row = self._row_at(self.currentIndex())
        if not row or not row.actions:
            return False
        forward = (key is _Key.Key_Right) != self.isRightToLeft()
        self._drawn.focused_action = min(
            max(self._drawn.focused_action + (1 if forward else -1), -1), len(row.actions) - 1
        )
        self.viewport().update()
        return True

    def _action_at(self, point: QPoint) -> tuple[int, int]:
        """Return row and action at a point: what is seen there, since a row that is pointed at shows its actions."""
        index = self.indexAt(point)
        row = self._row_at(index)
        if not row or not row.actions or not row.enabled:
            return NO_ACTION
        places = Places.of(row, self.visualRect(index), self._drawn.columns, self._drawn.look, self.layoutDirection())
        return next(((index.row(), n) for n, place in enumerate(places.actions) if place.contains(point)), NO_ACTION)

    def _reveal(self) -> None:
        """Scroll the page around a list that does not scroll by itself."""
        parent = self.parentWidget() if self._fits else None
        while parent and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if isinstance(parent, QScrollArea) and (inside := parent.widget()):
            rect = QRect(self.visualRect(self.currentIndex()))
            middle = self.viewport().mapTo(inside, rect.center())
            parent.ensureVisible(middle.x(), middle.y(), 0, rect.height())
