"""The status window: one `Status` rendered whole. It decides nothing; what the user wants leaves it as a signal.

With a live tray the window is a guest: closing hides it (and says so the first time). Without one it is the app, and
closing it quits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QHideEvent, QKeySequence, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from aisync_desktop.sync.answering.adoption import Proposal, ProposedFile
from aisync_desktop.sync.model.status import Status
from aisync_desktop.ui.client_table import AbsentLine, ClientTable
from aisync_desktop.ui.empty import EmptyText
from aisync_desktop.ui.header import Header
from aisync_desktop.ui.icons import app_icon
from aisync_desktop.ui.inbox import ENTRY_ROLE, InboxDelegate, InboxModel
from aisync_desktop.ui.shell.prompter import Prompter, Question
from aisync_desktop.ui.words import activity_line, one_line, origin_word, path_with_end, when_word

_SIZE = QSize(820, 600)
_EMPTY_INBOX_HEIGHT = 64
_MOST_PROPOSED = 24  # files in one question: it must fit on the screen
_UNLIMITED = (1 << 24) - 1  # QWIDGETSIZE_MAX, which PySide6 does not export


class StatusWindow(QMainWindow):
    """Header, clients, what waits, last activity.

    Signals: sync_requested, pause_requested(bool), proposal_requested,
    adopt_requested(what was agreed to), quit_requested, decision_requested(id),
    switch_requested(scope, client, on), permissions_requested, checkup_requested, visibility_changed(bool),
    close_explained (the user knows now that closing does not quit; worth remembering).
    """

    sync_requested = Signal()
    pause_requested = Signal(bool)
    proposal_requested = Signal()
    adopt_requested = Signal(str)
    quit_requested = Signal()
    decision_requested = Signal(str)
    switch_requested = Signal(str, str, bool)
    permissions_requested = Signal()
    checkup_requested = Signal()
    visibility_changed = Signal(bool)
    close_explained = Signal()

    def __init__(self, prompter: Prompter, tray_is_live: Callable[[], bool], *, explain_close: bool = True) -> None:
        super().__init__()
        self._prompter = prompter
        self._tray_is_live = tray_is_live
        self._explain_close = explain_close
        self._status: Status | None = None
        self._told: tuple[dt.datetime, str] | None = None
        self._inbox = InboxModel(self)
        self.header = Header(self)
        self.table = ClientTable(self)
        self.absent = AbsentLine(self)
        self.decide = QPushButton(self)
        self.permissions, self.checkup = QPushButton(self), QPushButton(self)
        self.inbox = QListView(self)
        self._inbox_title = QLabel(self)
        self._activity = QLabel(self)
        self._set_up_inbox()
        self._arrange()
        self._connect()
        self._render()

    def set_status(self, status: Status) -> None:
        """Show this status from now on."""
        self._status = status
        self.header.set_status(status)
        self._render()

    def tell(self, done: str) -> None:
        """Say what the user has just had done; until the next sync that is the last activity."""
        now = dt.datetime.now(dt.UTC)
        self._told = (now, " · ".join((when_word(now), origin_word("user", ()), done)))
        self._render()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.table.retranslate()
            self._render()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide where the tray goes on, quit where there is none; explain the first time."""
        if not self._tray_is_live():
            self.quit_requested.emit()
        elif self._explain_close:
            event.ignore()
            self._prompter.ask(self, self._close_question(), self._close_answered)
            return
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that somebody looks."""
        super().showEvent(event)
        self.visibility_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that nobody looks any more."""
        super().hideEvent(event)
        self.visibility_changed.emit(False)

    def _set_up_inbox(self) -> None:
        self.inbox.setModel(self._inbox)
        self.inbox.setItemDelegate(InboxDelegate(self.inbox))
        self.inbox.setResizeMode(QListView.ResizeMode.Adjust)
        self.inbox.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._inbox_title.setBuddy(self.inbox)
        font = self._inbox_title.font()
        font.setBold(True)
        self._inbox_title.setFont(font)
        self._inbox_empty = EmptyText(self.inbox)

    def _arrange(self) -> None:
        self._activity.setTextFormat(Qt.TextFormat.PlainText)
        self._activity.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._activity.setWordWrap(True)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(18, 18, 18, 14)
        column.setSpacing(12)
        column.addWidget(self.header)
        column.addWidget(self.table, 1)
        column.addWidget(self.absent)
        title = QHBoxLayout()
        title.addWidget(self._inbox_title, 1)
        title.addWidget(self.decide)
        column.addLayout(title)
        column.addWidget(self.inbox, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._activity, 1)
        foot.addStretch()
        foot.addWidget(self.permissions)
        foot.addWidget(self.checkup)
        column.addLayout(foot)
        self.setCentralWidget(body)
        self.setWindowIcon(app_icon())
        self.resize(_SIZE)

    def _connect(self) -> None:
        self.header.sync.clicked.connect(self.sync_requested)
        self.header.pause.clicked.connect(self._ask_pause)
        self.header.start.clicked.connect(self.proposal_requested)
        self.table.switch_requested.connect(self.switch_requested)
        self.inbox.activated.connect(self._open_entry)
        self.decide.clicked.connect(self._decide)
        self.permissions.clicked.connect(self.permissions_requested)
        self.checkup.clicked.connect(self.checkup_requested)
        self._shortcut("Ctrl+W", self.close)
        self._shortcut("Ctrl+Q", self.quit_requested.emit)
        self._shortcut("F5", self._sync)
        copy = self._shortcut(QKeySequence.StandardKey.Copy, self._copy_entry, self.inbox)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    def _shortcut(
        self, keys: str | QKeySequence.StandardKey, slot: Callable[[], object], on: QWidget | None = None
    ) -> QAction:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        (on or self).addAction(action)
        return action

    def _render(self) -> None:
        self.setWindowTitle("AISync")
        self.table.setAccessibleName(self.tr("Clients"))
        self.inbox.setAccessibleName(self.tr("What waits for you"))
        self.table.empty.setText(self.tr("No client was found on this machine."))
        self._inbox_empty.setText(self.tr("Nothing waits for you"))
        self.decide.setText(self.tr("&Decide…"))
        self.permissions.setText(self.tr("P&ermissions…"))
        self.checkup.setText(self.tr("&Check-up…"))
        status = self._status
        self.decide.setVisible(status is not None and bool(status.decisions))
        self.absent.set_clients(status.clients if status else ())
        if status is None:
            self._inbox_title.setText(self.tr("&Waiting for you"))
            return
        self.table.set_clients(status.clients, switchable=status.adopted and not status.paused)
        self._inbox.set_status(status)
        waiting = self._inbox.rowCount()
        self.inbox.setMaximumHeight(_UNLIMITED if waiting else _EMPTY_INBOX_HEIGHT)
        title = self.tr("&Waiting for you ({count})").format(count=waiting) if waiting else self.tr("&Waiting for you")
        self._inbox_title.setText(title)
        activity = self._last_activity(status)
        self._activity.setVisible(bool(activity))
        self._activity.setText(activity)

    def _last_activity(self, status: Status) -> str:
        if self._told and (status.last is None or status.last.at <= self._told[0]):
            return self._told[1]
        return activity_line(status.last, status.clients) if status.last else ""

    def _sync(self) -> None:
        if self._status is not None and self._status.adopted:
            self.sync_requested.emit()

    def _ask_pause(self) -> None:
        if self._status is not None:
            self.pause_requested.emit(not self._status.paused)

    def propose(self, proposal: Proposal) -> None:
        """Show all that would be written, and ask for the user's word: for just that."""

        def answered(accepted: bool) -> None:
            if accepted:
                self.adopt_requested.emit(proposal.agreed)

        self._prompter.ask(self, self._adopt_question(proposal), answered)

    def _adopt_question(self, proposal: Proposal) -> Question:
        files = proposal.files
        lines = [self._proposed_line(file) for file in files[:_MOST_PROPOSED]]
        if len(files) > _MOST_PROPOSED:
            lines.append(self.tr("and %n more (“aisync plan” lists them all)", "", len(files) - _MOST_PROPOSED))
        parts = (lines, self._left_out(proposal), [self.tr("Every version that is replaced is kept in the history.")])
        written = self.tr("%n file(s) will be written:", "", len(files))
        return Question(
            title=self.tr("Start syncing"),
            text=written if files else self.tr("No file has to be written now."),
            detail="\n\n".join("\n".join(part) for part in parts if part),
            accept=self.tr("&Start syncing"),
            reject=self.tr("&Not now"),
        )

    def _proposed_line(self, file: ProposedFile) -> str:
        line = f"{file.name}: {one_line(path_with_end(file.path, file.end))}"
        return self.tr("{file} (new)").format(file=line) if file.creates else line

    def _left_out(self, proposal: Proposal) -> list[str]:
        told = {
            self.tr("%n entry(ies) cannot be expressed by every client.", "", proposal.losses): proposal.losses,
            self.tr("%n question(s) wait for you; what they are about stays as it is.", "", proposal.questions): (
                proposal.questions
            ),
            self.tr("%n file(s) or entry(ies) are left alone: see “Waiting for you”.", "", proposal.problems): (
                proposal.problems
            ),
        }
        return [line for line, count in told.items() if count]

    def _close_question(self) -> Question:
        return Question(
            title="AISync",
            text=self.tr("AISync goes on in the tray"),
            detail=self.tr("Your clients are kept in step while the window is closed. Its icon brings it back."),
            accept=self.tr("&Keep running"),
            reject=self.tr("&Quit instead"),
            cancel=self.tr("&Cancel"),
        )

    def _close_answered(self, keep: bool) -> None:
        self._explain_close = False
        self.close_explained.emit()
        if keep:
            self.hide()
        else:
            self.quit_requested.emit()

    def _open_entry(self) -> None:
        entry = self.inbox.currentIndex().data(ENTRY_ROLE)
        if entry is not None and entry.decision:
            self.decision_requested.emit(entry.decision)

    def _decide(self) -> None:
        """Open the decision that is chosen in the list, or the first one."""
        entry = self.inbox.currentIndex().data(ENTRY_ROLE)
        if entry is not None and entry.decision:
            self.decision_requested.emit(entry.decision)
        elif self._status is not None and self._status.decisions:
            self.decision_requested.emit(self._status.decisions[0].id)

    def _copy_entry(self) -> None:
        entry = self.inbox.currentIndex().data(ENTRY_ROLE)
        if entry is not None:
            QGuiApplication.clipboard().setText(entry.text())
