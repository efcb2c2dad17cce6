"""The third step: every file that will be written, and of the one that is chosen each byte that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aisync_desktop.ui.pages.first_run.words import FirstRunWords
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.card import Card
from aisync_desktop.ui.parts.diff import DiffView
from aisync_desktop.ui.parts.empty import EmptyState
from aisync_desktop.ui.parts.header import PageHeader
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.mark import letters_of
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.parts.rows import Cell, Look, Row, RowList
from aisync_desktop.ui.parts.scroll import PageScroll
from aisync_desktop.ui.parts.state import State, StateShape
from aisync_desktop.ui.theme import restyled, retold, theme, tokens
from aisync_desktop.ui.words import one_line, path_with_end, short_path

if TYPE_CHECKING:
    from aisync_desktop.sync.reports.consent import Proposal
    from aisync_desktop.sync.reports.file_edits import FileEdit

_HYSTERESIS = 16
_LINE = 1  # of a card


class ChangesStep(QWidget):
    """The list at the left, one file's difference at the right; in a narrow window one of the two."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = FirstRunWords(self)
        self._proposal: Proposal | None = None
        self._narrow = False
        self.header = PageHeader()
        self.changed = Note("wait", "", glyph="refresh")
        self.keyring = Note("wait", "", glyph="key")
        self.rows = RowList(Look.CARD, fits_content=False)
        self.detail = FileDetail(self._words)
        self.back = Button("", Kind.QUIET, "left")
        self.empty = EmptyState("ok", "", surface="window")
        self._heading = Label("", "heading")
        self._card = Card(self.rows)
        self._arrange()
        self._say()

    def show_proposal(self, proposal: Proposal) -> None:
        """List what would be written."""
        self._proposal = proposal
        self.rows.set_rows([self._row(file) for file in proposal.files])
        if not self.rows.current_key():
            self.rows.step(1)
        self._measure()
        self._show_file()
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Take on the theme's measures and the language."""
        if restyled(event):
            self._measure()
        elif retold(event):
            if self._proposal is not None:
                self.show_proposal(self._proposal)
            self._say()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show list and file as two steps where there is little room."""
        super().resizeEvent(event)
        border = theme().px(tokens()["size"]["collapse-below"]) + (_HYSTERESIS if self._narrow else 0)
        narrow = event.size().width() < border
        if narrow != self._narrow:
            self._narrow = narrow
            self._show_columns(at_file=False)

    @property
    def narrow(self) -> bool:
        """Whether one sees either the list or a file."""
        return self._narrow

    def _arrange(self) -> None:
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.rows.keep_selected()
        self.rows.chosen.connect(lambda _: self._show_file())
        self.rows.opened.connect(lambda _: self._turn(at_file=True))
        self.back.clicked.connect(lambda: self._turn(at_file=False))
        for note in (self.changed, self.keyring):
            note.hide()
        self._list, self._file = QWidget(), QWidget()
        left, right = QVBoxLayout(self._list), QVBoxLayout(self._file)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
        left.addWidget(self._heading)
        left.addWidget(self._card, 1000)
        left.addStretch(1)
        right.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.detail, 1)
        columns = QWidget()
        beside = QHBoxLayout(columns)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(24)
        beside.addWidget(self._list, 1)
        beside.addWidget(self._file, 1)
        self._body = QStackedWidget()
        self._body.addWidget(columns)
        self._body.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 16)
        whole.setSpacing(16)
        for widget in (self.header, self.changed, self.keyring):
            whole.addWidget(widget)
        whole.addWidget(self._body, 1)
        self._show_columns(at_file=False)

    def _show_columns(self, *, at_file: bool) -> None:
        self._list.setVisible(not (self._narrow and at_file))
        self._file.setVisible(not self._narrow or at_file)
        self.back.setVisible(self._narrow)

    def _turn(self, *, at_file: bool) -> None:
        """Go from the list to a file, or back, where they are two steps."""
        if self._narrow:
            self._show_columns(at_file=at_file)
            (self.back if at_file else self.rows).setFocus(Qt.FocusReason.OtherFocusReason)

    def _measure(self) -> None:
        rows = len(self._proposal.files) if self._proposal is not None else 0
        self._card.setMaximumHeight(max(rows, 1) * theme().px(tokens()["size"]["row-two-line"]) + 2 * _LINE)
        self.detail.set_head(self._heading.sizeHint().height())

    def _row(self, file: FileEdit) -> Row:
        name, path = one_line(file.name), one_line(short_path(file.path))
        line = self._words.edit(file)
        return Row(
            _key(file),
            name,
            line,
            mark=letters_of(file.client, file.name),
            columns=(Cell(path, mono=True, leading=True),),
            spoken=f"{name}, {path}, {line}",
        )

    def _show_file(self) -> None:
        files = self._proposal.files if self._proposal is not None else ()
        found = next((file for file in files if _key(file) == self.rows.current_key()), None)
        self.detail.show_file(found)

    def _say(self) -> None:
        self.back.setText(self.tr("All files"))
        self._heading.setText(self.tr("Files"))
        self.rows.setAccessibleName(self.tr("Files that will be written"))
        self.empty.say(
            self.tr("All clients agree already"),
            self.tr("No file has to be written. From now on a change in one client comes to the others."),
        )
        if self._proposal is None:
            return
        self._body.setCurrentIndex(0 if self._proposal.files else 1)
        self.header.set_title(self._words.title(self._proposal))
        self.header.set_line(
            self.tr(
                "Nothing has been written yet. A copy of every file is kept, so you can go back to today at any time."
            )
        )


def _key(file: FileEdit) -> str:
    return f"{file.scope}|{file.path}"


class FileDetail(QWidget):
    """One file: where it is, how much changes, line by line, and what is left out of it."""

    def __init__(self, words: FirstRunWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._file: FileEdit | None = None
        self._path = Label("", "mono", elide=True)
        self._added, self._removed = Label("", "small", "ok-text"), Label("", "small", "bad-text")
        self.diff = DiffView("")
        self.shape, self.summary = StateShape(State.PARTLY), Label("", "body-strong")
        self.left_out = QVBoxLayout()
        self._notes = Label("", "body", "text-2", wrap=True)
        self._arrange()

    def show_file(self, file: FileEdit | None) -> None:
        """Show this one."""
        self._file = file
        self.setVisible(file is not None)
        if file is None:
            return
        self._path.setText(one_line(path_with_end(file.path, file.end)))
        self._added.setText(f"+{file.added}" if file.added else "")
        self._removed.setText(f"\N{MINUS SIGN}{file.removed}" if file.removed else "")
        self.diff.setAccessibleName(one_line(short_path(file.path)))
        self.diff.set_lines(file.lines)
        for widget in (self.shape, self.summary):
            widget.setVisible(bool(file.left_out))
        self.summary.setText(self._words.is_left_out(len(file.left_out)))
        self._tell_left_out(file)
        hidden = self.tr("Secrets are shown as dots.") if file.hidden else ""
        kept = "" if file.creates or file.removes else self.tr("Your comments, order and spacing stay as they are.")
        self._notes.setText(" ".join(filter(None, (kept, hidden))))
        self._notes.setVisible(bool(self._notes.text()))

    def set_head(self, height: int) -> None:
        """Make the line above as high as the one beside it."""
        self._path.setMinimumHeight(height)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._path, 1)
        head.addWidget(self._added)
        head.addWidget(self._removed)
        below = QVBoxLayout()
        below.setSpacing(8)
        fact = QHBoxLayout()
        fact.setSpacing(8)
        fact.addWidget(self.shape)
        fact.addWidget(self.summary, 1)
        below.addLayout(fact)
        below.addLayout(self.left_out)
        below.addWidget(self._notes)
        card = Card()
        card.add(self.diff, padding=(0, 8))
        card.add(below, padding=(16, 12))
        page = PageScroll(card, margins=False)
        page.add_stretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(page, 1)

    def _tell_left_out(self, file: FileEdit) -> None:
        while (item := self.left_out.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for left in file.left_out:
            self.left_out.addWidget(Label(self._words.why_left_out(left), "body", "text-2", wrap=True))
