"""The window's pages in their states, from fixtures: what `make screenshots` draws and what is held to be whole.

A scene is a page (or what lies over one), with the states that it can be in. Each is made in a window of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from aisync_desktop.files.errors import WriteProtected
from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import Remedy
from aisync_desktop.kernel.line_diff import diff_lines
from aisync_desktop.kernel.problem import problem_of
from aisync_desktop.service.operations.changes import ChangesRequest
from aisync_desktop.service.operations.looking import Audit, Items, ItemsRequest, PermissionsRequest
from aisync_desktop.service.operations.previews import AnswerPreview, DecisionPreviewRequest, ProposalRequest
from aisync_desktop.service.operations.remedies import RestorePreview
from aisync_desktop.service.operations.repairing import DoctorRequest, Findings
from aisync_desktop.service.operations.secrets import Keyring, KeyringRequest
from aisync_desktop.service.operations.syncing import ApplyRequest
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.model.status import Status
from aisync_desktop.sync.reports.changes import Changes
from aisync_desktop.sync.reports.consent import Proposal
from aisync_desktop.sync.terms.errors import NoItemError, NotWritingError
from aisync_desktop.ui.pages.decisions.dialog import DecisionDialog
from aisync_desktop.ui.pages.decisions.page import ANSWERED, DecisionsPage
from aisync_desktop.ui.pages.first_run.page import CHANGES, QUESTIONS, FirstRunPage
from aisync_desktop.ui.pages.history.step_dialog import StepDialog, open_undo
from aisync_desktop.ui.pages.home.remedies import RestoreDialog
from aisync_desktop.ui.shell.find import Finder
from aisync_desktop.ui.shell.pages import Page
from aisync_desktop.ui.shell.palette import Palette
from aisync_desktop.ui.shell.prompter import QtPrompter
from aisync_desktop.ui.shell.window import MainWindow
from tests.ui.asks import NeverAnsweredError
from tests.ui.clashes import POSTGRES, PREVIEW
from tests.ui.frames import NOON, FakeFrame
from tests.ui.pages.decisions.test_decisions_page import Asked
from tests.ui.pages.first_run import samples as first
from tests.ui.pages.health.test_health_page import ERROR, INFO, WARNING
from tests.ui.pages.history.test_step_dialog import LOOSER, STEP, History
from tests.ui.pages.home.test_home_page import _change
from tests.ui.pages.permissions.test_permissions_page import RIGHTS
from tests.ui.questions import MASS, PROPOSED, RULES, SERVERS, WIDER
from tests.ui.samples import IN_STEP, PAUSED, PROBLEM, WAITING

_GONE = MASS.model_copy(update={"id": "8"})
_WIDER = WIDER.model_copy(update={"id": "9"})
_LONG = "a-name-that-somebody-made-much-longer-than-anybody-would-like-to-read-it"


class Stage:
    """One window with what is behind it: `answers` says what comes of each kind of request, `engine` of all others."""

    def __init__(
        self,
        status: Status,
        answers: Mapping[type[Any], Any] | None = None,
        engine: Callable[[Any], Any] | None = None,
    ) -> None:
        self._engine = engine or _never
        self.answers: dict[type[Any], Any] = {
            DoctorRequest: Findings(findings=(ERROR, WARNING, INFO)),
            PermissionsRequest: Audit(clients=RIGHTS),
            ItemsRequest: Items(items=()),
            ChangesRequest: Changes(changes=(_change(7, undoable=True), _change(5)), newest=7),
            **(answers or {}),
        }
        self.around = FakeFrame(self._answer)
        self.around.actions.set_status(status)
        self.window = MainWindow(
            self.around.asks, self.around.had.append, self.around.actions, QtPrompter(), lambda: False
        )
        self.window.set_status(status)
        self._status = status

    @property
    def page(self) -> Page:
        """The page that is open."""
        page = self.window.page
        assert page is not None
        return page

    def open(self, route: str) -> Stage:
        """Open a page."""
        self.window.go(route)
        return self

    def find(self, typed: str, steps: int = 0) -> QWidget:
        """Open the palette and type into it."""
        palette = Palette(self.window)
        finder = Finder(self.around.asks, self.around.actions, palette, self.around.went.append)
        finder.set_status(self._status)
        self.window.show()
        finder.open()
        palette.field.setText(typed)
        for _ in range(steps):
            palette.rows.step(1)
        return self.window

    def dialog(self) -> QWidget:
        """Have the window explain what closing does."""
        self.window.show()
        QtPrompter().ask(self.window, self.window._close_question(), lambda _: None)
        (box,) = self.window.findChildren(QDialog)
        return box

    def _answer(self, request: Any) -> Any:
        if type(request) in self.answers:
            answer = self.answers[type(request)]
            if isinstance(answer, Exception):
                raise answer
            return answer
        try:
            return self._engine(request)
        except AssertionError as error:
            raise NeverAnsweredError from error


def _never(request: Any) -> Any:
    raise NeverAnsweredError(request)


@dataclass(frozen=True)
class Scene:
    """A page and its states; `drawing` is the name of what it is laid beside. Dialogs have a size of their own."""

    name: str
    states: Mapping[str, Callable[[], QWidget]]
    drawing: str = ""
    dialog: bool = False


def focused(widget: QWidget, steps: int = 1) -> QWidget:
    """Have the tabulator go so many steps."""
    widget.show()
    widget.activateWindow()
    QApplication.processEvents()
    for _ in range(steps):
        QTest.keyClick(QApplication.focusWidget() or widget, Qt.Key.Key_Tab)
    return widget


def _window(status: Status, route: str = "home") -> QWidget:
    return Stage(status).open(route).window


def _with_long_names(status: Status) -> Status:
    clients = tuple(one.model_copy(update={"name": f"{one.name} {_LONG}"}) for one in status.clients)
    return status.model_copy(update={"clients": (*clients, *clients)})


def _with_remedies(status: Status) -> Status:
    broken = PROBLEM.model_copy(update={"actions": (Remedy.OPEN_FILE, Remedy.RESTORE_VERSION)})
    protected = problem_of(WriteProtected(Path("/h/.codex/config.toml")))
    return status.model_copy(update={"problems": (broken, protected)})


def _restore() -> QWidget:
    """Return how the last good version of a file is shown before it comes back."""
    lines = tuple(diff_lines('{"mcpServers": {\n', '{"mcpServers": {\n  "db": {"command": "db"}\n}}\n', 3))
    file = PREVIEW.files[0].model_copy(update={"lines": lines, "path": PROBLEM.path})
    return RestoreDialog(RestorePreview(over="ab", path=PROBLEM.path, version=7, at=NOON, files=(file,)))


def _health(*findings: Any) -> QWidget:
    return Stage(WAITING, {DoctorRequest: Findings(findings=findings)}).open("health").window


def decisions(*questions: Question, then: Callable[[DecisionsPage], object] | None = None) -> QWidget:
    """Return the page with these questions, and what the user does there."""
    engine = Asked(*questions)
    stage = Stage(engine.status, engine=engine)
    stage.window.show()
    page = stage.open("decisions").page
    assert isinstance(page, DecisionsPage)
    QApplication.processEvents()
    if then:
        then(page)
    return stage.window


def _refused(page: DecisionsPage) -> None:
    page.pane.card.take_column(2, whole=True)
    page.pane.card.refuse(NotWritingError(paused=True))


def _unfolded(page: DecisionsPage) -> None:
    page.pane.card.take_column(2)
    page.pane.card.effect.note.acted.emit()
    next(iter(page.pane.card.effect.files.files.values())).open()


def _by_hand(page: DecisionsPage) -> None:
    result = page.pane.card.result
    assert result is not None
    result.by_hand.click()
    page.pane.card.refuse(NoItemError("line 1"))


def _answered(page: DecisionsPage) -> None:
    page.segments.choose(ANSWERED)
    page.segments.changed.emit(ANSWERED)


def _card(question: Question, column: int = 0) -> QWidget:
    """Return the card of a question as a dialog."""
    engine = Asked(question)
    around = FakeFrame(engine)
    dialog = DecisionDialog(around.asks)
    dialog.pane.keeper.set_status(engine.status)
    dialog.pane.keeper.open(question.id)
    dialog.show()
    if column:
        dialog.pane.card.take_column(column, whole=True)
    return dialog


def _undo(*, loosens: bool = False) -> QWidget:
    """Return what an undo would do, as a dialog."""
    window = QWidget()
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    before = set(QApplication.topLevelWidgets())
    open_undo(FakeFrame(History(STEP.model_copy(update={"loosens": (LOOSER,) if loosens else ()}))).frame, 12)
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, StepDialog) and one not in before]
    dialog.setParent(None, dialog.windowFlags())  # what is behind it goes
    return dialog


def _long_question() -> Question:
    sides = tuple(one.model_copy(update={"name": f"{one.name} {_LONG}"}) for one in POSTGRES.sides)
    return POSTGRES.model_copy(update={"item": f"mcp/{_LONG}", "sides": sides})


def first_run(
    proposal: Proposal, step: int = 0, then: Callable[[FirstRunPage, Stage], object] | None = None
) -> QWidget:
    """Return the first run at one of its steps, and what the user does there."""
    answers: dict[type[Any], Any] = {ProposalRequest: proposal, KeyringRequest: Keyring(usable=True)}
    fields = {**(first.POSTGRES.sides[0].fields or {})}
    answers[DecisionPreviewRequest] = AnswerPreview(settles=(), result=fields)
    stage = Stage(first.NEW, answers)
    stage.window.show()
    page = stage.page
    assert isinstance(page, FirstRunPage)
    QApplication.processEvents()
    while page.step < step:
        page.go_on()
    if then:
        then(page, stage)
    return stage.window


def _refuse(page: FirstRunPage, stage: Stage) -> None:
    stage.answers[ApplyRequest] = NotWritingError(paused=True)
    page.go_on()


def _wait(page: FirstRunPage, stage: Stage) -> None:
    stage.around.asks.held = []
    page.go_on()


def _choose_second(page: FirstRunPage, stage: Stage) -> None:
    del stage
    page.changes.rows.step(1)


def _answer_second(page: FirstRunPage, stage: Stage) -> None:
    del stage
    page.questions.pane.card.take_column(2, whole=True)


def _long_proposal() -> Proposal:
    files = tuple(one.model_copy(update={"path": f"{one.path}/{_LONG}/{_LONG}.json"}) for one in first.FILES * 3)
    clients = tuple(
        one.model_copy(update={"name": f"{one.name} {_LONG}", "files": tuple(file.path for file in files[:6])})
        for one in first.PROPOSAL.clients
    )
    long = tuple(first.POSTGRES.model_copy(update={"item": f"mcp/{_LONG}", "id": str(n)}) for n in range(4))
    asked = (first.PROPOSAL.asked[0].model_copy(update={"decisions": long}),)
    return first.PROPOSAL.model_copy(update={"files": files, "clients": clients, "asked": asked})


SCENES: tuple[Scene, ...] = (
    Scene(
        "home",
        {
            "usual": lambda: _window(WAITING),
            "empty": lambda: _window(IN_STEP),
            "paused": lambda: _window(PAUSED),
            "error": lambda: _window(_with_remedies(IN_STEP)),
            "focused": lambda: focused(_window(WAITING), 12),
            "long": lambda: _window(_with_long_names(WAITING)),
        },
        "home",
    ),
    Scene(
        "decisions",
        {
            "usual": lambda: decisions(POSTGRES, _GONE, _WIDER),
            "selected": lambda: decisions(POSTGRES, _GONE, then=lambda page: page.pane.card.take_column(2, whole=True)),
            "focused": lambda: focused(decisions(POSTGRES, _GONE, _WIDER), 12),
            "empty": decisions,
            "error": lambda: decisions(POSTGRES, then=_refused),
            "long": lambda: decisions(_long_question(), _GONE),
            "looser": lambda: decisions(_WIDER),
            "gone": lambda: decisions(_GONE),
            "rules": lambda: decisions(RULES),
            "differences": lambda: decisions(POSTGRES, then=_unfolded),
            "by-hand": lambda: decisions(POSTGRES, then=_by_hand),
            "answered": lambda: decisions(POSTGRES, then=_answered),
        },
        "decisions",
    ),
    Scene(
        "card",
        {
            "usual": lambda: _card(POSTGRES),
            "selected": lambda: _card(POSTGRES, 1),
            "looser": lambda: _card(_WIDER),
            "servers": lambda: _card(SERVERS),
            "proposed": lambda: _card(PROPOSED),
        },
        dialog=True,
    ),
    Scene("restore", {"usual": _restore}, dialog=True),
    Scene("undo", {"usual": _undo, "looser": lambda: _undo(loosens=True)}, dialog=True),
    Scene(
        "first-run-found",
        {
            "usual": lambda: first_run(first.CALM),
            "error": lambda: first_run(first.PROPOSAL),
            "empty": lambda: first_run(first.NOBODY),
            "focused": lambda: focused(first_run(first.CALM), 2),
            "long": lambda: first_run(_long_proposal()),
        },
        "first-run-2",
    ),
    Scene(
        "first-run-questions",
        {
            "usual": lambda: first_run(first.PROPOSAL, QUESTIONS),
            "selected": lambda: first_run(first.PROPOSAL, QUESTIONS, _answer_second),
            "focused": lambda: focused(first_run(first.PROPOSAL, QUESTIONS), 2),
            "long": lambda: first_run(_long_proposal(), QUESTIONS),
        },
        "first-run-2",
    ),
    Scene(
        "first-run-changes",
        {
            "usual": lambda: first_run(first.PROPOSAL, CHANGES),
            "selected": lambda: first_run(first.PROPOSAL, CHANGES, _choose_second),
            "focused": lambda: focused(first_run(first.PROPOSAL, CHANGES), 2),
            "empty": lambda: first_run(first.ALIKE, CHANGES),
            "error": lambda: first_run(first.PROPOSAL, CHANGES, _refuse),
            "waiting": lambda: first_run(first.PROPOSAL, CHANGES, _wait),
            "long": lambda: first_run(_long_proposal(), CHANGES),
        },
        "first-run-2",
    ),
    Scene(
        "permissions",
        {
            "usual": lambda: _window(WAITING, "permissions"),
            "focused": lambda: focused(_window(WAITING, "permissions"), 10),
            "empty": lambda: Stage(IN_STEP, {PermissionsRequest: Audit(clients=())}).open("permissions").window,
        },
        "permissions",
    ),
    Scene(
        "health",
        {
            "usual": lambda: _health(WARNING, INFO),
            "error": lambda: _health(ERROR, WARNING, INFO),
            "empty": _health,
        },
        "health",
    ),
    Scene(
        "palette",
        {
            "usual": lambda: Stage(WAITING).find(""),
            "selected": lambda: Stage(WAITING).find("", 2),
            "empty": lambda: Stage(WAITING).find("nothing is called so"),
        },
        "palette",
    ),
    Scene("dialog", {"usual": lambda: Stage(WAITING).dialog()}, dialog=True),
)
