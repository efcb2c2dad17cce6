"""Lines as they would be started or written, each whole: one that is longer than its room wraps wherever it must."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from aisync_desktop.ui.parts.paint import fill_box
from aisync_desktop.ui.theme import restyled, theme

_INDENT = 24
_PAD = 8


class CommandLines(QWidget):
    """Plain lines on sunken ground; they are drawn, never interpreted."""

    def __init__(self, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = tuple(lines)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("\n".join(self.lines))

    def hasHeightForWidth(self) -> bool:
        """Return that lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high all lines are."""
        return self._walk(width, None)

    def sizeHint(self) -> QSize:
        """Return the size in a usual room."""
        return QSize(320, self.heightForWidth(320))

    def minimumSizeHint(self) -> QSize:
        """Return that lines wrap in any room."""
        return QSize(96, theme().line("mono"))

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them."""
        del event
        painter = QPainter(self)
        fill_box(painter, self.rect().adjusted(_INDENT, 0, 0, 0), 6, theme().colour("sunken"))
        painter.setPen(theme().colour("text"))
        self._walk(self.width(), painter)

    def _walk(self, width: int, painter: QPainter | None) -> int:
        """Lay out each line, and draw it if that is wanted; return the height of all."""
        look = theme()
        top = look.px(_PAD)
        for each in self.lines:
            laid = QTextLayout(each, look.font("mono"))
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
            option.setTextDirection(Qt.LayoutDirection.LeftToRight)
            laid.setTextOption(option)
            laid.beginLayout()
            while (row := laid.createLine()).isValid():
                row.setLineWidth(max(1, width - _INDENT - 2 * look.px(_PAD)))
                row.setPosition(QPointF(0, top))
                top += look.line("mono")
            laid.endLayout()
            if painter is not None:
                laid.draw(painter, QPointF(_INDENT + look.px(_PAD), 0))
        return top + look.px(_PAD)
