"""The bar above the first run: where one is of three steps, and the way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from aisync_desktop.ui.icons import paint_glyph
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.glyph import Glyph
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.paint import draw_words, fill_box, hairline, width_of
from aisync_desktop.ui.theme import restyled, retold, theme

_HEIGHT, _DISC, _GAP, _LINE, _MARGIN = 56, 24, 8, 40, 24
_NARROW = 24  # of the line between two steps where there is little room


class _Step(QWidget):
    """One step: its number, or a tick once it is done, and its name."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self._name = ""
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_now(self, now: int, name: str, said: str) -> None:
        self._now, self._name = now, name
        self.setAccessibleName(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.px(_DISC) + _GAP + width_of(self._name, look.font("body-strong")), look.px(_DISC))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if restyled(event):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        side = look.px(_DISC)
        right_to_left = self.isRightToLeft()
        disc = QRect(self.width() - side if right_to_left else 0, 0, side, side)
        done, on = self.number < self._now, self.number == self._now
        fill = look.colour("ok-soft" if done else "accent") if done or on else None
        fill_box(painter, disc, side / 2, fill, None if done or on else look.colour("outline"))
        if done:
            tick = QRect(0, 0, look.px(16), look.px(16))
            tick.moveCenter(disc.center())
            paint_glyph(painter, tick, "check", look.colour("ok-text"), look.colour("ok-soft"))
        else:
            colour = look.colour("text-on-accent" if on else "text-2")
            draw_words(painter, disc, str(self.number), look.font("small", 600), colour, Qt.AlignmentFlag.AlignHCenter)
        words = self.rect().adjusted(0 if right_to_left else side + _GAP, 0, -(side + _GAP) if right_to_left else 0, 0)
        align = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
        draw_words(painter, words, self._name, look.font("body-strong"), look.colour("text" if on else "text-2"), align)


class _Line(QWidget):
    """The line between two steps."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_NARROW // 2)

    def sizeHint(self) -> QSize:
        return QSize(_LINE, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        hairline(QPainter(self), 0, self.width(), 0, theme().colour("hairline-strong"))


class StepBar(QWidget):
    """Signal: left (not now)."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = (_Step(1), _Step(2), _Step(3))
        self.not_now = Button("", Kind.QUIET)
        self.not_now.clicked.connect(self.left)
        self._now = 1
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 0, _MARGIN - 12, 1)  # the quiet button's words end at the margin
        row.setSpacing(12)
        row.addWidget(Glyph("app", "ok", 20, surface="window"))
        row.addWidget(Label("AISync", "heading"))
        row.addStretch(1)
        for number, step in enumerate(self.steps):
            if number:
                row.addWidget(_Line())
            row.addWidget(step)
        row.addStretch(1)
        row.addWidget(self.not_now)
        self._dress()
        self._say()

    @property
    def now(self) -> int:
        """Which step it is, counted from 1."""
        return self._now

    def set_now(self, step: int) -> None:
        """Be at this step, counted from 1."""
        self._now = step
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures and the language."""
        if restyled(event):
            self._dress()
        elif retold(event):
            self._say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line below."""
        hairline(QPainter(self), 0, self.width(), self.height() - 1, theme().colour("hairline"))

    def _dress(self) -> None:
        self.setFixedHeight(theme().px(_HEIGHT))

    def _say(self) -> None:
        self.not_now.setText(self.tr("Not now"))
        self.not_now.setToolTip(self.tr("Close the window; nothing is written"))
        for step, name in zip(
            self.steps, (self.tr("Found"), self.tr("Questions"), self.tr("Will change")), strict=True
        ):
            said = self.tr("Step {number} of 3: {name}").format(number=step.number, name=name)
            done = self.tr("done") if step.number < self._now else ""
            step.show_now(self._now, name, ", ".join(filter(None, (said, done))))
