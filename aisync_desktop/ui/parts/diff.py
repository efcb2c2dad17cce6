"""Differences, line by line: sign, numbers, tint, and the words that changed in a stronger one.

A list of lines and not one text: only lines that are seen are drawn, whatever the file's length, and a screen reader
gets line by line what a colour says. Lines can be chosen and copied.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from aisync_desktop.kernel.line_diff import DiffLine
from aisync_desktop.kernel.texts import visible
from aisync_desktop.ui.icons import paint_glyph
from aisync_desktop.ui.parts.glyph import facing
from aisync_desktop.ui.parts.mark import paint_mark
from aisync_desktop.ui.parts.paint import draw_words, fill_box, width_of
from aisync_desktop.ui.parts.ring import Ring
from aisync_desktop.ui.theme import restyled, retold, theme

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_Role = Qt.ItemDataRole
_LINE, _NUMBER, _SIGN, _PADDING = 20, 36, 16, 16
_MOST_SHOWN = 40  # lines of a view that fits its content; a longer one scrolls
_END = Qt.AlignmentFlag.AlignRight
_Key = Qt.Key


class DiffLines(QAbstractListModel):
    """The lines, and what stands for those that are left out."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[DiffLine] = []

    def set_lines(self, lines: Sequence[DiffLine]) -> None:
        """Hold these from now on."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def text(self, row: int) -> str:
        """Return what a line says, or how many it stands for."""
        line = self.lines[row]
        if not line.count:
            return visible(line.text)
        if line.sign == "+":
            return self.tr("%n more lines added", "", line.count)
        return self.tr("%n more lines removed", "", line.count) if line.sign == "-" else self._unchanged(line.count)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return a line, or what a screen reader says for it."""
        if not index.isValid():
            return None
        if role == _Role.DisplayRole:
            return self.text(index.row())
        return self._aloud(index.row()) if role == _Role.AccessibleTextRole else None

    def _aloud(self, row: int) -> str:
        line, text = self.lines[row], self.text(row)
        if line.count or line.sign not in ("+", "-"):
            return text
        return (self.tr("added: {line}") if line.sign == "+" else self.tr("removed: {line}")).format(line=text)

    def _unchanged(self, count: int) -> str:
        return self.tr("%n lines are the same", "", count)


class _LinePainter(QStyledItemDelegate):
    def __init__(self, view: QListView, model: DiffLines) -> None:
        super().__init__(view)
        self._model = model
        self.width = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self.width, theme().px(_LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one line; code is read from the left, whatever the language around it."""
        look = theme()
        line = self._model.lines[index.row()]
        rect: QRect = option.rect
        painter.save()
        tint = {"+": "add", "-": "del"}.get(line.sign, "")
        ground = f"{tint}-bg" if tint else "sunken" if line.count else ""
        if option.state & QStyle.StateFlag.State_Selected:
            ground = "selected"
        if ground:
            painter.fillRect(rect, look.colour(ground))
        text = self._model.text(index.row())
        if line.count:
            left = look.px(_NUMBER + _SIGN)
            draw_words(painter, rect.adjusted(left, 0, 0, 0), text, look.font("small"), look.colour("text-3"))
        else:
            self._draw_numbers(painter, rect, line)
            self._draw_text(painter, rect, line, text)
        painter.restore()

    def _draw_numbers(self, painter: QPainter, rect: QRect, line: DiffLine) -> None:
        look = theme()
        number = line.old if line.sign == "-" else line.new
        place = QRect(rect.left(), rect.top(), look.px(_NUMBER) - 8, rect.height())
        draw_words(painter, place, "" if number is None else str(number), _small(), look.colour("text-3"), _END)
        sign = QRect(rect.left() + look.px(_NUMBER), rect.top(), look.px(_SIGN), rect.height())
        shown = {"-": "\u2212"}.get(line.sign, line.sign)
        draw_words(painter, sign, shown, look.font("mono"), look.colour("text-2"), Qt.AlignmentFlag.AlignHCenter)

    def _draw_text(self, painter: QPainter, rect: QRect, line: DiffLine, text: str) -> None:
        look = theme()
        font = look.font("mono")
        left, metrics = rect.left() + look.px(_NUMBER + _SIGN), QFontMetricsF(font)
        begin, done = float(left), 0
        for start, end in line.spans:  # each measured from the one before it: a line may be long, and have many
            begin += metrics.horizontalAdvance(text[done:start])
            width, done = metrics.horizontalAdvance(text[start:end]), end
            word = QRect(round(begin), rect.top() + 2, max(round(width), 2), rect.height() - 4)
            fill_box(painter, word, 2, look.colour("del-word" if line.sign == "-" else "add-word"))
            begin += width
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        place = QRect(left, rect.top(), self.width, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def _small() -> QFont:
    """Return the font of the numbers, a little smaller than the lines."""
    font = theme().font("mono")
    font.setPixelSize(max(font.pixelSize() - 1, 9))
    return font


class DiffView(QListView):
    """The lines of one difference. It is as high as they are, up to a limit; beyond it scrolls."""

    def __init__(self, name: str, lines: Sequence[DiffLine] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = DiffLines(self)
        self._longest: set[int] = set()
        self._painter = _LinePainter(self, self._model)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.set_lines(lines)

    def set_lines(self, lines: Sequence[DiffLine]) -> None:
        """Show these."""
        self._model.set_lines(lines)
        self._longest = _longest(self._model.lines)
        self._measure()

    def lines(self) -> list[DiffLine]:
        """Return what is shown."""
        return list(self._model.lines)

    def copied(self) -> str:
        """Return the chosen lines as they would be copied."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return "\n".join(map(self._model.text, rows))

    def sizeHint(self) -> QSize:
        """Return the height of the lines, up to a limit."""
        shown = min(len(self._model.lines), _MOST_SHOWN)
        wide = self._painter.width > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide and shown else 0
        return QSize(240, shown * theme().px(_LINE) + bar)

    def minimumSizeHint(self) -> QSize:
        """Return that it is never lower."""
        return QSize(120, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in the theme's font and the new language."""
        if restyled(event) or retold(event):
            self._measure()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the chosen lines."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.copied())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, if all lines are to be seen."""
        if len(self._model.lines) > _MOST_SHOWN or event.angleDelta().x():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _measure(self) -> None:
        look = theme()
        longest = max(map(self._model.text, self._longest), key=len, default="")
        self._painter.width = look.px(_NUMBER + _SIGN) + width_of(longest, look.font("mono")) + _PADDING
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()


def _longest(lines: Sequence[DiffLine]) -> set[int]:
    """Return the rows that the width goes by: what they say as it is shown is looked at for these alone."""
    rows = range(len(lines))
    by_text = max(rows, key=lambda row: len(lines[row].text), default=0)
    by_count = max(rows, key=lambda row: lines[row].count, default=0)
    return {by_text, by_count} if lines else set()


class FileHead(QAbstractButton):
    """The line above a file's difference, which folds it."""

    def __init__(self, path: str, mark: str, added: int, removed: int) -> None:
        super().__init__()
        self._mark = mark
        self._counts = (added, removed)
        self.setCheckable(True)
        self.setText(path)
        self._name()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        Ring(self, 6)

    def sizeHint(self) -> QSize:
        """Return its size."""
        return QSize(theme().px(200), theme().px(40))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if retold(event):
            self._name()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Return that it is never smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw arrow, mark, path and counts."""
        look = theme()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        if self.underMouse():
            painter.fillRect(self.rect(), look.colour("hover"))
        surface = look.colour("hover" if self.underMouse() else "card")
        left, right = _PADDING, self.width() - _PADDING
        side, mark = look.px(16), look.px(20)
        arrow = "down" if self.isChecked() else facing("right", self)
        paint_glyph(painter, self._at(left, side), arrow, look.colour("text-2"), surface)
        left += side + 8
        if self._mark:
            paint_mark(painter, self._at(left, mark), self._mark)
            left += mark + 8
        for count, sign, tone in zip(reversed(self._counts), "\u2212+", ("bad-text", "ok-text"), strict=True):
            if count:
                words = f"{sign}{count}"
                width = width_of(words, look.font("body"))
                right -= width
                place = QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(right, 0, width, self.height()))
                draw_words(painter, place, words, look.font("body"), look.colour(tone))
                right -= 8
        path = QStyle.visualRect(
            self.layoutDirection(), self.rect(), QRect(left, 0, max(right - left, 0), self.height())
        )
        draw_words(painter, path, self.text(), look.font("mono"), look.colour("text"))

    def _name(self) -> None:
        added, removed = self._counts
        plus = self.tr("%n lines added", "", added) if added else ""
        minus = self.tr("%n lines removed", "", removed) if removed else ""
        self.setAccessibleName(", ".join(filter(None, (self.text(), plus, minus))))

    def _at(self, left: int, side: int) -> QRect:
        place = QRect(left, (self.height() - side) // 2, side, side)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)


class FileDiff(QWidget):
    """A file: its path, how many lines, and the lines themselves, folded or not; few of many are ever unfolded."""

    folded = Signal(bool)

    def __init__(
        self,
        path: str,
        lines: Sequence[DiffLine],
        *,
        mark: str = "",
        opened: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        added, removed = (sum(line.count or 1 for line in lines if line.sign == sign) for sign in "+-")
        self._path, self._lines = path, lines
        self._head = FileHead(path, mark, added, removed)
        self.view: DiffView | None = None  # until it is first unfolded
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._head.toggled.connect(self._fold)
        self._head.setChecked(opened)

    def open(self, *, wanted: bool = True) -> None:
        """Unfold it, or fold it."""
        self._head.setChecked(wanted)

    def is_open(self) -> bool:
        """Return whether its lines show."""
        return self._head.isChecked()

    def _fold(self, opened: bool) -> None:
        if self.view is None:
            self.view = DiffView(self._path, self._lines)
            self._column.addWidget(self.view)
        self.view.setVisible(opened)
        self.folded.emit(not opened)
