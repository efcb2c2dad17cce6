"""Differences, line by line: sign, numbers, tint, and the words that changed in a stronger one.

A list of lines and not one text: only lines that are seen are drawn, whatever the file's length, and a screen reader
gets line by line what a colour says. Lines can be chosen and copied.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QWheelEvent
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

from aisync_desktop.kernel.dataclass import dataclass
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


@dataclass(frozen=True)
class DiffLine:
    """One line: "+", "-", " " or "@" (what stands between two places), its numbers, and the words that changed."""

    sign: str
    text: str
    old: int | None = None
    new: int | None = None
    words: tuple[tuple[int, int], ...] = ()

    def aloud(self) -> str:
        """Return what a screen reader says."""
        spoken = {
            "+": QCoreApplication.translate("Diff", "added: {line}"),
            "-": QCoreApplication.translate("Diff", "removed: {line}"),
        }
        return spoken.get(self.sign, "{line}").format(line=self.text)


class _Lines(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[DiffLine] = []

    def set_lines(self, lines: Sequence[DiffLine]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == _Role.DisplayRole:
            return line.text
        return line.aloud() if role == _Role.AccessibleTextRole else None


class _LinePainter(QStyledItemDelegate):
    def __init__(self, view: QListView, model: _Lines) -> None:
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
        ground = f"{tint}-bg" if tint else "sunken" if line.sign == "@" else ""
        if option.state & QStyle.StateFlag.State_Selected:
            ground = "selected"
        if ground:
            painter.fillRect(rect, look.colour(ground))
        if line.sign == "@":
            left = look.px(_NUMBER + _SIGN)
            draw_words(painter, rect.adjusted(left, 0, 0, 0), line.text, look.font("mono"), look.colour("text-3"))
        else:
            self._draw_line(painter, rect, line, look.colour(f"{tint}-word") if tint else None)
        painter.restore()

    def _draw_line(self, painter: QPainter, rect: QRect, line: DiffLine, stronger: QColor | None) -> None:
        look = theme()
        font = look.font("mono")
        number = line.old if line.sign == "-" else line.new
        numbers = QRect(rect.left(), rect.top(), look.px(_NUMBER) - 8, rect.height())
        small = look.font("mono")
        small.setPixelSize(max(small.pixelSize() - 1, 9))
        draw_words(painter, numbers, "" if number is None else str(number), small, look.colour("text-3"), _END)
        sign = QRect(rect.left() + look.px(_NUMBER), rect.top(), look.px(_SIGN), rect.height())
        shown = {"-": "\u2212"}.get(line.sign, line.sign)
        draw_words(painter, sign, shown, font, look.colour("text-2"), Qt.AlignmentFlag.AlignHCenter)
        left, metrics = sign.right() + 1, QFontMetricsF(font)
        text = _spaced(line.text)
        for start, end in line.words if stronger else ():
            begin = left + metrics.horizontalAdvance(_spaced(line.text[:start]))
            width = metrics.horizontalAdvance(_spaced(line.text[:end])) - (begin - left)
            word = QRect(round(begin), rect.top() + 2, max(round(width), 2), rect.height() - 4)
            fill_box(painter, word, 2, stronger)
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        place = QRect(left, rect.top(), self.width, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def _spaced(text: str) -> str:
    """Return a line as it is drawn: tabs as blanks, and what nobody would see as its number."""
    return visible(text.expandtabs(4))


class DiffView(QListView):
    """The lines of one difference. It is as high as they are, up to a limit; beyond it scrolls."""

    def __init__(self, name: str, lines: Sequence[DiffLine] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Lines(self)
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
        self._measure()

    def lines(self) -> list[DiffLine]:
        """Return what is shown."""
        return list(self._model.lines)

    def copied(self) -> str:
        """Return the chosen lines as they would be copied."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return "\n".join(self._model.lines[row].text for row in rows)

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
        """Measure anew in the theme's font."""
        if restyled(event):
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
        longest = max((_spaced(line.text) for line in self._model.lines), key=len, default="")
        self._painter.width = look.px(_NUMBER + _SIGN) + width_of(longest, look.font("mono")) + _PADDING
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()


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
    """A file: its path, how many lines, and the lines themselves, folded or not."""

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
        added, removed = (sum(line.sign == sign for line in lines) for sign in "+-")
        self._head = FileHead(path, mark, added, removed)
        self.view = DiffView(path, lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.view)
        self._head.toggled.connect(self._fold)
        self._head.setChecked(opened)
        self.view.setVisible(opened)

    def open(self, *, wanted: bool = True) -> None:
        """Unfold it, or fold it."""
        self._head.setChecked(wanted)

    def is_open(self) -> bool:
        """Return whether its lines show."""
        return self._head.isChecked()

    def _fold(self, opened: bool) -> None:
        self.view.setVisible(opened)
        self.folded.emit(not opened)
