"""Draws the rows of a list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from aisync_desktop.ui.icons import paint_glyph
from aisync_desktop.ui.parts.badge import paint_chip
from aisync_desktop.ui.parts.button import paint_small_button
from aisync_desktop.ui.parts.mark import paint_mark
from aisync_desktop.ui.parts.paint import draw_words, fill_box, hairline
from aisync_desktop.ui.parts.row import ROW_ROLE, Cell, Heading, Row
from aisync_desktop.ui.parts.row_places import PADDING, Columns, Look, Places, heading_height, row_height
from aisync_desktop.ui.parts.state import paint_state
from aisync_desktop.ui.style import by_keyboard, draw_ring
from aisync_desktop.ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_Flag = QStyle.StateFlag
_END = Qt.AlignmentFlag.AlignRight
_CARD_CORNER = 7  # the card's radius less its line


NO_ACTION = (-1, -1)


class Drawn:
    """What a list lets its painter know: how it looks, and what the user is at."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.surface = "card" if look is Look.CARD else "window"
        self.columns = Columns()
        self.two_lines = False
        self.corners = (False, False)  # the first row is rounded as the card above it is, the last as the card below
        self.always_selected = False  # a selection is shown as if the list had the focus
        self.hovered = NO_ACTION  # row and action below the pointer
        self.focused_action = -1  # of the current row
        self.frame = 0  # how far what works has turned


class RowPainter(QStyledItemDelegate):
    """The delegate of a list of rows."""

    def __init__(self, view: QListView, drawn: Drawn) -> None:
        super().__init__(view)
        self._view = view
        self._drawn = drawn

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return a height that does not depend on the width: a view that is asked twice gets one answer."""
        heading = isinstance(index.data(ROW_ROLE), Heading)
        return QSize(1, heading_height() if heading else row_height(self._drawn.look, two_lines=self._drawn.two_lines))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one entry."""
        entry: Row | Heading = index.data(ROW_ROLE)
        painter.save()
        painter.setLayoutDirection(option.direction)
        if isinstance(entry, Heading):
            self._draw_heading(painter, option.rect, entry)
        else:
            self._draw_row(painter, option, index, entry)
        painter.restore()

    def _draw_heading(self, painter: QPainter, rect: QRect, heading: Heading) -> None:
        look = theme()
        inner = rect.adjusted(PADDING + 8, look.px(12), -PADDING, -look.px(4))
        draw_words(painter, inner, heading.words, look.font("small", 500), look.colour("text-3"))

    def _draw_row(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, row: Row) -> None:
        look = theme()
        places = Places.of(row, option.rect, self._drawn.columns, self._drawn.look, option.direction)
        focused = self._has_focus(index.row())
        hover = bool(option.state & _Flag.State_MouseOver) and row.enabled
        surface = self._surface(option, hover=hover)
        self._draw_ground(painter, places.box, index.row(), surface)
        if self._drawn.look is Look.CARD and index.row() and not focused and not self._has_focus(index.row() - 1):
            rect = option.rect
            hairline(painter, rect.left() + PADDING, rect.right() + 1 - PADDING, rect.top(), look.colour("hairline"))
        _draw_lead(painter, places.lead, row, surface or self._drawn.surface, self._drawn.frame)
        _draw_texts(painter, places, row)
        shows_actions = bool(row.actions) and row.enabled and (row.keeps_actions or hover or focused)
        self._draw_ends(painter, places, row, surface or self._drawn.surface, covered=shows_actions)
        if shows_actions:
            self._draw_actions(painter, places, index.row(), row)
        if focused and self._drawn.focused_action < 0:
            draw_ring(painter, places.box, 6, look.colour("focus"))

    def _has_focus(self, number: int) -> bool:
        return by_keyboard(self._view) and self._view.currentIndex().row() == number

    def _corners(self, number: int) -> tuple[bool, bool]:
        top, bottom = self._drawn.corners
        return top and number == 0, bottom and number == self._view.model().rowCount() - 1

    def _surface(self, option: QStyleOptionViewItem, *, hover: bool) -> str:
        if option.state & _Flag.State_Selected:
            return "selected" if self._view.hasFocus() or self._drawn.always_selected else "pressed"
        return "hover" if hover else ""

    def _draw_ground(self, painter: QPainter, box: QRect, number: int, surface: str) -> None:
        if not surface:
            return
        fill = theme().colour(surface)
        if self._drawn.look is Look.PANE:
            fill_box(painter, box, 6, fill)
            return
        top, bottom = self._corners(number)
        if not top and not bottom:
            painter.fillRect(box, fill)
            return
        painter.save()
        painter.setClipRect(box)
        beyond = 2 * _CARD_CORNER
        fill_box(painter, box.adjusted(0, 0 if top else -beyond, 0, 0 if bottom else beyond), _CARD_CORNER, fill)
        painter.restore()

    def _draw_ends(self, painter: QPainter, places: Places, row: Row, surface: str, *, covered: bool) -> None:
        """Draw state, columns and trail; actions cover what stands last."""
        look = theme()
        if row.state and not row.leads_with_state():
            square = places.state if row.state_words else places.trail
            paint_state(painter, square, row.state, surface, self._drawn.frame, enabled=row.enabled)
        if row.state and row.state_words:
            words = look.colour(row.state.words if row.enabled else "text-disabled")
            draw_words(painter, places.words, row.state_words, look.font("body"), words)
        hides = covered and not row.keeps_actions
        cells = row.cells()
        for number, (place, cell) in enumerate(zip(places.cells, cells, strict=False)):
            last = number == len(cells) - 1 and not row.trail
            if not (hides and last and not cell.leading):
                _draw_cell(painter, place, cell, enabled=row.enabled)
        if row.trail and not hides and (row.leads_with_state() or not row.state or row.state_words):
            colour = look.colour("text-3" if row.enabled else "text-disabled")
            draw_words(painter, places.trail, row.trail, look.font("small"), colour, _END)

    def _draw_actions(self, painter: QPainter, places: Places, number: int, row: Row) -> None:
        for action, (place, (_, words)) in enumerate(zip(places.actions, row.actions, strict=True)):
            paint_small_button(
                painter,
                place,
                words,
                hover=self._drawn.hovered == (number, action),
                focus=self._has_focus(number) and self._drawn.focused_action == action,
            )


def _draw_lead(painter: QPainter, place: QRect, row: Row, surface: str, frame: int) -> None:
    look = theme()
    if row.mark:
        paint_mark(painter, place, row.mark, enabled=row.enabled)
    elif row.glyph:
        colour = look.colour("text-2" if row.enabled else "text-disabled")
        paint_glyph(painter, place, row.glyph, colour, look.colour(surface))
    elif row.state:
        paint_state(painter, place, row.state, surface, frame, enabled=row.enabled)


def _draw_texts(painter: QPainter, places: Places, row: Row) -> None:
    look = theme()
    title = look.colour("text" if row.enabled else "text-disabled")
    draw_words(painter, places.title, row.title, look.font("mono" if row.mono else "body-strong"), title)
    if row.line:
        line = look.colour("text-2" if row.enabled else "text-disabled")
        draw_words(painter, places.line, row.line, look.font("small"), line)


def _draw_cell(painter: QPainter, place: QRect, cell: Cell, *, enabled: bool) -> None:
    look = theme()
    if cell.mark:
        side = look.px(20)
        square = QRect(place.left(), place.top() + (place.height() - side) // 2, side, side)
        paint_mark(painter, square, cell.mark, enabled=enabled)
    elif cell.chip and cell.words:
        height = look.px(20)
        chip = QRect(place.left(), place.top() + (place.height() - height) // 2, place.width(), height)
        paint_chip(painter, chip, cell.words, cell.chip)
    elif cell.words:
        colour = look.colour(cell.tone if enabled else "text-disabled")
        align = Qt.AlignmentFlag.AlignLeft if cell.leading else _END
        draw_words(painter, place, cell.words, look.font("mono" if cell.mono else "body"), colour, align)
