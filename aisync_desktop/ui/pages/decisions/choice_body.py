"""Answers as a whole, one below the other, where a question has no fields to choose by."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.ui.pages.decisions.answer import Answer
from aisync_desktop.ui.pages.decisions.body import Body
from aisync_desktop.ui.pages.decisions.choices import choice_label, choice_line, harmless, offered
from aisync_desktop.ui.pages.decisions.radio import CardRadio


class ChoiceBody(Body):
    """A radio for each answer; one that only keeps what was there is chosen from the start."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.takes = offered(question)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.setAccessibleName(QCoreApplication.translate("decisions", "Answers"))
        self.radios = {
            take: CardRadio(choice_label(question, take), choice_line(question, take)) for take in self.takes
        }
        for number, (take, radio) in enumerate(self.radios.items()):
            self._group.addButton(radio, number)
            radio.setChecked(take == harmless(question))
            column.addWidget(radio)
        self._group.idToggled.connect(self._on_toggled)

    def answer(self) -> Answer:
        """Return the answer that is chosen."""
        number = self._group.checkedId()
        return Answer(self.takes[number]) if number >= 0 else Answer()

    def restore(self, before: Answer) -> None:
        """Choose again what was chosen."""
        if before.take in self.radios:
            self.radios[before.take].setChecked(True)

    def take_column(self, number: int, *, whole: bool) -> None:
        """Choose the answer at this place."""
        del whole
        if 1 <= number <= len(self.takes):
            self.radios[self.takes[number - 1]].setChecked(True)

    def _on_toggled(self, number: int, on: bool) -> None:
        del number
        if on:
            self.changed.emit()
