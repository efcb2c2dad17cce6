from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QTableView, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.model.status import DecisionStatus
from aisync_desktop.sync.terms.errors import NoItemError
from aisync_desktop.ui.language import Languages
from aisync_desktop.ui.pages.decisions.comparison import DiffView
from aisync_desktop.ui.pages.decisions.decision_dialog import DecisionDialog
from aisync_desktop.ui.pages.decisions.loosening_view import LooseningView
from aisync_desktop.ui.pages.decisions.servers_view import ServersView
from aisync_desktop.ui.theme import Appearance
from tests.ui.questions import (
    CLAUDE_SIDE,
    EVERY,
    LEAK,
    MASS,
    PROPOSED,
    RENAME,
    RESET,
    RULES,
    SECRET,
    SERVER,
    SERVERS,
    STALE,
    UNKNOWN,
    WIDER,
)

pytestmark = pytest.mark.usefixtures("languages")

_Key = Qt.Key
MakeDialog = Callable[[Question], DecisionDialog]


@pytest.fixture
def make(qtbot: QtBot) -> MakeDialog:
    parent = QWidget()
    parent.resize(900, 700)
    qtbot.addWidget(parent)
    kept = [parent]

    def make(question: Question) -> DecisionDialog:
        parent.show()
        dialog = DecisionDialog(question, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)  # tests look at it afterwards
        kept.append(dialog)
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    return make


def _visible(dialog: QWidget, kind: type[QPushButton] = QPushButton) -> list[QPushButton]:
    return [button for button in dialog.findChildren(kind) if button.isVisible()]


def _labels(dialog: QWidget) -> set[str]:
    return {button.text().replace("&&", "\0").replace("&", "").replace("\0", "&") for button in _visible(dialog)}


def _shown(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def _cells(dialog: QWidget) -> dict[str, list[str]]:
    (table,) = (table for table in dialog.findChildren(QTableView) if table.isVisible())
    model = table.model()
    rows = (
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    )
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        (
            SERVER,
            {
                "Take Claude & Code's",
                "Take Codex CLI's",
                "Keep as before",
                "Take what does not clash",
                "Write it by hand…",
            },
        ),
        (
            RULES,
            {
                "Take Claude & Code's",
                "Delete it, as Codex CLI did",
                "Keep as before",
                "Write it by hand…",
            },
        ),
        (MASS, {"They were meant to go", "Put them back"}),
        (RESET, {"They were meant to go", "Put them back", "Restore the whole file"}),
        (
            RENAME,
            {"Call it “g&h”, as Claude & Code does", "Call it “hub”, as Codex CLI does", "Call it “github” again"},
        ),
        (STALE, {"Take the older one of Codex CLI", "Write the newer one again"}),
        (STALE.model_copy(update={"base": None}), {"Take the older one of Codex CLI", "Delete it again"}),
        (LEAK, {"Use the value everywhere", "Write the reference back"}),
        (SECRET, set()),
        (UNKNOWN, {"Take Codex CLI's", "Keep as before", "Take “both & more”"}),
    ],
)
def test_there_is_one_button_for_each_choice(question: Question, labels: set[str], make: MakeDialog) -> None:
    assert _labels(make(question)) == labels | {"Decide later"}


@pytest.mark.parametrize("question", EVERY.values(), ids=EVERY)
def test_each_button_takes_what_it_says_and_only_that(question: Question, make: MakeDialog, qtbot: QtBot) -> None:
    dialog = make(question)
    assert set(dialog.buttons) <= set(question.choices)
    for take, button in dialog.buttons.items():
        with qtbot.waitSignal(dialog.chosen) as chosen:
            button.click()
        assert chosen.args == [take, "", False]
        dialog.refuse(NoItemError("again"))


@pytest.mark.parametrize(
    ("question", "default"),
    [
        (SERVER, "Decide &later"),
        (MASS, "&Put them back"),
        (RESET, "&Put them back"),
        (STALE, "&Write the newer one again"),
        (STALE.model_copy(update={"base": None}), "Decide &later"),
        (LEAK, "&Write the reference back"),
        (UNKNOWN, "&Keep as before"),
        (SECRET, "&Decide later"),
    ],
)
def test_the_default_button_never_takes_anything_away(question: Question, default: str, make: MakeDialog) -> None:
    defaults = [button.text().replace("&", "") for button in _visible(make(question)) if button.isDefault()]
    assert defaults == [default.replace("&", "")]


def test_the_sides_stand_beside_each_other_with_changes_told_in_signs(make: MakeDialog) -> None:
    cells = _cells(make(SERVER))
    assert cells["command"] == ["npx", "✎ bunx", "✎ deno"]
    assert cells["args"] == ["-y\n<b>x</b>"] * 3
    assert "Claude & Code: /h/.claude.json · " in _shown(make(SERVER))


def test_a_difference_is_seen_where_the_sides_look_alike(make: MakeDialog) -> None:
    long, late = "https://a.example/" + "x" * 600, ("one", "one ")
    for base, tails in ((None, late), ({"url": long}, late)):
        sides = [
            side.model_copy(update={"fields": {"url": long + tail, "env.A\u202e": "b"}, "changed": ("url",)})
            for side, tail in zip(SERVER.sides, tails, strict=True)
        ]
        cells = _cells(make(SERVER.model_copy(update={"base": base, "sides": tuple(sides)})))
        one, other = cells["url"][-2:]
        assert (one[-8:], other[-9:]) == ("xxxxxone", "xxxxxone\u2423")
        assert max(map(len, cells["url"])) < 400
        assert "env.A\\u202e" in cells


def test_secrets_that_differ_are_told_apart_by_nothing_that_is_secret(make: MakeDialog) -> None:
    sides = [
        side.model_copy(update={"fields": {"env": {"TOKEN": f"secret:{letter * 16}"}}, "changed": ("env.TOKEN",)})
        for side, letter in zip(SERVER.sides, "ab", strict=True)
    ]
    cells = _cells(make(SERVER.model_copy(update={"base": None, "sides": tuple(sides)})))
    assert cells["env.TOKEN"] == ["✎ •••••••• aaaa", "✎ •••••••• bbbb"]


def test_a_line_that_changed_where_nobody_sees_it_is_told(make: MakeDialog) -> None:
    side = CLAUDE_SIDE.model_copy(update={"fields": {"text": "one\r\nt\u00a0wo\n"}, "changed": ("text",)})
    dialog = make(RULES.model_copy(update={"base": {"text": "one\nt wo\n"}, "sides": (side,)}))
    view = dialog.findChild(DiffView)
    assert view is not None
    assert view.toPlainText().splitlines() == ["- one", "- t\u2423wo", "+ one\\r", "+ t\\u00a0wo"]


def test_that_a_file_cannot_be_read_is_told_as_long_as_it_is_so(make: MakeDialog) -> None:
    note = text("decision.unread", clients="Codex CLI")
    dialog = make(SERVER.model_copy(update={"note": note}))
    assert note.english() in _shown(dialog)
    dialog.set_question(SERVER)
    assert note.english() not in _shown(dialog)


def test_a_sealed_secret_is_dots(make: MakeDialog) -> None:
    for question in (SERVER, SECRET):
        assert set(_cells(make(question))["env.TOKEN"]) == {"••••••••"}


def test_a_secret_tells_what_to_do_by_hand_and_where_it_would_go(make: MakeDialog) -> None:
    shown = _shown(make(SECRET))
    assert "Put the secret into the other file yourself" in shown
    assert "It is missing in:\nCodex CLI: /h/.codex/config.toml" in shown


def test_a_secret_can_be_handed_over_by_a_launcher(make: MakeDialog, qtbot: QtBot) -> None:
    dialog = make(SECRET.model_copy(update={"choices": ("copy", "launch", "leave")}))
    assert dialog.buttons["launch"].text().replace("&", "") == "Have AISync start it with the secret"
    assert not dialog.buttons["launch"].isDefault()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.buttons["launch"].click()
    assert chosen.args == ["launch", "", False]


def test_without_a_base_what_differs_between_the_sides_is_told(make: MakeDialog) -> None:
    cells = _cells(make(SERVER.model_copy(update={"base": None})))
    assert cells["command"] == ["✎ bunx", "✎ deno"]
    assert cells["transport"] == ["stdio", "stdio"]


def test_a_text_is_shown_line_by_line_against_what_was_agreed(make: MakeDialog) -> None:
    views = sorted(make(RULES).findChildren(DiffView), key=lambda view: view.mapToGlobal(QPoint(0, 0)).x())
    assert [view.toPlainText() for view in views] == ["  one\n- two\n+ zwei", "- one\n- two"]
    assert all(view.isReadOnly() for view in views)


def test_far_lines_that_did_not_change_are_left_out(make: MakeDialog) -> None:
    long = "".join(f"line {number}\n" for number in range(100))
    side = RULES.sides[0].model_copy(update={"fields": {"text": long.replace("line 50\n", "LINE\n")}})
    (view,) = make(RULES.model_copy(update={"base": {"text": long}, "sides": (side,)})).findChildren(DiffView)
    lines = view.toPlainText().splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("…")
    assert {"- line 50", "+ LINE"} <= set(lines)


def test_a_mass_deletion_lists_every_item(make: MakeDialog) -> None:
    dialog = make(MASS)
    assert "Codex CLI: /h/.codex/config.toml" in _shown(dialog)
    (names,) = dialog.findChildren(QListWidget)
    assert [names.item(row).text() for row in range(names.count())] == ["files", "github"]


def test_what_is_written_by_hand_is_taken_as_it_is(make: MakeDialog, qtbot: QtBot) -> None:
    dialog = make(RULES)
    assert not dialog.editor.isVisible()
    dialog.by_hand.click()
    assert dialog.editor.isVisible()
    assert dialog.editor.toPlainText() == "one\nzwei\n"
    dialog.editor.setPlainText("mine\n")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.send.click()
    assert chosen.args == ["merged", "mine\n", False]


def test_an_empty_text_cannot_be_taken(make: MakeDialog) -> None:
    dialog = make(RULES)
    dialog.by_hand.click()
    dialog.editor.setPlainText(" \n")
    assert not dialog.send.isEnabled()


def test_what_is_refused_is_told_in_place_and_can_be_mended(make: MakeDialog) -> None:
    dialog = make(SERVER)
    dialog.by_hand.click()
    dialog.editor.setPlainText("{ <b>")
    dialog.send.click()
    assert not dialog.send.isEnabled()
    dialog.refuse(NoItemError("line 1"))
    assert "What you wrote is not understood: line 1." in _shown(dialog)
    assert dialog.error.textFormat() is Qt.TextFormat.PlainText
    assert dialog.editor.toPlainText() == "{ <b>"
    assert dialog.send.isEnabled()
    dialog.send.click()
    assert "not understood" not in _shown(dialog)


def test_a_new_question_takes_the_place_of_the_old_one_and_what_was_written_stays(make: MakeDialog) -> None:
    dialog = make(SERVER)
    dialog.by_hand.click()
    dialog.editor.setFocus()
    QTest.keyClick(dialog.editor, _Key.Key_X)
    written = dialog.editor.toPlainText()
    side = SERVER.sides[1].model_copy(update={"fields": {"transport": "stdio", "command": "uv"}})
    dialog.set_question(SERVER.model_copy(update={"revision": "r2", "sides": (SERVER.sides[0], side)}))
    assert _cells(dialog)["command"] == ["npx", "✎ bunx", "✎ uv"]
    assert dialog.editor.toPlainText() == written
    assert {*dialog.buttons.values(), dialog.send, dialog.later} == set(_visible(dialog))


def test_escape_leaves_it_for_later(make: MakeDialog, qtbot: QtBot) -> None:
    dialog = make(MASS)
    with qtbot.assertNotEmitted(dialog.chosen), qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, _Key.Key_Escape)
    assert not dialog.isVisible()


def test_it_blocks_its_window_only(make: MakeDialog) -> None:
    assert make(SERVER).windowModality() is Qt.WindowModality.WindowModal


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("question", EVERY.values(), ids=EVERY)
def test_every_button_has_a_key_of_its_own(
    question: Question, language: str, make: MakeDialog, languages: Languages
) -> None:
    languages.use(language)
    dialog = make(question)
    dialog.by_hand.click()
    keys = [button.text().replace("&&", "") for button in _visible(dialog)]
    letters = [label[label.index("&") + 1].upper() for label in keys]
    assert len(set(letters)) == len(letters)


def test_every_control_can_be_reached_by_tab(make: MakeDialog) -> None:
    dialog = make(SERVER)
    dialog.by_hand.click()
    reached = set()
    for _ in range(14):
        reached.add(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), _Key.Key_Tab)
    (table,) = dialog.findChildren(QTableView)
    assert {table, dialog.editor, *_visible(dialog)} <= reached


@pytest.mark.parametrize("question", EVERY.values(), ids=EVERY)
def test_what_can_be_walked_in_has_a_name(question: Question, make: MakeDialog) -> None:
    dialog = make(question)
    views = [*dialog.findChildren(QTableView), *dialog.findChildren(QListWidget), *dialog.findChildren(DiffView)]
    assert all(view.accessibleName() for view in views)


def test_what_comes_from_files_is_text_whatever_it_looks_like(make: MakeDialog) -> None:
    line = DecisionStatus.model_validate(SERVER.model_dump()).summary
    hostile = SERVER.model_copy(
        update={
            "item": "mcp/<img src=x>",
            "summary": replace(line, params={"item": "<b>", "clients": "&"}),
        }
    )
    dialog = make(hostile)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel) if label.text())
    assert "“<b>”" in _shown(dialog)
    assert "<img src=x>" in dialog.windowTitle()


def test_an_open_card_speaks_the_new_language(make: MakeDialog, qtbot: QtBot, languages: Languages) -> None:
    dialog = make(SERVER)
    languages.use("ko")
    qtbot.waitUntil(lambda: "나중에 결정" in dialog.later.text())


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("question", EVERY.values(), ids=EVERY)
def test_no_text_is_cut_off(
    question: Question,
    look: str,
    language: str,
    make: MakeDialog,
    qapp: QApplication,
    languages: Languages,
    appearance: Appearance,
) -> None:
    languages.use(language)
    appearance.use(look)
    dialog = make(question)
    assert not [b.text() for b in _visible(dialog) if b.width() < b.sizeHint().width()]
    for label in (label for label in dialog.findChildren(QLabel) if label.isVisible() and label.text()):
        assert label.height() >= label.heightForWidth(label.width())
        assert dialog.rect().contains(QRect(label.mapTo(dialog, QPoint(0, 0)), label.size()))


def test_a_client_to_be_loosened_shows_what_it_would_allow_besides(make: MakeDialog) -> None:
    (view,) = make(WIDER).findChildren(LooseningView)
    rows = (view.topLevelItem(row) for row in range(view.topLevelItemCount()))
    shown = [item for item in rows if item is not None]
    assert [item.text(0) for item in shown] == ["Codex CLI · /h/.codex/config.toml", "Rovo Dev"]
    told = [[child.text(0) for row in range(item.childCount()) if (child := item.child(row))] for item in shown]
    outside = "Anything, outside the client's sandbox"
    assert told == [[outside, "git push\u21b5rm -rf <b>x</b>", "echo \\u202ex"], ["Nothing besides what the rule says"]]


def test_questions_of_one_kind_can_be_answered_alike(make: MakeDialog, qtbot: QtBot) -> None:
    card = make(WIDER)
    assert not card.alike.isVisible()
    card.set_alike(["permissions/shell: git push", "permissions/shell: <b>x</b>"])
    assert card.alike.isVisible()
    assert card.alike.text().replace("&", "") == "Answer all 2 questions of this kind alike"
    assert "&lt;b&gt;" in card.alike.toolTip()
    card.alike.click()
    with qtbot.waitSignal(card.chosen) as chosen:
        card.buttons["leave"].click()
    assert chosen.args == ["leave", "", True]


def test_an_answer_for_all_is_not_offered_where_it_leads_no_further(make: MakeDialog) -> None:
    card = make(WIDER)
    card.set_alike(["permissions/a", "permissions/b"])
    card.alike.click()
    card.set_alike(["permissions/a"])
    assert not card.alike.isVisible()
    assert not card.alike.isChecked()


def test_a_question_that_came_meanwhile_is_not_answered_with_the_others_unasked(make: MakeDialog) -> None:
    card = make(WIDER)
    card.set_alike(["permissions/a", "permissions/b"])
    card.alike.click()
    card.set_alike(["permissions/a", "permissions/b", "permissions/c"])
    assert not card.alike.isChecked()


def _servers(dialog: DecisionDialog) -> tuple[QListWidget, QTextEdit]:
    (names,) = dialog.findChildren(QListWidget)
    (view,) = dialog.findChildren(ServersView)
    return names, view.text


def test_a_projects_servers_are_shown_as_plain_text_with_all_that_they_start(make: MakeDialog) -> None:
    card = make(SERVERS)
    names, told = _servers(card)
    assert [names.item(row).text() for row in range(names.count())] == ["<b>db</b>", "web"]
    shown = told.toPlainText().splitlines()
    assert shown[:2] == ["<b>db</b> · /h/repo/.mcp.json", 'command: "sh"']
    assert shown[2].endswith('x"]')
    assert shown[3:] == ["web", 'url: "https://a.example"']
    blocks = map(told.document().findBlockByNumber, range(5))
    assert [block.blockFormat().leftMargin() > 0 for block in blocks] == [False, True, True, False, True]
    assert told.wordWrapMode() is QTextOption.WrapMode.WrapAnywhere
    assert "as these lines say" in _shown(card)
    assert _labels(card) == {"Allow what is ticked", "Leave it where it stands", "Decide later"}
    assert card.windowTitle() == "A question about “repo”"
    assert card.later.isDefault()


def test_nothing_is_answered_about_none_of_them(make: MakeDialog) -> None:
    card = make(SERVERS)
    names, _ = _servers(card)
    assert [*card.ticked] == ["<b>db</b>", "web"]
    for row in range(names.count()):
        names.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert [*card.ticked, card.buttons["allow"].isEnabled()] == [False]
    names.item(1).setCheckState(Qt.CheckState.Checked)
    assert [*card.ticked, card.buttons["allow"].isEnabled()] == ["web", True]


def test_what_was_unticked_stays_so_when_another_question_is_asked(make: MakeDialog) -> None:
    card = make(SERVERS)
    names, _ = _servers(card)
    names.item(0).setCheckState(Qt.CheckState.Unchecked)
    card.set_question(SERVERS.model_copy(update={"revision": "r2"}))
    assert card.ticked == ("web",)


def test_the_lines_of_the_server_that_is_selected_come_into_view(make: MakeDialog) -> None:
    card = make(SERVERS)
    names, told = _servers(card)
    names.setCurrentRow(1)
    assert told.textCursor().block().text() == "web"


def test_what_an_assistant_asks_for_is_shown_with_all_that_it_says(make: MakeDialog) -> None:
    dialog = make(PROPOSED)
    said = [label for label in dialog.findChildren(QLabel) if label.text() == "path: /home/me/<b>shop</b>"]
    assert [label.textFormat() for label in said] == [Qt.TextFormat.PlainText]
    assert [button.text().replace("&", "") for button in dialog.buttons.values()] == ["Do it", "Do not do it"]
    assert dialog.later.isDefault()
