"""What is wrong, in words, with a button for each thing that can be done about it at once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from aisync_desktop.kernel.errors import Remedy
from aisync_desktop.kernel.problem import Problem
from aisync_desktop.ui.language import render
from aisync_desktop.ui.pages.home.remedies import make_writable, open_restore
from aisync_desktop.ui.parts.label import as_tooltip
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.shell.pages import Frame
from aisync_desktop.ui.words import one_line, path_with_end


class ProblemNote(Note):
    """One problem. Its buttons do what can be done, the likeliest first."""

    def __init__(self, tone: str, problem: Problem, frame: Frame) -> None:
        message, path = one_line(render(problem.message)), path_with_end(problem.path) if problem.path else ""
        where = "" if not path or path in message or problem.path in message else f"{one_line(path)}: "
        words = f"{where}{message} {one_line(render(problem.next_step))}"
        super().__init__(tone, one_line(render(problem.title)), words)
        self.setToolTip(as_tooltip(path) if path else "")
        self._problem, self._frame = problem, frame
        for remedy in problem.actions:
            self.add_action(_words(remedy)).clicked.connect(lambda _checked, one=remedy: self._act(one))

    def _act(self, remedy: Remedy) -> None:
        path = self._problem.path
        match remedy:
            case Remedy.OPEN_FILE:
                QDesktopServices.openUrl(QUrl.fromLocalFile(path))
            case Remedy.RESTORE_VERSION:
                open_restore(self._frame, path)
            case Remedy.MAKE_WRITABLE:
                make_writable(self._frame, path)
            case Remedy.TRY_AGAIN:
                self._frame.actions.sync_requested.emit()


def _words(remedy: Remedy) -> str:
    words = {
        Remedy.OPEN_FILE: QCoreApplication.translate("Home", "Open file"),
        Remedy.TRY_AGAIN: QCoreApplication.translate("Home", "Try again"),
        Remedy.RESTORE_VERSION: QCoreApplication.translate("Home", "Restore version"),
        Remedy.MAKE_WRITABLE: QCoreApplication.translate("Home", "Make writable"),
    }
    return words[remedy]
