"""Files that would be written, each with its diff, byte for byte: what a decision, the consent or an undo would do.

The diffs come with the answer of whoever would write them; here they are only shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aisync_desktop.ui.language import render
from aisync_desktop.ui.parts.card import Card
from aisync_desktop.ui.parts.diff import FileDiff
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.mark import letters_of
from aisync_desktop.ui.words import one_line, path_with_end, say

if TYPE_CHECKING:
    from aisync_desktop.sync.reports.file_edits import FileEdit, LeftOut

translate = QCoreApplication.translate


class FileEditsView(QWidget):
    """The files below each other; where there is one, it is unfolded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files: dict[str, FileDiff] = {}
        self._edits: tuple[FileEdit, ...] = ()
        self._card = Card()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)

    def set_files(self, files: Sequence[FileEdit]) -> None:
        """Show these; files that were unfolded stay so."""
        if tuple(files) == self._edits:
            return
        unfolded = {path for path, shown in self.files.items() if shown.is_open()}
        self._edits, self.files, card = tuple(files), {}, Card()
        for edit in files:
            opened = edit.path in unfolded or len(files) == 1
            shown = self.files[edit.path] = _file(edit, opened=opened)
            card.add(shown)
            for words in _remarks(edit):
                card.add(Label(words, "small", "text-2", wrap=True), padding=(16, 6))
        column = self.layout()
        if column is not None:
            column.replaceWidget(self._card, card)
        self._card.hide()
        self._card.deleteLater()
        self._card = card


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
