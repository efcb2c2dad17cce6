"""The view of permissions: what every client would do with a request, and what each may do at all.

It asks nobody by itself: what is wanted leaves it as a signal, and answers are given to it. All that is shown of files
is plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTableView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.permissions.language import Tool
from aisync_desktop.sync.reports.allowed import Answer
from aisync_desktop.sync.reports.audit import Rights
from aisync_desktop.ui.empty import EmptyText
from aisync_desktop.ui.labels import plain_label
from aisync_desktop.ui.pages.permissions.answer_model import AnswerColumn, AnswerModel
from aisync_desktop.ui.pages.permissions.rights_model import RightsModel
from aisync_desktop.ui.words import one_line, refusal_lines, short_path

_WIDTHS = 400, 270  # of the tree's columns at first; the last one has the rest
_LONGEST = 100_000  # of what is asked about, as over HTTP
_LONGEST_SHOWN = 120  # of it above the answers
_TOOLS = (Tool.SHELL, Tool.READ, Tool.EDIT, Tool.FETCH, Tool.MCP)
_STYLE = """
QTableView::item, QTreeView::item { padding: 4px 8px }
QHeaderView { background: palette(base) }
QHeaderView::section {
    background: palette(base); color: palette(placeholder-text);
    border: 0; border-bottom: 1px solid palette(midlight); padding: 7px 10px
}
"""


class PermissionView(QWidget):
    """Signals: asked(tool, argument, project's root or ""), audit_wanted(project's root or "")."""

    asked = Signal(str, str, str)
    audit_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tool, self.argument, self.project = QComboBox(self), QLineEdit(self), QComboBox(self)
        self.ask = QPushButton(self)
        self.table, self.tree, self.filter = QTableView(self), QTreeView(self), QLineEdit(self)
        self._question, self.error = plain_label(quiet=True), plain_label()
        self._title = plain_label(bold=True)
        self._looked = False
        self._in = QLabel(self)
        self._answers, self._rights = AnswerModel(self), RightsModel(self)
        self._shown = QSortFilterProxyModel(self)
        self._asked: tuple[str, str, str] | None = None
        self._roots: tuple[str, ...] = ()
        self._set_up_table()
        self._set_up_tree()
        self._arrange()
        self._connect()
        self._render()

    @property
    def root(self) -> str:
        """The project that is asked about; "" at home."""
        return str(self.project.currentData() or "")

    def set_projects(self, roots: Iterable[str]) -> None:
        """Offer these projects; the one that is chosen stays, as long as it is there."""
        if tuple(roots) == self._roots:
            return
        self._roots = tuple(roots)
        self._fill_projects()

    def set_answers(self, answers: Sequence[Answer]) -> None:
        """Show what every client would do with what was asked last."""
        self.error.hide()
        self._answers.set_answers(answers)
        self._render_question(waits=False)

    def set_rights(self, rights: Sequence[Rights]) -> None:
        """Show what every client may do."""
        self.error.hide()
        self._rights.set_rights(rights)
        self._looked = True
        self._render_empty()
        self._expand()

    def refuse(self, error: WorldError) -> None:
        """Say why nothing came of it."""
        self._tell(refusal_lines(error))

    def stumble(self) -> None:
        """Say that it was a fault of ours."""
        self._tell(self.tr("Something went wrong in AISync. A report was written; you can try again."))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._answers.retranslate()
            self._rights.retranslate()
            self._expand()
            self._render()
        super().changeEvent(event)

    def _tell(self, words: str) -> None:
        self.error.setText(words)
        self.error.show()
        self._render_question(waits=False)

    def _set_up_table(self) -> None:
        self.table.setModel(self._answers)
        self._answers_empty = EmptyText(self.table)
        self.table.verticalHeader().hide()
        columns = self.table.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (AnswerColumn.REASON, AnswerColumn.PLACE):
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        columns.setHighlightSections(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)  # Tab leaves the table, the arrows walk in it
        self.table.setWordWrap(False)

    def _set_up_tree(self) -> None:
        self._shown.setSourceModel(self._rights)
        self._shown.setRecursiveFilteringEnabled(True)
        self._shown.setAutoAcceptChildRows(True)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._shown.setFilterKeyColumn(-1)
        self.tree.setModel(self._shown)
        self._rights_empty = EmptyText(self.tree)
        self.tree.setUniformRowHeights(True)
        for column, width in enumerate(_WIDTHS):
            self.tree.header().resizeSection(column, width)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for view in (self.table, self.tree):
            view.setStyleSheet(_STYLE)
            view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
            view.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def _arrange(self) -> None:
        line = QHBoxLayout()
        for widget in (self.tool, self.argument, self._in, self.project, self.ask):
            line.addWidget(widget, 1 if widget is self.argument else 0)
        self._in.setBuddy(self.project)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addLayout(line)
        column.addWidget(self._question)
        column.addWidget(self.error)
        column.addWidget(self.table, 2)
        column.addLayout(head)
        column.addWidget(self.tree, 3)
        self.error.hide()
        for label in (self._question, self.error):  # what they say does not make the window wider
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.project.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.argument.setMaxLength(_LONGEST)
        self.argument.setClearButtonEnabled(True)
        self.filter.setClearButtonEnabled(True)

    def _connect(self) -> None:
        self.ask.clicked.connect(self._ask)
        self.argument.returnPressed.connect(self._ask)
        self.argument.textChanged.connect(self._enable)
        self.tool.activated.connect(self._on_tool)
        self.project.activated.connect(self._on_project)
        self.filter.textChanged.connect(self._filter)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.filter.setFocus)

    def _ask(self) -> None:
        argument = self.argument.text().strip()
        if argument:
            self._asked = (str(self.tool.currentData()), argument, self.root)
            self._render_question(waits=True)
            self.asked.emit(*self._asked)

    def _on_tool(self) -> None:
        self._render_hint()
        self._ask()

    def _on_project(self) -> None:
        """Look at another folder: both at what was asked and at what may be done."""
        self._ask()
        self.audit_wanted.emit(self.root)

    def _filter(self, words: str) -> None:
        self._shown.setFilterFixedString(words)
        self._expand()

    def _expand(self) -> None:
        """Show all of the tree; a client's own line has the whole width."""
        self.tree.expandAll()
        for row in range(self._shown.rowCount()):
            self.tree.setFirstColumnSpanned(row, QModelIndex(), True)

    def _enable(self) -> None:
        self.ask.setEnabled(bool(self.argument.text().strip()))

    def _fill_projects(self) -> None:
        chosen = self.root
        self.project.clear()
        self.project.addItem(self.tr("Home"), "")
        for root in self._roots:
            self.project.addItem(one_line(short_path(root)), root)
        self.project.setCurrentIndex(max(0, self.project.findData(chosen)))
        if self.root != chosen:
            self._on_project()

    def _fill_tools(self) -> None:
        words = {
            Tool.SHELL: self.tr("Run a command"),
            Tool.READ: self.tr("Read a file"),
            Tool.EDIT: self.tr("Edit a file"),
            Tool.FETCH: self.tr("Fetch from the web"),
            Tool.MCP: self.tr("Call a server's tool"),
        }
        chosen = max(0, self.tool.currentIndex())
        self.tool.clear()
        for tool in _TOOLS:
            self.tool.addItem(words[tool], tool.value)
        self.tool.setCurrentIndex(chosen)

    def _render(self) -> None:
        self._in.setText(self.tr("&in"))
        self._fill_tools()
        self._fill_projects()
        self.tool.setAccessibleName(self.tr("What an assistant would do"))
        self.project.setAccessibleName(self.tr("The folder that it works in"))
        self.ask.setText(self.tr("&Ask all clients"))
        self.table.setAccessibleName(self.tr("What each client would do"))
        self._answers_empty.setText(self.tr("Say what an assistant would do, and see who lets it."))
        self._title.setText(self.tr("What each client may do without asking"))
        self.tree.setAccessibleName(self._title.text())
        self._render_empty()
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter what clients may do"))
        self._render_hint()
        self._render_question(waits=False)
        self._enable()

    def _render_empty(self) -> None:
        nothing = self.tr("No client here has permissions in a file.")
        self._rights_empty.setText(nothing if self._looked else self.tr("Looking…"))

    def _render_hint(self) -> None:
        hints = {
            Tool.SHELL: "git push origin main",
            Tool.READ: "~/.ssh/id_rsa",
            Tool.EDIT: "src/main.py",
            Tool.FETCH: "https://example.com/",
            Tool.MCP: self.tr("server.tool"),
        }
        self.argument.setPlaceholderText(hints[Tool(self.tool.currentData())])
        self.argument.setAccessibleName(self.tool.currentText())

    def _render_question(self, *, waits: bool) -> None:
        """Say what the answers are about: what is in the field may be something else by now."""
        if self._asked is None:
            self._question.hide()
            return
        tool, argument, root = self._asked
        place = one_line(short_path(root)) if root else self.tr("Home")
        what = self.tool.itemText(self.tool.findData(tool))
        about = self.tr("{what}: “{argument}” · in {place}")
        shown = argument if len(argument) <= _LONGEST_SHOWN else f"{argument[: _LONGEST_SHOWN - 1]}…"
        words = about.format(what=what, argument=one_line(shown), place=place)
        self._question.setText(f"{words} · {self.tr('Looking…')}" if waits else words)
        self._question.show()
