"""The fields that are the same everywhere: folded, as nothing has to be decided about them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from aisync_desktop.kernel.values import Value
from aisync_desktop.ui.pages.decisions.facts import field_table, value_line
from aisync_desktop.ui.parts.button import Button, Kind
from aisync_desktop.ui.parts.label import Label
from aisync_desktop.ui.words import field_label, say


class SameFields(QWidget):
    """A line that names them, and unfolds to what they say."""

    def __init__(self, fields: Mapping[str, Value], inset: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        said = QCoreApplication.translate(
            "decisions", "{count} {count:field is|fields are} the same everywhere: {names}"
        )
        words = say(said, count=len(fields), names=", ".join(map(field_label, fields)))
        self.table = field_table({name: value_line(value) for name, value in fields.items()})
        self.table.hide()
        self.fold = Button("", Kind.QUIET, "right", small=True, tip=words)
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._on_toggled)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.fold)
        row.addWidget(Label(words, "small", "text-2", elide=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(inset, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.table)

    def _on_toggled(self, on: bool) -> None:
        self.fold.set_glyph("down" if on else "right")
        self.table.setVisible(on)
