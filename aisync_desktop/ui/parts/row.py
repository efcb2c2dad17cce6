"""What a list shows: rows of words and signs as values, the headings between them, and the model that holds both."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.ui.parts.state import State, state_name

_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
ROW_ROLE = _Role.UserRole


@dataclass(frozen=True)
class Cell:
    """One column of a row: words, if wanted as a chip of a tone, or a client's mark.

    Cells stand at the end of a row, one below the other; a first cell that is `leading` stands after the title.
    """

    words: str = ""
    tone: str = "text-2"
    chip: str = ""
    mark: str = ""
    mono: bool = False
    leading: bool = False


@dataclass(frozen=True)
class Row:
    """One row. It leads with its mark, its glyph or (if it has neither) its state, and ends in `trail`, mostly a time.

    `actions` are (id, words): they show on hover and on focus where the trail is, or always with `keeps_actions`.
    """

    key: str
    title: str
    line: str = ""
    state: State | None = None
    state_words: str = ""
    glyph: str = ""
    mark: str = ""
    trail: str = ""
    columns: tuple[Cell | str, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()
    keeps_actions: bool = False
    mono: bool = False
    enabled: bool = True
    spoken: str = ""

    def cells(self) -> tuple[Cell, ...]:
        """Return the columns, those that are mere words too."""
        return tuple(Cell(column) if isinstance(column, str) else column for column in self.columns)

    def leads_with_state(self) -> bool:
        """Return whether the state's shape stands before the title."""
        return self.state is not None and not self.mark and not self.glyph

    def aloud(self) -> str:
        """Return what a screen reader says."""
        state = self.state_words or (state_name(self.state) if self.state else "")
        parts = (self.title, self.line, state, *(cell.words for cell in self.cells()), self.trail)
        return self.spoken or ", ".join(filter(None, parts))


@dataclass(frozen=True)
class Heading:
    """A quiet line above the rows that follow ("Yesterday"); it cannot be chosen."""

    words: str


Entry = Row | Heading


class RowModel(QAbstractListModel):
    """The entries of a list; it tells as little of a change as has changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def set_entries(self, entries: Sequence[Entry]) -> bool:
        """Hold these from now on; return whether the view has lost its place, since others or another order came."""
        new = list(entries)
        if list(map(_identity, new)) != list(map(_identity, self.entries)):
            self.beginResetModel()
            self.entries = new
            self.endResetModel()
            return True
        old, self.entries = self.entries, new
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(number), self.index(number))
        return False

    def row_of(self, key: str) -> QModelIndex:
        """Return where a row is, or nowhere."""
        for number, entry in enumerate(self.entries):
            if isinstance(entry, Row) and entry.key == key:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many entries there are."""
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that headings and disabled rows cannot be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        entry = self.entries[index.row()]
        if isinstance(entry, Row) and entry.enabled:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return the entry itself, or its words."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ROW_ROLE:
            return entry
        if role == _Role.DisplayRole:
            return entry.title if isinstance(entry, Row) else entry.words
        if role == _Role.AccessibleTextRole:
            return entry.aloud() if isinstance(entry, Row) else entry.words
        return None


def _identity(entry: Entry) -> tuple[bool, str]:
    return (True, entry.key) if isinstance(entry, Row) else (False, entry.words)
