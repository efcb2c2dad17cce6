"""The check-up window: what the doctor found, the worst first, and what can be done about it.

It looks at nothing and repairs nothing by itself: what is wanted leaves it as a signal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.service.operations.repairing import FindingReport
from aisync_desktop.sync.reports.doctor import Severity
from aisync_desktop.ui.labels import plain_label
from aisync_desktop.ui.pages.health.finding_card import FindingCard
from aisync_desktop.ui.parts.column_end import ColumnEnd
from aisync_desktop.ui.words import refusal_lines

_SIZE = QSize(780, 640)


class CheckupView(QWidget):
    """Signals: look_wanted, repair_wanted(ids; none: all that need no question), undo_wanted."""

    look_wanted = Signal()
    repair_wanted = Signal(tuple)
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._findings: tuple[FindingReport, ...] | None = None
        self._works = False
        self.again, self.all = QPushButton(self), QPushButton(self)
        self.said, self.undo = plain_label(), QPushButton(self)
        self._headline = plain_label(bold=True)
        self._scroll = QScrollArea(self)
        self._arrange()
        self._connect()
        self._render()

    @property
    def cards(self) -> list[FindingCard]:
        """What is made, from top to bottom."""
        return self._scroll.findChildren(FindingCard)

    def set_findings(self, findings: Sequence[FindingReport]) -> None:
        """Show what was found; what was said before stays."""
        self._works = False
        if tuple(findings) != self._findings:
            self._findings = tuple(findings)
            self._show_findings()
        self._render()

    def work(self) -> None:
        """Say that something goes on; nothing more can be asked for until it ends."""
        self._works = True
        self._render()

    def rest(self) -> None:
        """Take requests again."""
        self._works = False
        self._render()

    def tell(self, words: str, *, undoable: bool = False) -> None:
        """Say what was done, and offer to take it back."""
        self.said.setText(words)
        self.said.show()
        self.undo.setVisible(undoable)
        self.rest()

    def forget(self) -> None:
        """Leave behind what was done: it was taken back, or something else was done since."""
        self.undo.hide()
        self.said.hide()

    def refuse(self, error: WorldError) -> None:
        """Say why nothing came of it."""
        self.tell(refusal_lines(error))

    def stumble(self) -> None:
        """Say that it was a fault of ours."""
        self.tell(self.tr("Something went wrong in AISync. A report was written; you can try again."))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show_findings()
            self._render()
        super().changeEvent(event)

    def _arrange(self) -> None:
        head, told = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._headline, 1)
        head.addWidget(self.all)
        head.addWidget(self.again)
        told.addWidget(self.said, 1)
        told.addWidget(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(told)
        column.addWidget(self._scroll, 1)
        self.said.hide()
        self.undo.hide()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # nothing can be done at it
        self._scroll.setWidget(QWidget())

    def _connect(self) -> None:
        self.again.clicked.connect(self.look_wanted)
        self.all.clicked.connect(lambda: self.repair_wanted.emit(()))
        self.undo.clicked.connect(self.forget)
        self.undo.clicked.connect(self.undo_wanted)

    def _show_findings(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        column.addStretch()
        end = ColumnEnd(self._make_findings(column))
        end.go_on()
        column.insertWidget(column.count() - 1, end)
        self._scroll.setWidget(body)  # the old one is deleted with all that was in it

    def _make_findings(self, column: QVBoxLayout) -> Iterator[None]:
        """Make what stands in the column, one after another: of hundreds, as one comes near them."""
        for place, widget in enumerate(self._make_groups()):
            column.insertWidget(place, widget)
            yield

    def _make_groups(self) -> Iterator[QWidget]:
        if self._findings == ():
            empty = plain_label(self.tr("Nothing was found."), quiet=True)
            empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
            yield empty
        for severity in Severity:
            group = [finding for finding in self._findings or () if finding.severity is severity]
            if group:
                yield plain_label(f"{self._group_word(severity)} ({len(group)})", bold=True)
            for finding in group:
                card = FindingCard(finding)
                card.repair_wanted.connect(lambda one: self.repair_wanted.emit((one,)))
                for button in card.buttons.values():
                    button.setEnabled(not self._works)
                yield card

    def _group_word(self, severity: Severity) -> str:
        words = {
            Severity.ERROR: self.tr("Errors"),
            Severity.WARNING: self.tr("Warnings"),
            Severity.INFO: self.tr("Worth knowing"),
        }
        return words[severity]

    def _render(self) -> None:
        self.again.setText(self.tr("&Look again"))
        self.all.setText(self.tr("&Repair all that need no question…"))
        self.undo.setText(self.tr("&Undo"))
        self._scroll.setAccessibleName(self.tr("What was found"))
        self._headline.setText(self._summary())
        offered = [repair for finding in self._findings or () for repair in finding.repairs]
        self.all.setVisible(any(repair.unasked for repair in offered))
        for button in (self.again, self.all, *(one for card in self.cards for one in card.buttons.values())):
            button.setEnabled(not self._works)

    def _summary(self) -> str:
        if self._works or self._findings is None:
            return self.tr("Looking…")
        if not self._findings:
            return self.tr("Nothing was found.")
        return self.tr("%n thing(s) found", "", len(self._findings))
