"""One question of the first run: the card that asks it everywhere, and whether it waits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aisync_desktop.ui.pages.decisions.answer import Answer
from aisync_desktop.ui.pages.decisions.card import DecisionCard
from aisync_desktop.ui.pages.decisions.card_preview import CardPreview
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.parts.scroll import PageScroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aisync_desktop.service.live.asking import Asks
    from aisync_desktop.sync.applying.questions import Question


class QuestionPane(QWidget):
    """Signals: answered (an Answer was chosen; without a `take`, too little of it), postponed (or taken up again)."""

    answered = Signal(object)
    postponed = Signal(bool)

    def __init__(self, asks: Asks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = DecisionCard(tells_files=False)
        self.preview = CardPreview(asks, self.card, self)
        self.waits = Note("idle", "", glyph="clock")
        self.takes_up = self.waits.add_action("")
        self._filling = False
        self.later = Button(kind=Kind.QUIET, keys="S")
        page = PageScroll(self.waits, self.card)
        page.add(self.later)
        page.column.setAlignment(self.later, Qt.AlignmentFlag.AlignLeft)
        page.add_stretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        self.card.changed.connect(self._on_changed)
        self.preview.looked.connect(self._on_looked)
        self.takes_up.clicked.connect(lambda: self.postponed.emit(False))
        self.later.clicked.connect(lambda: self.postponed.emit(True))

    def ask(self, question: Question, answer: Answer, alike: Sequence[str], *, suggested: bool, later: bool) -> None:
        """Ask this question, with an answer chosen already; `alike` are the items of those that can be answered so."""
        known = self.card.question
        if known is None or (known.id, known.revision) != (question.id, question.revision):
            self._filling = True
            self.card.set_question(question)
            self._filling = False
        self._choose(answer, suggested=suggested)
        self.card.set_alike(alike)
        self.tell_later(later=later)

    def _choose(self, answer: Answer, *, suggested: bool) -> None:
        """Show what is chosen, where the card does not already: what is being written is not written anew."""
        if replace(self.card.answer(), alike=False) == answer:
            return
        self._filling = True
        self.card.choose(answer, suggested=suggested)
        self._filling = False

    def tell_later(self, *, later: bool) -> None:
        """Say whether the question waits."""
        self.waits.setVisible(later)
        self.later.setText(self.tr("Answer later"))
        self.later.setVisible(not later)
        self.waits.say(self.tr("This question waits."), self.tr("It stays open, and holds up nothing else."))
        self.takes_up.setText(self.tr("Answer it now"))
        self.takes_up.setVisible(bool(self.card.answer().take))

    def _on_changed(self) -> None:
        if not self._filling:
            self.answered.emit(self.card.answer())

    def _on_looked(self) -> None:
        """Take nothing that is not understood."""
        if self.card.is_refused:
            self.answered.emit(Answer())
