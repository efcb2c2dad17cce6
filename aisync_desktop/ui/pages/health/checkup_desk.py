"""Where a check-up is done: looks, shows what a repair would write, and has the engine do it.

Looks and previews only read, in the looking thread. What the user agrees to is done in the engine's thread, as every
other change is: it is in history, and can be undone.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from aisync_desktop.service.live.asking import Asks
from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.repairing import (
    DoctorRequest,
    RepairPreview,
    RepairPreviewRequest,
    RepairRequest,
)
from aisync_desktop.sync.model.status import Activity, Status
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.language import render
from aisync_desktop.ui.pages.health.checkup_window import CheckupWindow
from aisync_desktop.ui.shell.prompter import Prompter, Question
from aisync_desktop.ui.words import one_line, path_with_end

_MOST_LINES = 12  # of one part of a question: it must fit on the screen


class CheckupDesk(QObject):
    """The check-up window, made when it is first wanted, and what is done for it.

    Signal: undo_requested(the snapshot whose change is taken back).
    """

    undo_requested = Signal(int)

    def __init__(self, asks: Asks, prompter: Prompter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asks = asks
        self._prompter = prompter
        self._last: Activity | None = None
        self._repaired: Activity | None = None
        self._found, self._previews, self._repairs = Inquiry(self), Inquiry(self), Inquiry(self)
        self._previews.answered.connect(self._propose)
        self._repairs.answered.connect(self._finish)
        self.window: CheckupWindow | None = None

    def open(self) -> None:
        """Show the window as things are now, or bring it to the front."""
        window = self.window or self._make()
        if not window.isVisible():
            self._look()
        window.show()
        window.raise_()
        window.activateWindow()

    def set_status(self, status: Status) -> None:
        """Look again once something was written while the window is open."""
        changed, self._last = status.last != self._last, status.last
        if not changed or self.window is None:
            return
        if status.last != self._repaired:
            self.window.forget()  # the last change is another one by now
        if self.window.isVisible():
            self._look()

    def close(self) -> None:
        """Take the window off the screen, and wait for nothing any more."""
        for inquiry in (self._found, self._previews, self._repairs):
            inquiry.drop()
        if self.window is not None:
            self.window.close()

    def _make(self) -> CheckupWindow:
        window = self.window = CheckupWindow()
        self.destroyed.connect(window.deleteLater)
        window.look_wanted.connect(self._look)
        window.repair_wanted.connect(self._preview)
        window.undo_wanted.connect(self._undo)
        self._found.answered.connect(lambda came: window.set_findings(came.findings))
        for inquiry in (self._found, self._previews, self._repairs):
            inquiry.refused.connect(window.refuse)
            inquiry.stumbled.connect(window.stumble)
        return window

    def _look(self) -> None:
        self._shown().work()
        self._found.follow(self._asks.ask(DoctorRequest()))

    def _preview(self, ids: Collection[str]) -> None:
        self._shown().work()
        self._previews.follow(self._asks.ask(RepairPreviewRequest(ids=tuple(ids))))

    def _propose(self, preview: RepairPreview) -> None:
        """Ask whether this is to be done; it is what was shown, whatever is found meanwhile."""

        def answered(agreed: bool) -> None:
            if agreed:
                self._repair(tuple(repair.id for repair in preview.repairs))

        if not preview.repairs:  # they were done elsewhere
            self._look()
            return
        self._shown().rest()
        self._prompter.ask(self._shown(), self._question(preview), answered)

    def _question(self, preview: RepairPreview) -> Question:
        writes = _writes(preview) or [self.tr("No file has to be written.")]
        kept = self.tr("Every version that is replaced is kept in the history.")
        return Question(
            title=self.tr("Repair"),
            text="\n".join(self._short([one_line(render(repair.summary)) for repair in preview.repairs])),
            detail="\n".join([self.tr("What would be written:"), *self._short(writes), "", kept]),
            accept=self.tr("&Repair"),
            reject=self.tr("&Not now"),
        )

    def _short(self, lines: list[str]) -> list[str]:
        if len(lines) <= _MOST_LINES:
            return lines
        more = self.tr("… and {count} more").format(count=len(lines) - _MOST_LINES)
        return [*lines[:_MOST_LINES], more]

    def _repair(self, ids: tuple[str, ...]) -> None:
        self._shown().work()
        self._repairs.follow(self._asks.ask(RepairRequest(ids=ids)))

    def _finish(self, done: SyncAnswer) -> None:
        """Tell what was done, and look at what is left."""
        self._repaired = done.status.last
        words = self.tr("Repaired: %n file(s) written", "", len(set(done.written)))
        self._shown().tell(words, undoable=bool(done.written))
        self._look()

    def _undo(self) -> None:
        self.undo_requested.emit(self._repaired.snapshot if self._repaired else 0)

    def _shown(self) -> CheckupWindow:
        return self.window or self._make()


def _writes(preview: RepairPreview) -> list[str]:
    """Return the files, each with where it really is, if that is elsewhere, and the items that change in it."""
    files = {target.path: target for target in preview.plan.targets}
    ends = {path: target.real_path for path, target in files.items() if target.elsewhere}
    changes = {path: [change.item for change in target.changes] for path, target in files.items()}
    told = ((path_with_end(path, ends.get(path, "")), ", ".join(changes.get(path, ()))) for path in preview.writes)
    return [one_line(": ".join(filter(None, line))) for line in told]
