"""What several parts draw alike: rounded boxes, hairlines, lines of text."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPen

_Align = Qt.AlignmentFlag


def fill_box(
    painter: QPainter, rect: QRect, radius: float, fill: QColor | None, line: QColor | None = None, width: float = 1
) -> None:
    """Draw a rounded box, its line inside the rectangle and on whole pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)
    box = QRectF(rect)
    if line:
        painter.setPen(QPen(line, width))
        box.adjust(width / 2, width / 2, -width / 2, -width / 2)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def hairline(painter: QPainter, left: int, right: int, top: int, colour: QColor) -> None:
    """Draw a level line of one pixel, from left to right."""
    painter.fillRect(QRectF(left, top, right - left, 1 / painter.device().devicePixelRatio()), colour)


def draw_words(
    painter: QPainter, rect: QRect, words: str, font: QFont, colour: QColor, align: Qt.AlignmentFlag = _Align.AlignLeft
) -> None:
    """Draw one line in the middle of a rectangle, with an ellipsis where it ends too early."""
    painter.setFont(font)
    painter.setPen(colour)
    cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | _Align.AlignVCenter | Qt.TextFlag.TextSingleLine, cut)


def width_of(words: str, font: QFont) -> int:
    """Return how wide a line is, rounded up so that it is whole in a box of that width."""
    return ceil(QFontMetricsF(font).horizontalAdvance(words))
