from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel
from pytestqt.qtbot import QtBot

from aisync_desktop.ui.parts.button import LinkButton
from aisync_desktop.ui.parts.card import Card, Section
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.theme import theme


def test_a_card_has_a_line_between_what_it_holds(qtbot: QtBot) -> None:
    card = Card(Label("One"), Label("Two"))
    card.resize(300, 100)
    qtbot.addWidget(card)
    card.show()
    second = card.findChildren(QLabel)[1]
    picture = card.grab().toImage()
    assert picture.pixelColor(150, second.y() - 1) == theme().colour("hairline")
    assert picture.pixelColor(8, second.y() - 1) == theme().colour("card")


def test_what_is_put_into_a_card_may_have_room_around_it(qtbot: QtBot) -> None:
    card = Card()
    qtbot.addWidget(card)
    inside = Label("Inside")
    row = QHBoxLayout()
    row.addWidget(Label("In a layout"))
    card.add(inside, padding=(16, 8))
    card.add(row)
    card.resize(300, 100)
    card.show()
    assert (inside.x(), inside.y()) == (16, 8)


def test_a_card_can_ask_for_attention(qtbot: QtBot) -> None:
    card = Card(Label("One"))
    card.resize(200, 60)
    qtbot.addWidget(card)
    card.show()
    card.set_line("wait")
    assert card.grab().toImage().pixelColor(100, 0) == theme().colour("wait")


def test_a_section_changes_what_it_says_and_holds(qtbot: QtBot) -> None:
    section = Section("Files", Label("old"))
    qtbot.addWidget(section)
    section.set_title("Items")
    section.set_note("7 of 15")
    section.add_trailing(LinkButton("See all"))
    section.set_content(Label("new"))
    section.show()
    assert section.accessibleName() == "Items"
    seen = [label.text() for label in section.findChildren(QLabel) if label.isVisible()]
    assert seen == ["Items", "7 of 15", "new"]
