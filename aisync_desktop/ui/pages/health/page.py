"""Health: looks, shows what a repair would write, and has the engine do it.

Looks and previews only read, in the looking thread. What the user agrees to is done in the engine's thread, as every
other change is: it is in history, and can be undone.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QVBoxLayout

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
from aisync_desktop.ui.pages.health.checkup_view import CheckupView
from aisync_desktop.ui.shell.pages import Frame, Page
from aisync_desktop.ui.shell.prompter import Question
from aisync_desktop.ui.words import one_line, path_with_end

_MOST_LINES = 12  # of one part of a question: it must fit on the screen


class HealthPage(Page):
    """The page, and what is done for it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._last: Activity | None = None
        self._repaired: Activity | None = None
        self._found, self._previews, self._repairs = Inquiry(self), Inquiry(self), Inquiry(self)
        self.view = CheckupView()
        self.view.look_wanted.connect(self._look)
        self.view.repair_wanted.connect(self._preview)
        self.view.undo_wanted.connect(self._undo)
        self._found.answered.connect(lambda came: self.view.set_findings(came.findings))
        self._previews.answered.connect(self._propose)
        self._repairs.answered.connect(self._finish)
        for inquiry in (self._found, self._previews, self._repairs):
            inquiry.refused.connect(self.view.refuse)
            inquiry.stumbled.connect(self.view.stumble)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)

    def set_status(self, status: Status) -> None:
        """Look again once something was written while somebody looks."""
        super().set_status(status)
        changed, self._last = status.last != self._last, status.last
        if not changed:
            return
        if status.last != self._repaired:
            self.view.forget()  # the last change is another one by now
        if self.isVisible():
            self._look()

    def seen(self) -> None:
        """Look at how things are now."""
        self._look()

    def unseen(self) -> None:
        """Wait for no look any more."""
        self._found.drop()

    def _look(self) -> None:
        self.view.work()
        self._found.follow(self.frame.asks.ask(DoctorRequest()))

    def _preview(self, ids: Collection[str]) -> None:
        self.view.work()
        self._previews.follow(self.frame.asks.ask(RepairPreviewRequest(ids=tuple(ids))))

    def _propose(self, preview: RepairPreview) -> None:
        """Ask whether this is to be done; it is what was shown, whatever is found meanwhile."""

        def answered(agreed: bool) -> None:
            if agreed:
                self._repair(tuple(repair.id for repair in preview.repairs))

        if not preview.repairs:  # they were done elsewhere
            self._look()
            return
        self.view.rest()
        self.frame.prompter.ask(self.view, self._question(preview), answered)

    def _question(self, preview: RepairPreview) -> Question:
        writes = _writes(preview) or [self.tr("No file has to be written.")]
        kept = self.tr("Every version that is replaced is kept in the history.")
        return Question(
            title=self.tr("Repair"),
            text="\n".join(self._short([one_line(render(repair.summary)) for repair in preview.repairs])),
            detail="\n".join([self.tr("What would be written:"), *self._short(writes), "", kept]),
            accept=self.tr("Repair"),
            reject=self.tr("Not now"),
        )

    def _short(self, lines: list[str]) -> list[str]:
        if len(lines) <= _MOST_LINES:
            return lines
        more = self.tr("… and {count} more").format(count=len(lines) - _MOST_LINES)
        return [*lines[:_MOST_LINES], more]

    def _repair(self, ids: tuple[str, ...]) -> None:
        self.view.work()
        self._repairs.follow(self.frame.asks.ask(RepairRequest(ids=ids)))

    def _finish(self, done: SyncAnswer) -> None:
        """Tell what was done, and look at what is left."""
        self._repaired = done.status.last
        words = self.tr("Repaired: %n file(s) written", "", len(set(done.written)))
        self.view.tell(words, undoable=bool(done.written))
        self._look()

    def _undo(self) -> None:
        self.frame.actions.undo_requested.emit(self._repaired.snapshot if self._repaired else 0)


def _writes(preview: RepairPreview) -> list[str]:
    """Return the files, each with where it really is, if that is elsewhere, and the items that change in it."""
    files = {target.path: target for target in preview.plan.targets}
    ends = {path: target.real_path for path, target in files.items() if target.elsewhere}
    changes = {path: [change.item for change in target.changes] for path, target in files.items()}
    told = ((path_with_end(path, ends.get(path, "")), ", ".join(changes.get(path, ()))) for path in preview.writes)
    return [one_line(": ".join(filter(None, line))) for line in told]
