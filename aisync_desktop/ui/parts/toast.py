"""Toasts: what has just been done, with its Undo; at the lower end of the window, one at a time.

The newest lies on top; what it covered comes back while its time lasts. A toast goes after six seconds, not while the
pointer or the focus is on it; what failed stays until it is closed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEasingCurve, QEvent, QObject, QPoint, QSize, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.footer import FOOT_CHANGED, foot_of
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.paint import fill_box
from aisync_desktop.ui.parts.state import State, StateShape
from aisync_desktop.ui.theme import duration, theme, tokens

_EDGE = 24
_RISE = 8
_WIDEST, _LEAST = 360, 320
_RADIUS = 8
CHANGE = "change"  # the key of what tells the last change: whoever tells it last, it is told once


@dataclass(frozen=True)
class Toast:
    """What a toast says and offers; one with the same key takes the place of an older one."""

    words: str
    state: State = State.OK
    action: str = ""
    on_action: Callable[[], None] | None = None
    key: str = ""
    stays: bool = False


class _Shown(QWidget):
    """One toast on the screen."""

    def __init__(self, toast: Toast, close: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.toast = toast
        self._close = close
        words = Label(toast.words, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(StateShape(toast.state, surface="raised"))
        row.addWidget(words, 1)
        if toast.action:
            action = Button(toast.action, Kind.QUIET, small=True)
            action.set_tone("accent-text")
            action.clicked.connect(self._act)
            row.addWidget(action)
        closing = Button("", Kind.QUIET, "x", small=True, tip=QCoreApplication.translate("Toasts", "Close"))
        closing.clicked.connect(close)
        row.addWidget(closing)
        self.setAccessibleName(toast.words)
        self.setMinimumWidth(_LEAST)

    def is_held(self) -> bool:
        """Return whether the pointer or the focus is on it."""
        return self.underMouse() or any(button.hasFocus() for button in self.findChildren(Button))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close it by Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        look = theme()
        fill_box(QPainter(self), self.rect(), _RADIUS, look.colour("raised"), look.colour("hairline-strong"))

    def fitting(self, room: int) -> QSize:
        """Return its size where there is so much room."""
        width = max(min(room, theme().px(_WIDEST)), _LEAST)
        return QSize(width, max(self.heightForWidth(width), theme().px(40)))

    def _act(self) -> None:
        self._close()
        if self.toast.on_action:
            self.toast.on_action()


class Toasts(QObject):
    """The toasts of one window, children of it: Wayland places no free windows."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._foot = foot_of(window)
        self._shown: list[_Shown] = []
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._end)
        self._rise = QVariantAnimation(self)
        self._rise.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._rise.setStartValue(float(_RISE))
        self._rise.setEndValue(0.0)
        self._rise.valueChanged.connect(self._move)
        window.installEventFilter(self)

    def show(self, toast: Toast) -> None:
        """Show this on top of what is there."""
        for older in [each for each in self._shown if toast.key and each.toast.key == toast.key]:
            self._remove(older)
        shown = _Shown(toast, lambda: self._close(shown), self._window)
        self._shown.append(shown)
        self._bring_up()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, toast.words))
        self._rise.setDuration(duration("toast-in"))
        self._rise.start()

    def current(self) -> Toast | None:
        """Return what is shown."""
        return self._shown[-1].toast if self._shown else None

    def close(self, key: str) -> None:
        """Take away the toast of a key: what it offered has been done elsewhere."""
        for each in [each for each in self._shown if each.toast.key == key]:
            self._close(each)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the window's lower end, above a footer."""
        if event.type() == FOOT_CHANGED:
            self._foot = foot_of(self._window)
        if event.type() in (QEvent.Type.Resize, FOOT_CHANGED):
            self._place()
        return False

    def _bring_up(self) -> None:
        for each in self._shown[:-1]:
            each.hide()
        if not self._shown:
            self.timer.stop()
            return
        top = self._shown[-1]
        self._place()
        top.show()
        top.raise_()
        if top.toast.stays or top.toast.state in (State.BAD, State.REFUSED):
            self.timer.stop()
        else:
            self.timer.start(tokens()["motion"]["toast-stay"])

    def _end(self) -> None:
        """Take the top one away when its time is up, unless someone is at it."""
        if not self._shown:
            return
        if self._shown[-1].is_held():
            self.timer.start(tokens()["motion"]["toast-stay"])
        else:
            self._close(self._shown[-1])

    def _close(self, shown: _Shown) -> None:
        self._remove(shown)
        self._bring_up()

    def _remove(self, shown: _Shown) -> None:
        if shown in self._shown:
            self._shown.remove(shown)
            shown.hide()
            shown.deleteLater()

    def _place(self) -> None:
        if not self._shown:
            return
        top = self._shown[-1]
        top.resize(top.fitting(self._window.width() - 2 * _EDGE))
        left = _EDGE if self._window.isRightToLeft() else self._window.width() - _EDGE - top.width()
        top.move(QPoint(left, self._window.height() - _EDGE - self._foot - top.height()))

    def _move(self, below: float) -> None:
        if self._shown:
            self._place()
            top = self._shown[-1]
            top.move(top.x(), top.y() + round(below))
