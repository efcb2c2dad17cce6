"""What takes a while to work out and touches nothing (a difference of two long texts): in a thread of its own.

One thing after another: of several at the same time each would take longer, and the window with them. Whoever wants it
may be gone before it is there, as cards are shown and left by a key: then it can be cancelled. The thread that works
knows nothing of Qt's: letting go of such a thing there has stood against our own thread for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from aisync_desktop.service.live.looker import Looker
from aisync_desktop.ui.outcomes import hand_over, tell_failure

T = TypeVar("T")
_worker = Looker("aisync-work")


def work_out(work: Callable[[], T], done: Callable[[T], None]) -> Future[T]:
    """Have something worked out, and a widget's method called with it in our thread, if the widget is still there.

    What is returned can be cancelled; then nothing is called. Nothing is called before we return, either, even where it
    is there by then: who has it worked out would not know for what it is.
    """
    future = _worker.look(work)
    hand_over(future, lambda came: QTimer.singleShot(0, partial(_tell, done, came)))
    return future


def _tell(done: Callable[[Any], None], came: object) -> None:
    widget = getattr(done, "__self__", None)
    is_there = widget is None or isValid(widget)
    if is_there and not tell_failure(came, _nobody_refuses, _nobody_stumbles):
        done(came)


def _nobody_refuses(_error: object) -> None:
    """Tell nobody: what is worked out here asks the world for nothing, and a fault of ours has been reported."""


def _nobody_stumbles() -> None:
    """Tell nobody, as above."""


def stop_working() -> bool:
    """Work nothing more out; return whether nothing is being worked out."""
    return _worker.stop()
