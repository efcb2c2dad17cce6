from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableView, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.clients.descriptor import Confined
from aisync_desktop.kernel.messages import text
from aisync_desktop.permissions.language import Action
from aisync_desktop.service.operations.looking import AllowedRequest, Answers, Audit, PermissionsRequest
from aisync_desktop.sync.model.status import Status
from aisync_desktop.sync.reports.allowed import Answer, NoRulesError
from aisync_desktop.sync.reports.audit import Danger, Right, Rights
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.pages.permissions.page import PermissionsPage
from aisync_desktop.ui.pages.permissions.permission_view import PermissionView
from aisync_desktop.ui.theme import Appearance
from tests.ui.asks import FakeAsks
from tests.ui.frames import FakeFrame
from tests.ui.samples import IN_STEP, WAITING

pytestmark = pytest.mark.usefixtures("languages")

_Role = Qt.ItemDataRole
DENIED = Answer(
    client="claude-code", name="Claude Code", action=Action.DENY, rule="Bash(<b>rm</b>:*)", path="/h/s.json", line=3
)
OPEN = Answer(client="qwen-code", name="Qwen", action=Action.ALLOW, mode="yolo", path="/h/q.json")
SILENT = Answer(client="codex", name="Codex CLI", action=Action.ASK)
BOXED = Answer(client="codex", name="Codex CLI", action=Action.ALLOW, confined=Confined.WORKSPACE)
JUDGED = Answer(client="qwen-code", name="Qwen", action=Action.ASK, judge="model")
RIGHTS = (
    Rights(
        client="claude-code",
        name="Claude Code",
        rights=(
            Right(item="shell: git", rule="Bash(git:*)", path="/h/s.json", line=4, not_at=("codex",)),
            Right(item="shell: ls", rule="Bash(<i>ls</i>)", path="/h/s.json", line=5),
        ),
        dangers=(Danger(code="root", message=text("audit.root"), example="sudo x\n<b>y</b>", answer=DENIED),),
    ),
    Rights(client="codex", name="Codex CLI"),
)


@pytest.fixture
def window(qtbot: QtBot) -> PermissionView:
    made = PermissionView()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _cells(table: QTableView) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def _tree(tree: QTreeView) -> dict[str, list[list[str]]]:
    model = tree.model()
    clients = [model.index(row, 0) for row in range(model.rowCount())]
    return {
        str(one.data()): [[_cell(one, row, column) for column in range(3)] for row in _rows(one)] for one in clients
    }


def _rows(parent: QModelIndex) -> range:
    return range(parent.model().rowCount(parent))


def _cell(parent: QModelIndex, row: int, column: int) -> str:
    return str(parent.model().index(row, column, parent).data())


def test_what_every_client_answers_is_told_by_a_word_a_sign_and_the_reason(window: PermissionView) -> None:
    window.set_answers([DENIED, OPEN, SILENT])
    assert _cells(window.table) == [
        ["Claude Code", "Denied", "Bash(<b>rm</b>:*)", "/h/s.json:3"],
        ["Qwen", "Allowed", "its mode: yolo", "/h/q.json"],
        ["Codex CLI", "Asks", "no rule is about it", ""],
    ]
    signs = [window.table.model().index(row, 1).data(_Role.DecorationRole) for row in range(3)]
    assert len({sign.cacheKey() for sign in signs if isinstance(sign, QIcon)}) == 3


def test_an_answer_says_in_words_what_confines_it_and_who_is_asked(window: PermissionView) -> None:
    window.set_answers([BOXED, JUDGED])
    assert _cells(window.table) == [
        [
            "Codex CLI",
            "Allowed in its sandbox",
            "no rule is about it · in its sandbox: it writes in this folder only",
            "",
        ],
        ["Qwen", "Asks a model", "no rule is about it · a model decides, not you", ""],
    ]


def test_what_looks_like_markup_is_shown_as_it_is(window: PermissionView) -> None:
    window.set_answers([DENIED])
    assert "&lt;b&gt;" in window.table.model().index(0, 2).data(_Role.ToolTipRole)
    window.argument.setText("<b>x</b>")
    window.ask.click()
    formats = {label.textFormat() for label in window.findChildren(QLabel) if "<b>" in label.text()}
    assert formats == {Qt.TextFormat.PlainText}


def test_enter_asks_for_what_was_typed(window: PermissionView, qtbot: QtBot) -> None:
    window.set_projects(["/h/shop"])
    window.tool.setCurrentIndex(window.tool.findData("read"))
    window.project.setCurrentIndex(1)
    window.argument.setText(" a.txt ")
    with qtbot.waitSignal(window.asked) as told:
        QTest.keyClick(window.argument, Qt.Key.Key_Return)
    assert told.args == ["read", "a.txt", "/h/shop"]


def test_a_long_command_does_not_make_the_window_grow(window: PermissionView) -> None:
    before = window.size()
    window.argument.setText("x" * 10_000)
    window.ask.click()
    assert window.minimumSizeHint().width() <= before.width()
    assert window.size() == before


def test_nothing_is_asked_while_nothing_is_said(window: PermissionView, qtbot: QtBot) -> None:
    assert not window.ask.isEnabled()
    with qtbot.assertNotEmitted(window.asked):
        QTest.keyClick(window.argument, Qt.Key.Key_Return)
        window.tool.activated.emit(1)


def test_another_project_is_asked_and_audited_at_once(window: PermissionView, qtbot: QtBot) -> None:
    window.set_projects(["/h/shop"])
    window.argument.setText("ls")
    window.project.setCurrentIndex(1)
    with qtbot.waitSignals([window.asked, window.audit_wanted]):
        window.project.activated.emit(1)


def test_a_project_that_is_no_longer_kept_gives_way_to_home(window: PermissionView, qtbot: QtBot) -> None:
    window.set_projects(["/h/shop"])
    window.project.setCurrentIndex(1)
    window.set_projects(["/h/a", "/h/shop"])
    assert window.root == "/h/shop"
    with qtbot.waitSignal(window.audit_wanted) as told:
        window.set_projects([])
    assert told.args == [""]


def test_the_audit_names_dangers_and_who_lacks_a_right(window: PermissionView) -> None:
    window.set_rights(RIGHTS)
    assert _tree(window.tree) == {
        "Claude Code · dangers: 1 · rights: 2": [
            ["runs programs as root: sudo x↵<b>y</b>", "Bash(<b>rm</b>:*) · /h/s.json:3", ""],
            ["Bash(git:*)", "/h/s.json:4", "Codex CLI"],
            ["Bash(<i>ls</i>)", "/h/s.json:5", ""],
        ],
        "Codex CLI · dangers: 0 · rights: 0": [],
    }


@pytest.mark.parametrize(("words", "left"), [("GIT", 1), ("sudo", 1), ("codex", 1), ("claude", 3), ("zzz", 0)])
def test_the_filter_leaves_what_has_the_words_with_its_client(words: str, left: int, window: PermissionView) -> None:
    window.set_rights(RIGHTS)
    window.filter.setText(words)
    assert sum(map(len, _tree(window.tree).values())) == left


def test_every_field_has_a_name_for_a_screen_reader(window: PermissionView) -> None:
    fields = [window.tool, window.argument, window.project, window.table, window.tree, window.filter]
    assert all(field.accessibleName() for field in fields)


def test_tab_leads_through_all_of_it(window: PermissionView) -> None:
    window.argument.setText("x")
    window.tool.setFocus()
    reached: list[QWidget | None] = []
    for _ in range(7):
        reached.append(window.focusWidget())
        window.focusNextChild()
    assert {window.tool, window.argument, window.project, window.ask, window.table, window.filter, window.tree} <= {
        *reached
    }


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_word_of_the_window_is_cut_off(
    look: str, language: str, window: PermissionView, languages: Languages, appearance: Appearance, qtbot: QtBot
) -> None:
    appearance.use(look)
    languages.use(language)
    window.set_answers([DENIED, OPEN, SILENT])
    window.set_rights(RIGHTS)
    kinds: tuple[type[QWidget], ...] = (QPushButton, QComboBox, QLineEdit)
    fixed = [widget for kind in kinds for widget in window.findChildren(kind) if widget.isVisible()]
    qtbot.waitUntil(lambda: all(one.height() >= one.minimumSizeHint().height() for one in fixed))
    qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in window.findChildren(QPushButton)))


class Looked:
    """What was looked at, and what is found there."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.audited: list[str] = []
        self.error: Exception | None = None

    def __call__(self, request: object) -> object:
        match request:
            case AllowedRequest():
                self.asked.append((request.client, request.tool, request.argument, request.project))
                if self.error:
                    raise self.error
                return Answers(answers=(DENIED.model_copy(update={"name": request.argument}),))
            case PermissionsRequest():
                self.audited.append(request.project)
                return Audit(clients=RIGHTS)
        raise TypeError(request)


@pytest.fixture
def looked() -> Looked:
    return Looked()


MakePage = Callable[[], tuple[PermissionsPage, PermissionView, FakeAsks]]


@pytest.fixture
def make(looked: Looked, qtbot: QtBot) -> MakePage:
    kept = list[PermissionsPage]()  # pytest-qt keeps weak references only

    def make() -> tuple[PermissionsPage, PermissionView, FakeAsks]:
        around = FakeFrame(looked)
        page = PermissionsPage(around.frame)
        kept.append(page)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        return page, page.view, around.asks

    return make


def test_the_page_opens_with_an_audit_of_now(make: MakePage, looked: Looked) -> None:
    page, view, _ = make()
    assert looked.audited == [""]
    page.hide()
    page.show()
    assert looked.audited == ["", ""]
    assert len(_tree(view.tree)) == 2


def test_what_is_asked_is_looked_up_and_shown(make: MakePage, looked: Looked) -> None:
    _, window, _ = make()
    window.argument.setText("rm x")
    window.ask.click()
    assert looked.asked == [("", "shell", "rm x", "")]
    assert _cells(window.table)[0][0] == "rm x"


def test_of_two_answers_the_one_to_what_was_asked_last_is_shown(make: MakePage) -> None:
    _, window, looks = make()
    looks.held = []
    for words in ("first", "second"):
        window.argument.setText(words)
        window.ask.click()
    for answer in reversed(looks.held):
        answer()
    assert _cells(window.table)[0][0] == "second"


def test_a_refusal_is_told_on_the_page(make: MakePage, looked: Looked) -> None:
    _, window, _ = make()
    looked.error = NoRulesError("codex")
    window.argument.setText("ls")
    window.ask.click()
    assert "codex is not on this machine" in window.error.text()
    assert window.error.isVisible()


def test_the_projects_that_are_kept_in_step_can_be_asked_about(make: MakePage) -> None:
    page, window, _ = make()
    page.set_status(WAITING)
    offered = [window.project.itemData(row) for row in range(window.project.count())]
    assert offered == ["", "/h/shop"]
    page.set_status(Status(health=IN_STEP.health, headline=IN_STEP.headline))
    assert window.project.count() == 1
