"""Home: what waits, what is wrong, how the clients stand, and what was changed last; each leads to what it is about."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.errors import Remedy
from aisync_desktop.service.operations.changes import ChangesRequest
from aisync_desktop.service.operations.switching import SwitchRequest
from aisync_desktop.sync.model.status import ClientState, Status
from aisync_desktop.sync.reports.changed_items import ChangedItem
from aisync_desktop.sync.reports.changes import ChangeReport, Changes
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.pages.home.content import change_rows, client_rows
from aisync_desktop.ui.pages.home.page import HomePage
from aisync_desktop.ui.parts.state import State
from tests.ui.frames import NOON, FakeFrame
from tests.ui.samples import CODEX, IN_STEP, LAST, PAUSED, PROBLEM, WAITING

pytestmark = pytest.mark.usefixtures("languages", "appearance")


def _change(snapshot: int, way: str = "sync", *, names: tuple[str, ...] = ("github",), **more: object) -> ChangeReport:
    told: dict[str, object] = {
        "snapshot": snapshot,
        "at": NOON,
        "scope": "user",
        "by": ("codex",),
        "way": way,
        "items": tuple(ChangedItem(item=f"mcp/{name}", kind="mcp", name=name, change="added") for name in names),
        "more": 0,
        "clients": ("claude-code", "qwen-code"),
        "files": ("/h/a", "/h/b"),
        "undone": False,
        "undoable": False,
        "redoable": False,
        "restored": None,
    }
    return ChangeReport.model_validate({**told, **more})


class Around(FakeFrame):
    """What Home asks for: the last changes; it counts how often."""

    def __init__(self) -> None:
        self.asked = 0
        self.changes: tuple[ChangeReport, ...] = (_change(7, undoable=True), _change(5))
        super().__init__(self._answer)

    def _answer(self, request: object) -> object:
        assert isinstance(request, ChangesRequest)
        self.asked += 1
        return Changes(changes=self.changes, newest=7)


@pytest.fixture
def around() -> Around:
    return Around()


@pytest.fixture
def page(around: Around, qtbot: QtBot) -> HomePage:
    made = HomePage(around.frame)
    made.resize(900, 700)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def _show(page: HomePage, around: Around, status: Status) -> None:
    around.actions.set_status(status)
    page.set_status(status)


def test_before_the_first_status_nothing_is_claimed(page: HomePage) -> None:
    assert page.header.title() == "Starting"
    assert [rows.isVisible() for rows in (page.questions, page.clients, page.changes)] == [False] * 3


def test_a_question_leads_to_its_card(page: HomePage, around: Around) -> None:
    _show(page, around, WAITING)
    assert page.header.title() == "1 question is waiting for you"
    (row,) = page.questions.rows()
    assert (row.key, row.line, row.state) == ("7", "For all projects", State.WAIT)
    page.questions.action.emit("7", "answer")
    page.questions.opened.emit("7")
    assert around.went == ["decisions/7", "decisions/7"]


def test_calm_shows_clients_and_changes_alone(page: HomePage, around: Around) -> None:
    _show(page, around, IN_STEP)
    assert not page.questions.isVisible()
    assert [(row.title, row.state_words, row.columns) for row in page.clients.rows()] == [
        ("Claude Code", "In step", ("12 items",)),
        ("Codex CLI", "In step", ("9 items",)),
    ]


def test_a_client_is_left_alone_and_kept_in_step_again(page: HomePage, around: Around) -> None:
    off = CODEX.model_copy(update={"state": ClientState.OFF})
    _show(page, around, IN_STEP.model_copy(update={"clients": (off,)}))
    assert page.clients.rows()[0].actions == (("on", "Keep in step"),)
    page.clients.action.emit("codex@user", "on")
    page.clients.action.emit("codex@user", "off")
    assert around.had == [
        SwitchRequest(what="codex", scope="user", on=True),
        SwitchRequest(what="codex", scope="user", on=False),
    ]


def test_paused_looks_paused_in_every_row() -> None:
    clients = tuple(one.model_copy(update={"state": ClientState.PAUSED}) for one in PAUSED.clients)
    rows = client_rows(PAUSED.model_copy(update={"clients": clients}))
    assert {(row.state, row.actions) for row in rows} == {(State.PAUSED, ())}


@pytest.mark.parametrize(
    ("change", "title", "line"),
    [
        (_change(7), "github added in Codex CLI", "Copied to 2 clients"),
        (_change(7, clients=()), "github added in Codex CLI", ""),
        (_change(7, names=("a", "b")), "2 items added in Codex CLI", "Copied to 2 clients"),
        (_change(7, names=("a",), more=60), "61 items changed", "Copied to 2 clients"),
        (_change(7, names=()), "0 items changed", "Copied to 2 clients"),
        (_change(7, undone=True), "github added in Codex CLI", "Undone since"),
        (_change(7, "undo"), "Undone: github", "2 files put back"),
        (_change(7, "redo"), "Done again: github", "2 files put back"),
        (_change(7, "rollback", names=()), "Put back: files", "2 files put back"),
    ],
)
def test_a_change_is_told_by_its_name(change: ChangeReport, title: str, line: str) -> None:
    (row,) = change_rows([change], IN_STEP.clients)
    assert (row.title, row.line) == (title, line)


def test_the_last_change_can_be_undone_and_no_other(page: HomePage, around: Around, qtbot: QtBot) -> None:
    _show(page, around, IN_STEP)
    assert [row.actions for row in page.changes.rows()] == [(("undo", "Undo"),), ()]
    with qtbot.waitSignal(around.actions.undo_requested) as asked:
        page.changes.action.emit("7", "undo")
    assert asked.args == [7]


def test_changes_are_looked_up_where_somebody_looks_and_only_when_there_are_new_ones(
    page: HomePage, around: Around
) -> None:
    _show(page, around, IN_STEP)
    _show(page, around, IN_STEP.model_copy(update={"sequence": 9}))
    assert around.asked == 1
    page.hide()
    _show(page, around, IN_STEP.model_copy(update={"last": LAST.model_copy(update={"at": NOON})}))
    assert around.asked == 1
    page.show()
    assert around.asked == 2


def test_a_narrow_window_keeps_questions_and_clients(page: HomePage, around: Around, qtbot: QtBot) -> None:
    _show(page, around, WAITING)
    assert page.changes.isVisible()
    page.resize(700, 600)
    qtbot.waitUntil(lambda: not page.changes.isVisible())
    assert page.clients.isVisible()


_REMEDIES = {"Open file", "Try again", "Restore version", "Make writable"}


def _buttons(page: QWidget) -> list[QPushButton]:
    return [one for one in page.findChildren(QPushButton) if one.isVisible() and one.text() in _REMEDIES]


def test_a_problem_has_a_button_for_whatever_can_be_done(
    page: HomePage, around: Around, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    broken = PROBLEM.model_copy(update={"actions": (Remedy.OPEN_FILE, Remedy.TRY_AGAIN)})
    plain = PROBLEM.model_copy(update={"actions": ()})
    _show(page, around, WAITING.model_copy(update={"problems": (broken,), "notes": (plain,)}))
    qtbot.waitUntil(lambda: len(_buttons(page)) == 2)
    first, second = _buttons(page)
    assert any("/h/.qwen/settings.json: " in one.text() for one in page.findChildren(QLabel) if one.isVisible())
    first.click()
    assert opened == ["/h/.qwen/settings.json"]
    with qtbot.waitSignal(around.actions.sync_requested):
        second.click()
    _show(page, around, WAITING.model_copy(update={"problems": (broken,), "notes": (plain,), "sequence": 9}))
    assert _buttons(page) == [first, second]  # with the focus, if one had it
    _show(page, around, IN_STEP)
    assert _buttons(page) == []


def test_it_speaks_the_new_language(page: HomePage, around: Around, languages: Languages, qtbot: QtBot) -> None:
    _show(page, around, WAITING)
    languages.use("ko")
    around.actions.retranslate()
    qtbot.waitUntil(lambda: page.header.title() == "질문 1개가 기다리고 있습니다")
    assert page.answer.text() == "질문 1개에 답하기"
    assert page.clients.accessibleName() == "클라이언트"


def test_a_moment_of_another_day_is_a_date() -> None:
    (row,) = change_rows([_change(1, at=NOON - dt.timedelta(days=700))], ())
    assert "24" in row.trail
