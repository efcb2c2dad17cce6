"""What was answered: a list of the newest, and what one says: what was decided, when, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aisync_desktop.service.operations.changes import AnsweredRequest
from aisync_desktop.sync.model.taking import BASE, MERGED
from aisync_desktop.sync.reports.answered import Answered as Answer
from aisync_desktop.sync.reports.answered import AnsweredDecisions
from aisync_desktop.sync.terms.consents import COPY, LAUNCH, LEAVE
from aisync_desktop.sync.terms.decisions import ALLOW, RESTORE
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.pages.decisions.facts import field_table
from aisync_desktop.ui.parts.header import PageHeader
from aisync_desktop.ui.parts.rows import Row
from aisync_desktop.ui.parts.scroll import PageScroll
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.words import KIND_GLYPHS, listed, one_line, say, short_when, when_word

if TYPE_CHECKING:
    from aisync_desktop.service.live.asking import Asks

translate = QCoreApplication.translate


def taken(answer: Answer, names: Mapping[str, str]) -> str:
    """Return what was decided, in words."""
    known = {
        BASE: translate("decisions", "Kept as before"),
        MERGED: translate("decisions", "Merged"),
        RESTORE: translate("decisions", "The whole file was put back"),
        COPY: translate("decisions", "Copied"),
        LAUNCH: translate("decisions", "Started by AISync with the secret"),
        LEAVE: translate("decisions", "Left as it was"),
        ALLOW: translate("decisions", "Allowed"),
    }
    return known.get(answer.take) or say(
        translate("decisions", "Taken from {client}"), client=one_line(names.get(answer.take, answer.take))
    )


class AnsweredLog(QObject):
    """What was answered, looked up when it is wanted. Signal: changed (something was found)."""

    changed = Signal()

    def __init__(self, asks: Asks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asks = asks
        self._answers: dict[str, Answer] = {}
        self.count: int | None = None  # of all that was ever answered
        self._listing = Inquiry(self)
        self._listing.answered.connect(self._on_listed)

    def look(self) -> None:
        """Look what was answered."""
        self._listing.follow(self._asks.ask(AnsweredRequest()))

    def of(self, key: str) -> Answer | None:
        """Return one of them by the key of its row."""
        return self._answers.get(key)

    def rows(self, names: Mapping[str, str]) -> list[Row]:
        """Return them as rows of a list, the newest first."""
        return [_row(key, one, names) for key, one in self._answers.items()]

    def _on_listed(self, found: AnsweredDecisions) -> None:
        self._answers = {f"answered/{one.number}": one for one in found.answered}
        self.count = found.count
        self.changed.emit()


def _row(key: str, one: Answer, names: Mapping[str, str]) -> Row:
    glyph = KIND_GLYPHS.get(one.item_kind, "file")
    return Row(key, one_line(one.name or one.item), taken(one, names), glyph=glyph, trail=short_when(one.at))


class AnsweredCard(QWidget):
    """One of them, to be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = PageHeader("", "", State.OK)
        self._table: QWidget = QWidget()
        self._scroll = PageScroll(self.header, self._table)
        self._scroll.add_stretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    @property
    def is_filled(self) -> bool:
        """Whether it shows one."""
        return bool(self.header.title())

    def show_answer(self, answer: Answer, names: Mapping[str, str]) -> None:
        """Show what was decided."""
        self.header.set_title(one_line(answer.name or answer.item))
        self.header.set_line(taken(answer, names))
        by = translate("decisions", "You") if answer.by == "user" else one_line(names.get(answer.by, answer.by))
        lines = {
            translate("decisions", "When"): when_word(answer.at),
            translate("decisions", "By"): by,
            translate("decisions", "Asked about"): one_line(answer.item),
            translate("decisions", "Clients"): listed(names.get(one, one) for one in answer.clients),
        }
        table = field_table({name: said for name, said in lines.items() if said})
        self._scroll.column.replaceWidget(self._table, table)
        self._table.hide()
        self._table.deleteLater()
        self._table = table
