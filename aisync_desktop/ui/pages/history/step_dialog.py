"""Undo and redo, seen before they are done: the change by its name, and every file with its diff.

Nothing goes back blindly: whoever offers an undo (a toast, the tray, Home) opens this dialog by `open_undo`. What it
would allow again that was refused is told in plain words, and has to be agreed to.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from aisync_desktop.kernel.messages import text
from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.going_back import (
    RedoPreviewRequest,
    RedoRequest,
    UndoPreviewRequest,
    UndoRequest,
)
from aisync_desktop.sync.model.status import Activity, Done, ItemChange
from aisync_desktop.sync.reports.file_edits import FileEdit
from aisync_desktop.sync.reports.steps import StepPreview
from aisync_desktop.ui.edits_dialog import Course, EditsDialog, Failures, Previewed
from aisync_desktop.ui.language import render
from aisync_desktop.ui.loosening_words import loosening_words
from aisync_desktop.ui.parts.choice import Check
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.parts.toast import Toast
from aisync_desktop.ui.shell.pages import Frame
from aisync_desktop.ui.words import listed, say, short_when

translate = QCoreApplication.translate


def open_undo(frame: Frame, snapshot: int = 0, failures: Failures | None = None) -> None:
    """Show what taking back the last change would do; `snapshot` is what the change that is meant led to."""

    def undo(preview: StepPreview) -> UndoRequest:
        return UndoRequest(only=preview.newest, allow_loosening=preview.takes_back_a_denial)

    def told(preview: StepPreview, done: SyncAnswer) -> Toast:
        words = translate("undo", "{change}: {count} {count:file|files} put back")
        said = _told(words, preview, done)
        return Toast(said, action=translate("undo", "Redo"), on_action=partial(open_redo, frame), key="step")

    Previewed(frame, Course(UndoPreviewRequest(only=snapshot), _shown, undo, told), failures)


def open_redo(frame: Frame, failures: Failures | None = None) -> None:
    """Show what doing again what was undone would do."""

    def redo(preview: StepPreview) -> RedoRequest:
        return RedoRequest(only=preview.newest, allow_loosening=preview.takes_back_a_denial)

    def told(preview: StepPreview, done: SyncAnswer) -> Toast:
        words = translate("undo", "{change}: {count} {count:file|files} written again")
        said = _told(words, preview, done)
        return Toast(said, action=translate("undo", "Undo"), on_action=partial(open_undo, frame), key="step")

    Previewed(frame, Course(RedoPreviewRequest(), partial(_shown, redo=True), redo, told), failures)


def _shown(preview: StepPreview, parent: QWidget | None, *, redo: bool = False) -> StepDialog:
    return StepDialog(preview, redo=redo, parent=parent)


def _told(words: str, preview: StepPreview, done: SyncAnswer) -> str:
    return say(words, change=change_name(preview), count=len(set(done.written)))


def _of_the_change(preview: StepPreview) -> tuple[FileEdit, ...]:
    """Return the files; of what clients leave out, only what is about this change: the rest is as it was."""
    about = {each.item for each in preview.items}
    return tuple(
        edit.model_copy(update={"left_out": tuple(left for left in edit.left_out if left.item in about)})
        for edit in preview.files
    )


def change_name(preview: StepPreview) -> str:
    """Return what a change is called, as everywhere; where it was about no item, by the clients of its files."""
    names = {edit.client: edit.name for edit in preview.files}
    changes = tuple(ItemChange(item=each.item, done=Done(each.change)) for each in preview.items)
    origin = ",".join(preview.by)
    at = preview.at or dt.datetime.now(dt.UTC)
    told = Activity(at=at, origin=origin, summary=text("undo.nothing"), writes=0, changes=changes).title(names)
    return render(told) if told is not None else listed(dict.fromkeys(names.values()))


class StepDialog(EditsDialog):
    """One step back, or forth again."""

    def __init__(self, preview: StepPreview, *, redo: bool = False, parent: QWidget | None = None) -> None:
        self._preview, self._redo = preview, redo
        self._names = {edit.client: edit.name for edit in preview.files}
        self.looser = Note("wait", "")
        self.allow = Check()
        super().__init__(self.looser, self.allow, parent=parent)
        self.looser.setVisible(bool(preview.loosens))
        self.allow.setVisible(preview.takes_back_a_denial)
        self.allow.toggled.connect(self.follow)
        self.files.set_files(_of_the_change(preview))
        self.retell()

    def may_go(self) -> bool:
        """Whether there is something to be written, and what it allows again is agreed to."""
        return super().may_go() and (self.allow.isChecked() or not self._preview.takes_back_a_denial)

    def tell(self) -> None:
        """Name the change, and who made it."""
        preview, count = self._preview, len(self._preview.files)
        name = change_name(preview)
        title = translate("undo", "Do again: {change}") if self._redo else translate("undo", "Undo: {change}")
        self.header.set_title(say(title, change=name))
        self.header.set_line(self._told())
        denial, more = translate("undo", "This allows again what was refused"), translate("undo", "This allows more")
        self.looser.say(denial if preview.takes_back_a_denial else more, self._loosened())
        self.allow.setText(translate("undo", "Allow it again"))
        self.do.setText(
            say(translate("undo", "Write {count} {count:file|files} again"), count=count)
            if self._redo
            else say(translate("undo", "Put back {count} {count:file|files}"), count=count)
        )

    def _loosened(self) -> str:
        return "\n".join(map(loosening_words, self._preview.loosens))

    def _told(self) -> str:
        """Return who made the change, and when."""
        if self._preview.at is None:
            return ""
        words = translate("undo", "Changed by {who}, {when}")
        return say(words, who=self._who(), when=short_when(self._preview.at))

    def _who(self) -> str:
        names = [translate("words", "You") if one == "user" else self._names.get(one, one) for one in self._preview.by]
        return listed(names or [translate("words", "You")])
