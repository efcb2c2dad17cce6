"""The first run: found, asked, shown; and exactly what was shown is agreed to."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from aisync_desktop.clients.items import Kind
from aisync_desktop.kernel.problem import problem_of
from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.previews import DecisionPreviewRequest, ProposalRequest
from aisync_desktop.service.operations.program import SettingChange
from aisync_desktop.service.operations.secrets import Keyring, KeyringRequest
from aisync_desktop.service.operations.syncing import ApplyRequest, FirstAnswer
from aisync_desktop.sync.answering.adoption import ProposalChangedError
from aisync_desktop.sync.model.status import Writing
from aisync_desktop.sync.terms.errors import NotWritingError
from aisync_desktop.ui.pages.decisions.card import DecisionCard
from aisync_desktop.ui.pages.decisions.choice_body import ChoiceBody
from aisync_desktop.ui.pages.decisions.field_grid import FieldGrid
from aisync_desktop.ui.pages.first_run.page import CHANGES, QUESTIONS, FirstRunPage
from aisync_desktop.ui.parts.state import State
from tests.ui.pages.first_run.samples import (
    ALIKE,
    CALM,
    CLIENTS,
    FILES,
    NEW,
    NOBODY,
    POSTGRES,
    PROPOSAL,
    SECRET,
)
from tests.ui.pages.first_run.setting import Setting, at_changes, headings, let_go, texts
from tests.ui.samples import IN_STEP

pytestmark = pytest.mark.usefixtures("languages", "appearance")


def test_nothing_is_claimed_before_the_engine_has_looked(setting: Setting, qtbot: QtBot) -> None:
    setting.around.asks.held = []
    page = setting.show(qtbot)
    said = " ".join(texts(page.found))
    assert "found" not in said
    assert not page.next.isVisible()
    let_go(setting)
    assert page.found.header.title() == "6 clients were found"
    assert page.next.text() == "Continue to 3 questions"


def test_what_was_found_is_listed_with_its_files_and_what_it_holds(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot, CALM)
    assert list(page.found.rows) == [client.client for client in CLIENTS]
    said = texts(page.found.rows["codex"])
    assert "3 servers, 1 rule text, and 3 permissions" in said
    assert "~/.codex/config.toml, ~/.codex/AGENTS.md" in said
    assert "Looked for besides: Amp, Crush, Goose, Kiro, opencode, Windsurf, and Zed" in texts(page.found)


def test_a_client_that_is_left_out_is_proposed_and_written_without(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot, CALM)
    page.found.rows["cursor"].check.click()
    assert setting.of(ProposalRequest)[-1].without == ("cursor",)
    assert "Stays as it is" in texts(page.found.rows["cursor"])
    page.next.click()
    page.next.click()
    assert setting.of(ApplyRequest)[-1].without == ("cursor",)
    QTest.mouseClick(page.found.rows["cursor"], Qt.MouseButton.LeftButton)
    assert page.found.left_out == ()


def test_a_file_that_cannot_be_read_is_told_with_its_place_and_opened(
    setting: Setting, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page = setting.show(qtbot)
    row = page.found.rows["cursor"]
    (told,) = [one for one in texts(row) if "cannot be read" in one]
    assert told.startswith("~/.cursor/mcp.json cannot be read. A comma")
    assert "line 12" in told
    (button,) = [one for one in row.findChildren(QPushButton) if one.text() == "Open file"]
    button.click()
    assert opened == [PROPOSAL.clients[3].problems[0].path]
    setting.proposal = CALM
    page.look()
    assert not [one for one in texts(row) if "cannot be read" in one]


def test_with_no_client_it_says_which_ones_are_known_and_looks_again(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot, NOBODY)
    said = " ".join(texts(page))
    assert "No assistant was found" in said
    assert "AISync knows Amp, Crush" in said
    assert not page.next.isVisible()
    asked = len(setting.of(ProposalRequest))
    setting.proposal = CALM
    page.found.empty.acted.emit()
    assert len(setting.of(ProposalRequest)) == asked + 1
    assert page.found.header.title() == "6 clients were found"


def test_names_from_files_are_shown_as_they_are(setting: Setting, qtbot: QtBot) -> None:
    evil = CLIENTS[0].model_copy(update={"name": "<b>Big</b>\n\u202eevil"})
    page = setting.show(qtbot, CALM.model_copy(update={"clients": (evil,)}))
    (label,) = [one for one in page.found.findChildren(QLabel) if "<b>Big</b>" in one.text()]
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert "\n" not in label.text()
    assert "\u202e" not in label.text()


def _card(page: FirstRunPage, question: str) -> DecisionCard:
    page.questions.rows.choose(question)
    return page.questions.pane.card


def _choose_codex(page: FirstRunPage) -> None:
    """Take what Codex says of the only field in which they differ."""
    body = _card(page, "029a").body
    assert isinstance(body, FieldGrid)
    body.take_column(2, whole=True)


def _lines(page: FirstRunPage) -> list[str]:
    return [row.line for row in page.questions.rows.rows()]


def test_something_sensible_is_chosen_and_shown_in_what_will_change(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot)
    assert setting.of(DecisionPreviewRequest) == []  # nobody sees a card yet
    page.next.click()
    assert page.step == QUESTIONS
    assert page.questions.header.title() == "3 questions before anything is written"
    assert headings(page) == [
        "2 servers are set up in different ways",
        "“github” holds a secret: copy it to other clients?",
    ]
    assert _lines(page) == ["As Claude Code has it", "Both together", "Leave them without it"]
    assert "Suggested" in texts(page.questions.pane)
    _choose_codex(page)
    assert _lines(page)[0] == "As Codex CLI has it"
    assert "Your choice" in texts(page.questions.pane)
    page.next.click()
    assert setting.of(ProposalRequest)[-1].answers == (
        FirstAnswer(decision="029a", take="merged", fields={"args": "codex"}),
        FirstAnswer(decision="11f0", take="merged"),
        FirstAnswer(decision="7c1e", take="leave"),
    )
    page.back.click()
    assert page.step == QUESTIONS
    assert setting.of(ProposalRequest)[-1].answers == ()
    assert page.questions.answers["029a"].fields == {"args": "codex"}


def test_a_card_shows_at_once_what_comes_of_its_answer(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot)
    page.found.rows["cursor"].check.click()
    page.next.click()
    first = setting.of(DecisionPreviewRequest)[-1]
    assert (first.decision, first.take, first.fields) == ("029a", "merged", {"args": "claude-code"})
    assert first.without == ("cursor",)
    _choose_codex(page)
    assert setting.of(DecisionPreviewRequest)[-1].fields == {"args": "codex"}
    card = page.questions.pane.card
    assert "uvx" in texts(card)
    assert not card.effect.isVisible()  # what is written by all answers together, the next step shows
    assert card.alike.isHidden()


def test_answers_of_a_kind_are_given_alike_where_that_is_wanted(setting: Setting, qtbot: QtBot) -> None:
    other = SECRET.model_copy(update={"id": "8d", "item": "mcp/other"})
    group = PROPOSAL.asked[1].model_copy(update={"decisions": (SECRET, other)})
    page = setting.show(qtbot, PROPOSAL.model_copy(update={"asked": (group,)}))
    page.next.click()
    card = _card(page, "7c1e")
    card.alike.click()
    body = card.body
    assert isinstance(body, ChoiceBody)
    body.radios["copy"].click()
    assert {of: one.take for of, one in page.questions.answers.items()} == {"7c1e": "copy", "8d": "copy"}
    assert _lines(page) == ["Copy the secret to them"] * 2


def test_one_question_or_all_can_wait(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot)
    page.next.click()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.questions.rows.setFocus()
    QTest.keyClick(page.questions.rows, Qt.Key.Key_S)
    assert page.questions.waiting == 1
    assert _lines(page)[0] == "Answer later"
    assert page.questions.pane.waits.isVisible()
    page.questions.pane.takes_up.click()
    assert page.questions.waiting == 0
    page.questions.pane.later.click()
    assert page.questions.waiting == 1
    page.questions.pane.takes_up.click()
    assert not page.questions.pane.waits.isVisible()
    page.questions.later.click()
    assert page.questions.answers == {}
    assert page.said.text() == "3 questions stay open until you answer."
    page.next.click()
    assert setting.of(ProposalRequest)[-1].answers == ()
    assert page.said.text().startswith("3 questions stay open until you answer. Your keyring may ask you")
    page.back.click()
    _choose_codex(page)  # whoever answers does not wait
    assert page.questions.waiting == 2


def test_what_is_written_by_hand_is_taken_once_it_is_understood(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot)
    page.next.click()
    card = _card(page, "029a")
    assert card.result is not None
    card.result.by_hand.click()
    card.result.editor.setPlainText('{"command": "mine"}')
    assert page.questions.answers["029a"].edit == '{"command": "mine"}'
    assert _lines(page)[0] == "Written by hand"
    qtbot.waitUntil(lambda: setting.of(DecisionPreviewRequest)[-1].edit == '{"command": "mine"}')
    _card(page, "11f0")
    assert _card(page, "029a").answer().edit == '{"command": "mine"}'
    setting.preview = NotWritingError(paused=False)
    card.result.editor.setPlainText("{")
    qtbot.waitUntil(lambda: "029a" not in page.questions.answers)
    assert card.result.editor.toPlainText() == "{"


def test_a_question_that_is_another_one_by_now_is_answered_anew(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot)
    page.next.click()
    _choose_codex(page)
    other = POSTGRES.model_copy(update={"revision": "r9"})
    group = PROPOSAL.asked[0].model_copy(update={"decisions": (other,)})
    setting.proposal = PROPOSAL.model_copy(update={"asked": (group,)})
    page.look()
    assert page.questions.answers["029a"].fields == {"args": "claude-code"}
    assert page.questions.pane.card.answer().fields == {"args": "claude-code"}
    assert headings(page) == ["1 server is set up in different ways"]


def test_questions_that_are_gone_lead_on(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot)
    page.next.click()
    setting.proposal = CALM
    page.look()
    assert page.step == CHANGES


def test_what_nobody_wrote_lately_waits(setting: Setting, qtbot: QtBot) -> None:
    undated = tuple(side.model_copy(update={"written_at": None}) for side in POSTGRES.sides)
    wider = SECRET.model_copy(update={"kind": "wider", "note": PROPOSAL.asked[0].summary, "id": "w"})
    removed = undated[1].model_copy(update={"fields": None})
    asked = (
        POSTGRES.model_copy(update={"sides": (undated[0], removed)}),
        wider.model_copy(update={"choices": ("copy",)}),
    )
    groups = [PROPOSAL.asked[0].model_copy(update={"decisions": (one,), "kind": one.kind}) for one in asked]
    page = setting.show(qtbot, PROPOSAL.model_copy(update={"asked": tuple(groups)}))
    page.next.click()
    assert page.questions.answers == {}
    assert _lines(page) == ["Answer later"] * 2
    body = _card(page, "029a").body
    assert isinstance(body, ChoiceBody)
    body.radios["codex"].click()
    assert _lines(page)[0] == "Removed, as in Codex CLI"


@pytest.mark.parametrize(
    ("kind", "item_kind", "title"),
    [
        ("conflict", "rules", "2 rule texts are written in different ways"),
        ("conflict", "permissions", "2 permissions are answered in different ways"),
        ("secret", "mcp", "2 servers hold secrets"),
        ("wider", "permissions", "2 permissions that would allow more"),
        ("rename", "mcp", "2 questions"),
    ],
)
def test_a_group_says_what_it_is_about(kind: str, item_kind: str, title: str, setting: Setting, qtbot: QtBot) -> None:
    group = PROPOSAL.asked[0].model_copy(update={"kind": kind, "item_kind": Kind(item_kind)})
    page = setting.show(qtbot, PROPOSAL.model_copy(update={"asked": (group,)}))
    page.next.click()
    assert title in headings(page)


def test_every_file_is_listed_with_what_changes_and_what_is_left_out(setting: Setting, qtbot: QtBot) -> None:
    page = at_changes(setting, qtbot)
    changes = page.changes
    assert changes.header.title() == "8 files will change, 5 stay as they are"
    assert page.next.text() == "Write 8 files in 6 clients"
    rows = {row.columns[0].words if not isinstance(row.columns[0], str) else "": row for row in changes.rows.rows()}
    assert rows["~/.codex/config.toml"].line == "Adds 2 servers, changes 1 server. Leaves out 1 setting"
    assert rows["~/.qwen/settings.json"].line == "Adds 2 servers and 5 permissions"
    assert rows["~/.qwen/QWEN.md"].line == "New file. Adds 14 lines of rules"
    changes.rows.choose(f"user|{FILES[1].path}")
    assert changes.detail.diff.lines() == list(FILES[1].lines)
    said = texts(changes.detail)
    assert "1 setting is left out" in said
    assert "Your comments, order and spacing stay as they are." in said
    assert {"+9", "\N{MINUS SIGN}1"} <= set(said)
    changes.rows.choose(f"user|{FILES[4].path}")
    assert "Your comments, order and spacing stay as they are." not in texts(changes.detail)


def test_a_file_that_goes_and_one_with_secrets_say_so(setting: Setting, qtbot: QtBot) -> None:
    gone = FILES[0].model_copy(update={"removes": True})
    hidden = FILES[1].model_copy(update={"hidden": True, "counts": {}})
    page = at_changes(setting, qtbot, CALM.model_copy(update={"files": (gone, hidden), "stays": ()}))
    assert page.changes.header.title() == "2 files will change"
    assert [row.line for row in page.changes.rows.rows()] == [
        "Removes the file",
        "Changes the file. Leaves out 1 setting",
    ]
    page.changes.rows.choose(f"user|{hidden.path}")
    assert "Your comments, order and spacing stay as they are. Secrets are shown as dots." in texts(page.changes)


def test_exactly_what_was_shown_is_agreed_to_and_told(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot)
    page.next.click()
    page.next.click()
    page.next.click()
    (request,) = setting.of(ApplyRequest)
    assert (request.adopt, request.agreed) == (True, PROPOSAL.agreed)
    assert request.answers == setting.of(ProposalRequest)[-1].answers
    assert setting.asked.index(request) == setting.asked.index(KeyringRequest()) + 1
    (toast,) = setting.around.toasts
    assert (toast.words, toast.action) == ("Your clients are in step: 2 files written in 6 clients", "Undo")


def test_what_could_not_be_written_is_told_beside(setting: Setting, qtbot: QtBot) -> None:
    problem = problem_of(NotWritingError(paused=True))
    setting.applied = SyncAnswer(written=("/a",), failed=(problem,), status=IN_STEP)
    at_changes(setting, qtbot).next.click()
    failed, done = setting.around.toasts
    assert (failed.words, failed.state, failed.stays) == ("1 file could not be written yet", State.WAIT, True)
    assert done.words == "Your clients are in step: 1 file written in 6 clients"


def test_while_it_writes_nothing_else_can_be_done(setting: Setting, qtbot: QtBot) -> None:
    page = at_changes(setting, qtbot)
    setting.around.asks.held = []
    page.next.click()
    assert page.progress.isVisible()
    assert not page.next.isEnabled()
    assert not page.back.isEnabled()
    assert page.progress.count() == ""
    page.set_writing(Writing(3, 8))
    assert page.progress.count() == "3 of 8"
    asked = len(setting.of(ProposalRequest))
    page.set_status(NEW.model_copy(update={"sequence": 5}))
    page.go_on()
    assert len(setting.of(ProposalRequest)) == asked
    let_go(setting)
    assert not page.progress.isVisible()
    page.set_writing(Writing(1, 2))  # of an edit, later
    assert page.progress.count() == ""
    assert len(setting.of(ApplyRequest)) == 1


def test_a_keyring_that_asks_for_its_password_can_be_gone_on_without(setting: Setting, qtbot: QtBot) -> None:
    page = at_changes(setting, qtbot)
    assert "Your keyring may ask you for its password" in page.said.text()
    setting.around.asks.held = []
    page.next.click()
    note = page.changes.keyring
    assert note.isVisible()
    assert "may be asking you for its password now" in note.accessibleName()
    page.changes.keyring.acted.emit()
    assert not note.isVisible()
    let_go(setting)
    assert setting.around.had == [SettingChange(name="keyring", value=False)]
    assert len(setting.of(ApplyRequest)) == 1  # what the keyring says by then is of no interest
    assert len(setting.around.toasts) == 1


def test_without_a_keyring_it_says_what_to_do_and_goes_on_if_told_to(setting: Setting, qtbot: QtBot) -> None:
    setting.keyring = Keyring(usable=False, reason="no backend")
    page = at_changes(setting, qtbot)
    page.next.click()
    assert setting.of(ApplyRequest) == []
    assert "There is no keyring that AISync can use." in page.changes.keyring.accessibleName()
    page.next.click()  # another try, after one was unlocked
    assert len(setting.of(KeyringRequest)) == 2
    page.changes.keyring.acted.emit()
    assert len(setting.of(ApplyRequest)) == 1
    assert len(setting.of(KeyringRequest)) == 2


def test_what_changed_meanwhile_is_shown_anew_and_not_written(setting: Setting, qtbot: QtBot) -> None:
    page = at_changes(setting, qtbot)
    setting.applied = ProposalChangedError()
    setting.proposal = CALM.model_copy(update={"agreed": "another", "files": FILES[:2]})
    page.next.click()
    assert page.changes.changed.isVisible()
    assert page.next.text() == "Write 2 files in 2 clients"
    assert setting.around.toasts == []
    setting.applied = SyncAnswer(written=("/a",), failed=(), status=IN_STEP)
    page.next.click()
    assert setting.of(ApplyRequest)[-1].agreed == "another"


def test_a_change_before_the_consent_is_said_too(setting: Setting, qtbot: QtBot) -> None:
    page = at_changes(setting, qtbot)
    page.set_status(NEW.model_copy(update={"sequence": 5}))
    assert not page.changes.changed.isVisible()
    setting.proposal = CALM.model_copy(update={"agreed": "another"})
    page.set_status(NEW.model_copy(update={"sequence": 6}))
    assert page.changes.changed.isVisible()


def test_what_is_refused_is_told_and_can_be_tried_again(setting: Setting, qtbot: QtBot) -> None:
    page = at_changes(setting, qtbot)
    setting.applied = NotWritingError(paused=True)
    page.next.click()
    assert "Nothing is written now" in page.trouble.accessibleName()
    page.trouble.acted.emit()
    assert not page.trouble.isVisible()
    assert page.next.isEnabled()


def test_a_fault_of_ours_is_told_and_can_be_tried_again(
    setting: Setting, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: bugs.append(error))
    page = at_changes(setting, qtbot)
    setting.keyring = RuntimeError("a bug")
    page.next.click()
    assert len(bugs) == 1
    assert "A report was written" in page.trouble.accessibleName()


def test_where_all_agree_nothing_has_to_be_written(setting: Setting, qtbot: QtBot) -> None:
    page = at_changes(setting, qtbot, ALIKE)
    assert page.changes.header.title() == "All files stay as they are"
    assert page.next.text() == "Keep them in step"
    assert "All clients agree already" in texts(page.changes)


def test_who_went_on_without_a_keyring_is_not_asked_again_at_the_next_try(setting: Setting, qtbot: QtBot) -> None:
    setting.keyring = Keyring(usable=False, reason="no backend")
    setting.applied = ProposalChangedError()
    page = at_changes(setting, qtbot)
    page.next.click()
    page.changes.keyring.acted.emit()
    assert "keyring" not in page.said.text()
    page.next.click()
    assert len(setting.of(KeyringRequest)) == 1
    assert len(setting.of(ApplyRequest)) == 2


def test_a_client_that_is_gone_meanwhile_is_listed_no_more(setting: Setting, qtbot: QtBot) -> None:
    page = setting.show(qtbot, CALM)
    page.found.rows["codex"].check.click()
    setting.proposal = CALM.model_copy(update={"clients": CLIENTS[:2]})
    page.set_status(NEW.model_copy(update={"sequence": 7}))
    assert list(page.found.rows) == ["claude-code", "codex"]
    assert not page.found.rows["codex"].check.isChecked()  # what was taken out stays out
    QTest.mouseClick(page.found.rows["codex"], Qt.MouseButton.RightButton)
    assert not page.found.rows["codex"].check.isChecked()
