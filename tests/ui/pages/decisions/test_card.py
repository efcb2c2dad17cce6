from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.terms.errors import NoItemError
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.pages.decisions.answer import Answer
from aisync_desktop.ui.pages.decisions.card import DecisionCard
from aisync_desktop.ui.pages.decisions.choice_body import ChoiceBody
from aisync_desktop.ui.pages.decisions.command_lines import CommandLines
from aisync_desktop.ui.pages.decisions.result_view import ResultView
from aisync_desktop.ui.pages.decisions.servers_body import ServersBody
from aisync_desktop.ui.parts.label import Label
from tests.ui.clashes import POSTGRES, PREVIEW
from tests.ui.questions import (
    EVERY,
    LEAK,
    MASS,
    PROPOSED,
    RENAME,
    RESET,
    RULES,
    SECRET,
    SERVERS,
    STALE,
    UNKNOWN,
    WIDER,
)

pytestmark = pytest.mark.usefixtures("languages")

MakeCard = Callable[[Question], DecisionCard]
KINDS = {**EVERY, "postgres": POSTGRES}


@pytest.fixture
def make(qtbot: QtBot) -> MakeCard:
    kept: list[DecisionCard] = []

    def make(question: Question) -> DecisionCard:
        card = DecisionCard()
        kept.append(card)
        card.resize(608, 900)
        qtbot.addWidget(card)
        card.set_question(question)
        with qtbot.waitExposed(card):
            card.show()
        return card

    return make


def shown(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _radios(card: DecisionCard) -> dict[str, QRadioButton]:
    body = card.body
    if isinstance(body, ServersBody):
        body = body.choice
    assert isinstance(body, ChoiceBody)
    return dict(body.radios)


def _result(card: DecisionCard) -> ResultView:
    assert card.result is not None
    return card.result


def _is_refused(card: DecisionCard) -> bool:
    return card.is_refused


def _servers(card: DecisionCard) -> ServersBody:
    assert isinstance(card.body, ServersBody)
    return card.body


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        (RULES, {"Take it from Claude & Code", "Delete it, as Codex CLI did", "Keep as before"}),
        (MASS, {"They were meant to go", "Put them back"}),
        (RESET, {"They were meant to go", "Put them back", "Restore the whole file"}),
        (
            RENAME,
            {"Call it “g&h”, as Claude & Code does", "Call it “hub”, as Codex CLI does", "Call it “github” again"},
        ),
        (STALE, {"Take the older one from Codex CLI", "Write the newer one again"}),
        (STALE.model_copy(update={"base": None}), {"Take the older one from Codex CLI", "Delete it again"}),
        (LEAK, {"Use the value everywhere", "Write the reference back"}),
        (UNKNOWN, {"Take it from Codex CLI", "Keep as before", "Take “both & more”"}),
        (PROPOSED, {"Allow it", "Leave it"}),
        (WIDER, {"Loosen it there, too", "Leave them as strict as they are"}),
        (SERVERS, {"Allow what is ticked", "Leave it where it stands"}),
    ],
)
def test_there_is_one_radio_for_each_choice(question: Question, labels: set[str], make: MakeCard) -> None:
    radios = _radios(make(question))
    assert {radio.words() for radio in radios.values()} == labels  # type: ignore[attr-defined]  # a CardRadio
    assert set(radios) <= set(question.choices)


@pytest.mark.parametrize(
    "question", [one for one in EVERY.values() if one.choices], ids=[name for name in EVERY if EVERY[name].choices]
)
def test_each_radio_takes_what_it_says_and_only_that(question: Question, make: MakeCard, qtbot: QtBot) -> None:
    card = make(question)
    before = card.answer().take
    for take, radio in sorted(_radios(card).items(), key=lambda one: one[0] == before):
        with qtbot.waitSignal(card.changed):
            radio.click()
        assert card.answer().take == take


@pytest.mark.parametrize(
    ("question", "chosen"),
    [
        (RULES, ""),
        (MASS, "base"),
        (RESET, "base"),
        (STALE, "base"),
        (STALE.model_copy(update={"base": None}), ""),
        (LEAK, "base"),
        (UNKNOWN, "base"),
        (SECRET, ""),
        (WIDER, ""),
        (SERVERS, ""),
        (PROPOSED, ""),
    ],
)
def test_nothing_is_chosen_from_the_start_but_what_keeps_what_was_there(
    question: Question, chosen: str, make: MakeCard
) -> None:
    assert make(question).answer().take == chosen


@pytest.mark.parametrize(
    ("question", "title"),
    [
        (POSTGRES, "postgres was changed in two ways"),
        (RULES, "shared was changed and deleted"),
        (MASS, "2 items are gone from Codex CLI"),
        (RESET, "The file of Codex CLI was reset"),
        (RENAME, "2 names were given to github"),
        (STALE, "An older github is written again and again"),
        (LEAK, "github has values where references were"),
        (SECRET, "github holds a secret"),
        (WIDER, "2 clients are stricter about shell: git push"),
        (SERVERS, "repo brings 2 servers"),
        (PROPOSED, "Claude Code asks to keep the project /home/me/<b>shop</b> in step, too"),
    ],
)
def test_the_title_states_the_fact(question: Question, title: str, make: MakeCard) -> None:
    card = make(question)
    assert card.accessibleName() == title
    assert title in shown(card)


def test_digits_choose_an_answer_by_its_place(make: MakeCard) -> None:
    card = make(MASS)
    card.take_column(1)
    assert card.answer().take == "codex"
    card.take_column(9)
    assert card.answer().take == "codex"


def test_a_mass_deletion_lists_every_item_and_where_it_happened(make: MakeCard) -> None:
    said = shown(make(MASS)).splitlines()
    assert {"files", "github", "Codex CLI", "/h/.codex/config.toml"} <= set(said)


def test_a_sealed_secret_is_dots(make: MakeCard) -> None:
    said = shown(make(SECRET))
    assert "••••••••" in said
    assert "secret:" not in said


def test_a_secret_tells_what_to_do_by_hand_and_where_it_would_go(make: MakeCard) -> None:
    card = make(SECRET)
    assert "Put the secret into the other file yourself" in shown(card)
    assert "Where it is missing" in shown(card)
    assert card.body is None


def test_a_secret_says_where_its_value_would_stand(make: MakeCard) -> None:
    radios = _radios(make(SECRET.model_copy(update={"choices": ("copy", "launch", "leave")})))
    assert radios["copy"].accessibleName() == "Copy the secret to them, The value would stand in /h/.codex/config.toml"
    assert radios["launch"].accessibleName().startswith("Have AISync start it with the secret")


def test_that_a_file_cannot_be_read_is_told_as_long_as_it_is_so(make: MakeCard) -> None:
    note = text("decision.unread", clients="Codex CLI")
    card = make(POSTGRES.model_copy(update={"note": note}))
    assert note.english() in shown(card)
    card.set_question(POSTGRES)
    assert note.english() not in shown(card)


def test_a_client_to_be_loosened_shows_what_it_would_allow_besides(make: MakeCard) -> None:
    said = shown(make(WIDER)).splitlines()
    outside = "Anything, outside the client's sandbox"
    expected = [outside, "git push\u21b5rm -rf <b>x</b>", "echo \\u202ex", "Nothing besides what the rule says"]
    assert [line for line in said if line in expected] == expected


def test_questions_of_one_kind_can_be_answered_alike(make: MakeCard, qtbot: QtBot) -> None:
    card = make(WIDER)
    assert not card.alike.isVisible()
    card.set_alike(["permissions/shell: git push", "permissions/shell: <b>x</b>"])
    assert card.alike.isVisible()
    assert card.alike.text() == "Answer all 2 questions of this kind alike"
    assert "&lt;b&gt;" in card.alike.toolTip()
    _radios(card)["leave"].click()
    with qtbot.waitSignal(card.changed):
        card.alike.click()
    assert card.answer() == Answer("leave", alike=True)


def test_what_an_assistant_asks_for_is_no_item_that_others_are_like(make: MakeCard) -> None:
    card = make(PROPOSED)
    card.set_alike([PROPOSED.item])
    assert not card.alike.isVisible()
    assert card.alike.toolTip() == ""


def test_an_answer_for_all_is_not_offered_where_it_leads_no_further(make: MakeCard) -> None:
    card = make(WIDER)
    card.set_alike(["permissions/a", "permissions/b"])
    card.alike.click()
    card.set_alike(["permissions/a"])
    assert not card.alike.isVisible()
    assert not card.alike.isChecked()


def test_a_question_that_came_meanwhile_is_not_answered_with_the_others_unasked(make: MakeCard) -> None:
    card = make(WIDER)
    card.set_alike(["permissions/a", "permissions/b"])
    card.alike.click()
    card.set_alike(["permissions/a", "permissions/b", "permissions/c"])
    assert not card.alike.isChecked()


def test_a_projects_servers_are_shown_as_plain_text_with_all_that_they_start(make: MakeCard) -> None:
    card = make(SERVERS)
    boxes = _servers(card).boxes
    assert [box.text().replace("&&", "&") for box in boxes.values()] == ["<b>db</b>", "web"]
    db, web = card.findChildren(CommandLines)
    assert db.lines == SERVERS.sides[0].lines
    assert web.lines == ('url: "https://a.example"',)
    assert db.accessibleName() == "\n".join(db.lines)
    assert db.height() >= db.heightForWidth(db.width())
    assert "/h/repo/.mcp.json" in shown(card)


def test_nothing_is_answered_about_none_of_the_servers(make: MakeCard) -> None:
    card = make(SERVERS)
    _radios(card)["allow"].click()
    assert card.answer() == Answer("allow", items=("<b>db</b>", "web"))
    boxes = _servers(card).boxes
    for box in boxes.values():
        box.click()
    assert not card.answer().take
    boxes["web"].click()
    assert card.answer() == Answer("allow", items=("web",))


def test_what_was_chosen_and_unticked_stays_so_when_another_question_is_asked(make: MakeCard) -> None:
    card = make(SERVERS)
    card.take_column(1)
    _servers(card).boxes["<b>db</b>"].click()
    card.set_question(SERVERS.model_copy(update={"revision": "r2"}))
    assert card.answer() == Answer("allow", items=("web",))
    card.set_question(SERVERS.model_copy(update={"id": "another"}))
    assert not card.answer().take


def test_what_an_assistant_asks_for_is_shown_with_all_that_it_says(make: MakeCard) -> None:
    card = make(PROPOSED)
    said = [label for label in card.findChildren(QLabel) if label.text() == "path: /home/me/<b>shop</b>"]
    assert [label.textFormat() for label in said] == [Qt.TextFormat.PlainText]


def test_of_what_an_assistant_asks_for_no_effect_is_told_that_is_not_known(make: MakeCard) -> None:
    card = make(PROPOSED)
    card.take_column(1)
    card.show_preview(PREVIEW.model_copy(update={"files": (), "result": None}))
    assert not card.effect.isVisible()
    card.show_preview(PREVIEW)
    assert card.effect.isVisible()


def test_what_is_written_by_hand_is_taken_as_it_is(make: MakeCard, qtbot: QtBot) -> None:
    card = make(RULES)
    assert not _result(card).editor.isVisible()
    _result(card).by_hand.click()
    assert _result(card).editor.toPlainText() == "one\nzwei\n"
    with qtbot.waitSignal(card.changed):
        _result(card).editor.setPlainText("mine\n")
    assert card.answer() == Answer("merged", edit="mine\n")
    _result(card).by_hand.click()
    assert not card.answer().take


def test_an_empty_text_cannot_be_taken(make: MakeCard) -> None:
    card = make(RULES)
    _result(card).by_hand.click()
    _result(card).editor.setPlainText(" \n")
    assert not card.answer().take


def test_what_is_refused_is_told_below_the_editor_and_can_be_mended(make: MakeCard) -> None:
    card = make(POSTGRES)
    _result(card).by_hand.click()
    _result(card).editor.setPlainText("{ <b>")
    card.refuse(NoItemError("line 1"))
    assert _is_refused(card)
    assert "What you wrote is not understood: line 1." in shown(card)
    assert _result(card).error.textFormat() is Qt.TextFormat.PlainText
    _result(card).editor.setPlainText("{}")
    assert not _is_refused(card)
    assert "not understood" not in shown(card)


def test_a_new_question_takes_the_place_of_the_old_one_and_what_was_written_stays(make: MakeCard) -> None:
    card = make(POSTGRES)
    _result(card).by_hand.click()
    _result(card).editor.setFocus()
    QTest.keyClick(_result(card).editor, Qt.Key.Key_X)
    written = _result(card).editor.toPlainText()
    card.set_question(POSTGRES.model_copy(update={"revision": "r2"}))
    assert _result(card).editor.toPlainText() == written
    assert _result(card).is_by_hand


def test_a_refusal_is_told_in_the_card(make: MakeCard) -> None:
    card = make(MASS)
    card.refuse(NoItemError("line 1"))
    assert card.error.isVisible()
    card.take_column(1)
    assert not card.error.isVisible()
    card.stumble()
    assert "Something went wrong in AISync" in shown(card)


def test_an_answer_shows_its_result_and_its_files(make: MakeCard, qtbot: QtBot) -> None:
    card = make(POSTGRES)
    assert "Choose a value for: Arguments" in shown(card)
    card.take_column(2)
    card.show_preview(PREVIEW)
    assert "uvx postgres-mcp --access-mode=readonly --verbose" in shown(card)
    assert card.effect.note.accessibleName().startswith("Writes 4 files in Claude Code, Codex CLI, Qwen Code")
    assert not card.effect.files.isVisible()
    card.effect.note.acted.emit()
    assert card.effect.files.isVisible()
    assert list(card.effect.files.files) == [edit.path for edit in PREVIEW.files]
    with qtbot.waitSignal(card.changed):
        card.take_column(3)


def test_an_item_that_goes_is_told_as_the_result(make: MakeCard) -> None:
    card = make(POSTGRES)
    card.take_column(2)
    card.show_preview(PREVIEW.model_copy(update={"result": None}))
    assert "It is deleted everywhere" in shown(card)


def test_what_comes_from_files_is_text_whatever_it_looks_like(make: MakeCard) -> None:
    hostile = LEAK.model_copy(
        update={"item": "mcp/<img src=x>", "summary": replace(LEAK.summary, params={"item": "<b>", "clients": "&"})}
    )
    card = make(hostile)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in card.findChildren(QLabel) if label.text())
    assert "“<b>”" in shown(card)
    assert "<img src=x>" in card.accessibleName()


def test_an_open_card_speaks_the_new_language_and_keeps_what_was_chosen(
    make: MakeCard, qtbot: QtBot, languages: Languages
) -> None:
    card = make(MASS)
    card.take_column(1)
    languages.use("ko")
    qtbot.waitUntil(lambda: "사라" in card.accessibleName())
    assert card.answer().take == "codex"


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("question", KINDS.values(), ids=KINDS)
def test_no_text_is_cut_off(question: Question, language: str, make: MakeCard, languages: Languages) -> None:
    languages.use(language)
    card = make(question)
    for label in (one for one in card.findChildren(Label) if one.isVisible() and one.text() and one.wordWrap()):
        assert label.height() >= label.heightForWidth(label.width()), label.text()
    for radio in (one for one in card.findChildren(QRadioButton) if one.isVisible()):
        assert radio.height() >= radio.heightForWidth(radio.width())


@pytest.mark.parametrize("question", KINDS.values(), ids=KINDS)
def test_whatever_can_be_chosen_has_a_name_and_can_be_reached_by_keys(question: Question, make: MakeCard) -> None:
    card = make(question)
    for button in (one for one in card.findChildren(QAbstractButton) if one.isVisible()):
        assert button.accessibleName() or button.text()
        assert isinstance(button, QRadioButton) or button.focusPolicy() & Qt.FocusPolicy.TabFocus
