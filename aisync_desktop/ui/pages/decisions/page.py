"""Decisions: the list of questions at the left, the card of one at the right; and what was answered before.

After an answer the next question opens. In a narrow window list and card are two steps, with a way back.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.service.operations.standing import Decisions, DecisionsRequest
from aisync_desktop.sync.applying.questions import Question
from aisync_desktop.sync.model.status import DecisionStatus, Status
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.pages.decisions import words
from aisync_desktop.ui.pages.decisions.answer_pane import AnswerPane
from aisync_desktop.ui.pages.decisions.answered import AnsweredCard, AnsweredLog
from aisync_desktop.ui.pages.decisions.card_keeper import Settled
from aisync_desktop.ui.pages.decisions.toasts import settled_toast, trouble_toast
from aisync_desktop.ui.parts.badge import Keys
from aisync_desktop.ui.parts.empty import EmptyState
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.pane import ListPane, TwoStep
from aisync_desktop.ui.parts.rows import Row
from aisync_desktop.ui.parts.segments import Segments
from aisync_desktop.ui.shell.pages import Frame, Page
from aisync_desktop.ui.theme import retold
from aisync_desktop.ui.words import refusal_lines, say, short_when

OPEN, ANSWERED = "open", "answered"
translate = QCoreApplication.translate


class DecisionsPage(Page):
    """The page."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.segments = Segments("", [(OPEN, "", 0), (ANSWERED, "", None)])
        self.list = ListPane("")
        self.rows = self.list.rows
        self.pane = AnswerPane(frame.asks)
        self.past = AnsweredCard()
        self.empty = EmptyState("ok", "", surface="window")
        self.none = EmptyState("ok", "", surface="window")  # where nothing stands beside the list
        self.answered = AnsweredLog(frame.asks, self)
        self._questions: dict[str, Question] = {}
        self._listing = Inquiry(self)
        self._done = ""  # what was answered, until there is a status without it
        self._sequence = -1  # of the status that the list was last asked for
        self._arrange()
        self._connect()
        self._retell()

    @property
    def segment(self) -> str:
        """Which questions are listed."""
        return self.segments.key()

    def set_status(self, status: Status) -> None:
        """List what is asked now, and keep the card true."""
        super().set_status(status)
        self._done = ""
        if self.isVisible():
            self.pane.keeper.set_status(status)
            self._look()
        self._fill()

    def open_route(self, rest: str) -> None:
        """Open the card of a question; without one, the page as it is."""
        if not rest:
            return
        self.segments.choose(OPEN)
        self._fill()
        if self.rows.current_key() == rest or not self.rows.choose(rest):
            self._open(rest)
        self._steps.show_detail()

    def seen(self) -> None:
        """Look whether all is as it was shown, and since when each question is one."""
        if self.status is not None:
            self.pane.keeper.set_status(self.status)
        self._look()
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in use."""
        if retold(event):
            self._retell()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say that there is nothing where that is seen."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_none)  # the two steps are laid out after the page

    def _arrange(self) -> None:
        self._detail = QStackedWidget()
        for widget in (self.empty, self.pane, self.past):
            self._detail.addWidget(widget)
        self._hint = Label("", "small", "text-3")
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        for each in (Keys("J"), Keys("K"), self._hint):
            row.addWidget(each)
        row.addStretch(1)
        self.list.add_top(self.segments)
        self.list.add_below(self.none)
        self.list.set_foot(foot)
        self._steps = TwoStep(self.list, self._detail)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._steps)

    def _connect(self) -> None:
        self.segments.changed.connect(lambda _: self._fill())
        self.rows.chosen.connect(self._open)
        self.rows.opened.connect(lambda _: self.pane.focus_first())
        self.answered.changed.connect(self._fill)
        self.pane.later.connect(self._on_later)
        keeper = self.pane.keeper
        keeper.settled.connect(self._on_settled)
        keeper.gone.connect(lambda _: self._show_detail())
        keeper.refused.connect(self._on_refused)
        self.pane.card.changed.connect(self._show_detail)
        self._listing.answered.connect(self._on_listed)
        self.pane.install_keys(self)
        for keys, by in (("J", 1), ("K", -1)):
            self._step_by(keys, by)

    def _step_by(self, keys: str, by: int) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._step(by))

    def _step(self, by: int) -> bool:
        """Go to another question; the focus leaves what is replaced by it."""
        self._keep_focus()
        return self.rows.step(by)

    def _keep_focus(self) -> None:
        """Give the focus to what stays, where it is in the card and would be lost with that."""
        now: QWidget | None = self.focusWidget()
        if now is not None and self.pane.isAncestorOf(now):
            stays = self.rows if self.rows.isVisible() else self.pane.decide_later
            stays.setFocus(Qt.FocusReason.OtherFocusReason)

    def _retell(self) -> None:
        self.segments.setAccessibleName(translate("decisions", "Which questions"))
        self.list.set_title(translate("pages", "Decisions"))
        self._hint.setText(translate("decisions", "next, previous"))
        self._fill()

    def _fill(self) -> None:
        """List what is asked, or what was answered."""
        status = self.status
        decisions = [one for one in status.decisions if one.id != self._done] if status is not None else []
        open_ones, answered = translate("decisions", "Open"), translate("decisions", "Answered")
        self.segments.set_choices([(OPEN, open_ones, len(decisions)), (ANSWERED, answered, self.answered.count)])
        self.rows.set_rows([*map(self._row, decisions)] if self.segment == OPEN else self.answered.rows(self._names()))
        if not self.rows.current_key() and self.isVisible() and not self.rows.choose(self.pane.keeper.decision):
            self.rows.step(1)
        self._tell_place()
        self._show_detail()

    def _row(self, one: DecisionStatus) -> Row:
        question = self._questions.get(one.id)
        when = short_when(question.asked_at) if question is not None and question.asked_at else ""
        return Row(one.id, words.list_title(one), words.list_line(one), glyph=words.glyph(one), trail=when)

    def _names(self) -> dict[str, str]:
        """Return the names of the clients by their ids."""
        return {client.id: client.name for client in self.status.clients} if self.status is not None else {}

    def _look(self) -> None:
        status = self.status
        if status is None or status.sequence == self._sequence:
            return
        self._sequence = status.sequence
        self.answered.look()
        if status.decisions:
            self._listing.follow(self.frame.asks.ask(DecisionsRequest()))

    def _on_listed(self, listed: Decisions) -> None:
        self._questions = {one.id: one for one in listed.decisions}
        self._fill()

    def _open(self, key: str) -> None:
        answer = self.answered.of(key)
        if answer is not None:
            self.past.show_answer(answer, self._names())
        else:
            self.pane.keeper.open(key)
        self._tell_place()
        self._show_detail()

    def _tell_place(self) -> None:
        keys = [row.key for row in self.rows.rows()]
        place, key = translate("decisions", "{number} of {count}"), self.rows.current_key()
        said = say(place, number=keys.index(key) + 1, count=len(keys)) if key else ""
        self.pane.card.set_place(said)

    def _show_detail(self) -> None:
        """Show the card, what was answered, or that there is nothing."""
        if self.segment == OPEN:
            there = bool(self.pane.keeper.decision) and self.pane.card.question is not None
            heading = translate("decisions", "No question is open")
            said = translate("decisions", "Where clients differ and only you can tell what is meant, it is asked here.")
        else:
            there = self.past.is_filled
            heading = translate("decisions", "Nothing was answered yet")
            said = translate("decisions", "What you decide is kept here, with when and by whom.")
        for empty in (self.empty, self.none):
            empty.say(heading, said)
        self._show_none()
        widget = self.pane if self.segment == OPEN else self.past
        self._detail.setCurrentWidget(widget if there and self.rows.rows() else self.empty)

    def _show_none(self) -> None:
        """Say in the list that it is empty, where it stands alone."""
        alone = self._steps.narrow and not self.rows.rows()
        self.none.setVisible(alone)
        self.rows.setVisible(not alone)

    def _on_later(self) -> None:
        """Leave it, and go on with the next one."""
        if not self._step(1):
            self._steps.show_list()

    def _on_settled(self, settled: Settled) -> None:
        """Tell it, and go on with the next one."""
        self._done = settled.decision
        self._keep_focus()
        self._fill()
        self.frame.toast(settled_toast(self.frame, settled))

    def _on_refused(self, error: WorldError) -> None:
        self.frame.toast(trouble_toast(refusal_lines(error)))
