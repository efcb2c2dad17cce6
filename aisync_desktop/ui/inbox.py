"""What waits for the user: decisions first, then problems, each with its next step.

A list model over the status, and a delegate that draws each entry as a bold line with quieter ones below it. The
display text holds the same lines, for screen readers and the clipboard.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from aisync_desktop.clients.items import Scope
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.sync.model.status import DecisionStatus, Status
from aisync_desktop.ui.icons import Sign, sign_icon
from aisync_desktop.ui.language import render
from aisync_desktop.ui.words import short_path

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


@dataclass(frozen=True)
class Entry:
    """One line of the inbox; `decision` is its id, or empty for a problem."""

    title: str
    detail: str
    decision: str = ""

    def text(self) -> str:
        """Return all of it as plain lines."""
        return f"{self.title}\n{self.detail}"


ENTRY_ROLE = _Role.UserRole


def entries(status: Status) -> list[Entry]:
    """Return what waits, in the language in use."""
    return [*map(_decision, status.decisions), *map(_problem, status.problems), *map(_problem, status.notes)]


def _decision(decision: DecisionStatus) -> Entry:
    root = Scope.parse(decision.scope).root
    place = short_path(root) if root else QCoreApplication.translate("Inbox", "All projects")
    step = QCoreApplication.translate("Inbox", "Enter or a double click opens it; in a terminal: {command}").format(
        command=f"aisync decide {decision.id}"
    )
    lines = (render(decision.note) if decision.note else "", f"{decision.kind} · {place}", step)
    return Entry(render(decision.summary), "\n".join(line for line in lines if line), decision.id)


def _problem(problem: Problem) -> Entry:
    lines = (render(problem.message), short_path(problem.path), render(problem.next_step))
    return Entry(render(problem.title), "\n".join(filter(None, lines)))


class InboxModel(QAbstractListModel):
    """The entries as a list; it is reset only when they are different ones."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def set_status(self, status: Status) -> None:
        """Show what waits in this status."""
        new = entries(status)
        if new != self._entries:
            self.beginResetModel()
            self._entries = new
            self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how much waits."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return the lines, the sign or the entry itself."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == _Role.DisplayRole:
            return entry.text()
        if role == _Role.DecorationRole:
            return sign_icon(Sign.QUESTION if entry.decision else Sign.ALERT)
        return entry if role == ENTRY_ROLE else None


class InboxDelegate(QStyledItemDelegate):
    """Draws an entry: its sign, a bold title and the detail, both wrapped to the width of the list."""

    _MARGIN = 10
    _ICON = 20

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one entry, with the style's own background, selection and focus."""
        entry: Entry = index.data(ENTRY_ROLE)
        self.initStyleOption(option, index)
        option.text, option.icon = "", QIcon()  # the style draws everything but these two
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        title, detail = self._boxes(option, entry)
        index.data(_Role.DecorationRole).paint(
            painter, QRect(option.rect.left() + self._MARGIN, title.top(), self._ICON, self._ICON)
        )
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        _draw(painter, title, entry.title, _bold(option.font), _colour(option, QPalette.ColorRole.Text, selected))
        _draw(painter, detail, entry.detail, option.font, _colour(option, QPalette.ColorRole.PlaceholderText, selected))

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room that all lines need at the list's width."""
        title, detail = self._boxes(option, index.data(ENTRY_ROLE))
        return QSize(self._ICON, title.height() + detail.height() + 2 * self._MARGIN)

    def _boxes(self, option: QStyleOptionViewItem, entry: Entry) -> tuple[QRect, QRect]:
        inner = option.rect.adjusted(2 * self._MARGIN + self._ICON, self._MARGIN, -self._MARGIN, 0)
        inner.setHeight(10_000)
        wrap = Qt.TextFlag.TextWordWrap.value
        title = QFontMetrics(_bold(option.font)).boundingRect(inner, wrap, entry.title)
        rest = inner.adjusted(0, title.height(), 0, 0)
        return title, option.fontMetrics.boundingRect(rest, wrap, entry.detail)


def _colour(option: QStyleOptionViewItem, role: QPalette.ColorRole, selected: bool) -> QColor:
    return option.palette.color(QPalette.ColorRole.HighlightedText if selected else role)


def _draw(painter: QPainter, box: QRect, text: str, font: QFont, colour: QColor) -> None:
    painter.save()
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, Qt.TextFlag.TextWordWrap.value, text)
    painter.restore()


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
