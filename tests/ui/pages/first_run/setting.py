"""The first run with an engine that answers as a test tells it to."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.previews import AnswerPreview, DecisionPreviewRequest, ProposalRequest
from aisync_desktop.service.operations.secrets import Keyring, KeyringRequest
from aisync_desktop.service.operations.syncing import ApplyRequest
from aisync_desktop.sync.reports.consent import Proposal
from aisync_desktop.ui.pages.first_run.page import CHANGES, FirstRunPage
from aisync_desktop.ui.parts.row import ROW_ROLE, Heading
from tests.ui.frames import FakeFrame
from tests.ui.pages.first_run.samples import CALM, NEW, PROPOSAL
from tests.ui.samples import IN_STEP


class Setting:
    """The page, with an engine that answers as it is told to."""

    def __init__(self, qtbot: QtBot) -> None:
        self.proposal = PROPOSAL
        self.keyring: Keyring | Exception = Keyring(usable=True)
        self.applied: SyncAnswer | Exception = SyncAnswer(written=("/a", "/b"), failed=(), status=IN_STEP)
        self.preview: AnswerPreview | Exception = AnswerPreview(settles=(), result={"command": "uvx"})
        self.asked: list[Any] = []
        self.around = FakeFrame(self._answer)
        self.page = FirstRunPage(self.around.frame)
        qtbot.addWidget(self.page)
        self.page.resize(1120, 720)

    def show(self, qtbot: QtBot, proposal: Proposal | None = None) -> FirstRunPage:
        self.proposal = proposal or self.proposal
        self.page.set_status(NEW)
        with qtbot.waitExposed(self.page):
            self.page.show()
        return self.page

    def of(self, kind: type[Any]) -> list[Any]:
        return [request for request in self.asked if isinstance(request, kind)]

    def _answer(self, request: Any) -> Any:
        self.asked.append(request)
        answers: dict[type[Any], Any] = {
            ProposalRequest: self.proposal,
            KeyringRequest: self.keyring,
            ApplyRequest: self.applied,
            DecisionPreviewRequest: self.preview,
        }
        answer = answers[type(request)]
        if isinstance(answer, Exception):
            raise answer
        return answer


def let_go(setting: Setting) -> None:
    """Have what was asked answered, and whatever is asked from then on at once."""
    held, setting.around.asks.held = setting.around.asks.held, None
    for answer in held or ():
        answer()


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return labels + [button.text() for button in widget.findChildren(QPushButton) if button.isVisible()]


def headings(page: FirstRunPage) -> list[str]:
    """Return what the groups of questions are called."""
    model = page.questions.rows.model()
    entries = [model.index(number, 0).data(ROW_ROLE) for number in range(model.rowCount())]
    return [entry.words for entry in entries if isinstance(entry, Heading)]


def at_changes(setting: Setting, qtbot: QtBot, proposal: Proposal = CALM) -> FirstRunPage:
    page = setting.show(qtbot, proposal)
    while page.step != CHANGES:
        page.next.click()
    return page
