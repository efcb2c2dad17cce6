"""What an answer about permissions says, in words: its verdict with a sign, and what it is because of."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from aisync_desktop.kernel.messages import text
from aisync_desktop.permissions.language import Action
from aisync_desktop.sync.reports.allowed import Answer
from aisync_desktop.ui.icons import Sign
from aisync_desktop.ui.language import render
from aisync_desktop.ui.words import one_line, short_path

SIGNS = {Action.ALLOW: Sign.CHECK, Action.ASK: Sign.QUESTION, Action.DENY: Sign.STOP}


def verdict_word(answer: Answer) -> str:
    """Return what a client does, in a word or two."""
    if answer.confined:
        return QCoreApplication.translate("permissions", "Allowed in its sandbox")
    if answer.judge == "model":
        return QCoreApplication.translate("permissions", "Asks a model")
    words = {
        Action.ALLOW: QCoreApplication.translate("permissions", "Allowed"),
        Action.ASK: QCoreApplication.translate("permissions", "Asks"),
        Action.DENY: QCoreApplication.translate("permissions", "Denied"),
    }
    return words[answer.action]


def reason_word(answer: Answer) -> str:
    """Return why a client does it, and what there is to know besides."""
    limits = answer.limits
    return f"{_cause(answer)} · {render(limits)}" if limits else _cause(answer)


def _cause(answer: Answer) -> str:
    """Return the rule that decides, or the mode, or that there is none."""
    if answer.mode:
        return QCoreApplication.translate("permissions", "its mode: {mode}").format(mode=one_line(answer.mode))
    return one_line(answer.rule) or render(text("allowed.default"))


def place_word(path: str, line: int) -> str:
    """Return where something stands: a file, and the line where that is known."""
    shown = one_line(short_path(path)) if path else ""
    return f"{shown}:{line}" if line else shown
