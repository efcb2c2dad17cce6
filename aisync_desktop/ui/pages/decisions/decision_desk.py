"""The cards that are open as dialogs: each question once, brought to the front where it is opened again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from aisync_desktop.ui.pages.decisions.card_keeper import Settled
from aisync_desktop.ui.pages.decisions.dialog import DecisionDialog

if TYPE_CHECKING:
    from aisync_desktop.service.live.asking import Asks
    from aisync_desktop.sync.model.status import Status


class DecisionDesk(QObject):
    """The open dialogs.

    Signals: settled (a Settled), refused (a WorldError that no card shows), stumbled (a fault of ours that none shows,
    and that is reported).
    """

    settled = Signal(object)
    refused = Signal(object)
    stumbled = Signal()

    def __init__(self, asks: Asks, window: QWidget | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asks = asks
        self._window = window
        self._dialogs: dict[str, DecisionDialog] = {}
        self._status: Status | None = None

    def open(self, decision: str) -> None:
        """Show the card of a decision, or bring it to the front."""
        dialog = self._dialogs.get(decision) or self._make(decision)
        if dialog.isVisible():
            dialog.raise_()
            dialog.activateWindow()

    def set_status(self, status: Status) -> None:
        """Keep the cards true."""
        self._status = status
        for dialog in list(self._dialogs.values()):
            dialog.pane.keeper.set_status(status)

    def close(self) -> None:
        """Take every card off the screen."""
        for dialog in list(self._dialogs.values()):
            dialog.done(0)

    def _make(self, decision: str) -> DecisionDialog:
        """Make a dialog; it is seen as soon as there is something to show in it."""
        dialog = self._dialogs[decision] = DecisionDialog(self._asks, self._window)
        keeper = dialog.pane.keeper
        if self._status is not None:
            keeper.set_status(self._status)
        dialog.pane.card.changed.connect(partial(self._show, dialog))
        dialog.finished.connect(lambda _: self._dialogs.pop(decision, None))
        keeper.settled.connect(partial(self._on_settled, dialog))
        keeper.gone.connect(lambda _: dialog.done(0))
        keeper.refused.connect(self.refused)
        keeper.stumbled.connect(partial(self._on_stumble, dialog))
        keeper.open(decision)
        return dialog

    @staticmethod
    def _show(dialog: DecisionDialog) -> None:
        if not dialog.isVisible():
            dialog.open()

    def _on_settled(self, dialog: DecisionDialog, settled: Settled) -> None:
        dialog.done(1)
        self.settled.emit(settled)

    def _on_stumble(self, dialog: DecisionDialog) -> None:
        if not dialog.isVisible():
            dialog.done(0)
        self.stumbled.emit()
