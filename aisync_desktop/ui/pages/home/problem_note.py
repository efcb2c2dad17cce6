"""What is wrong, in words, with a button for what can be done about it at once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from aisync_desktop.kernel.errors import Remedy
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.ui.language import render
from aisync_desktop.ui.parts.label import as_tooltip
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.shell.pages import Frame
from aisync_desktop.ui.words import one_line, path_with_end

_HERE = (Remedy.OPEN_FILE, Remedy.TRY_AGAIN)  # what can be done from this page


class ProblemNote(Note):
    """One problem. Its button does the likeliest of what can be done here."""

    def __init__(self, tone: str, problem: Problem, frame: Frame) -> None:
        words = " ".join(one_line(render(text)) for text in (problem.message, problem.next_step))
        remedy = next((one for one in problem.actions if one in _HERE), None)
        super().__init__(tone, one_line(render(problem.title)), words, _words(remedy) if remedy else "")
        self.setToolTip(as_tooltip(path_with_end(problem.path)) if problem.path else "")
        self._problem, self._remedy, self._frame = problem, remedy, frame
        self.acted.connect(self._act)

    def _act(self) -> None:
        if self._remedy is Remedy.OPEN_FILE:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._problem.path))
        else:
            self._frame.actions.sync_requested.emit()


def _words(remedy: Remedy) -> str:
    words = {
        Remedy.OPEN_FILE: QCoreApplication.translate("Home", "Open file"),
        Remedy.TRY_AGAIN: QCoreApplication.translate("Home", "Try again"),
    }
    return words[remedy]
