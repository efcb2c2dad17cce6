"""Looks what the answer that is chosen on a card would do, whenever another one is, and has the card show it.

Of what was asked only the last counts. What is written by hand is looked at once no key was pressed for a moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.ui.inquiry import Inquiry
from aisync_desktop.ui.pages.decisions.card import DecisionCard

if TYPE_CHECKING:
    from aisync_desktop.service.live.asking import Asks

_PAUSE = 300  # milliseconds without a key


class CardPreview(QObject):
    """Signal: looked (the card shows what comes of the answer, or why nothing does)."""

    looked = Signal()

    def __init__(self, asks: Asks, card: DecisionCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asks = asks
        self._card = card
        self.without: tuple[str, ...] = ()  # what stays out from the start
        self._previews = Inquiry(self)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._card.changed.connect(self._on_changed)
        self._pause.timeout.connect(self._look)
        self._previews.answered.connect(self._on_preview)
        self._previews.refused.connect(self._on_refused)
        self._previews.stumbled.connect(self._card.stumble)

    def drop(self) -> None:
        """Look at nothing any more."""
        self._pause.stop()
        self._previews.drop()

    @Slot()
    def _on_changed(self) -> None:
        self.drop()
        answer = self._card.answer()
        if answer.edit:
            self._pause.start()
        elif answer.take:
            self._look()

    @Slot()
    def _look(self) -> None:
        question, answer = self._card.question, self._card.answer()
        if question is not None and answer.take:
            self._previews.follow(self._asks.ask(answer.preview(question, self.without)))

    @Slot(object)
    def _on_preview(self, preview: object) -> None:
        self._card.show_preview(preview)  # type: ignore[arg-type]  # what a preview's request is answered with
        self.looked.emit()

    @Slot(object)
    def _on_refused(self, error: WorldError) -> None:
        self._card.refuse(error)
        self.looked.emit()
