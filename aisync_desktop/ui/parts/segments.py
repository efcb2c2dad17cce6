"""A segmented control: one of two to five choices, side by side, with counts where they help."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QStyle, QWidget

from aisync_desktop.ui.parts.paint import draw_words, fill_box, width_of
from aisync_desktop.ui.parts.ring import Ring
from aisync_desktop.ui.theme import restyled, theme

_INSET = 2
_RADIUS = 6
Choice = tuple[str, str, int | None]


class _Segment(QAbstractButton):
    """One choice."""

    def __init__(self, key: str, words: str, count: int | None, *, small: bool) -> None:
        super().__init__()
        self.key = key
        self._count = ""
        self._small = small
        Ring(self, _RADIUS)
        self.say(words, count)
        self.setCheckable(True)
        self.setAutoExclusive(True)  # so that a screen reader calls it one of several
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, words: str, count: int | None) -> None:
        """Have these words, and a count behind them."""
        self._count = "" if count is None else str(count)
        self.setText(words)
        self.setAccessibleName(" ".join(filter(None, (words, self._count))))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return its size."""
        look = theme()
        padding = look.px(8 if self._small else 12)
        return QSize(sum(self._widths()) + 2 * padding, look.px(24 if self._small else 32) - 2 * _INSET)

    def minimumSizeHint(self) -> QSize:
        """Return that its words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it; the chosen one lies above the track."""
        look = theme()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        on = self.isChecked()
        if on and self.isEnabled():
            line = look.colour("hairline-strong") if look.scheme == "light" else None
            fill_box(painter, self.rect(), 4, look.colour("segment-on"), line)
        words, count = self._widths()
        left = (self.width() - words - count) // 2
        text = look.colour("text-disabled" if not self.isEnabled() else "text" if on else "text-2")
        kind, weight = self._font()
        place = QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(left, 0, words, self.height()))
        draw_words(painter, place, self.text(), look.font(kind, weight), text)
        if count:
            gap = look.px(6)
            behind = QRect(left + words + gap, 0, count - gap, self.height())
            place = QStyle.visualRect(self.layoutDirection(), self.rect(), behind)
            draw_words(painter, place, self._count, look.font(kind), look.colour("text-2" if on else "text-3"))

    def _font(self) -> tuple[str, int]:
        return "small" if self._small else "body", 500

    def _widths(self) -> tuple[int, int]:
        look = theme()
        kind, weight = self._font()
        count = look.px(6) + width_of(self._count, look.font(kind)) if self._count else 0
        return width_of(self.text(), look.font(kind, weight)), count


class Segments(QWidget):
    """The choices on a track; arrows go between them. `changed` tells the key of what the user chose."""

    changed = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[Choice] = (), *, small: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._small = small
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        self._row.setSpacing(0)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these: (key, words, count or none); what is chosen stays if it is among them, else the first is."""
        segments = self._segments()
        if [segment.key for segment in segments] != [key for key, _, _ in choices]:
            self._make(choices)
            return
        for segment, (_, words, count) in zip(segments, choices, strict=True):
            segment.say(words, count)

    def segments(self) -> list[QAbstractButton]:
        """Return the choices as buttons."""
        return self._group.buttons()

    def key(self) -> str:
        """Return the key of what is chosen."""
        button = self._group.checkedButton()
        return button.key if isinstance(button, _Segment) else ""

    def choose(self, key: str) -> None:
        """Choose one by its key, without telling."""
        segments = self._segments()
        chosen = next((segment for segment in segments if segment.key == key), segments[0] if segments else None)
        if chosen:
            with QSignalBlocker(chosen):
                chosen.setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures."""
        if restyled(event):
            for button in self._group.buttons():
                button.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track."""
        fill_box(QPainter(self), self.rect(), _RADIUS, theme().colour("idle-soft"))

    def _segments(self) -> list[_Segment]:
        return [button for button in self._group.buttons() if isinstance(button, _Segment)]

    def _make(self, choices: Sequence[Choice]) -> None:
        key = self.key()
        had_focus = any(button.hasFocus() for button in self._group.buttons())
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        for each, words, count in choices:
            segment = _Segment(each, words, count, small=self._small)
            segment.toggled.connect(self._teller(each))  # not clicked: a screen reader's action is no click
            self._group.addButton(segment)
            self._row.addWidget(segment)
            segment.setVisible(True)  # at once, so that it can have the focus
        self.choose(key)
        if had_focus and (chosen := self._group.checkedButton()):
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _teller(self, key: str) -> Callable[[bool], None]:
        return lambda on: self.changed.emit(key) if on else None
