"""What is told when a question is settled: how many files were written, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from aisync_desktop.ui.pages.decisions.card_keeper import Settled
from aisync_desktop.ui.pages.history.step_dialog import open_undo
from aisync_desktop.ui.parts.state import State
from aisync_desktop.ui.parts.toast import CHANGE, Toast
from aisync_desktop.ui.shell.notes import Note
from aisync_desktop.ui.shell.pages import Frame
from aisync_desktop.ui.words import say

translate = QCoreApplication.translate


def settled_toast(frame: Frame, settled: Settled) -> Toast:
    """Tell that it is done, with Undo where there is something to be undone."""
    if settled.failed:
        return Toast(_words(settled), State.BAD, key=CHANGE, stays=True)
    if not settled.snapshot:
        return Toast(settled.words, key=CHANGE)
    undo = translate("decisions", "Undo")
    return Toast(settled.words, action=undo, on_action=lambda: open_undo(frame, settled.snapshot), key=CHANGE)


def settled_note(settled: Settled) -> Note:
    """Tell the same where there is no window to tell it in."""
    change = settled.title if settled.snapshot else ""
    return Note("settled", _words(settled), "", important=True, undo=settled.snapshot, change=change, route="decisions")


def trouble_toast(said: str) -> Toast:
    """Tell what could not be done; it stays until it was read."""
    return Toast(said, State.BAD, key="refused", stays=True)


def _words(settled: Settled) -> str:
    if not settled.failed:
        return settled.words
    failed = say(translate("decisions", "{count} {count:file|files} could not be written"), count=settled.failed)
    return f"{settled.words}. {failed}"
