"""What comes of work that a window has others do: it is brought into our thread, and no failure of it is lost.

Futures come from the engine's thread, or from one that looks. Every one of them goes through `hand_over`, and what
arrives through `tell_failure`: what the world refused is for the user to hear, with its next step; a fault of ours is
reported as if nobody had caught it, and the user hears that there is a report.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from aisync_desktop.kernel.errors import WorldError

T = TypeVar("T")


def hand_over(answer: Future[T], arrived: Callable[[object], None]) -> None:
    """Have a signal emitted with what comes of it, result or error; who is gone needs no answer."""

    def came(future: Future[T]) -> None:
        if not future.cancelled():
            arrived(future.exception() or future.result())

    answer.add_done_callback(came)


def tell_failure(came: object, refused: Callable[[WorldError], None], stumbled: Callable[[], None]) -> bool:
    """Tell of what failed, in our own thread; return whether it did."""
    match came:
        case WorldError():
            refused(came)
        case BaseException():
            sys.excepthook(type(came), came, came.__traceback__)
            stumbled()
        case _:
            return False
    return True
