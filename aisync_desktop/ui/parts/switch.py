"""A switch, which acts at once."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QRect, QSize, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from aisync_desktop.ui.parts.paint import fill_box
from aisync_desktop.ui.parts.ring import Ring
from aisync_desktop.ui.theme import duration, restyled, theme


class Switch(QAbstractButton):
    """On or off; `name` says what of, since its words stand beside it."""

    def __init__(self, name: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(on)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        Ring(self, 12)
        self._way = QVariantAnimation(self)
        self._way.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._way.valueChanged.connect(self._move)
        self._at = 1.0 if on else 0.0
        self.toggled.connect(self._slide)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(theme().px(32), theme().px(18))

    def minimumSizeHint(self) -> QSize:
        """Return that it is never smaller than it is."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track, and the knob where it is."""
        look = theme()
        painter = QPainter(self)
        track = "hairline-strong" if not self.isEnabled() else "accent" if self.isChecked() else "outline"
        fill_box(painter, self.rect(), self.height() / 2, look.colour(track))
        inset = look.px(2)
        side = self.height() - 2 * inset
        way = self.width() - 2 * inset - side
        at = 1 - self._at if self.isRightToLeft() else self._at
        knob = QRect(inset + round(way * at), inset, side, side)
        fill_box(painter, knob, side / 2, look.colour("text-on-accent"))

    def _slide(self, on: bool) -> None:
        self._way.stop()
        self._way.setDuration(duration("switch") if self.isVisible() else 0)
        self._way.setStartValue(self._at)
        self._way.setEndValue(1.0 if on else 0.0)
        self._way.start()

    def _move(self, at: float) -> None:
        self._at = at
        self.update()
