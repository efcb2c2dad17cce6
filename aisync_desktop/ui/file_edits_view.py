"""Files that would be written, each with its diff, byte for byte: what a decision, the consent or an undo would do.

The diffs come with the answer of whoever would write them; here they are only shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aisync_desktop.ui.language import render
from aisync_desktop.ui.parts.card import Card
from aisync_desktop.ui.parts.column_end import ColumnEnd
from aisync_desktop.ui.parts.diff import FileDiff
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.mark import letters_of
from aisync_desktop.ui.words import one_line, path_with_end, say

if TYPE_CHECKING:
    from aisync_desktop.sync.reports.file_edits import FileEdit, LeftOut

translate = QCoreApplication.translate


class FileEditsView(QWidget):
    """The files below each other, of many as one comes near them; where there is one, it is unfolded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files: dict[str, FileDiff] = {}  # that were made
        self._edits: tuple[FileEdit, ...] = ()
        self._shown = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._shown)

    def set_files(self, files: Sequence[FileEdit]) -> None:
        """Show these; files that were unfolded stay so."""
        if tuple(files) == self._edits:
            return
        unfolded = {path for path, shown in self.files.items() if shown.is_open()}
        self._edits, self.files, card = tuple(files), {}, Card()
        if len(files) == 1:
            unfolded.add(files[0].path)
        end = ColumnEnd(_made(self._edits, self.files, card, unfolded))
        end.go_on()
        self._put(card, end)

    def _put(self, card: Card, end: ColumnEnd) -> None:
        """Show a card in the place of the one before."""
        before, self._shown = self._shown, QWidget()
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(card)
        column.addWidget(end)
        self._column.replaceWidget(before, self._shown)
        before.hide()
        before.deleteLater()


def _made(
    edits: Sequence[FileEdit], files: dict[str, FileDiff], card: Card, unfolded: Collection[str]
) -> Iterator[None]:
    """Make one file after another, with what is to be known about it."""
    for edit in edits:
        shown = files[edit.path] = _file(edit, opened=edit.path in unfolded)
        card.add(shown)
        for words in _remarks(edit):
            card.add(Label(words, "small", "text-2", wrap=True), padding=(16, 6))
        yield


def _file(edit: FileEdit, *, opened: bool) -> FileDiff:
    shown = FileDiff(path_words(edit), edit.lines, mark=letters_of(edit.client, edit.name), opened=opened)
    shown.setAccessibleName(say(translate("file edits", "{client}: {file}"), client=edit.name, file=path_words(edit)))
    return shown


def path_words(edit: FileEdit) -> str:
    """Return where a file is, and whether it comes or goes."""
    path = one_line(path_with_end(edit.path, edit.end))
    if edit.creates:
        return say(translate("file edits", "{file} (new file)"), file=path)
    return say(translate("file edits", "{file} (removed)"), file=path) if edit.removes else path


def _remarks(edit: FileEdit) -> list[str]:
    """Return what is to be known beside the lines: what is hidden or left out."""
    hidden = [translate("file edits", "Secrets are shown as dots.")] if edit.hidden else []
    return [*hidden, *map(left_out_line, edit.left_out)]


def left_out_line(left: LeftOut) -> str:
    """Return what a client does not get, and why."""
    what = one_line(left.field or left.item.partition("/")[2] or left.item)
    words = translate("file edits", "{what} is left out: {reason}")
    return say(words, what=what, reason=render(left.reason))
