"""A prompter that needs nobody in front of the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from aisync_desktop.ui.shell.prompter import Question


@dataclass
class RecordingPrompter:
    """Keeps what was asked, and answers at once with `answer`."""

    answer: bool | None = True  # None: cancelled
    asked: list[Question] = field(default_factory=list)

    def ask(self, _parent: QWidget, question: Question, answered: Callable[[bool], None], /) -> None:
        """Keep the question and answer it."""
        self.asked.append(question)
        if self.answer is not None:
            answered(self.answer)
