"""The first run: the whole window, three steps, and nothing written before the last one.

What was found and what would be written is one proposal, which the engine makes anew whenever the user leaves something
out, answers something, or files change. What is agreed to is the proposal on the screen: where anything else would be
written by then, nothing is, and the new one is shown.

Before anything is written the keyring is opened, as that may ask for a password: it is announced, waited for elsewhere,
and gone on without on request.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.service.operations.answer import SyncAnswer
from aisync_desktop.service.operations.previews import ProposalRequest
from aisync_desktop.service.operations.program import SettingChange
from aisync_desktop.service.operations.secrets import Keyring, KeyringRequest
from aisync_desktop.service.operations.syncing import ApplyRequest, FirstAnswer
from aisync_desktop.sync.answering.adoption import ProposalChangedError
from aisync_desktop.sync.model.status import ClientState, Status, Writing
from aisync_desktop.sync.reports.consent import Proposal
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.pages.first_run.changes import ChangesStep
from aisync_desktop.ui.pages.first_run.found import FoundStep
from aisync_desktop.ui.pages.first_run.questions import QuestionsStep
from aisync_desktop.ui.pages.first_run.step_bar import StepBar
from aisync_desktop.ui.pages.first_run.words import FirstRunWords, clients_of
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.footer import Footer
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.loading import Progress
from aisync_desktop.ui.parts.note import Note
from aisync_desktop.ui.parts.scroll import NARROW, WIDE
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.parts.toast import Toast
from aisync_desktop.ui.shell.pages import Frame, Page
from aisync_desktop.ui.theme import retold
from aisync_desktop.ui.words import refusal_lines

FOUND, QUESTIONS, CHANGES = 0, 1, 2


class FirstRunPage(Page):
    """The page."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._words = FirstRunWords(self)
        self._proposal: Proposal | None = None
        self._shown_in_list = ""  # the proposal that the user saw in the last step
        self._writing = False
        self._open_keyring = True
        self.bar = StepBar()
        self.found, self.questions, self.changes = FoundStep(), QuestionsStep(frame.asks), ChangesStep()
        self.steps = QStackedWidget()
        self.trouble, self._told = Note("bad", ""), QWidget()
        self.said = Label("", "small", "text-2", wrap=True)
        self.progress = Progress("", cancel=False)
        self.back, self.next = Button(), Button(kind=Kind.PRIMARY)
        self._proposals, self._keyring, self._consent = Inquiry(self), Inquiry(self), Inquiry(self)
        self._arrange()
        self._connect()
        self._say()

    @property
    def step(self) -> int:
        """Which step it is."""
        return self.steps.currentIndex()

    def set_status(self, status: Status) -> None:
        """Look again at what would be written: something is another way than before."""
        changed = self.status is None or status.sequence != self.status.sequence
        super().set_status(status)
        if changed and self.isVisible() and not self._writing:
            self.look()
        self._say()

    def set_writing(self, writing: Writing) -> None:
        """Count the files that are written."""
        if self._writing:
            self.progress.set_done(*writing)

    def seen(self) -> None:
        """Look at what there is."""
        self.look()

    def look(self) -> None:
        """Have the engine look, and say what would be written."""
        without = self.found.left_out
        answers = self._given() if self.step == CHANGES else ()
        self._proposals.follow(self.frame.asks.ask(ProposalRequest(without=without, answers=answers)))

    def go_on(self) -> None:
        """Go to the next step, or write."""
        if not self.next.isEnabled() or not self.next.isVisible():
            return
        if self.step == CHANGES:
            self._begin()
        else:
            self._go(QUESTIONS if self.step == FOUND and self.questions.questions else CHANGES)

    def go_back(self) -> None:
        """Go to the step before."""
        self._go(QUESTIONS if self.step == CHANGES and self.questions.questions else FOUND)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in use."""
        if retold(event):
            self._say()
        super().changeEvent(event)

    def _arrange(self) -> None:
        footer = Footer()
        footer.left(self.said, 100)
        footer.left(self.progress, 100)
        footer.right(self.back)
        footer.right(self.next)
        for step in (self.found, self.questions, self.changes):
            self.steps.addWidget(step)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        told = QHBoxLayout(self._told)
        told.setContentsMargins(WIDE, NARROW, WIDE, 0)
        told.addWidget(self.trouble)
        self._told.hide()
        whole.addWidget(self.bar)
        whole.addWidget(self._told)
        whole.addWidget(self.steps, 1)
        whole.addWidget(footer)
        self.progress.hide()

    def _connect(self) -> None:
        self.bar.left.connect(lambda: self.window().close())
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.go_on)
        self.found.left_out_changed.connect(self.look)
        self.found.look_requested.connect(self.look)
        self.questions.answered.connect(self._say)
        self.trouble.acted.connect(self._try_again)
        self.changes.keyring.acted.connect(self._go_on_without_keyring)
        self._proposals.answered.connect(self._on_proposal)
        self._keyring.answered.connect(self._on_keyring)
        self._consent.answered.connect(self._on_written)
        for inquiry in (self._proposals, self._keyring, self._consent):
            inquiry.refused.connect(self._on_refused)
            inquiry.stumbled.connect(self._on_stumble)

    def _go(self, step: int) -> None:
        self._shown_in_list = ""
        self.steps.setCurrentIndex(step)
        self.bar.set_now(step + 1)
        self.changes.changed.hide()
        self._told.hide()
        self._proposal = None if step == CHANGES else self._proposal
        self.look()
        self._say()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _order(self) -> None:
        """Have the tabulator come to the footer behind what the step shows by now."""
        step = self.steps.currentWidget()
        inside = step.findChildren(QWidget) if step is not None else []
        before = [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for first, then in pairwise([self.bar.not_now, *before, self.back, self.next]):
            QWidget.setTabOrder(first, then)

    def _given(self) -> tuple[FirstAnswer, ...]:
        return tuple(
            FirstAnswer(decision=of, take=one.take, edit=one.edit, fields=dict(one.fields), items=one.items)
            for of, one in self.questions.answers.items()
        )

    def _on_proposal(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self._told.hide()
        absent = [one.name for one in self.status.clients if one.state is ClientState.ABSENT] if self.status else []
        self.found.show_clients(proposal.clients, absent)
        if self.step == CHANGES:
            self._show_changes(proposal)
        else:
            self.questions.show_groups(proposal.asked, self.found.left_out)
            if self.step == QUESTIONS and not self.questions.questions:
                self._go(CHANGES)
        self._say()
        self._order()

    def _show_changes(self, proposal: Proposal) -> None:
        """List what would be written; what is not as it was shown before is said to be."""
        if self._shown_in_list and self._shown_in_list != proposal.agreed:
            self.changes.changed.show()
        self._shown_in_list = proposal.agreed
        self.changes.show_proposal(proposal)

    def _begin(self) -> None:
        """Open the keyring, if that is wanted; then write."""
        self._set_writing(writing=True)
        if self._open_keyring:
            self._wait_for_keyring()
            self._keyring.follow(self.frame.asks.ask(KeyringRequest()))
        else:
            self._write()

    def _write(self) -> None:
        proposal = self._proposal
        if proposal is None:
            return
        self._set_writing(writing=True)
        self.changes.keyring.hide()
        request = ApplyRequest(adopt=True, agreed=proposal.agreed, without=self.found.left_out, answers=self._given())
        self._consent.follow(self.frame.asks.ask(request))

    def _on_keyring(self, keyring: Keyring) -> None:
        if keyring.usable:
            self._write()
        else:
            self._set_writing(writing=False)
            self._tell_no_keyring()

    def _go_on_without_keyring(self) -> None:
        """Write, and ask no keyring from now on: whether there is one is settled."""
        self._keyring.drop()
        self.frame.have(SettingChange(name="keyring", value=False))
        self._open_keyring = False
        self._write()

    def _on_written(self, answer: SyncAnswer) -> None:
        """Tell what was done; the status then makes the window the app."""
        self._set_writing(writing=False)
        proposal = self._proposal
        clients = len(clients_of(proposal.files)) if proposal is not None else 0
        if answer.failed:
            self.frame.toast(Toast(self._words.failed(len(answer.failed)), State.WAIT, key="first-run", stays=True))
        words = self._words.written(len(answer.written), clients)
        undo = self.frame.actions.undo.trigger
        self.frame.toast(Toast(words, State.OK, self.tr("Undo"), undo, key="written"))

    def _on_refused(self, error: WorldError) -> None:
        """Say why nothing came of it; what was changed meanwhile is shown anew."""
        self._set_writing(writing=False)
        if isinstance(error, ProposalChangedError):
            self.changes.changed.show()
            self.look()
            return
        self.trouble.say(refusal_lines(error), "", self.tr("Try again"))
        self._told.show()

    def _on_stumble(self) -> None:
        self._set_writing(writing=False)
        words = self.tr("Something went wrong in AISync. A report was written; you can try again.")
        self.trouble.say(words, "", self.tr("Try again"))
        self._told.show()

    def _try_again(self) -> None:
        self._told.hide()
        self.look()

    def _set_writing(self, *, writing: bool) -> None:
        self._writing = writing
        self.progress.set_done(0, 0)
        if writing and self.next.hasFocus():
            self.changes.rows.setFocus(Qt.FocusReason.OtherFocusReason)  # else it would go to what leaves all this
        self.progress.setVisible(writing)
        self.said.setVisible(not writing)
        self._say()

    def _say(self) -> None:
        proposal, step = self._proposal, self.step
        self.back.setText(self.tr("Back"))
        self.back.setVisible(step != FOUND)
        self.back.setEnabled(not self._writing)
        self.next.setVisible(step != FOUND or (proposal is not None and bool(proposal.clients)))
        self.next.setEnabled(proposal is not None and not self._writing)
        self.next.setText(self._next_words())
        self.said.setText(self._footer_words())
        self.progress.set_words(self._words.writing(len(proposal.files)) if proposal is not None else "")
        self.changes.changed.say(
            self.tr("Something changed meanwhile."), self.tr("Below is what would be written now.")
        )

    def _next_words(self) -> str:
        questions = len(self.questions.questions)
        if self.step == FOUND and questions:
            return self._words.to_questions(questions)
        if self.step == CHANGES:
            return self._words.consent(self._proposal) if self._proposal is not None else self.tr("Looking")
        return self.tr("See what will change")

    def _footer_words(self) -> str:
        """Say what is not done yet and, before anything is written, that the keyring may ask for its password."""
        if self.step == FOUND:
            return self.tr("Nothing is written before you have seen all of it.")
        open_ones = self._words.open(self.questions.waiting) if self.questions.waiting else ""
        keyring = self.tr("Your keyring may ask you for its password: AISync keeps the key of your history there.")
        return " ".join(filter(None, (open_ones, keyring if self.step == CHANGES and self._open_keyring else "")))

    def _wait_for_keyring(self) -> None:
        note = self.changes.keyring
        note.say(self.tr("Your keyring may be asking you for its password now."), "", self.tr("Go on without"))
        note.show()

    def _tell_no_keyring(self) -> None:
        note = self.changes.keyring
        note.say(
            self.tr("There is no keyring that AISync can use."),
            self.tr(
                "Install or unlock one, such as GNOME Keyring or KWallet, and try again. Without it, the key of your "
                "history is kept in a file that only you can read."
            ),
            self.tr("Go on without"),
        )
        note.show()
        note.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that was pressed has gone grey, and given it away
