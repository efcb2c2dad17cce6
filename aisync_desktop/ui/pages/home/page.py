"""Home: one look at everything. Questions first, then what is wrong, the clients, and the last changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aisync_desktop.service.operations.changes import ChangesRequest
from aisync_desktop.service.operations.switching import SwitchRequest
from aisync_desktop.sync.model.status import Health, Status
from aisync_desktop.sync.reports.changes import Changes
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.language import render
from aisync_desktop.ui.pages.home.content import (
    ANSWER,
    MOST_CHANGES,
    SWITCH_ON,
    UNDO,
    change_rows,
    client_rows,
    question_rows,
)
from aisync_desktop.ui.pages.home.problem_note import ProblemNote
from aisync_desktop.ui.parts.badge import Badge
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.card import Card, Section
from aisync_desktop.ui.parts.header import PageHeader
from aisync_desktop.ui.parts.rows import RowList
from aisync_desktop.ui.parts.scroll import PageScroll
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.shell.pages import Frame, Page
from aisync_desktop.ui.theme import retold, tokens

_SIDE = 320  # of the column with the last changes
_STATES = {
    Health.NEW: State.OFF,
    Health.IN_STEP: State.OK,
    Health.SYNCING: State.WORKING,
    Health.PAUSED: State.PAUSED,
    Health.DECISION: State.WAIT,
    Health.PENDING: State.WAIT,
    Health.ERROR: State.BAD,
}


class HomePage(Page):
    """The page."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.header = PageHeader("", "", State.WORKING)
        self.sync = Button(frame.actions.sync.text(), icon="refresh")
        self.answer = Button(frame.actions.answer.text(), Kind.PRIMARY)
        self.questions = RowList()
        self.clients = RowList()
        self.changes = RowList()
        self.badge = Badge(0, "wait")
        self._found: Changes | None = None
        self._found_of: object = None
        self._told: object = None
        self._inquiry = Inquiry(self)
        self._inquiry.answered.connect(self._show_changes)
        self._problems = QVBoxLayout()
        self._arrange()
        self._connect()
        self._say()

    def set_status(self, status: Status) -> None:
        """Show this status."""
        super().set_status(status)
        self._render()
        if self.isVisible():
            self.seen()

    def seen(self) -> None:
        """Look up the last changes, where there may be new ones."""
        if self.status is not None and (self._found is None or self.status.last != self._found_of):
            self._found_of = self.status.last
            self._inquiry.follow(self.frame.asks.ask(ChangesRequest(limit=MOST_CHANGES)))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in use."""
        if retold(event):
            self._say()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the last changes out where there is little room."""
        super().resizeEvent(event)
        room = tokens()["size"]["collapse-below"] - tokens()["size"]["sidebar"]
        self._side.setVisible(event.size().width() >= room)

    def _arrange(self) -> None:
        self.header.add_action(self.sync)
        self.header.add_action(self.answer)
        self._asked = Section("", Card(self.questions), badge=self.badge)
        self._known = Section("", Card(self.clients))
        self._changed = Section("", Card(self.changes))
        main, self._side = QVBoxLayout(), QWidget()
        self._problems.setSpacing(8)
        main.addLayout(self._problems)
        for section in (self._asked, self._known):
            main.addWidget(section)
        main.setSpacing(24)
        main.addStretch(1)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self._changed)
        side.addStretch(1)
        self._side.setFixedWidth(_SIDE)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(main, 1)
        columns.addWidget(self._side)
        scroll = PageScroll(parent=self)
        scroll.add(self.header)
        scroll.add(columns, stretch=1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _connect(self) -> None:
        actions = self.frame.actions
        self.sync.follow(actions.sync)
        self.answer.follow(actions.answer)
        self.questions.opened.connect(self._open_question)
        self.clients.action.connect(self._switch)
        self.changes.action.connect(self._undo)
        self.questions.action.connect(lambda key, what: self._open_question(key) if what == ANSWER else None)

    def _undo(self, _key: str, what: str) -> None:
        if what == UNDO and self._found is not None:
            self.frame.actions.undo_requested.emit(self._found.newest)

    def _switch(self, key: str, what: str) -> None:
        client, _, scope = key.partition("@")
        self.frame.have(SwitchRequest(what=client, scope=scope, on=what == SWITCH_ON))

    def _open_question(self, decision: str) -> None:
        self.frame.go(f"decisions/{decision}")

    def _say(self) -> None:
        for section, rows, title in (
            (self._asked, self.questions, self.tr("Questions")),
            (self._known, self.clients, self.tr("Clients")),
            (self._changed, self.changes, self.tr("Recent changes")),
        ):
            section.set_title(title)
            rows.setAccessibleName(title)
        self._render()

    def _render(self) -> None:
        status = self.status
        if status is None:
            self._head(self.tr("Starting"), "", State.WORKING)
            for section in (self._asked, self._known, self._changed):
                section.hide()
            return
        line = render(status.line) if status.line is not None else ""
        self._head(render(status.headline), line, _STATES[status.health])
        self.badge.set_count(len(status.decisions))
        self._asked.setVisible(bool(status.decisions))
        self.questions.set_rows(question_rows(status.decisions))
        self._known.show()
        self.clients.set_rows(client_rows(status))
        self._show_problems(status)
        self._show_changes(self._found)

    def _head(self, title: str, line: str, state: State) -> None:
        self.header.set_title(title)
        self.header.set_line(line)
        self.header.set_state(state)

    def _show_changes(self, found: Changes | None) -> None:
        self._found = found
        shown = found.changes if found is not None else ()
        self._changed.setVisible(bool(shown))
        self.changes.set_rows(change_rows(shown, self.status.clients if self.status is not None else ()))

    def _show_problems(self, status: Status) -> None:
        """Show what is wrong; what is still so keeps its note, which may have the focus."""
        told = (status.problems, status.notes, QLocale().name())
        if told == self._told:
            return
        self._told = told
        while self._problems.count():
            item = self._problems.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for tone, problems in (("bad", status.problems), ("idle", status.notes)):
            for problem in problems:
                self._problems.addWidget(ProblemNote(tone, problem, self.frame))
