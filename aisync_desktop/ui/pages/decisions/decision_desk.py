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
        self._dialogs: list[DecisionDialog] = []
        self._status: Status | None = None

    def open(self, decision: str) -> None:
        """Show the card of a decision, or bring it to the front."""
        there = (one for one in self._dialogs if one.pane.keeper.decision == decision)
        dialog = next(there, None) or self._make(decision)
        if dialog.isVisible():
            dialog.raise_()
            dialog.activateWindow()

    def set_status(self, status: Status) -> None:
        """Keep the cards true."""
        self._status = status
        for dialog in [*self._dialogs]:
            dialog.pane.keeper.set_status(status)

    def close(self) -> None:
        """Take every card off the screen."""
        for dialog in [*self._dialogs]:
            dialog.done(0)

    def _make(self, decision: str) -> DecisionDialog:
        """Make a dialog; it is seen as soon as there is something to show in it."""
        dialog = DecisionDialog(self._asks, self._window)
        self._dialogs.append(dialog)
        keeper = dialog.pane.keeper
        if self._status is not None:
            keeper.set_status(self._status)
        dialog.pane.card.changed.connect(partial(self._show, dialog))
        dialog.finished.connect(partial(self._forget, dialog))
        keeper.settled.connect(partial(self._on_settled, dialog))
        keeper.gone.connect(lambda _: dialog.done(0))
        keeper.refused.connect(self.refused)
        keeper.stumbled.connect(partial(self._on_stumble, dialog))
        keeper.changed.connect(partial(self._bring_back, dialog))
        keeper.open(decision)
        return dialog

    def _forget(self, dialog: DecisionDialog, _result: int) -> None:
        self._dialogs = [one for one in self._dialogs if one is not dialog]

    @staticmethod
    def _show(dialog: DecisionDialog) -> None:
        if not dialog.isVisible():
            dialog.open()

    def _bring_back(self, dialog: DecisionDialog) -> None:
        """Show a card again that was left while its answer was on its way, where nothing came of that."""
        keeper = dialog.pane.keeper
        if dialog in self._dialogs and keeper.can_be_answered:
            self._show(dialog)

    def _on_settled(self, dialog: DecisionDialog, settled: Settled) -> None:
        dialog.done(1)
        self.settled.emit(settled)

    def _on_stumble(self, dialog: DecisionDialog) -> None:
        if not dialog.isVisible():
            dialog.done(0)
        self.stumbled.emit()
