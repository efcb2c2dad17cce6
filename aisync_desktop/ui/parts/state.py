"""States: each has a shape and a colour of its own, and a word beside it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aisync_desktop.ui.icons import paint_glyph
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.theme import restyled, retold, still, theme

_FRAMES = 12  # a second, at most, and one turn in that time


class _Look(NamedTuple):
    glyph: str
    colour: str
    words: str


class State(Enum):
    """How something stands; the value is its shape, its colour and the colour of its words."""

    OK = _Look("ok", "ok", "text-2")
    WORKING = _Look("spin", "accent-text", "text-2")
    WAIT = _Look("ask", "wait", "wait-text")
    BAD = _Look("alert", "bad", "bad-text")
    REFUSED = _Look("nope", "bad", "bad-text")
    PARTLY = _Look("half", "idle", "text-2")
    PAUSED = _Look("stopped", "idle", "text-2")
    OFF = _Look("off", "idle", "text-2")

    @property
    def glyph(self) -> str:
        """The name of the shape."""
        return self.value.glyph

    @property
    def colour(self) -> str:
        """The colour of the shape."""
        return self.value.colour

    @property
    def words(self) -> str:
        """The colour of words beside the shape."""
        return self.value.words


def state_name(state: State) -> str:
    """Return what a state is called where nothing more exact is said."""
    names = {
        State.OK: QCoreApplication.translate("State", "In step"),
        State.WORKING: QCoreApplication.translate("State", "Working"),
        State.WAIT: QCoreApplication.translate("State", "Waiting for you"),
        State.BAD: QCoreApplication.translate("State", "Problem"),
        State.REFUSED: QCoreApplication.translate("State", "Refused"),
        State.PARTLY: QCoreApplication.translate("State", "Partly"),
        State.PAUSED: QCoreApplication.translate("State", "Paused"),
        State.OFF: QCoreApplication.translate("State", "Off"),
    }
    return names[state]


def paint_state(
    painter: QPainter, rect: QRect, state: State, surface: str = "card", frame: int = 0, *, enabled: bool = True
) -> None:
    """Draw the shape of a state into a square; what works is turned by so many twelfths."""
    look = theme()
    colour = look.colour(state.colour if enabled else "text-disabled")
    if state is State.WORKING and frame:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        middle = rect.toRectF().center()
        painter.translate(middle)
        painter.rotate(frame * 360 / _FRAMES)
        painter.translate(-middle)
    paint_glyph(painter, rect, state.glyph, colour, look.colour(surface))
    if state is State.WORKING and frame:
        painter.restore()


class Turning(QTimer):
    """Counts the frames of what turns, `each` so many milliseconds, while that is to be seen and things may move."""

    def __init__(
        self, owner: QObject, turned: Callable[[int], None], *, frames: int = _FRAMES, each: int = 1000 // _FRAMES
    ) -> None:
        super().__init__(owner)
        self._turned = turned
        self._frame, self._frames = 0, frames
        self.setInterval(each)
        self.timeout.connect(self._turn)

    def allow(self, *, wanted: bool) -> None:
        """Turn if wanted, else stand still."""
        if not wanted:
            self.stop()
        elif not self.isActive() and not still():
            self.start()

    def _turn(self) -> None:
        self._frame = 0 if still() else (self._frame + 1) % self._frames
        self._turned(self._frame)
        if still():
            self.stop()


class StateShape(QWidget):
    """The shape of a state; the only thing that moves by itself is the ring of what works."""

    def __init__(self, state: State, size: int = 16, *, surface: str = "card", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._size = size
        self._surface = surface
        self._frame = 0
        self._turning = Turning(self, self._turn)
        self.setAccessibleName(state_name(state))
        self._dress()

    @property
    def state(self) -> State:
        """The state that is shown."""
        return self._state

    def set_state(self, state: State) -> None:
        """Show another state."""
        self._state = state
        self._turning.allow(wanted=self.isVisible() and state is State.WORKING)
        self.setAccessibleName(state_name(state))
        self.update()

    def is_turning(self) -> bool:
        """Return whether its ring moves."""
        return self._turning.isActive()

    def showEvent(self, event: QShowEvent) -> None:
        """Turn while it is seen."""
        super().showEvent(event)
        self._turning.allow(wanted=self._state is State.WORKING)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still."""
        super().hideEvent(event)
        self._turning.allow(wanted=False)

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's size."""
        if restyled(event):
            self._dress()
        elif retold(event):
            self.setAccessibleName(state_name(self._state))
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        paint_state(QPainter(self), self.rect(), self._state, self._surface, self._frame)

    def _turn(self, frame: int) -> None:
        self._frame = frame
        self.update()

    def _dress(self) -> None:
        side = theme().px(self._size)
        self.setFixedSize(side, side)
        self.update()


class StateWord(QWidget):
    """The shape of a state and the word for it."""

    def __init__(
        self,
        state: State,
        words: str = "",
        kind: str = "small",
        *,
        surface: str = "card",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shape = StateShape(state, surface=surface)
        self._words = Label(words, kind, state.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._shape)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)

    def set_state(self, state: State, words: str) -> None:
        """Show another state, and its word."""
        self._shape.set_state(state)
        self._words.setText(words)
        self._words.set_tone(state.words)

    def words(self) -> str:
        """Return the word."""
        return self._words.text()
