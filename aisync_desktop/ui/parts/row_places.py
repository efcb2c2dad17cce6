"""Where the parts of a row are: measured over all rows of a list, so that they stand below each other.

Places are counted from where one starts to read; `Places.of` mirrors them for who reads from the right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyle

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.ui.parts.badge import chip_size
from aisync_desktop.ui.parts.paint import width_of
from aisync_desktop.ui.parts.row import Cell, Row
from aisync_desktop.ui.theme import theme

_LEAST_TITLE, _LEAST_CELL = 104, 48
_TITLE_SHARE = 0.42  # of what a row has for its title and its state, where it has too little for both
_OWN_TITLE_SHARE = 0.6  # of what it has for its title and what stands close behind that


class Look(Enum):
    """Where a list lies: in a card, where rows are as wide as it is, or in a pane, where each is a box of its own."""

    CARD = "card"
    PANE = "pane"


class Measures(NamedTuple):
    """The measures of one look."""

    one_line: int
    two_lines: int
    margin: int  # from the list's edge to the row's
    below: int  # kept free below a row
    gap: int  # from icon to text


MEASURES = {Look.CARD: Measures(40, 56, 0, 0, 12), Look.PANE: Measures(40, 52, 8, 2, 10)}
PADDING = 16
_GAP = 12
_HEADING = (12, 16, 4)


@dataclass(frozen=True)
class Columns:
    """How wide the columns of a list are; 0 is a column that no row has."""

    lead: int = 0
    title: int = 0
    cells: tuple[int, ...] = ()
    trail: int = 0
    hidden_actions: int = 0
    kept_actions: int = 0
    middle: int = 0  # what follows the title at a place of its own: a state with its words, or a leading cell


def action_width(words: str) -> int:
    """Return how wide the button of an action is."""
    look = theme()
    return width_of(words, look.font("small", 500)) + 2 * look.px(8)


def heading_height() -> int:
    """Return how high a heading is."""
    return sum(map(theme().px, _HEADING))


def row_height(look: Look, *, two_lines: bool) -> int:
    """Return how high a row is, with what is free below it."""
    measures = MEASURES[look]
    return theme().px(measures.two_lines if two_lines else measures.one_line) + measures.below


def columns_of(rows: Iterable[Row], look: Look) -> Columns:
    """Measure the columns of these rows."""
    rows = list(rows)
    cells = [row.cells() for row in rows]
    count = max(map(len, cells), default=0)
    middle = max(map(_middle_of, rows), default=0) if look is Look.CARD else 0
    return Columns(
        lead=max(map(_lead, rows), default=0),
        title=max((_title(row) for row in rows), default=0) if middle else 0,
        cells=tuple(max(_cell(each[number]) for each in cells if len(each) > number) for number in range(count)),
        trail=max((width_of(row.trail, theme().font("small")) for row in rows if row.trail), default=0),
        hidden_actions=max((_actions(row) for row in rows if not row.keeps_actions), default=0),
        kept_actions=max((_actions(row) for row in rows if row.keeps_actions), default=0),
        middle=middle,
    )


def _middle_of(row: Row) -> int:
    look, cells = theme(), row.cells()
    if row.state_words:
        shape = 0 if row.leads_with_state() else look.px(16) + _GAP
        return width_of(row.state_words, look.font("body")) + shape
    return _cell(cells[0]) if cells and cells[0].leading else 0


def _lead(row: Row) -> int:
    px = theme().px
    if row.mark:
        return px(24)
    if row.leads_with_state() and row.line:
        return px(20)
    return px(16) if row.glyph or row.state else 0


def _title(row: Row) -> int:
    return width_of(row.title, theme().font("mono" if row.mono else "body-strong"))


def _cell(cell: Cell) -> int:
    look = theme()
    if cell.mark:
        return look.px(20)
    if cell.chip:
        return chip_size(cell.words).width() if cell.words else 0
    return max(width_of(cell.words, look.font("mono" if cell.mono else "body")), look.px(_LEAST_CELL))


def _actions(row: Row) -> int:
    widths = [action_width(words) for _, words in row.actions]
    return sum(widths) + theme().px(8) * max(len(widths) - 1, 0)


class Places(NamedTuple):
    """Where the parts of one row are."""

    box: QRect
    lead: QRect
    title: QRect
    line: QRect
    state: QRect
    words: QRect
    cells: tuple[QRect, ...]
    trail: QRect
    actions: tuple[QRect, ...]

    @classmethod
    def of(cls, row: Row, rect: QRect, columns: Columns, look: Look, direction: Qt.LayoutDirection) -> Places:
        """Return the places of a row in a rectangle."""
        places = _Placing(row, rect, columns, look).places()
        if direction is Qt.LayoutDirection.LeftToRight:
            return places

        def turned(one: QRect) -> QRect:
            return QStyle.visualRect(direction, rect, one)

        return cls(
            box=turned(places.box),
            lead=turned(places.lead),
            title=turned(places.title),
            line=turned(places.line),
            state=turned(places.state),
            words=turned(places.words),
            cells=tuple(map(turned, places.cells)),
            trail=turned(places.trail),
            actions=tuple(map(turned, places.actions)),
        )


class _Placing:
    """Gives room away from both ends of a row, until the middle is left for title and state."""

    def __init__(self, row: Row, rect: QRect, columns: Columns, look: Look) -> None:
        measures = MEASURES[look]
        self._row, self._columns, self._look = row, columns, look
        self._px: Callable[[float], int] = theme().px
        self._box = rect.adjusted(measures.margin, 0, -measures.margin, -measures.below)
        self._left = self._box.left() + PADDING
        self._right = self._box.right() + 1 - PADDING
        self._gap = measures.gap
        self._two_lines = bool(row.line)
        self._upper, self._lower = self._lines()

    def places(self) -> Places:
        kept = self._buttons() if self._row.keeps_actions else ()
        if self._columns.kept_actions:
            self._right -= self._columns.kept_actions + _GAP
        hidden = () if self._row.keeps_actions else self._buttons()
        trail = self._trail()
        cells = self._cells()
        if self._columns.hidden_actions and not self._columns.trail and not self._columns.cells:
            self._right -= self._columns.hidden_actions + _GAP
        lead = self._lead()
        title, line, state, words, leading = self._middle()
        return Places(self._box, lead, title, line, state, words, (*leading, *cells), trail, kept or hidden)

    def _lines(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return top and height of the upper and of the lower line."""
        high, low = self._px(20), self._px(16)
        top = self._box.top()
        if not self._two_lines:
            return (top, self._box.height()), (top, 0)
        start = top + (self._box.height() - high - low) // 2
        return (start, high), (start + high, low)

    def _lead(self) -> QRect:
        side = _lead(self._row)
        if not self._columns.lead:
            return QRect()
        upper, height = self._upper if self._look is Look.PANE else (self._box.top(), self._box.height())
        top = upper + max((height - side) // 2, 0)
        place = QRect(self._left + (self._columns.lead - side) // 2, top, side, side)
        self._left += self._columns.lead + self._gap
        return place

    def _trail(self) -> QRect:
        """Return the place at the end: of the trail or, in a pane, of a state without words."""
        width = self._columns.trail
        top, height = self._upper if self._look is Look.PANE else (self._box.top(), self._box.height())
        if self._ends_in_state():
            side = self._px(16)
            place = QRect(self._right - side, top + (height - side) // 2, side, side)
            self._right -= max(side, width) + _GAP
            return place
        if not width:
            return QRect()
        if not self._columns.kept_actions:
            width = max(width, self._columns.hidden_actions)
        place = QRect(self._right - width, top, width, height)
        self._right -= width + _GAP
        return place

    def _ends_in_state(self) -> bool:
        row = self._row
        return row.state is not None and not row.leads_with_state() and not row.state_words

    def _cells(self) -> tuple[QRect, ...]:
        """Return the places of the columns at the end; the last one is as wide as the actions that cover it."""
        own = self._row.cells()
        places: list[QRect] = []
        first = 1 if own and own[0].leading else 0
        for number in reversed(range(first, len(self._columns.cells))):
            width = self._columns.cells[number]
            if number == first and number < len(own) and own[number].chip:
                width = _cell(own[number])  # a chip beside the title takes room in its own row alone
            if number == len(self._columns.cells) - 1 and not self._columns.trail:
                width = max(width, self._columns.hidden_actions)
            if number < len(own):
                places.append(QRect(self._right - width, self._box.top(), width, self._box.height()))
            self._right -= width + _GAP if width else 0
        return tuple(reversed(places))

    def _buttons(self) -> tuple[QRect, ...]:
        height, right = self._px(24), self._right
        places: list[QRect] = []
        for _, words in reversed(self._row.actions):
            width = action_width(words)
            places.append(QRect(right - width, self._box.top() + (self._box.height() - height) // 2, width, height))
            right -= width + self._px(8)
        return tuple(reversed(places))

    def _behind_title(self, room: int) -> tuple[QRect, QRect, QRect, QRect, tuple[QRect, ...]]:
        """Return title and line, with the leading cell close behind the title: the line below has all the room."""
        title = min(_title(self._row), int(room * _OWN_TITLE_SHARE))
        upper = QRect(self._left, self._upper[0], title, self._upper[1])
        lower = QRect(self._left, self._lower[0], room, self._lower[1])
        left = self._left + title + self._px(8)
        cell = QRect(left, self._upper[0], max(self._left + room - left, 0), self._upper[1])
        return upper, lower, QRect(), QRect(), (cell,)

    def _middle(self) -> tuple[QRect, QRect, QRect, QRect, tuple[QRect, ...]]:
        """Return title, line, state, its words, and a leading cell."""
        room = max(self._right - self._left, 0)
        title = room
        if self._columns.middle:
            spare = max(int(room * _TITLE_SHARE), room - self._columns.middle - _GAP)
            title = min(max(self._columns.title, self._px(_LEAST_TITLE)), spare)
        upper = QRect(self._left, self._upper[0], title, self._upper[1])
        lower = QRect(self._left, self._lower[0], title, self._lower[1])
        if not self._columns.middle:
            return upper, lower, QRect(), QRect(), ()
        left, side = self._left + title + _GAP, self._px(16)
        box = self._box
        if not self._row.state_words and self._two_lines:
            return self._behind_title(room)
        if not self._row.state_words:
            return upper, lower, QRect(), QRect(), (QRect(left, box.top(), self._right - left, box.height()),)
        state = QRect()
        if not self._row.leads_with_state():
            state = QRect(left, box.top() + (box.height() - side) // 2, side, side)
            left += side + _GAP
        return upper, lower, state, QRect(left, box.top(), self._right - left, box.height()), ()
