"""The card of a question as a dialog of its own, for tray and notifications: card and footer, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from aisync_desktop.ui.icons import app_icon
from aisync_desktop.ui.pages.decisions.answer_pane import AnswerPane
from aisync_desktop.ui.theme import theme

if TYPE_CHECKING:
    from aisync_desktop.service.live.asking import Asks

_SIZE = (760, 600)


class DecisionDialog(QDialog):
    """One question; Esc leaves it for later.

    While an answer is on its way it only goes out of sight: what comes of that is told by whoever opened it.
    """

    def __init__(self, asks: Asks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setSizeGripEnabled(True)
        self.setWindowIcon(app_icon())  # there may be no window from which it could have that
        self.pane = AnswerPane(asks)
        self.pane.install_keys(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        self.pane.later.connect(self.reject)
        self.pane.card.changed.connect(self._follow)
        room = self.screen().availableGeometry().size()
        self.resize(min(theme().px(_SIZE[0]), room.width()), min(theme().px(_SIZE[1]), room.height()))

    def reject(self) -> None:
        """Leave it."""
        if self.pane.keeper.is_busy:
            self.hide()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave it."""
        self.reject()
        event.setAccepted(not self.pane.keeper.is_busy)  # where it is, closing would be the end of it

    def _follow(self) -> None:
        title = self.pane.card.accessibleName()
        self.setWindowTitle(title.replace("[*]", "[*][*]"))  # Qt's own mark, and how it is written as text
