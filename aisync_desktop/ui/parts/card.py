"""Cards, which lie on the window, and sections, which have a heading above their content."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from aisync_desktop.ui.parts.badge import Badge
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.paint import fill_box, hairline
from aisync_desktop.ui.parts.rows import RowList
from aisync_desktop.ui.theme import theme

RADIUS = 8
_INSET = 16


class Card(QWidget):
    """A column of widgets with hairlines between them."""

    def __init__(self, *content: QWidget, line: str = "hairline", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._has_lists = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(1)
        for widget in content:
            self.add(widget)

    def add(self, content: QWidget | QLayout, *, padding: tuple[int, int] | None = None, stretch: int = 0) -> None:
        """Put a widget (or a layout) below what is there, with so much room at its sides and above and below it."""
        if padding is not None or isinstance(content, QLayout):
            content = _Padded(content, padding or (0, 0))
        self._column.addWidget(content, stretch)
        self._has_lists |= isinstance(content, RowList)
        if self._has_lists:
            self._round_lists()

    def set_line(self, line: str) -> None:
        """Take on a frame in another colour ("wait" for an approval)."""
        self._line = line
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and the lines between what it holds."""
        look = theme()
        painter = QPainter(self)
        fill_box(painter, self.rect(), RADIUS, look.colour("card"), look.colour(self._line))
        shown = [widget for widget in self._content() if not widget.isHidden()]
        for widget in shown[1:]:
            hairline(painter, _INSET, self.width() - _INSET, widget.y() - 1, look.colour("hairline"))

    def _content(self) -> list[QWidget]:
        items = (self._column.itemAt(number) for number in range(self._column.count()))
        return [widget for item in items if item and (widget := item.widget())]

    def _round_lists(self) -> None:
        """Tell lists whether their corners are the card's."""
        content = self._content()
        for widget in content:
            if isinstance(widget, RowList):
                widget.set_corners(top=widget is content[0], bottom=widget is content[-1])


class _Padded(QWidget):
    """Room around a widget or a layout."""

    def __init__(self, content: QWidget | QLayout, padding: tuple[int, int]) -> None:
        super().__init__()
        level, upright = padding
        box = QVBoxLayout(self)
        box.setContentsMargins(level, upright, level, upright)
        if isinstance(content, QLayout):
            box.addLayout(content)
        else:
            box.addWidget(content)


class Section(QWidget):
    """A heading, with a count and small actions, above any content."""

    def __init__(
        self,
        title: str,
        content: QWidget | None = None,
        *,
        badge: Badge | None = None,
        note: str = "",
        trailing: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = Label(title, "heading")
        self._note = Label(note, "small", "text-2")
        self._note.setVisible(bool(note))
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._title)
        if badge:
            self._head.addWidget(badge)
        self._head.addWidget(self._note)
        self._head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(self._head)
        if trailing:
            self.add_trailing(trailing)
        if content:
            self.set_content(content)

    def set_title(self, title: str) -> None:
        """Call it something else."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """Say something quiet beside the title ("7 of 15")."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def add_trailing(self, widget: QWidget) -> None:
        """Put a small action at the end of the heading's line."""
        self._head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_content(self, content: QWidget) -> None:
        """Put this below the heading."""
        if self._column.count() > 1 and (old := self._column.takeAt(1)) and (widget := old.widget()):
            widget.hide()
            widget.deleteLater()
        self._column.addWidget(content, 1)
