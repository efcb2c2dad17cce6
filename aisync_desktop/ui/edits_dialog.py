"""Files that are put back, seen before it is done: what it is, every file with its diff, and one button that does it.

`Previewed` asks what would be written, shows it, has it done once that is agreed to, and tells what came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.service.facade import ForEngine
from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.ui.file_edits_view import FileEditsView
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.footer import Footer
from aisync_desktop.ui.parts.header import PageHeader
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.parts.scroll import PageScroll
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.parts.toast import Toast
from aisync_desktop.ui.shell.pages import Frame
from aisync_desktop.ui.theme import retold, theme
from aisync_desktop.ui.words import refusal_lines

_SIZE = (720, 560)
translate = QCoreApplication.translate
P = TypeVar("P", bound=BaseModel)


@dataclass(frozen=True)
class Failures:
    """Who is told where nothing comes of it: where nobody says, the window, by a toast."""

    refused: Callable[[WorldError], None] | None = None
    stumbled: Callable[[], None] | None = None


class EditsDialog(QDialog):
    """What would be written, with words before it. Signal: agreed (it is to be done).

    Who makes one of it says what it is in `tell`; `between` stands between its head and the files.
    """

    agreed = Signal()

    def __init__(self, *between: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setSizeGripEnabled(True)
        self.header = PageHeader()
        self.error = Note("bad", "")
        self.files = FileEditsView()
        self.cancel = Button(kind=Kind.QUIET)
        self.do = Button("", Kind.PRIMARY, keys="Ctrl \N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}")
        self._arrange(between)
        room = self.screen().availableGeometry().size()
        self.resize(min(theme().px(_SIZE[0]), room.width()), min(theme().px(_SIZE[1]), room.height()))

    def tell(self) -> None:
        """Say what it is, in the language in use."""
        raise NotImplementedError

    def may_go(self) -> bool:
        """Whether it can be done as it stands."""
        return bool(self.files.files)

    def refuse(self, words: str) -> None:
        """Say why it was not done."""
        first, _, rest = words.partition("\n")
        self.error.say(first, rest)
        self.error.show()
        self.follow()

    def follow(self) -> None:
        """Let it be done, or not."""
        self.do.setEnabled(self.may_go())

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if retold(event):
            self.retell()
        super().changeEvent(event)

    def retell(self) -> None:
        """Say everything anew."""
        self.cancel.setText(translate("undo", "Cancel"))
        self.tell()
        self.setWindowTitle(self.header.title().replace("[*]", "[*][*]"))
        self.follow()

    def _arrange(self, between: tuple[QWidget, ...]) -> None:
        body = PageScroll(self.header, *between, self.error, self.files)
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
        self.cancel.clicked.connect(self.reject)
        self.do.clicked.connect(self._on_agreed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):  # not as the button's own, which goes with its words
            QShortcut(QKeySequence(keys), self).activated.connect(self.do.click)

    def _on_agreed(self) -> None:
        self.do.setEnabled(False)
        self.agreed.emit()


@dataclass(frozen=True)
class Course(Generic[P]):
    """One thing that is shown and then done: how it is asked for, shown, done and told of."""

    preview: ForEngine[P]
    shown: Callable[[P, QWidget | None], EditsDialog]
    act: Callable[[P], ForEngine[SyncAnswer]]
    told: Callable[[P, SyncAnswer], Toast]


class Previewed(QObject):
    """Looks what would be written, shows that, and has it done; it lives until it is done or left."""

    def __init__(self, frame: Frame, course: Course[Any], failures: Failures | None = None) -> None:
        super().__init__(frame.actions)
        self._frame, self._course, self._failures = frame, course, failures or Failures()
        self._dialog: EditsDialog | None = None
        self._agreed: object = None  # the preview, once it is agreed to
        self._looks, self._receipts = Inquiry(self), Inquiry(self)
        self._looks.answered.connect(self._show)
        self._looks.refused.connect(self._fail)
        self._looks.stumbled.connect(self._stumble)
        self._receipts.answered.connect(self._finish)
        self._receipts.refused.connect(self._refuse)
        self._receipts.stumbled.connect(self._stumble)
        self._looks.follow(frame.asks.ask(course.preview))

    def _show(self, preview: object) -> None:
        dialog = self._dialog = self._course.shown(preview, QApplication.activeWindow())
        dialog.agreed.connect(lambda: self._do(preview))
        dialog.finished.connect(self._leave)
        dialog.destroyed.connect(self._leave)
        self.destroyed.connect(dialog.deleteLater)  # who opened it may go before it
        dialog.open()

    @Slot()
    def _leave(self) -> None:
        """Forget the dialog; what was agreed to in it is told of when it is done."""
        self._dialog = None
        if self._agreed is None:
            self.deleteLater()

    def _do(self, preview: object) -> None:
        self._agreed = preview
        self._receipts.follow(self._frame.asks.ask(self._course.act(preview)))

    def _finish(self, done: SyncAnswer) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._frame.toast(self._course.told(self._agreed, done))
        self.deleteLater()

    def _refuse(self, error: WorldError) -> None:
        """Tell it in the dialog, where it can be tried again, or else where it was asked for."""
        if self._dialog is None:
            self._fail(error)
            return
        self._agreed = None
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
