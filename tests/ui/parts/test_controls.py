from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.pages.decisions.radio import CardRadio
from aisync_desktop.ui.parts.badge import Badge, Chip, Dot
from aisync_desktop.ui.parts.button import Button, Kind, LinkButton
from aisync_desktop.ui.parts.choice import Check
from aisync_desktop.ui.parts.empty import EmptyState
from aisync_desktop.ui.parts.field import Field, Number, Select
from aisync_desktop.ui.parts.footer import Footer
from aisync_desktop.ui.parts.glyph import Glyph, facing
from aisync_desktop.ui.parts.header import PageHeader
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.mark import Mark
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.parts.segments import Segments
from aisync_desktop.ui.parts.state import State, StateShape, StateWord
from aisync_desktop.ui.parts.switch import Switch
from aisync_desktop.ui.theme import Appearance, theme
from tests.ui.parts.gallery import column, line

_LEFT = Qt.MouseButton.LeftButton


def _shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()


def _role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def _colour(widget: QWidget, x: int, y: int) -> str:
    return widget.grab().toImage().pixelColor(x, y).name()


def test_a_button_follows_an_action(qtbot: QtBot) -> None:
    action = QAction("Sync &now")
    button, icon = Button(), Button(icon="refresh")
    for each in (button, icon):
        qtbot.addWidget(each)
        each.follow(action)
    assert button.text() == "Sync &now"
    assert icon.accessibleName() == "Sync now"
    with qtbot.waitSignal(action.triggered):
        button.click()
    action.setText("Pause")
    action.setEnabled(False)
    assert (button.text(), button.isEnabled(), icon.toolTip(), icon.isEnabled()) == ("Pause", False, "Pause", False)
    action.setVisible(False)
    assert button.isHidden()


@pytest.mark.parametrize(
    ("kind", "rest", "pressed", "disabled"),
    [
        (Kind.STANDARD, "card", "pressed", "window"),
        (Kind.PRIMARY, "accent", "accent-pressed", "idle-soft"),
        (Kind.DESTRUCTIVE, "card", "pressed", "window"),
        (Kind.QUIET, "window", "pressed", "window"),
    ],
)
def test_a_button_shows_what_it_is_at(kind: Kind, rest: str, pressed: str, disabled: str, qtbot: QtBot) -> None:
    button = Button("A", kind)
    sheet = column(Label("The pointer is here"), line(Label("and here"), button))
    _shown(qtbot, sheet)
    look = theme()
    assert _colour(button, 6, 16) == look.colour(rest).name()
    button.setDown(True)
    assert _colour(button, 6, 16) == look.colour(pressed).name()
    button.setDown(False)
    button.setEnabled(False)
    assert _colour(button, 6, 16) == look.colour(disabled).name()


def test_a_button_is_mirrored_where_one_reads_from_the_right(qtbot: QtBot) -> None:
    button = Button("Back", Kind.QUIET, "left", keys="B")
    _shown(qtbot, button)
    straight = button.grab().toImage()
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert button.grab().toImage() != straight
    assert facing("left", button) == "right"


def test_icons_and_tones_of_a_button_can_change(qtbot: QtBot) -> None:
    button = Button("", Kind.QUIET, "pause", tip="Pause")
    _shown(qtbot, button)
    before = button.grab().toImage()
    button.set_glyph("play")
    button.set_tone("accent-text")
    assert button.grab().toImage() != before


def test_a_link_is_a_button_to_who_cannot_see_it(qtbot: QtBot) -> None:
    link = LinkButton("See all")
    _shown(qtbot, link)
    assert _role(link) is QAccessible.Role.Button
    with qtbot.waitSignal(link.clicked):
        QTest.keyClick(link, Qt.Key.Key_Space)
    link.setEnabled(False)
    assert not link.grab().isNull()


def test_a_text_is_never_markup(qtbot: QtBot) -> None:
    label = Label("<b>bold</b>", wrap=True)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    label.set_tone("bad-text")
    assert label.palette().windowText().color() == theme().colour("bad-text")


def test_a_text_that_is_cut_tells_the_whole_of_it(qtbot: QtBot) -> None:
    label = Label("A name that is much too long for so little room", elide=True)
    _shown(qtbot, label)
    label.resize(80, 20)
    assert label.text() in label.toolTip()
    cut = label.grab().toImage()
    label.resize(600, 20)
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() < 80
    assert label.grab().toImage() != cut


def test_a_badge_hides_at_nought(qtbot: QtBot) -> None:
    badge = Badge(2, "wait")
    qtbot.addWidget(badge)
    badge.set_count(0)
    assert badge.isHidden()
    badge.set_count(120)
    assert (badge.isHidden(), badge.words(), badge.accessibleName()) == (False, "120", "120")


def test_signs_take_on_other_tones(qtbot: QtBot) -> None:
    for sign in (Chip("In step", "ok", "check"), Dot("ok")):
        _shown(qtbot, sign)
        before = sign.grab().toImage()
        sign.set_tone("bad")
        assert sign.grab().toImage() != before


def test_a_chip_reads_from_the_right(qtbot: QtBot) -> None:
    chip = Chip("In step", "ok", "check")
    _shown(qtbot, chip)
    before = chip.grab().toImage()
    chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert chip.grab().toImage() != before


def test_a_glyph_can_become_another(qtbot: QtBot) -> None:
    glyph = Glyph("left")
    _shown(qtbot, glyph)
    before = glyph.grab().toImage()
    glyph.set_glyph("right", "text", "window")
    assert glyph.grab().toImage() != before
    glyph.setEnabled(False)
    assert not glyph.grab().isNull()


def test_a_mark_tells_its_client(qtbot: QtBot) -> None:
    mark = Mark("codex", "Codex CLI")
    qtbot.addWidget(mark)
    assert (mark.letters(), mark.accessibleName()) == ("CX", "Codex CLI")


def test_only_what_works_turns_and_only_while_it_is_seen(qtbot: QtBot) -> None:
    shape = StateShape(State.WORKING)
    _shown(qtbot, shape)
    still_there = shape.grab().toImage()
    qtbot.waitUntil(lambda: shape.grab().toImage() != still_there)
    shape.set_state(State.OK)
    assert not shape.is_turning()
    shape.set_state(State.WORKING)
    assert shape.is_turning()
    shape.hide()
    assert not shape.is_turning()


def test_nothing_turns_where_motion_is_reduced(qtbot: QtBot, looks: Appearance) -> None:
    shape = StateShape(State.WORKING)
    _shown(qtbot, shape)
    looks.use("light", reduce_motion=True)
    qtbot.waitUntil(lambda: not shape.is_turning())
    shape.set_state(State.WORKING)
    assert not shape.is_turning()


def test_a_state_has_its_word(qtbot: QtBot) -> None:
    state = StateWord(State.OK, "In step")
    qtbot.addWidget(state)
    state.set_state(State.WAIT, "1 question")
    assert state.words() == "1 question"


def test_a_switch_acts_at_once(qtbot: QtBot) -> None:
    switch = Switch("Sync")
    _shown(qtbot, switch)
    with qtbot.waitSignal(switch.toggled) as toggled:
        QTest.mouseClick(switch, _LEFT)
    assert toggled.args == [True]
    qtbot.waitUntil(lambda: _colour(switch, 5, 9) == theme().colour("accent").name())
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()
    assert _role(switch) is QAccessible.Role.CheckBox
    switch.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    switch.setEnabled(False)
    assert not switch.grab().isNull()


def test_a_choice_is_made_by_its_words_too(qtbot: QtBot) -> None:
    choice = Check("With words", name="Choice")
    _shown(qtbot, choice)
    empty = choice.grab().toImage()
    QTest.mouseClick(choice, _LEFT, pos=choice.rect().center())
    assert choice.isChecked()
    assert choice.grab().toImage() != empty


def test_a_check_may_be_on_in_part(qtbot: QtBot) -> None:
    check = Check()
    _shown(qtbot, check)
    check.setChecked(True)
    whole = check.grab().toImage()
    check.setTristate(True)
    check.setCheckState(Qt.CheckState.PartiallyChecked)
    assert check.grab().toImage() != whole


def test_segments_tell_what_was_chosen(qtbot: QtBot) -> None:
    segments = Segments("Which", [("open", "Open", 3), ("done", "Answered", None)])
    _shown(qtbot, segments)
    assert segments.key() == "open"
    first, second = segments.segments()
    with qtbot.waitSignal(segments.changed) as changed:
        QTest.mouseClick(second, _LEFT)
    assert changed.args == ["done"]
    second.setFocus()
    QTest.keyClick(second, Qt.Key.Key_Left)
    assert segments.key() == "open"
    assert first.accessibleName() == "Open 3"
    assert _role(first) is QAccessible.Role.RadioButton


def test_segments_keep_what_is_chosen_and_the_focus_when_counts_change(qtbot: QtBot) -> None:
    segments = Segments("Which", [("open", "Open", 3), ("done", "Answered", 41)])
    _shown(qtbot, segments)
    segments.choose("done")
    before = segments.segments()
    before[1].setFocus()
    with qtbot.assertNotEmitted(segments.changed):
        segments.set_choices([("open", "Open", 2), ("done", "Answered", 42)])
    assert segments.key() == "done"
    assert segments.segments() == before  # the very same: who reads the screen is at one of them
    assert before[1].accessibleName() == "Answered 42"
    assert segments.segments()[1].hasFocus()
    segments.set_choices([("other", "Other", None)])
    assert segments.key() == "other"
    segments.set_choices([])
    assert segments.key() == ""


def test_arrows_in_segments_tell_as_clicks_do(qtbot: QtBot) -> None:
    segments = Segments("Which", [("open", "Open", 3), ("done", "Answered", None)])
    _shown(qtbot, segments)
    segments.segments()[0].setFocus()
    with qtbot.waitSignal(segments.changed) as changed:
        QTest.keyClick(segments.segments()[0], Qt.Key.Key_Right)
    assert changed.args == ["done"]


def test_a_screen_reader_chooses_a_segment_as_a_click_does(qtbot: QtBot) -> None:
    segments = Segments("Which", [("open", "Open", 3), ("done", "Answered", None)])
    _shown(qtbot, segments)
    with qtbot.waitSignal(segments.changed) as changed:
        QAccessible.queryAccessibleInterface(segments.segments()[1]).actionInterface().doAction("Toggle")
    assert changed.args == ["done"]


def test_a_field_says_what_is_wrong(qtbot: QtBot) -> None:
    field = Field("Name", "A name", glyph="search", keys="Ctrl F")
    _shown(qtbot, field)
    field.set_error("A name has no spaces.")
    assert field.edit.accessibleDescription() == "A name has no spaces." == field.error()
    assert _colour(field.edit, 20, 0) in {theme().colour("bad").name(), theme().colour("focus").name()}
    field.set_error("")
    assert field.error() == ""


def test_a_field_tells_what_is_typed_and_entered(qtbot: QtBot) -> None:
    field = Field("Name")
    _shown(qtbot, field)
    with qtbot.waitSignals([field.edited, field.entered]):
        QTest.keyClicks(field.edit, "ab")
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert (field.text(), field.edit.accessibleName()) == ("ab", "Name")
    field.set_text("c")
    assert field.text() == "c"


def test_a_field_is_as_high_with_the_focus_as_without(qtbot: QtBot) -> None:
    both = QWidget()
    one, other = Field("One"), Field("Other")
    for field in (one, other):
        field.setParent(both)
    _shown(qtbot, both)
    one.setFocus()
    assert one.edit.sizeHint().height() == other.edit.sizeHint().height() == 32


def test_a_drop_down_tells_the_key(qtbot: QtBot) -> None:
    select = Select("Project", (("all", "All projects"), ("web", "web-shop")), glyph="folder")
    _shown(qtbot, select)
    select.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(select.picked) as picked:
        QTest.keyClick(select, Qt.Key.Key_Down)
    assert picked.args == ["web"]
    select.set_choices((("web", "web-shop"), ("x", "another")))
    assert select.key() == "web"
    select.choose("gone")
    assert select.key() == "web"
    select.setEnabled(False)
    assert not select.grab().isNull()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_a_number_steps_by_its_arrows(direction: Qt.LayoutDirection, qtbot: QtBot) -> None:
    number = Number("Kept for", 90, 1, 3650, "days")
    number.setLayoutDirection(direction)
    _shown(qtbot, number)
    x = 10 + 8 if direction is Qt.LayoutDirection.RightToLeft else number.width() - 10 - 8
    edit = number.lineEdit()
    for y, value in ((11, 91), (21, 90)):
        QTest.mouseClick(edit, _LEFT, pos=QPoint(x, y) - edit.pos())
        assert number.value() == value
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert (number.value(), number.accessibleName(), number.height()) == (91, "Kept for", 32)
    before = number.width()
    number.set_unit("working days")
    assert number.sizeHint().width() > before
    QTest.mouseClick(edit, _LEFT, pos=QPoint(number.width() // 2, 16) - edit.pos())
    assert number.value() == 91


def test_the_number_itself_is_seen(qtbot: QtBot) -> None:
    """A style sheet once left its line a width of one pixel, and once covered unit and frame."""
    number = Number("Kept for", 90, 1, 3650, "days")
    _shown(qtbot, number)
    pictures = [number.grab().toImage()]
    number.setValue(91)
    pictures.append(number.grab().toImage())
    number.set_unit("weeks")
    pictures.append(number.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]
    assert _colour(number, 60, 0) in {theme().colour("hairline-strong").name(), theme().colour("focus").name()}


def test_a_note_can_be_acted_on_and_change(qtbot: QtBot) -> None:
    note = Note("wait", "Cursor would push.", "It asks now.", "Make Cursor ask")
    _shown(qtbot, note)
    with qtbot.waitSignal(note.acted):
        note.findChildren(Button)[0].click()
    note.say("<b>Written</b>")
    note.set_tone("ok")
    assert note.accessibleName() == "<b>Written</b>"
    assert note.findChildren(Button)[0].isHidden()
    assert _colour(note, 4, note.height() // 2) == theme().colour("ok-soft").name()


def test_what_is_empty_offers_one_thing(qtbot: QtBot) -> None:
    empty = EmptyState("inbox", "No questions", "New ones show up here.", "See answered")
    _shown(qtbot, empty)
    with qtbot.waitSignal(empty.acted):
        empty.findChildren(Button)[0].click()
    empty.say("Nothing")
    assert empty.accessibleName() == "Nothing"


def test_what_is_empty_says_so_in_the_middle(qtbot: QtBot) -> None:
    empty = EmptyState("inbox", "No questions", "New ones show up here. " * 9)
    empty.resize(1000, 500)
    _shown(qtbot, empty)
    for label in empty.findChildren(Label):
        assert abs(label.geometry().center().x() - empty.rect().center().x()) <= 1
        assert label.width() == theme().px(400)


def test_a_header_changes_its_parts(qtbot: QtBot) -> None:
    header = PageHeader("Cursor", "Version 2")
    _shown(qtbot, header)
    header.set_state(State.WAIT)
    header.set_state(State.OK)
    assert [shape.state for shape in header.findChildren(StateShape)] == [State.OK]
    header.set_state(None)
    header.set_sign(Mark("cursor", size=40))
    header.add_beside(Chip("1 question", "wait"))
    header.add_beside(Chip("web-shop"))
    header.set_title("Codex")
    header.set_line("")
    assert header.title() == header.accessibleName() == "Codex"


def test_a_footer_has_two_ends(qtbot: QtBot) -> None:
    footer = Footer()
    first, second, last = Button("Later", Kind.QUIET), Button("Skip"), Button("Use", Kind.PRIMARY)
    footer.left(first)
    footer.left(second)
    footer.right(last)
    footer.resize(600, 56)
    _shown(qtbot, footer)
    assert first.x() < second.x() < last.x()
    assert last.geometry().right() == footer.width() - 25
    assert first.x() == 12  # the words of a quiet button line up with the margin, not its box


def test_words_in_a_footer_have_the_room_that_buttons_leave(qtbot: QtBot) -> None:
    footer, words, last = (
        Footer(),
        Label("Nothing is written before you have seen all of it.", wrap=True),
        Button("Go on"),
    )
    footer.left(words, 100)
    footer.right(last)
    footer.resize(600, 56)
    _shown(qtbot, footer)
    assert words.geometry().right() >= last.x() - 20


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_is_pressed_by_keyboard(key: Qt.Key, qtbot: QtBot) -> None:
    dialog = QDialog()  # where Qt makes any button one that Enter presses, whatever is pressed with it
    button = Button("Sync now", parent=dialog)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)
    with qtbot.assertNotEmitted(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_what_is_cut_is_told_as_it_is_and_not_as_html(qtbot: QtBot) -> None:
    label = Label("<img src='x'><b>bold</b>" * 9, elide=True)
    qtbot.addWidget(label)
    label.resize(80, 20)
    assert ("&lt;b&gt;bold" in label.toolTip(), "<b>" in label.toolTip()) == (True, False)


def test_of_words_without_end_the_beginning_and_the_end_are_laid_out(qtbot: QtBot) -> None:
    words = "a" + "b" * 1_000_000 + "c"
    label, radio = Label(words, wrap=True, elide=True), CardRadio(words)
    for widget in (label, radio):
        qtbot.addWidget(widget)
    for said in (label.text(), radio.words(), radio.accessibleName()):
        assert (said[0], said[-1], "… +" in said, len(said) < 3_000) == ("a", "c", True, True)
