"""The card of one decision: what is asked, the sides beside each other, and one button for each answer.

It decides nothing and remembers nothing: the answer leaves it as a signal, what the engine refuses comes back as
`refuse`, and whoever opened it closes it when the question is settled, here or elsewhere. Esc leaves it for later.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import JsonValue
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from aisync_desktop.clients.items import ItemKey, Kind, Scope
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.texts import visible
from aisync_desktop.secrets.seal import contains_sealed
from aisync_desktop.sync.applying.questions import Question, QuestionSide
from aisync_desktop.sync.model.taking import MERGED
from aisync_desktop.sync.terms.agent_proposals import PROPOSAL
from aisync_desktop.sync.terms.decisions import SECRET, SERVERS, WIDER
from aisync_desktop.ui.icons import Sign, sign_icon
from aisync_desktop.ui.labels import plain_label
from aisync_desktop.ui.language import render
from aisync_desktop.ui.pages.decisions.choices import choice_label, harmless, item_name, offered, with_mnemonics
from aisync_desktop.ui.pages.decisions.comparison import TEXT, DiffView, FieldModel, FieldTable
from aisync_desktop.ui.pages.decisions.loosening_view import LooseningView
from aisync_desktop.ui.pages.decisions.servers_view import ServersView
from aisync_desktop.ui.words import as_tooltip, one_line, refusal_lines, short_path, when_word

_SIZE = QSize(760, 520)
_EDITING_HEIGHT = 700
_ICON = 32
_COLUMNS = 3
_WARNING = 20


class DecisionDialog(QDialog):
    """One question. Signal: chosen(what to take, what was written by hand, whether all of its kind are meant)."""

    chosen = Signal(str, str, bool)

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setSizeGripEnabled(True)
        self.buttons: dict[str, QPushButton] = {}
        self.send = QPushButton(self)
        self.editor = QPlainTextEdit(self)
        self.alike = QCheckBox(self)
        self._alike: tuple[str, ...] = ()
        self.error = plain_label()
        self._error_box = self._make_error_box()
        self._editing = self._make_editing()
        self._column = QVBoxLayout(self)
        self._body: QWidget | None = None
        self._servers: ServersView | None = None
        self._answers: QWidget | None = None
        self._arrange()
        self.set_question(question)
        self.resize(_SIZE)

    def set_question(self, question: Question) -> None:
        """Ask this from now on; what was written by hand stays."""
        self.question = question
        title = self.tr("A question about “{item}”").format(item=_about(question))
        self.setWindowTitle(title.replace("[*]", "[*][*]"))  # Qt's own mark, and how it is written as text
        self._summary.setText(render(question.summary))
        self._note.setText(render(question.note) if question.note else "")
        self._note.setVisible(question.note is not None)
        self._place.setText(_place(question))
        self._show_body(self._make_body())
        if not self.editor.document().isModified():
            self._fill_editor()
        self._show_answers()

    @property
    def ticked(self) -> tuple[str, ...]:
        """The servers that an answer is about, where it can be about some of them."""
        return self._servers.ticked if self._servers is not None else ()

    def set_alike(self, items: Sequence[str]) -> None:
        """Offer to answer the open questions about these items, of which this is one, all at once."""
        if tuple(items) == self._alike:
            return
        if not set(items) <= set(self._alike):
            self.alike.setChecked(False)  # another one came that the user has not seen
        self._alike = tuple(items)
        self._show_answers()

    def refuse(self, error: WorldError) -> None:
        """Say why nothing came of the answer; another one may be given."""
        self._tell(refusal_lines(error))

    def stumble(self) -> None:
        """Say that the answer was lost by a fault of ours."""
        self._tell(self.tr("Something went wrong in AISync. A report was written; you can try again."))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.set_question(self.question)
        elif event.type() is QEvent.Type.PaletteChange:
            self._outline_alike()
        super().changeEvent(event)

    def _tell(self, words: str) -> None:
        self.error.setText(words)
        self._error_box.show()
        self._enable(yes=True)

    def _arrange(self) -> None:
        icon = QLabel(self)
        icon.setPixmap(sign_icon(Sign.QUESTION).pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        self._summary, self._note, self._place = plain_label(bold=True), plain_label(), plain_label(quiet=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._summary)
        words.addWidget(self._note)
        words.addWidget(self._place)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._column.setContentsMargins(18, 16, 18, 14)
        self._column.setSpacing(12)
        self._column.addLayout(head)
        self._column.addWidget(self._editing)
        self._column.addWidget(self._error_box)
        self._column.addWidget(self.alike)
        self._outline_alike()
        self.send.clicked.connect(lambda: self._choose(MERGED, self.editor.toPlainText()))
        self.editor.textChanged.connect(self._on_edited)

    def _make_error_box(self) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        icon = QLabel(box)
        icon.setPixmap(sign_icon(Sign.ALERT).pixmap(QSize(_WARNING, _WARNING), self.devicePixelRatioF()))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.error, 1)
        box.hide()
        return box

    def _make_editing(self) -> QWidget:
        self._hint = plain_label(quiet=True)
        self.editor.setTabChangesFocus(True)
        self.editor.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._hint)
        column.addWidget(self.editor, 1)
        column.addWidget(self.send, 0, Qt.AlignmentFlag.AlignRight)
        box.hide()
        return box

    def _show_body(self, body: QWidget) -> None:
        if self._body is not None:
            _discard(self._column, self._body)
        self._body = body
        self._column.insertWidget(1, body, 1)
        body.show()

    def _make_body(self) -> QWidget:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        if self.question.gone:
            column.addWidget(self._make_list(), 1)
            column.addWidget(self._make_sources())
            return body
        if self.question.kind == SERVERS:
            column.addWidget(plain_label(render(text("decision.project-servers.how"))))
            column.addWidget(self._make_servers(), 1)
            return body
        if self.question.kind == PROPOSAL:
            asked = plain_label()
            asked.setText("\n".join(line for side in self.question.sides for line in side.lines))
            column.addWidget(asked)
            column.addStretch(1)
            return body
        if self.question.kind == WIDER:
            column.addWidget(plain_label(self.tr("Besides, this would be allowed:")))
            column.addWidget(LooseningView(self.question.sides, body), 1)
            return body
        fields = FieldModel(self.question, body)
        if fields.rowCount():
            table = FieldTable(fields, body)
            table.setAccessibleName(self.tr("The sides, field by field"))
            column.addWidget(table, 1)
            column.addWidget(self._make_sources())
        if any(side.fields and TEXT in side.fields for side in self.question.sides):
            column.addWidget(self._make_texts(), 1)
        if not self.question.choices:
            step = plain_label()
            step.setText(render(text("decision.by-hand")))
            column.addWidget(step)
        return body

    def _make_servers(self) -> ServersView:
        """Make the view of a project's servers; what was left unticked before stays so."""
        unticked = self._servers.unticked if self._servers is not None else ()
        self._servers = ServersView(self.question.sides, unticked, self)
        self._servers.ticks_changed.connect(self._on_ticked)
        return self._servers

    def _make_list(self) -> QWidget:
        names = QListWidget(self)
        names.addItems(self.question.gone)
        names.setStyleSheet("QListView::item { padding: 5px 8px }")
        names.setAccessibleName(self.tr("What is gone"))
        return names

    def _make_sources(self) -> QLabel:
        label = plain_label(quiet=True)
        lines = [f"{side.name}: {_source(side)}" for side in self.question.sides if _source(side)]
        if self.question.kind == SECRET:
            lines.insert(0, self.tr("It is missing in:"))
        label.setText("\n".join(lines))
        return label

    def _make_texts(self) -> QWidget:
        panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.setChildrenCollapsible(False)
        base = self.question.base or {}
        for side in self.question.sides:
            panes.addWidget(_text_pane(side, str(base.get(TEXT, ""))))
        return panes

    def _show_answers(self) -> None:
        """Make a button for each choice, the one that keeps what was there being the default if it may be."""
        if self._answers is not None:
            _discard(self._column, self._answers)
        answers = self._answers = QWidget(self)
        takes = offered(self.question)
        fixed = [
            self._alike_label(),
            self.tr("Write it by hand…"),
            self.tr("Take what I wrote"),
            self.tr("Decide later"),
        ]
        labels = with_mnemonics([*(choice_label(self.question, take) for take in takes), *fixed])
        self.buttons = {take: QPushButton(label, answers) for take, label in zip(takes, labels, strict=False)}
        for take, button in self.buttons.items():
            button.clicked.connect(lambda _=False, take=take: self._choose(take))
        self.by_hand, self.later = QPushButton(labels[-3], answers), QPushButton(labels[-1], answers)
        self.by_hand.clicked.connect(self._write_by_hand)
        self.by_hand.setVisible(MERGED in self.question.choices and self._editing.isHidden())
        self.later.clicked.connect(self.reject)
        self.send.setText(labels[-2])
        self._show_alike(labels[-4])
        self._place_answers(answers, [*self.buttons.values(), self.by_hand, self.later])
        self.buttons.get(harmless(self.question), self.later).setDefault(True)
        self._column.addWidget(answers)
        answers.show()
        self._on_ticked()

    def _alike_label(self) -> str:
        return self.tr("Answer all {count} questions of this kind alike").format(count=len(self._alike))

    def _show_alike(self, label: str) -> None:
        """Offer it where it leads further than this one question."""
        offers = self.question.kind == WIDER and len(self._alike) > 1
        self.alike.setText(label)
        self.alike.setToolTip(as_tooltip("\n".join(one_line(ItemKey.parse(item).name) for item in self._alike)))
        self.alike.setVisible(offers)
        self.alike.setChecked(offers and self.alike.isChecked())

    def _outline_alike(self) -> None:
        """Give the box an outline that can be seen: Fusion makes it of the window's colour, which is dark on dark."""
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Window, colours.color(QPalette.ColorRole.PlaceholderText))
        self.alike.setPalette(colours)

    def _place_answers(self, answers: QWidget, buttons: list[QPushButton]) -> None:
        """Put them in columns of one width, and the last one into the corner."""
        grid = QGridLayout(answers)
        grid.setContentsMargins(0, 0, 0, 0)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        shown = [button for button in buttons if not button.isHidden()]
        for number, button in enumerate(shown[:-1]):
            grid.addWidget(button, *divmod(number, _COLUMNS))
        grid.addWidget(shown[-1], (len(shown) - 1) // _COLUMNS, _COLUMNS - 1)
        previous: QWidget = self.send
        following: list[QWidget] = [self.alike, *shown]
        for widget in following:
            QWidget.setTabOrder(previous, widget)
            previous = widget

    def _fill_editor(self) -> None:
        draft = self.question.draft or {}
        is_rule = self.question.kind != PROPOSAL and ItemKey.parse(self.question.item).kind is Kind.RULES
        self.editor.setPlainText(str(draft.get(TEXT, "")) if is_rule else _as_json(draft))
        self.editor.document().setModified(False)
        words = self.tr("The text as every client should have it:") if is_rule else self.tr("The server as JSON:")
        if contains_sealed(_as_json(draft)):
            words += " " + self.tr("A secret is written as “secret:…”; leave that as it is.")
        self._hint.setText(words)
        self.editor.setAccessibleName(words)

    def _write_by_hand(self) -> None:
        self._editing.show()
        self.by_hand.hide()
        self._column.setStretchFactor(self._editing, 1)
        room = self.screen().availableGeometry().height()
        self.resize(self.width(), max(self.height(), min(_EDITING_HEIGHT, room)))
        self.editor.setFocus()

    def _on_edited(self) -> None:
        self.send.setEnabled(bool(self.editor.toPlainText().strip()))

    def _choose(self, take: str, written: str = "") -> None:
        self._error_box.hide()
        self._enable(yes=False)
        self.chosen.emit(take, written, self.alike.isChecked())

    def _enable(self, *, yes: bool) -> None:
        for button in (*self.buttons.values(), self.by_hand, self.send, self.alike):
            button.setEnabled(yes)
        if yes:
            self._on_edited()
            self._on_ticked()

    def _on_ticked(self) -> None:
        """Let nothing be answered about nothing."""
        for button in self.buttons.values() if self._servers is not None else ():
            button.setEnabled(bool(self.ticked))


def _discard(column: QLayout, widget: QWidget) -> None:
    """Take a widget away; it is gone from the screen before the event loop deletes it."""
    column.removeWidget(widget)
    widget.hide()
    widget.deleteLater()


def _about(question: Question) -> str:
    """Return what a question is about: an item, or a project where it is about several."""
    if question.kind == SERVERS:
        return visible(Path(Scope.parse(question.scope).root).name)
    return item_name(question)


def _place(question: Question) -> str:
    root = Scope.parse(question.scope).root
    if question.kind == SERVERS:
        return short_path(root)
    return f"{question.item} · {short_path(root)}" if root else question.item


def _source(side: QuestionSide) -> str:
    when = when_word(side.written_at) if side.written_at else ""
    return " · ".join(filter(None, (short_path(side.path) if side.path else "", when)))


def _text_pane(side: QuestionSide, base: str) -> QWidget:
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    title, source = plain_label(), plain_label(quiet=True)
    title.setText(side.name)
    source.setText(_source(side))
    said = side.fields.get(TEXT) if side.fields else None
    for widget in (title, source):
        column.addWidget(widget)
    column.addWidget(DiffView(base, str(said) if said is not None else None, side.name), 1)
    return pane


def _as_json(fields: dict[str, JsonValue]) -> str:
    return json.dumps(fields, ensure_ascii=False, indent=2)
