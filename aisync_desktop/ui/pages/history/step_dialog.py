"""Undo and redo, seen before they are done: the change by its name, and every file with its diff.

Nothing goes back blindly: whoever offers an undo (a toast, the tray, Home) opens this dialog by `open_undo`. What it
would allow again that was refused is told in plain words, and has to be agreed to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
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
from aisync_desktop.ui.file_edits_view import FileEditsView
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.language import render
from aisync_desktop.ui.loosening_words import loosening_words
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.choice import Check
from aisync_desktop.ui.parts.footer import Footer
from aisync_desktop.ui.parts.header import PageHeader
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.parts.scroll import PageScroll
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.parts.toast import Toast
from aisync_desktop.ui.shell.pages import Frame
from aisync_desktop.ui.theme import retold, theme
from aisync_desktop.ui.words import listed, refusal_lines, say, short_when

_SIZE = (720, 560)
translate = QCoreApplication.translate


@dataclass(frozen=True)
class Failures:
    """Who is told where nothing comes of it: where nobody says, the window, by a toast."""

    refused: Callable[[WorldError], None] | None = None
    stumbled: Callable[[], None] | None = None


def open_undo(frame: Frame, snapshot: int = 0, failures: Failures | None = None) -> None:
    """Show what taking back the last change would do; `snapshot` is what the change that is meant led to."""
    _Step(frame, snapshot, failures or Failures(), redo=False)


def open_redo(frame: Frame, failures: Failures | None = None) -> None:
    """Show what doing again what was undone would do."""
    _Step(frame, 0, failures or Failures(), redo=True)


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


class StepDialog(QDialog):
    """One step back, or forth again. Signal: agreed (it is to be done)."""

    agreed = Signal()

    def __init__(
        self,
        preview: StepPreview,
        *,
        redo: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setSizeGripEnabled(True)
        self._preview, self._redo = preview, redo
        self._names = {edit.client: edit.name for edit in preview.files}
        self.header = PageHeader()
        self.looser = Note("wait", "")
        self.allow = Check()
        self.error = Note("bad", "")
        self.files = FileEditsView()
        self.cancel = Button(kind=Kind.QUIET)
        self.do = Button("", Kind.PRIMARY, keys="Ctrl \N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}")
        self._arrange()
        self._retell()
        self.files.set_files(_of_the_change(preview))
        room = self.screen().availableGeometry().size()
        self.resize(min(theme().px(_SIZE[0]), room.width()), min(theme().px(_SIZE[1]), room.height()))

    def refuse(self, words: str) -> None:
        """Say why it was not done."""
        first, _, rest = words.partition("\n")
        self.error.say(first, rest)
        self.error.show()
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if retold(event):
            self._retell()
        super().changeEvent(event)

    def _arrange(self) -> None:
        body = PageScroll(self.header, self.looser, self.allow, self.error, self.files)
        body.add_stretch()
        footer = Footer()
        footer.left(self.cancel)
        footer.right(self.do)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(body, 1)
        column.addWidget(footer)
        self.error.hide()
        self.looser.setVisible(bool(self._preview.loosens))
        self.allow.setVisible(self._preview.takes_back_a_denial)
        self.cancel.clicked.connect(self.reject)
        self.do.clicked.connect(self._on_agreed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # not as the button's own, which goes with its words
            QShortcut(QKeySequence(keys), self).activated.connect(self.do.click)
        self.allow.toggled.connect(self._follow)

    def _retell(self) -> None:
        preview, count = self._preview, len(self._preview.files)
        name = change_name(preview)
        title = translate("undo", "Do again: {change}") if self._redo else translate("undo", "Undo: {change}")
        self.header.set_title(say(title, change=name))
        self.header.set_line(self._told())
        self.setWindowTitle(self.header.title().replace("[*]", "[*][*]"))
        denial, more = translate("undo", "This allows again what was refused"), translate("undo", "This allows more")
        self.looser.say(denial if preview.takes_back_a_denial else more, self._loosened())
        self.allow.setText(translate("undo", "Allow it again"))
        self.cancel.setText(translate("undo", "Cancel"))
        self.do.setText(
            say(translate("undo", "Write {count} {count:file|files} again"), count=count)
            if self._redo
            else say(translate("undo", "Put back {count} {count:file|files}"), count=count)
        )
        self._follow()

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

    def _follow(self) -> None:
        agreed = self.allow.isChecked() or not self._preview.takes_back_a_denial
        self.do.setEnabled(bool(self._preview.files) and agreed)

    def _on_agreed(self) -> None:
        self.do.setEnabled(False)
        self.agreed.emit()


class _Step(QObject):
    """Looks what a step would do, shows that, and does it; it lives until the step is done or left."""

    def __init__(self, frame: Frame, snapshot: int, failures: Failures, *, redo: bool) -> None:
        super().__init__(frame.actions)
        self._frame, self._redo, self._failures = frame, redo, failures
        self._dialog: StepDialog | None = None
        self._name = ""  # of the change, once it is agreed to
        self._looks, self._receipts = Inquiry(self), Inquiry(self)
        self._looks.answered.connect(self._show)
        self._looks.refused.connect(self._fail)
        self._looks.stumbled.connect(self._stumble)
        self._receipts.answered.connect(self._finish)
        self._receipts.refused.connect(self._refuse)
        self._receipts.stumbled.connect(self._stumble)
        wanted = RedoPreviewRequest() if redo else UndoPreviewRequest(only=snapshot)
        self._looks.follow(frame.asks.ask(wanted))

    def _show(self, preview: StepPreview) -> None:
        dialog = self._dialog = StepDialog(preview, redo=self._redo, parent=QApplication.activeWindow())
        dialog.agreed.connect(lambda: self._do(preview))
        dialog.finished.connect(self._leave)
        dialog.destroyed.connect(self._leave)
        self.destroyed.connect(dialog.deleteLater)  # who opened it may go before it
        dialog.open()

    @Slot()
    def _leave(self) -> None:
        """Forget the dialog; what was agreed to in it is told of when it is done."""
        self._dialog = None
        if not self._name:
            self.deleteLater()

    def _do(self, preview: StepPreview) -> None:
        told = {"only": preview.newest, "allow_loosening": preview.takes_back_a_denial}
        undo, redo = UndoRequest.model_validate(told), RedoRequest.model_validate(told)
        self._name = change_name(preview)
        self._receipts.follow(self._frame.asks.ask(redo if self._redo else undo))

    def _finish(self, done: SyncAnswer) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._frame.toast(self._told(len(set(done.written))))
        self.deleteLater()

    def _told(self, count: int) -> Toast:
        """Return what is told when it is done, with the way back."""
        frame = self._frame
        if self._redo:
            words = translate("undo", "{change}: {count} {count:file|files} written again")
            action, back = translate("undo", "Undo"), partial(open_undo, frame)
        else:
            words = translate("undo", "{change}: {count} {count:file|files} put back")
            action, back = translate("undo", "Redo"), partial(open_redo, frame)
        return Toast(say(words, change=self._name, count=count), action=action, on_action=back, key="step")

    def _refuse(self, error: WorldError) -> None:
        """Tell it in the dialog, where it can be tried again, or else where it was asked for."""
        if self._dialog is None:
            self._fail(error)
            return
        self._name = ""
        self._dialog.refuse(refusal_lines(error))

    def _fail(self, error: WorldError) -> None:
        if self._failures.refused is not None:
            self._failures.refused(error)
        else:
            self._frame.toast(Toast(refusal_lines(error), State.BAD, key="step", stays=True))
        self.deleteLater()

    def _stumble(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()
        if self._failures.stumbled is not None:
            self._failures.stumbled()
        else:
            words = translate("undo", "Something went wrong in AISync. A report was written; you can try again.")
            self._frame.toast(Toast(words, State.BAD, key="step", stays=True))
        self.deleteLater()
