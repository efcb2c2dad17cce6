"""The body of a page, which scrolls when it is higher than the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

WIDE, NARROW = 24, 16
_NARROW_BELOW = 560  # pixels of the page itself: a window of 960 less what stands beside it


class PageScroll(QScrollArea):
    """A column of blocks, 16 apart, inside the margins of a page."""

    def __init__(
        self, *content: QWidget, spacing: int = 16, margins: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._margins = margins
        self._narrow = False
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setSpacing(spacing)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        body.setAutoFillBackground(False)
        self._keep_margins()
        for widget in content:
            self.add(widget)

    def add(self, content: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a block below what is there."""
        if isinstance(content, QLayout):
            self.column.addLayout(content, stretch)
        else:
            self.column.addWidget(content, stretch)

    def add_stretch(self) -> None:
        """Keep what follows, or the room below all, apart from what is there."""
        self.column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take smaller margins where there is little room."""
        narrow = event.size().width() < _NARROW_BELOW
        if narrow != self._narrow:
            self._narrow = narrow
            self._keep_margins()
        super().resizeEvent(event)

    def _keep_margins(self) -> None:
        side = 0 if not self._margins else NARROW if self._narrow else WIDE
        self.column.setContentsMargins(side, side, side, side)
