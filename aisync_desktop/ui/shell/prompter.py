"""The one seam for modal talk: pages and windows ask a `Prompter`, and only this module opens a dialog for it.

Answers come by callback, so no nested event loop runs and a test's prompter answers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.footer import Footer
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.scroll import NARROW, WIDE, PageScroll
from aisync_desktop.ui.theme import theme

_WIDTH = 480
_MOST = 0.7  # of the screen's height; what is longer scrolls


@dataclass(frozen=True)
class Question:
    """Something to agree to; the buttons say what they do, never "Yes" and "No".

    Where to reject it does something, too, `cancel` is the label of a third button that does nothing, and so does Esc.
    """

    title: str
    text: str
    detail: str
    accept: str
    reject: str
    cancel: str = ""


class Prompter(Protocol):
    """Asks the user."""

    def ask(self, parent: QWidget, question: Question, answered: Callable[[bool], None], /) -> None:
        """Show the question; call back with True if it was accepted, False if not (also by Esc).

        Where it can be cancelled, Esc does that, and nobody is called back.
        """
        ...


class QtPrompter:
    """Talks through dialogs that block their window only."""

    def ask(self, parent: QWidget, question: Question, answered: Callable[[bool], None]) -> None:
        """Show the question over its window."""
        dialog = AskDialog(question, parent)
        dialog.finished.connect(lambda _: answered(dialog.answer) if dialog.answer is not None else None)
        dialog.open()


class AskDialog(QDialog):
    """One question; its `answer` is None as long as there is none, and where it was cancelled."""

    def __init__(self, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(question.title.replace("[*]", "[*][*]"))
        self.setAccessibleDescription(f"{question.text} {question.detail}")
        self.answer: bool | None = None if question.cancel else False
        heading, detail = (
            Label(question.text, "heading", wrap=True),
            Label(question.detail, "body", "text-2", wrap=True),
        )
        detail.setVisible(bool(question.detail))
        body = PageScroll(heading, detail, spacing=8, margins=False)
        body.add_stretch()
        said = QVBoxLayout()
        said.setContentsMargins(WIDE, WIDE, WIDE, NARROW)
        said.addWidget(body)
        footer = Footer()
        if question.cancel:
            cancel = Button(question.cancel, Kind.QUIET)
            cancel.clicked.connect(self.reject)
            footer.left(cancel)
        for words, kind, answer in ((question.reject, Kind.STANDARD, False), (question.accept, Kind.PRIMARY, True)):
            footer.right(self._button(words, kind, answer=answer))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(said, 1)
        column.addWidget(footer)
        self._measure(body, footer)

    def _button(self, words: str, kind: Kind, *, answer: bool) -> Button:
        button = Button(words, kind)
        button.setDefault(answer)
        button.setAutoDefault(answer)
        button.clicked.connect(lambda: self._give(answer=answer))
        return button

    def _give(self, *, answer: bool) -> None:
        self.answer = answer
        self.accept()

    def _measure(self, body: PageScroll, footer: Footer) -> None:
        """Be as high as what is said, if there is room for that."""
        room = self.screen().availableGeometry().size()
        width = min(max(theme().px(_WIDTH), footer.sizeHint().width()), room.width())
        inside = body.widget()
        layout = inside.layout() if inside is not None else None
        said = layout.heightForWidth(width - 2 * WIDE) if layout is not None else 0
        wanted = said + WIDE + NARROW + footer.minimumHeight()
        self.resize(width, min(wanted, round(room.height() * _MOST)))
