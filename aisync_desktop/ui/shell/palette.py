"""The palette (Ctrl K): find a page, a client or an item, or run a command, from everywhere by a few letters.

It is a part of the window, over a scrim, and not a window of its own: on Wayland nobody may place one.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from aisync_desktop.ui.parts.rows import Look, Row, RowList
from aisync_desktop.ui.shell.finding import Found, search
from aisync_desktop.ui.theme import retold, theme

_WIDTH = 576
_TOP = 96
_MOST = 8
_FIELD = 48


class Palette(QWidget):
    """Signal: picked(the key of what was chosen)."""

    picked = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.field = QLineEdit(self)
        self.rows = RowList(Look.PANE, fits_content=True, parent=self)
        self._box = QWidget(self)
        self._all: Sequence[Found] = ()
        self._before: QWidget | None = None
        column = QVBoxLayout(self._box)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.field)
        column.addWidget(self.rows)
        self.field.setFrame(False)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.rows.opened.connect(self._pick)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self._say()
        self.hide()

    def open(self, all_of_it: Sequence[Found]) -> None:
        """Show it, empty, over the window."""
        self._all = all_of_it
        if not self.isVisible():
            self._before = self.window().focusWidget()
            self.field.clear()
        self._search()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_found(self, all_of_it: Sequence[Found]) -> None:
        """Search in this from now on: some of it had to be looked up."""
        self._all = all_of_it
        self._search()

    def dismiss(self) -> None:
        """Go, and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the size of the window; and have the field's keys go through the list."""
        if watched is self.window() and event.type() is QEvent.Type.Resize:
            self._place()
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where somebody clicks beside it."""
        if not self._box.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scrim, and the box."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().scrim())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme().colour("hairline-strong"))
        painter.setBrush(theme().colour("raised"))
        painter.drawRoundedRect(self._box.geometry().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in use."""
        if retold(event):
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        self.setAccessibleName(self.tr("Find or run"))
        self.field.setAccessibleName(self.tr("Find or run"))
        self.field.setPlaceholderText(self.tr("Find or run: > commands, # items, @ clients"))
        self.rows.setAccessibleName(self.tr("What was found"))

    def _place(self) -> None:
        window = self.window()
        self.setGeometry(window.rect())
        width = min(theme().px(_WIDTH), window.width() - 32)
        self.field.setFixedHeight(theme().px(_FIELD) - 16)
        height = self._box.sizeHint().height()
        self._box.setGeometry(QRect((window.width() - width) // 2, min(_TOP, window.height() // 8), width, height))
        self.update()

    def _search(self) -> None:
        found = search(self.field.text(), self._all, _MOST)
        rows = [
            Row(one.key, one.title, glyph=one.glyph, trail=one.keys or one.group, columns=_beside(one)) for one in found
        ]
        self.rows.set_rows(rows)
        if rows:
            self.rows.choose(rows[0].key)
        self._place()

    def _key(self, key: Qt.Key) -> bool:
        """Do what a key in the field means to the list; return whether it was one for it."""
        match key:
            case Qt.Key.Key_Escape:
                self.dismiss()
            case Qt.Key.Key_Down:
                self.rows.step(1)
            case Qt.Key.Key_Up:
                self.rows.step(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self.rows.current_key():
                    self._pick(self.rows.current_key())
            case _:
                return False
        return True

    def _pick(self, key: str) -> None:
        self.dismiss()
        self.picked.emit(key)


def _beside(one: Found) -> tuple[str, ...]:
    return (one.more,) if one.more else ()
