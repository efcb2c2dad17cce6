"""One finding of the check-up: its sign, what was found, where, what to do, and a button for each repair.

What is shown comes from files in part: it is plain text, one line where a name or a path is.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from aisync_desktop.service.operations.repairing import FindingReport, RepairReport
from aisync_desktop.sync.applying.repairs import Cure
from aisync_desktop.sync.reports.doctor import Severity
from aisync_desktop.ui.icons import Sign, sign_icon
from aisync_desktop.ui.labels import plain_label
from aisync_desktop.ui.language import render
from aisync_desktop.ui.pages.permissions.permission_words import place_word
from aisync_desktop.ui.parts.label import as_tooltip

_ICON = 22
SIGNS = {Severity.ERROR: Sign.ALERT, Severity.WARNING: Sign.CAUTION, Severity.INFO: Sign.INFO}
_READABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class FindingCard(QFrame):
    """Signal: repair_wanted(the repair's id)."""

    repair_wanted = Signal(str)

    def __init__(self, finding: FindingReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.buttons: dict[str, QPushButton] = {}
        icon = QLabel(self)
        sign = sign_icon(SIGNS[finding.severity])
        icon.setPixmap(sign.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(3)
        message = plain_label(render(finding.message), bold=True)
        message.setTextInteractionFlags(_READABLE)  # Tab stops here, so that the keys reach every finding
        words.addWidget(message)
        words.addWidget(plain_label(render(finding.next_step)))
        place = _place(finding)
        if place:
            words.addWidget(plain_label(place, quiet=True))
        if finding.repairs:
            words.addLayout(self._make_buttons(finding))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setAccessibleName(render(finding.message))

    def _make_buttons(self, finding: FindingReport) -> QHBoxLayout:
        row = QHBoxLayout()
        for repair in finding.repairs:
            button = self._make_button(repair)
            self.buttons[repair.id] = button
            row.addWidget(button)
        row.addStretch()
        return row

    def _make_button(self, repair: RepairReport) -> QPushButton:
        button = QPushButton(_cure_word(repair.cure), self)
        summary = render(repair.summary)
        button.setToolTip(as_tooltip(summary))
        button.setAccessibleDescription(summary)
        button.clicked.connect(lambda: self.repair_wanted.emit(repair.id))
        return button


def _place(finding: FindingReport) -> str:
    where = place_word(finding.path, finding.line or 0)
    return " · ".join(filter(None, (finding.client, where)))


def _cure_word(cure: Cure) -> str:
    words = {
        Cure.PRIVATE: QCoreApplication.translate("FindingCard", "Make private…"),
        Cure.REFERENCE_BACK: QCoreApplication.translate("FindingCard", "Put the reference back…"),
        Cure.REFERENCE: QCoreApplication.translate("FindingCard", "Put a variable there…"),
        Cure.LAUNCH: QCoreApplication.translate("FindingCard", "Have AISync start it…"),
    }
    return words[cure]
