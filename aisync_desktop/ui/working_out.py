"""What takes a while to work out and touches nothing (a difference of two long texts): in a thread of its own.

Whoever wants it may be gone before it is there: cards are shown and left by a key. So what is handed over goes through
an object that lives as long as the work; a thread must not tell one that another thread is just deleting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from aisync_desktop.service.live.looker import look_apart
from aisync_desktop.ui.inquiry import Inquiry

T = TypeVar("T")


def work_out(work: Callable[[], T], done: Callable[[T], None]) -> None:
    """Have something worked out, and a widget's method called with it in our thread, if the widget is still there."""
    waiting = Inquiry(QCoreApplication.instance())
    waiting.answered.connect(done)
    for ended in (waiting.answered, waiting.refused, waiting.stumbled):
        ended.connect(waiting.deleteLater)
    waiting.follow(look_apart(work))
