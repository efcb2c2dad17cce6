"""Keeps one card true, and takes its answer to the engine; on the page, in a dialog and in the first run alike.

Questions, previews and receipts come from other threads as futures; of each kind only the last one counts. An answer
names the revision of the question that was on the screen and the preview that was shown of it: if another question is
asked by now, or anything else would be written, the engine refuses it, and the card shows the new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from aisync_desktop.kernel.dataclass import dataclass
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.standing import DecisionRequest
from aisync_desktop.service.operations.switching import SwitchRequest
from aisync_desktop.sync.applying.questions import Question, QuestionSide
from aisync_desktop.sync.model.status import DecisionStatus, Status
from aisync_desktop.sync.model.taking import BASE, MERGED
from aisync_desktop.sync.terms.decisions import CONFLICT
from aisync_desktop.sync.terms.errors import NoSuchDecisionError
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.pages.decisions.answer import Answer
from aisync_desktop.ui.pages.decisions.card import DecisionCard
from aisync_desktop.ui.pages.decisions.card_preview import CardPreview
from aisync_desktop.ui.pages.decisions.contents import chooses_by_field
from aisync_desktop.ui.pages.decisions.preference import Preference
from aisync_desktop.ui.pages.decisions.words import answered_decision, kind_of, list_title
from aisync_desktop.ui.words import say

if TYPE_CHECKING:
    from aisync_desktop.service.live.asking import Asks

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Settled:
    """What came of an answer to a question: the files that were written, those that were not, and the undo's number."""

    decision: str
    words: str
    failed: int = 0
    snapshot: int = 0
    title: str = ""  # what the question was about


class CardKeeper(QObject):
    """Keeps one card.

    Signals: settled (a Settled), gone (a Question that is not asked any more), refused (a WorldError that the card does
    not tell), stumbled (a fault of ours before there was anything to show), changed (whether it works, and what can be
    done now).
    """

    settled = Signal(object)
    gone = Signal(object)
    refused = Signal(object)
    stumbled = Signal()
    changed = Signal()

    def __init__(self, asks: Asks, card: DecisionCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asks = asks
        self._card = card
        self._decision = ""
        self._open: tuple[DecisionStatus, ...] = ()
        self._deciding: Question | None = None
        self._told = ""  # what is said of it once it is done, where that is not how many files were written
        self._preferred = ""  # the client that wins from now on, once the answer is given
        self._clients: frozenset[str] = frozenset()
        self._preference = Preference(asks, self)
        self._preview = CardPreview(asks, card, self)
        self._questions, self._receipts = Inquiry(self), Inquiry(self)
        self._abouts = Inquiry(self)  # the question that an assistant wants to answer
        self._connect()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._deciding is not None

    @property
    def decision(self) -> str:
        """The question that is kept; "" where none is."""
        return self._decision

    @property
    def can_be_given(self) -> bool:
        """Whether there is an answer that can be given now."""
        return self.can_be_answered and bool(self._card.answer().take) and not self._card.is_refused

    @property
    def can_be_answered(self) -> bool:
        """Whether what the card shows is what is meant, and no answer to it is on its way."""
        question = self._card.question
        return not self.is_busy and question is not None and question.id == self._decision

    def open(self, decision: str) -> None:
        """Show this question; until it is there, nothing is answered."""
        self._decision = decision
        self._ask()
        self.changed.emit()

    def set_status(self, status: Status) -> None:
        """Look whether the question is still asked, and whether it is still the same."""
        self._open = status.decisions
        self._clients = frozenset(client.id for client in status.clients)
        question = self._card.question
        if not self._decision or question is None or (self._deciding and self._deciding.id == question.id):
            return
        if any(one.id == self._decision for one in self._open):
            self._card.set_alike(self._alike(question))
            self._ask()
            return
        again = next((one for one in self._open if _is_about(one, question)), None)
        if again is not None:
            self.open(again.id)
        else:
            self.drop()
            self.gone.emit(question)

    def drop(self) -> None:
        """Keep nothing any more."""
        self._decision = ""
        self._questions.drop()
        self._preview.drop()

    def give(self) -> None:
        """Give the answer that is chosen."""
        if self.can_be_given:
            preview = self._card.preview
            self._decide(self._card.answer(), preview.agreed if preview is not None else "")

    def keep_as_before(self) -> None:
        """Take what was agreed before."""
        self._decide(Answer(BASE))

    def keep_different(self) -> None:
        """Leave the item alone from now on: each client keeps its own."""
        question = self._card.question
        if question is None or not self.can_be_answered:
            return
        self._preferred = ""
        self._told = say(translate("decisions", "{item}: each client keeps its own"), item=list_title(question))
        self._deciding = question
        self._receipts.follow(self._asks.ask(SwitchRequest(what=question.item, scope=question.scope, on=False)))
        self.changed.emit()

    def can_prefer(self) -> list[QuestionSide]:
        """Return the sides whose clients can be preferred from now on."""
        question = self._card.question
        if question is None or question.kind != CONFLICT:
            return []
        return [side for side in question.sides if side.take in self._clients and side.fields is not None]

    def can_take_everywhere(self) -> list[QuestionSide]:
        """Return the sides that can be taken in all questions that ask the same, where those have fields to choose."""
        question = self._card.question
        several = question is not None and chooses_by_field(question) and self._card.alike_count > 1
        return list(question.sides) if question is not None and several else []

    def take_everywhere(self, client: str) -> None:
        """Take what a client says, here and in all questions that ask the same."""
        self._decide(Answer(client, alike=True))

    def prefer(self, client: str) -> None:
        """Take what a client says, here and from now on."""
        question = self._card.question
        if question is None or not self.can_be_answered:
            return
        clashing = {one.field: client for one in question.differences if one.clashes}
        answer = Answer(MERGED, fields=clashing) if chooses_by_field(question) else Answer(client)
        self._decide(answer, preferred=client)

    def _connect(self) -> None:
        self._card.changed.connect(self.changed)
        self._preview.looked.connect(self.changed)
        self._questions.answered.connect(self._on_question)
        self._questions.refused.connect(self._on_no_question)
        self._questions.stumbled.connect(self.stumbled)
        self._abouts.answered.connect(self._card.show_about)
        self._preference.refused.connect(self.refused)
        self._preference.stumbled.connect(self._card.stumble)
        self._receipts.answered.connect(self._on_receipt)
        self._receipts.refused.connect(self._on_not_given)
        self._receipts.stumbled.connect(self._on_stumble)

    def _ask(self) -> None:
        self._questions.follow(self._asks.ask(DecisionRequest(decision=self._decision)))

    def _alike(self, question: Question) -> list[str]:
        """Return what the open questions are about that ask the same, in the same scope."""
        same = question.kind, question.scope, question.summary.code
        return [one.item for one in self._open if (one.kind, one.scope, one.summary.code) == same]

    def _look_about(self, question: Question) -> None:
        """Look up the question that an assistant wants to answer: nobody allows an answer without it."""
        about = answered_decision(question)
        self._abouts.drop()
        if about:
            self._abouts.follow(self._asks.ask(DecisionRequest(decision=about)))

    def _decide(self, answer: Answer, agreed: str = "", preferred: str = "") -> None:
        question = self._card.question
        if question is None or not self.can_be_answered:
            return
        self._deciding, self._told, self._preferred = question, "", preferred
        self._receipts.follow(self._asks.ask(answer.decision(question, agreed)))
        self.changed.emit()

    @Slot(object)
    def _on_question(self, question: Question) -> None:
        shown = self._card.question
        if question.id != self._decision:
            return
        if shown is None or (shown.id, shown.revision) != (question.id, question.revision):
            self._card.set_question(question)
            self._look_about(question)
        self._card.set_alike(self._alike(question))

    @Slot(object)
    def _on_no_question(self, error: WorldError) -> None:
        question = self._card.question
        self.drop()
        self.refused.emit(error)
        self.gone.emit(question)

    @Slot(object)
    def _on_receipt(self, done: SyncAnswer) -> None:
        question, self._deciding = self._deciding, None
        if question is None:
            return
        kind, preferred, self._preferred = kind_of(question), self._preferred, ""
        if preferred and kind is not None:
            self._preference.prefer(kind, preferred)
        files = len(set(done.written))
        written = translate("decisions", "{item}: {count} {count:file|files} written")
        title = list_title(question)
        words = self._told or say(written, count=files, item=title)
        last = done.status.last if done.written and not self._told else None  # else it is of something older
        if question.id == self._decision:
            self.drop()
        self.settled.emit(Settled(question.id, words, len(done.failed), last.snapshot if last else 0, title))
        self.changed.emit()

    @Slot(object)
    def _on_not_given(self, error: WorldError) -> None:
        """Tell why nothing came of it, and show the question as it is now."""
        question, self._deciding = self._deciding, None
        if question is None or question.id != self._decision:
            self.refused.emit(error)
        elif isinstance(error, NoSuchDecisionError):
            self._on_no_question(error)
        else:
            self._card.refuse(error)
            self._ask()
        self.changed.emit()

    @Slot()
    def _on_stumble(self) -> None:
        self._deciding = None
        self._card.stumble()
        self.changed.emit()


def _is_about(one: DecisionStatus, question: Question) -> bool:
    """Whether it is asked about the same thing: in a project, other lines are another question."""
    return (one.kind, one.scope, one.item) == (question.kind, question.scope, question.item)
