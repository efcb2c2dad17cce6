"""What a problem's buttons do: the last good version of a file comes back, as it was shown; or it may be written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.remedies import (
    RestoreFileRequest,
    RestorePreview,
    RestorePreviewRequest,
    WritableRequest,
)
from aisync_desktop.ui.edits_dialog import Course, EditsDialog, Previewed
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.pages.history.step_dialog import open_undo
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.parts.toast import Toast
from aisync_desktop.ui.shell.pages import Frame
from aisync_desktop.ui.words import one_line, path_with_end, refusal_lines, say, short_when

translate = QCoreApplication.translate
_KEY = "remedy"


def open_restore(frame: Frame, path: str) -> None:
    """Show the last good version of a file, and put it back once that is agreed to."""

    def restore(preview: RestorePreview) -> RestoreFileRequest:
        return RestoreFileRequest(path=preview.path, version=preview.version, over=preview.over)

    def told(preview: RestorePreview, done: SyncAnswer) -> Toast:
        del done
        words = say(translate("Home", "{file} put back"), file=_shown(preview.path))
        return Toast(words, action=translate("Home", "Undo"), on_action=partial(open_undo, frame), key="step")

    Previewed(frame, Course(RestorePreviewRequest(path=path), RestoreDialog, restore, told))


class RestoreDialog(EditsDialog):
    """A version of a file that can be put back."""

    def __init__(self, preview: RestorePreview, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._preview = preview
        self.files.set_files(preview.files)
        self.retell()

    def tell(self) -> None:
        """Name the file, and of when the version is."""
        self.header.set_title(say(translate("Home", "Put back {file}"), file=_shown(self._preview.path)))
        when = short_when(self._preview.at)
        self.header.set_line(say(translate("Home", "As it was last seen in order, {when}"), when=when))
        self.do.setText(translate("Home", "Put back this version"))


def make_writable(frame: Frame, path: str) -> None:
    """Let the file be written, and tell that it is."""
    answers = Inquiry(frame.actions)

    def done(_: SyncAnswer) -> None:
        frame.toast(Toast(say(translate("Home", "{file} can be written again"), file=_shown(path)), key=_KEY))
        answers.deleteLater()

    def failed(words: str) -> None:
        frame.toast(Toast(words, State.BAD, key=_KEY, stays=True))
        answers.deleteLater()

    answers.answered.connect(done)
    answers.refused.connect(lambda error: failed(refusal_lines(error)))
    stumbled = translate("undo", "Something went wrong in AISync. A report was written; you can try again.")
    answers.stumbled.connect(lambda: failed(stumbled))
    answers.follow(frame.asks.ask(WritableRequest(path=path)))


def _shown(path: str) -> str:
    return one_line(path_with_end(path))
