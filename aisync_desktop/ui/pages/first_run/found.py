"""The first step: which clients were found, with what is in their files; each can be left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aisync_desktop.kernel.problem import Problem
from aisync_desktop.ui.language import render
from aisync_desktop.ui.pages.first_run.words import FirstRunWords, listed
from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.card import Card
from aisync_desktop.ui.parts.choice import Check
from aisync_desktop.ui.parts.empty import EmptyState
from aisync_desktop.ui.parts.header import PageHeader
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.parts.loading import Loading
from aisync_desktop.ui.parts.mark import Mark
from aisync_desktop.ui.parts.scroll import PageScroll
from aisync_desktop.ui.parts.state import State, StateShape
from aisync_desktop.ui.theme import retold
from aisync_desktop.ui.words import one_line, short_path

if TYPE_CHECKING:
    from aisync_desktop.sync.reports.consent import FoundClient

_TOP = Qt.AlignmentFlag.AlignTop


class FoundStep(QWidget):
    """Signals: left_out_changed, look_requested."""

    left_out_changed = Signal()
    look_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = FirstRunWords(self)
        self._clients: tuple[FoundClient, ...] | None = None
        self._absent: tuple[str, ...] = ()
        self._out: set[str] = set()
        self.rows: dict[str, ClientRow] = {}
        self.header = PageHeader()
        self.empty = EmptyState("clients", "", surface="window")
        self.empty.acted.connect(self.look_requested)
        self.also = Label("", "small", "text-2", wrap=True)
        self._loading = Loading(4)
        self._card = Card()
        self._body = QStackedWidget()
        self._arrange()
        self._say()

    @property
    def left_out(self) -> tuple[str, ...]:
        """The clients that are to stay as they are."""
        return tuple(sorted(self._out))

    def show_clients(self, clients: Sequence[FoundClient], absent: Sequence[str]) -> None:
        """List the clients that are there; `absent` are the names of those that AISync looked for besides."""
        self._clients, self._absent = tuple(clients), tuple(absent)
        if list(self.rows) != [client.client for client in clients]:
            self._make_rows()
        for client in clients:
            self.rows[client.client].show_client(client)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in use."""
        if retold(event):
            self._say()
        super().changeEvent(event)

    def _arrange(self) -> None:
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._card)
        column.addWidget(self.also)
        column.addStretch(1)
        self._listing = PageScroll(self.header, listing)
        self._listing.add_stretch()
        looking = PageScroll(PageHeader(), Card(self._loading))
        looking.add_stretch()
        for page in (looking, self.empty, self._listing):
            self._body.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._body)

    def _make_rows(self) -> None:
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {}
        for client in self._clients or ():
            row = ClientRow(self._words, kept=client.client not in self._out)
            row.kept_changed.connect(lambda kept, of=client.client: self._keep(of, kept=kept))
            self.rows[client.client] = row
            self._card.add(row)

    def _keep(self, client: str, *, kept: bool) -> None:
        (self._out.discard if kept else self._out.add)(client)
        self.left_out_changed.emit()

    def _say(self) -> None:
        known = listed(map(one_line, self._absent))
        self.empty.say(
            self.tr("No assistant was found"),
            self.tr("AISync knows {names}. Install one, or start it once so that it writes its settings.").format(
                names=known
            )
            if known
            else self.tr("Install an assistant, or start it once so that it writes its settings."),
            self.tr("Look again"),
        )
        self._body.setCurrentIndex(0 if self._clients is None else 2 if self._clients else 1)
        self.header.set_title(self._words.found(len(self._clients or ())))
        self.header.set_line(self.tr("Nothing is written yet. Take the tick away from what should stay as it is."))
        self.also.setText(self.tr("Looked for besides: {names}").format(names=known))
        self.also.setVisible(bool(known))
        for row in self.rows.values():
            row.say()


class ClientRow(QWidget):
    """A client: whether it is kept in step, what it has, and what cannot be read of it."""

    kept_changed = Signal(bool)

    def __init__(self, words: FirstRunWords, *, kept: bool) -> None:
        super().__init__()
        self._words = words
        self._client: FoundClient | None = None
        self.check = Check(on=kept)
        self.check.toggled.connect(self._on_toggle)
        self._mark = QHBoxLayout()
        self._name = Label("", "body-strong", elide=True)
        self._has = Label("", "body", "text-2")
        self._files = Label("", "small", "text-2", elide=True)
        self._problems = QVBoxLayout()
        self._arrange()

    def show_client(self, client: FoundClient) -> None:
        """Tell of this client."""
        if self._client is None:
            self._mark.addWidget(Mark(client.client, client.name))
        if self._client is None or self._client.problems != client.problems:
            self._tell_problems(client.problems)
        self._client = client
        self.say()

    def say(self) -> None:
        """Say all of it in the language in use."""
        client = self._client
        if client is None:
            return
        name = one_line(client.name)
        self._name.setText(name)
        self._has.setText(self._words.holds(client.kinds) or self.tr("Nothing yet"))
        files = ", ".join(one_line(short_path(path)) for path in client.files)
        self._files.setText(files if self.check.isChecked() else self.tr("Stays as it is"))
        self.check.setAccessibleName(self.tr("Keep {client} in step").format(client=name))
        self.setAccessibleName(f"{name}, {self._has.text()}, {self._files.text()}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the whole row for its check."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.check.toggle()

    def _arrange(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(16)
        first.addWidget(self._name, 1)
        first.addWidget(self._has)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(first)
        words.addWidget(self._files)
        words.addLayout(self._problems)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(self.check, 0, _TOP)
        row.addLayout(self._mark)
        row.setAlignment(self._mark, _TOP)
        row.addLayout(words, 1)
        self._problems.setSpacing(4)
        self._problems.setContentsMargins(0, 0, 0, 0)

    def _on_toggle(self, kept: bool) -> None:
        self.say()
        self.kept_changed.emit(kept)

    def _tell_problems(self, problems: Sequence[Problem]) -> None:
        while (item := self._problems.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for problem in problems:
            self._problems.addWidget(_ProblemLine(problem))
        self._problems.setContentsMargins(0, 6 if problems else 0, 0, 0)


class _ProblemLine(QWidget):
    """What cannot be read, where, and what to do about it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self._problem = problem
        self._text = Label("", "small", "bad-text", wrap=True)
        self._open = Button("", small=True)
        self._open.setVisible(bool(problem.path))
        self._open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(problem.path)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(StateShape(State.BAD), 0, _TOP)
        row.addWidget(self._text, 1)
        row.addWidget(self._open, 0, _TOP)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the language in use."""
        if retold(event):
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        problem = self._problem
        where = one_line(short_path(problem.path)) if problem.path else one_line(render(problem.title))
        told = (self.tr("{place} cannot be read.").format(place=where) if problem.path else f"{where}.",)
        self._text.setText(" ".join((*told, one_line(render(problem.message)), one_line(render(problem.next_step)))))
        self._open.setText(self.tr("Open file"))
