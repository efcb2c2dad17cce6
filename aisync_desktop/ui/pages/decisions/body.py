"""What all bodies of a card have in common: whatever is to be chosen, the card asks them the same."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aisync_desktop.ui.pages.decisions.answer import Answer


class Body(QWidget):
    """The part of a card where one chooses. Signal: changed (something else is chosen)."""

    changed = Signal()

    def answer(self) -> Answer:
        """Return what is chosen; its `take` is "" as long as that is not enough."""
        raise NotImplementedError

    def restore(self, before: Answer) -> None:
        """Choose again what was chosen before the question was shown anew, as far as it still can be."""

    def tell_suggested(self, *, suggested: bool) -> None:
        """Tell that what is chosen now was chosen by the user, or suggested to them."""

    def take_column(self, number: int, *, whole: bool) -> None:
        """Take what stands at this place, counted from 1; `whole` means for everything that is asked."""
