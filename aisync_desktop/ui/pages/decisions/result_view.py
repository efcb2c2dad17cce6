"""What the item would be: its fields, or its text, as an answer makes it; or as the user writes it by hand."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from concurrent.futures import Future
from functools import partial

from pydantic import JsonValue
from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from aisync_desktop.clients.items import Kind
from aisync_desktop.kernel.line_diff import DiffLine
from aisync_desktop.kernel.texts import visible
from aisync_desktop.secrets.seal import contains_sealed
from aisync_desktop.sync.applying.questions import Question, named_fields
from aisync_desktop.ui.pages.decisions.facts import TEXT, compared, field_table, unsealed, value_line
from aisync_desktop.ui.pages.decisions.words import kind_of
from aisync_desktop.ui.parts.button import Button
from aisync_desktop.ui.parts.button import Kind as ButtonKind
from aisync_desktop.ui.parts.card import Card, Section
from aisync_desktop.ui.parts.diff import DiffView
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.theme import theme
from aisync_desktop.ui.working_out import work_out

_LEAST_LINES, _MOST_LINES = 5, 16
translate = QCoreApplication.translate


def result_lines(question: Question, result: Mapping[str, JsonValue]) -> dict[str, str]:
    """Return the fields that are worth a look: how it is started or reached, and those in which the sides differ."""
    fields = named_fields(result)
    lines = {}
    if "command" in fields:
        args = fields.get("args")
        words = [str(fields["command"]), *(map(str, args) if isinstance(args, list) else ())]
        lines["command"] = unsealed(visible(shlex.join(words)))
    differing = [one.field for one in question.differences if one.field not in {"command", "args", "transport"}]
    for name in dict.fromkeys((*(["url"] if "url" in fields else []), *differing)):
        if name in fields:
            lines[name] = value_line(fields[name])
    return lines or {name: value_line(value) for name, value in fields.items()}


class ResultView(Section):
    """The result, which can be written by hand instead. Signals: edited (what is written has changed)."""

    edited = Signal()

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(translate("decisions", "Result"), parent=parent)
        self._question = question
        self._lines: Future[list[DiffLine]] | None = None  # of the text that is compared
        self._is_rule = kind_of(question) is Kind.RULES
        self.by_hand = Button(translate("decisions", "Edit by hand"), ButtonKind.QUIET, "edit", small=True)
        self.by_hand.setCheckable(True)
        self.by_hand.toggled.connect(self._on_toggled)
        self.editor = QPlainTextEdit()
        self.error = Label("", "small", "bad-text", wrap=True)
        self._hint = Label("", "small", "text-2", wrap=True)
        self._hand = self._make_hand()
        self.add_trailing(self.by_hand)
        body = QWidget()
        self._ways = QVBoxLayout(body)
        self._ways.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget = Label("")
        self._ways.addWidget(self._shown)
        self._ways.addWidget(self._hand)
        self.set_content(body)
        self._is_filled = False
        self.editor.textChanged.connect(self._on_edited)

    @property
    def written(self) -> str:
        """What is written by hand; "" where nothing is."""
        return self.editor.toPlainText() if self.by_hand.isChecked() else ""

    @property
    def is_by_hand(self) -> bool:
        """Whether it is written by hand."""
        return self.by_hand.isChecked()

    @property
    def is_refused(self) -> bool:
        """Whether what is written by hand is not understood."""
        return self.is_by_hand and not self.error.isHidden()

    def take_over(self, before: ResultView) -> None:
        """Go on with what was written before the question was shown anew."""
        if before.editor.document().isModified():
            self._fill()
            self.editor.setPlainText(before.editor.toPlainText())
            self.editor.document().setModified(True)
        self.by_hand.setChecked(before.is_by_hand)

    def write(self, written: str) -> None:
        """Write it by hand."""
        self._fill()
        self.editor.setPlainText(written)
        self.editor.document().setModified(True)
        self.by_hand.setChecked(True)

    def say(self, words: str) -> None:
        """Say why there is no result yet."""
        self._show(Label(words, "body", "text-2", wrap=True))

    def refuse(self, words: str) -> None:
        """Say below the editor what is wrong with what was written."""
        self.error.setText(words)
        self.error.setVisible(bool(words))

    def show_result(self, result: Mapping[str, JsonValue] | None) -> None:
        """Show what the item would be."""
        self.refuse("")
        if result is None:
            self._show(Label(translate("decisions", "It is deleted everywhere"), "body", wrap=True))
        elif TEXT in result:
            before = str((self._question.base or {}).get(TEXT, ""))
            self._drop()
            self._lines = work_out(partial(compared, before, str(result[TEXT])), self._show_lines)
            self.destroyed.connect(self._lines.cancel)
        else:
            self._show(field_table(result_lines(self._question, result)))

    def _show_lines(self, lines: list[DiffLine]) -> None:
        """Show a text against the one before it, unless another one was asked for since."""
        if self._lines is not None and self._lines.done() and self._lines.result() is lines:
            self._show(Card(DiffView(translate("decisions", "Result"), lines)))

    def _drop(self) -> None:
        """Wait for no lines any more."""
        if self._lines is not None:
            self._lines.cancel()
            self._lines = None

    def _make_hand(self) -> QWidget:
        self.editor.setTabChangesFocus(True)
        self.editor.setFont(theme().font("mono"))
        self.error.hide()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._hint, self.editor, self.error):
            column.addWidget(widget)
        box.hide()
        return box

    def _fill(self) -> None:
        """Put into the editor what there is to start from, once somebody writes by hand: a text may be long."""
        if self._is_filled:
            return
        self._is_filled = True
        blocked = QSignalBlocker(self.editor)
        draft = self._question.draft or {}
        written = json.dumps(draft, ensure_ascii=False, indent=2)
        if self._is_rule:
            words = translate("decisions", "The text as every client should have it")
            self.editor.setPlainText(str(draft.get(TEXT, "")))
        else:
            words = translate("decisions", "The fields as JSON")
            self.editor.setPlainText(written)
        if contains_sealed(written):
            words += ". " + translate("decisions", "A secret is written as “secret:…”; leave that as it is.")
        self._hint.setText(words)
        self.editor.setAccessibleName(words)
        self.editor.document().setModified(False)
        lines = min(max(self.editor.blockCount(), _LEAST_LINES), _MOST_LINES)
        height = QFontMetrics(self.editor.font()).lineSpacing() * lines + 2 * self.editor.document().documentMargin()
        self.editor.setFixedHeight(round(height) + 10)
        blocked.unblock()

    def _show(self, widget: QWidget) -> None:
        self._drop()  # it is of something older
        old, self._shown = self._shown, widget
        self._ways.replaceWidget(old, widget)
        old.hide()
        old.deleteLater()
        widget.setVisible(not self.is_by_hand)

    def _on_toggled(self, on: bool) -> None:
        if on:
            self._fill()
        self._hand.setVisible(on)
        self._shown.setVisible(not on)
        if on:
            self.editor.setFocus()
        self.edited.emit()

    def _on_edited(self) -> None:
        if self.by_hand.isChecked():
            self.refuse("")
            self.edited.emit()
