"""List and detail: side by side where there is room, else two steps with a way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.paint import hairline
from aisync_desktop.ui.parts.rows import Look, RowList
from aisync_desktop.ui.theme import restyled, retold, theme

WIDTH = 304
NARROW_BELOW = 960  # of the window
_HYSTERESIS = 16
_NO_LIMIT = (1 << 24) - 1  # what Qt says for it
_WIDEST = 1.4  # a larger text makes the pane wider, but leaves room for the detail


class ListPane(QWidget):
    """A title with small actions, what filters the list, the list, and a foot."""

    def __init__(
        self, title: str, rows: RowList | None = None, *, width: int = WIDTH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._width = width
        self._title = Label(title, "title")
        self.rows = rows or RowList(Look.PANE, name=title)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._title, 1)
        self._top = QVBoxLayout()
        self._top.setSpacing(12)
        self._top.addLayout(self._head)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 1, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._top)
        self._column.addWidget(self.rows, 1)
        self._whole = False
        self._lay_top()
        self._dress()

    def set_title(self, title: str) -> None:
        """Call it something else."""
        self._title.setText(title)
        self.rows.setAccessibleName(title)
        self._lay_top()

    def add_action(self, button: QWidget) -> None:
        """Put a small action behind the title."""
        self._head.addWidget(button)
        self._lay_top()

    def add_top(self, widget: QWidget) -> None:
        """Put a filter below the title."""
        self._top.addWidget(widget)
        self._lay_top()

    def add_below(self, widget: QWidget) -> None:
        """Put a widget below the list: what an empty one says, a quiet foot."""
        self._column.addWidget(widget)

    def set_foot(self, widget: QWidget) -> None:
        """Put a quiet line at the very end."""
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 16, 8)
        foot.addWidget(widget)
        self._column.addLayout(foot)

    def fill(self, *, whole: bool) -> None:
        """Be as wide as there is room, since no detail stands beside it, or as wide as a pane."""
        self._whole = whole
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            self._dress()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line at its end."""
        if self._whole:
            return
        painter = QPainter(self)
        left = 0 if self.isRightToLeft() else self.width() - 1
        painter.fillRect(left, 0, 1, self.height(), theme().colour("hairline"))

    def _lay_top(self) -> None:
        """Leave room above the list only for what is there: a page may name it where the list cannot."""
        titled = bool(self._title.text())
        self._title.setVisible(titled)
        there = titled or self._head.count() > 1 or self._top.count() > 1
        self._top.setContentsMargins(*((24, 24, 16, 12) if there else (0, 0, 0, 0)))

    def _dress(self) -> None:
        if self._whole:
            self.setMinimumWidth(0)
            self.setMaximumWidth(_NO_LIMIT)
        else:
            self.setFixedWidth(round(self._width * min(max(theme().scale, 1.0), _WIDEST)))
        self.update()


class TwoStep(QWidget):
    """A list and the detail of what is chosen in it; in a narrow window one of the two, with a way back."""

    went_back = Signal()

    def __init__(self, pane: ListPane, detail: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pane = pane
        self.detail = detail
        self._narrow = False
        self._at_detail = False
        self._back = Button(self.tr("Back"), Kind.QUIET, "left")
        self._back.clicked.connect(self.show_list)
        self._bar = _BackBar(self._back)
        self._second = QWidget()
        beside = QVBoxLayout(self._second)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self._bar)
        beside.addWidget(detail, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(pane)
        row.addWidget(self._second, 1)
        pane.rows.opened.connect(self._open)
        pane.rows.clicked.connect(self._open_by_click)
        self._show()

    @property
    def narrow(self) -> bool:
        """Whether list and detail are two steps."""
        return self._narrow

    def show_detail(self) -> None:
        """Go to the detail."""
        self._at_detail = True
        self._show()

    def show_list(self) -> None:
        """Go back to the list."""
        self._at_detail = False
        self._show()
        self.pane.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.went_back.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back by Escape."""
        if event.key() == Qt.Key.Key_Escape and not self.pane.rows.hasFocus():
            self.show_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Become two steps, or one view again, a little later than it became two."""
        super().resizeEvent(event)
        width = self.window().width()
        limit = NARROW_BELOW + (_HYSTERESIS if self._narrow else 0)
        if (width < limit) != self._narrow:
            self._narrow = width < limit
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if retold(event):
            self._back.setText(self.tr("Back"))
        super().changeEvent(event)

    def _show(self) -> None:
        self.pane.fill(whole=self._narrow)
        self.pane.setVisible(not self._narrow or not self._at_detail)
        self._bar.setVisible(self._narrow)
        self._second.setVisible(not self._narrow or self._at_detail)

    def _open(self, _key: str) -> None:
        self.show_detail()
        _focus_first(self.detail)

    def _open_by_click(self) -> None:
        if self._narrow and self.pane.rows.current_key():
            self.show_detail()


def _focus_first(inside: QWidget) -> None:
    """Give the focus to the first thing in a widget that one comes to by Tab."""
    for child in inside.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and child.isEnabled():
            child.setFocus(Qt.FocusReason.OtherFocusReason)
            return


class _BackBar(QWidget):
    """The way back, above the detail."""

    def __init__(self, back: Button) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 8, 16, 8)
        row.addWidget(back)
        row.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line below."""
        hairline(QPainter(self), 0, self.width(), self.height() - 1, theme().colour("hairline"))
