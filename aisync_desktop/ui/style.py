"""Our style: Fusion, with the little that it draws differently.

- The ring around what has the focus, shown only after a key moved it there (`by_keyboard`), in our colour.
- That ring outside of buttons, switches and choices is a frame that lies above them (`FocusRing`).

Every method that is overridden here costs Python whatever is drawn, hence one of them. Fields, menus and scroll bars
are dressed by a style sheet; buttons, choices and rows paint themselves (ui/parts).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFocusFrame, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

RING = 2  # pixels of the ring's line
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
ROOM = 3  # kept free around a button: the ring, and a pixel between


class _Input:
    """What the user works with: Qt forgets it when we move the focus ourselves, which is what Enter in a list does."""

    by_key = False


def by_keyboard(widget: QWidget) -> bool:
    """Return whether a widget has the focus of somebody who works by keyboard."""
    noted = _Input.by_key or widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    return noted and widget.hasFocus()


def note_key(widget: QWidget) -> None:
    """Show the focus from now on: a key has moved it."""
    _Input.by_key = True
    widget.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def note_mouse(widget: QWidget) -> None:
    """Hide the focus from now on: the mouse is used. Qt itself notes keys only."""
    _Input.by_key = False
    widget.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, on=False)


def note_focus(widget: QWidget, reason: Qt.FocusReason) -> None:
    """Note how the focus came to a widget, where that tells what the user works with."""
    if reason in _BY_KEY:
        note_key(widget)
    elif reason is Qt.FocusReason.MouseFocusReason:
        note_mouse(widget)


def draw_ring(painter: QPainter, rect: QRect, radius: float, colour: QColor) -> None:
    """Draw the ring of the focus just inside a rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = RING / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


class AISyncStyle(QProxyStyle):
    """Fusion with our focus ring."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self.ring = QColor()

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the focus as a ring, and only when a key moved it."""
        if element is not QStyle.PrimitiveElement.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)
        elif option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            draw_ring(painter, option.rect, 6, self.ring)


class _RingStyle(QProxyStyle):
    """Tells frames around what has the focus how far outside they are."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return ROOM
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        """Have them lie in the window, or what scrolls in it: in the parent of what has the focus they are cut off."""
        if hint is QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, data)


@cache
def _ring_style() -> _RingStyle:
    """Return the one that all rings share; a widget does not own its style, so that it is kept here."""
    return _RingStyle()


class FocusRing(QFocusFrame):
    """The ring outside a button: a frame of Qt's that lies above the window and follows the button in it.

    So that no layout has to keep room, and no parent cuts it off.
    """

    def __init__(self, colour: Callable[[], QColor], radius: float) -> None:
        super().__init__()
        self._colour = colour
        self._radius = radius
        self.setStyle(_ring_style())

    def show_around(self, widget: QWidget) -> None:
        """Show it if a key gave the widget its focus, else hide it."""
        if by_keyboard(widget):
            self.setWidget(widget)
        else:
            self.leave()

    def leave(self) -> None:
        """Be around nothing."""
        self.setWidget(None)  # type: ignore[arg-type]  # that is how Qt says it
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        draw_ring(QPainter(self), self.rect(), self._radius, self._colour())


_SHEET = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {{
  background: {card}; color: {text}; border: 1px solid {hairline-strong}; border-radius: 6px;
  selection-background-color: {accent}; selection-color: {text-on-accent};
}}
QLineEdit, QComboBox {{ padding: 0 {pad}px; min-height: {inner}px; max-height: {inner}px; }}
QPlainTextEdit, QTextEdit {{ padding: 4px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {{
  border: 2px solid {focus};
}}
QLineEdit:focus, QComboBox:focus {{
  padding: 0 {pad-focus}px; min-height: {inner-focus}px; max-height: {inner-focus}px;
}}
QLineEdit[wrong="true"] {{ border-color: {bad}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled {{
  background: transparent; color: {text-disabled}; border-color: {hairline};
}}
QComboBox::drop-down {{ border: none; background: transparent; }}
QComboBox QAbstractItemView {{
  background: {raised}; border: 1px solid {hairline-strong}; outline: none; padding: 4px;
  selection-background-color: {selected}; selection-color: {text};
}}
QComboBox QAbstractItemView::item {{ min-height: {menu}px; padding: 0 8px; border-radius: 6px; }}
QComboBox QAbstractItemView::item:selected {{ background: {selected}; color: {text}; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {hairline-strong}; padding: 4px; }}
QMenu::item {{ padding: 0 24px 0 8px; min-height: {menu}px; border-radius: 6px; background: transparent; }}
QMenu::item:selected {{ background: {selected}; }}
QMenu::item:disabled {{ color: {text-disabled}; background: transparent; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {hairline}; margin: 4px 0; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {hairline-strong}; padding: 4px 8px; }}
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {scrollbar}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {outline}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
_USED = (
    "card raised text text-disabled text-on-accent accent hairline hairline-strong outline focus bad selected scrollbar"
).split()


def style_sheet(colour: Callable[[str], QColor], px: Callable[[float], int]) -> str:
    """Return the style sheet for fields, menus and scroll bars."""
    values = {name: colour(name).name() for name in _USED}
    control, pad = px(32), 10
    measures = {
        "pad": pad - 1,
        "pad-focus": pad - 2,
        "inner": control - 2,
        "inner-focus": control - 4,
        "menu": px(28),
    }
    return _SHEET.format(**values, **measures)
