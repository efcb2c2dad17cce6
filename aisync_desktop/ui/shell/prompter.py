"""The one seam for modal talk: windows ask a `Prompter`, and only this module opens message boxes.

Answers come by callback, so no nested event loop runs and a test's prompter answers at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from aisync_desktop.kernel.dataclass import dataclass


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
    """Talks through message boxes that block their window only."""

    def ask(self, parent: QWidget, question: Question, answered: Callable[[bool], None]) -> None:
        """Show the question over its window."""
        box = self._box(parent, question)
        box.setInformativeText(question.detail)
        accept = box.addButton(question.accept, QMessageBox.ButtonRole.AcceptRole)
        role = QMessageBox.ButtonRole.DestructiveRole if question.cancel else QMessageBox.ButtonRole.RejectRole
        reject = box.addButton(question.reject, role)
        cancel = box.addButton(question.cancel, QMessageBox.ButtonRole.RejectRole) if question.cancel else None
        box.setEscapeButton(cancel or reject)
        box.setDefaultButton(accept)

        def finished() -> None:
            clicked = box.clickedButton()  # none of them, where the box itself was closed
            if cancel is None or clicked is accept or clicked is reject:
                answered(clicked is accept)

        box.finished.connect(finished)
        box.open()

    @staticmethod
    def _box(parent: QWidget, question: Question) -> QMessageBox:
        icon, no_button = QMessageBox.Icon.Question, QMessageBox.StandardButton.NoButton
        box = QMessageBox(icon, question.title, question.text, no_button, parent)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # What is shown can come from files: it is text, whatever it looks like.
        box.setTextFormat(Qt.TextFormat.PlainText)
        return box
