"""The audit as a tree: clients, and under each what is dangerous to allow and what it may do that others may not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QFont, QFontDatabase, QStandardItem, QStandardItemModel

from aisync_desktop.sync.reports.audit import Danger, Right, Rights
from aisync_desktop.ui.icons import Sign, sign_icon
from aisync_desktop.ui.language import render
from aisync_desktop.ui.pages.permissions.permission_words import place_word, reason_word
from aisync_desktop.ui.parts.label import as_tooltip
from aisync_desktop.ui.words import one_line


class RightsModel(QStandardItemModel):
    """What every client may do."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rights: tuple[Rights, ...] = ()
        self.retranslate()

    def set_rights(self, rights: Sequence[Rights]) -> None:
        """Show these."""
        self._rights = tuple(rights)
        self.retranslate()

    def retranslate(self) -> None:
        """Say all of it in the language in use."""
        self.removeRows(0, self.rowCount())
        self.setHorizontalHeaderLabels(
            [
                QCoreApplication.translate("RightsModel", "Without asking"),
                QCoreApplication.translate("RightsModel", "Because of"),
                QCoreApplication.translate("RightsModel", "Not at"),
            ]
        )
        names = {one.client: one.name for one in self._rights}
        for one in self._rights:
            client = _client(one)
            for row in (*map(_danger, one.dangers), *(_right(right, names) for right in one.rights)):
                client[0].appendRow(row)
            self.appendRow(client)


def _client(rights: Rights) -> list[QStandardItem]:
    words = QCoreApplication.translate("RightsModel", "{client} · dangers: {dangers} · rights: {rights}")
    item = _item(words.format(client=rights.name, dangers=len(rights.dangers), rights=len(rights.rights)))
    font = QFont()
    font.setBold(True)
    item.setFont(font)
    return [item, _item(""), _item("")]


def _danger(danger: Danger) -> list[QStandardItem]:
    what = _item(": ".join(filter(None, (render(danger.message), one_line(danger.example)))))
    what.setIcon(sign_icon(Sign.ALERT))
    answer = danger.answer
    where = place_word(answer.path, answer.line)
    return [what, _item(" · ".join(filter(None, (reason_word(answer), where)))), _item("")]


def _right(right: Right, names: dict[str, str]) -> list[QStandardItem]:
    rule = _item(one_line(right.rule))
    rule.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    return [rule, _item(place_word(right.path, right.line)), _item(_not_at(right.not_at, names))]


def _not_at(clients: Iterable[str], names: dict[str, str]) -> str:
    return ", ".join(names.get(client, client) for client in clients)


def _item(words: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setEditable(False)
    item.setData(as_tooltip(words), Qt.ItemDataRole.ToolTipRole)
    return item
