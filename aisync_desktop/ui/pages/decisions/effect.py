"""What an answer would do, in words: the files it writes, who follows later, what gets looser; the files unfold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aisync_desktop.ui.file_edits_view import FileEditsView, left_out_line
from aisync_desktop.ui.language import render
from aisync_desktop.ui.loosening_words import loosening_words
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.words import listed, say

if TYPE_CHECKING:
    from aisync_desktop.service.operations.previews import AnswerPreview

translate = QCoreApplication.translate


def files_words(preview: AnswerPreview) -> str:
    """Return how many files are written."""
    if not preview.files:
        return translate("decisions", "Writes no file")
    if preview.paused:
        words = translate("decisions", "Paused: writes {count} {count:file|files} once you go on")
    else:
        words = translate("decisions", "Writes {count} {count:file|files}")
    return say(words, count=len(preview.files))


def effect_words(preview: AnswerPreview) -> str:
    """Return in whose files, who cannot follow yet, and what is left out."""
    names = list(dict.fromkeys(edit.name for edit in preview.files))
    where = [say(translate("decisions", "in {clients}."), clients=listed(names))] if names else []
    late = [f"{one.name}: {render(one.why)}" for one in preview.behind]
    left = [f"{one.name}: {left_out_line(one)}" for one in preview.left_out]
    undo = [translate("decisions", "You can undo this in History.")] if names else []
    return " ".join([*where, *late, *left, *undo])


class Effect(QWidget):
    """The note about an answer, and below it the files, once they are asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = Note("idle", "", "", "")
        self.looser = Note("wait", "")
        self.files = FileEditsView()
        self.files.hide()
        self._preview: AnswerPreview | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.looser, self.note, self.files):
            column.addWidget(widget)
        self.note.acted.connect(self._toggle)
        self.looser.hide()
        self.hide()

    def show_preview(self, preview: AnswerPreview | None) -> None:
        """Tell what an answer would do; nothing, as long as there is none."""
        self._preview = preview
        self.setVisible(preview is not None)
        if preview is None:
            return
        self.files.set_files(preview.files)
        self.looser.setVisible(bool(preview.loosens))
        if preview.loosens:
            strong = translate("decisions", "Allows more in {count} {count:client|clients}")
            clients = len({one.client for one in preview.loosens})
            self.looser.say(say(strong, count=clients), "\n".join(map(loosening_words, preview.loosens)))
        self._say()

    def unfold(self) -> None:
        """Show the files as soon as there are any: they are what the question is about."""
        self.files.show()
        self._say()

    def _toggle(self) -> None:
        self.files.setVisible(self.files.isHidden())
        self._say()

    def _say(self) -> None:
        preview = self._preview
        if preview is None:
            return
        shown = not self.files.isHidden()
        action = translate("decisions", "Hide changes") if shown else translate("decisions", "Show changes")
        self.note.say(files_words(preview), effect_words(preview), action if preview.files else "")
