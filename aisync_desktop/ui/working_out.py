"""What takes a while to work out and touches nothing (a difference of two long texts): in a thread of its own.

One thing after another: of several at the same time each would take longer, and the window with them. Whoever wants it
may be gone before it is there, as cards are shown and left by a key: then it can be cancelled, and what is handed over
goes through an object that lives as long as the work. A thread must not tell one that another is just deleting.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Qt

from aisync_desktop.service.live.looker import Looker
from aisync_desktop.ui.inquiry import Inquiry

T = TypeVar("T")
_worker = Looker("aisync-work")


def work_out(work: Callable[[], T], done: Callable[[T], None]) -> Future[T]:
    """Have something worked out, and a widget's method called with it in our thread, if the widget is still there.

    What is returned can be cancelled; then nothing is called.
    """
    waiting = Inquiry(QCoreApplication.instance())
    # Never before we return, even where it is there by then: who has it worked out would not know for what it is.
    waiting.answered.connect(done, Qt.ConnectionType.QueuedConnection)
    for ended in (waiting.answered, waiting.refused, waiting.stumbled):
        ended.connect(waiting.deleteLater)
    future = _worker.look(work)
    waiting.follow(future)
    future.add_done_callback(lambda ended: waiting.deleteLater() if ended.cancelled() else None)
    return future


def stop_working() -> bool:
    """Work nothing more out; return whether nothing is being worked out."""
    return _worker.stop()
