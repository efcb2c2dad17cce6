"""Where decisions are made: opens the card of a question, keeps it true, and takes its answer to the engine.

Questions and receipts come from the engine's thread as futures; each is handed over by a signal. An answer names the
revision of the question that was on the screen: if another one is asked by now, the engine refuses it, and the card
shows the new one.
"""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.texts import visible
from aisync_desktop.service.live.asking import Asks
from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.standing import DecisionRequest
from aisync_desktop.service.operations.syncing import DecideRequest
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.model.status import DecisionStatus, Status
from aisync_desktop.sync.model.taking import MERGED
from aisync_desktop.sync.terms.errors import NoSuchDecisionError
from aisync_desktop.ui.outcomes import hand_over, tell_failure
from aisync_desktop.ui.pages.decisions.choices import choice_label, item_name
from aisync_desktop.ui.pages.decisions.decision_dialog import DecisionDialog

T = TypeVar("T")


@dataclass(frozen=True)
class _Answer:
    """What came of a call about a decision; `said` is what the user chose, in words."""

    decision: str
    came: object
    said: str = ""


class DecisionDesk(QObject):
    """The open cards.

    Signals: settled (what was decided and done, in words), refused (a WorldError that has no card to be shown in),
    stumbled (a fault of ours that has none, and is reported).
    """

    settled = Signal(str)
    refused = Signal(object)
    stumbled = Signal()
    _answered = Signal(object)

    def __init__(self, asks: Asks, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asks = asks
        self._window = window
        self._cards: dict[str, DecisionDialog] = {}
        self._open: tuple[DecisionStatus, ...] = ()
        self._answered.connect(self._on_answer)

    def open(self, decision: str) -> None:
        """Show the card of a decision, or bring it to the front."""
        card = self._cards.get(decision)
        if card is None:
            self._ask(decision)
        else:
            card.raise_()
            card.activateWindow()

    def set_status(self, status: Status) -> None:
        """Close the cards of what is settled, and look whether the others still ask the same."""
        self._open = status.decisions
        still = {decision.id for decision in status.decisions}
        for decision, card in list(self._cards.items()):
            if decision in still:
                card.set_alike(self._alike(card.question))
                self._ask(decision)
            else:
                card.done(0)
                self._open_anew(card.question)

    def close(self) -> None:
        """Take every card off the screen."""
        for card in list(self._cards.values()):
            card.done(0)

    def _open_anew(self, before: Question) -> None:
        """Show what is asked now of the same thing: in a project, other lines are another question."""
        for now in self._open:
            if (now.kind, now.scope, now.item) == (before.kind, before.scope, before.item):
                self.open(now.id)

    def _ask(self, decision: str) -> None:
        self._hand_over(self._asks.ask(DecisionRequest(decision=decision)), decision)

    def _alike(self, question: Question) -> list[str]:
        """Return what the open questions of this kind are about, in the same scope."""
        kind = question.kind, question.scope
        return [decision.item for decision in self._open if (decision.kind, decision.scope) == kind]

    def _decide(self, decision: str, take: str, written: str, alike: bool) -> None:
        seen, items = self._cards[decision].question, self._cards[decision].ticked

        by_hand = self.tr("written by hand") if take == MERGED and written else ""
        names = ", ".join(visible(name) for name in items) or item_name(seen)
        about = self.tr("all of this kind") if alike else names
        said = f"{about}: {by_hand or choice_label(seen, take)}"
        told = {"decision": decision, "take": take, "edit": written, "revision": seen.revision}
        request = DecideRequest.model_validate({**told, "alike": alike, "items": items})
        self._hand_over(self._asks.ask(request), decision, said)

    def _hand_over(self, answer: Future[T], decision: str, said: str = "") -> None:
        """Bring an answer into our thread, whatever it is; an engine that is gone needs none."""
        hand_over(answer, lambda came: self._answered.emit(_Answer(decision, came, said)))

    @Slot(object)
    def _on_answer(self, answer: _Answer) -> None:
        if tell_failure(answer.came, partial(self._refuse, answer), partial(self._stumble, answer)):
            return
        if isinstance(answer.came, Question):
            self._show(answer.came)
        elif isinstance(answer.came, SyncAnswer):
            self._finish(answer, answer.came)

    def _stumble(self, answer: _Answer) -> None:
        if answer.decision in self._cards:
            self._cards[answer.decision].stumble()
        else:
            self.stumbled.emit()

    def _show(self, question: Question) -> None:
        card = self._cards.get(question.id)
        if card is not None:
            if card.question.revision != question.revision:
                card.set_question(question)
            return
        card = DecisionDialog(question, self._window)
        card.set_alike(self._alike(question))
        self._cards[question.id] = card
        card.chosen.connect(partial(self._decide, question.id))
        card.finished.connect(lambda _: self._cards.pop(question.id, None))
        card.open()

    def _finish(self, answer: _Answer, done: SyncAnswer) -> None:
        if answer.decision in self._cards:
            self._cards[answer.decision].done(1)
        files = len(set(done.written))
        written = self.tr("%n file(s) written", "", files)
        self.settled.emit(f"{answer.said} · {written}")

    def _refuse(self, answer: _Answer, error: WorldError) -> None:
        """Tell why nothing came of it; a card whose question is gone goes, too."""
        card = self._cards.get(answer.decision)
        if card is None or isinstance(error, NoSuchDecisionError):
            self.refused.emit(error)
            if card is not None:
                card.done(0)
            return
        card.refuse(error)
        self._ask(answer.decision)
