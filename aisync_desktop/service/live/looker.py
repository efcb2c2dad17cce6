"""Looks that only read, in one thread of their own: they take long, and neither the windows nor the engine wait.

A look opens what it reads from itself (a reader of the database has its own connection) and gives back an immutable
value. One thread is enough: of two looks at the same time each would take twice as long.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import Any, TypeVar
from weakref import WeakSet

T = TypeVar("T")
_apart = WeakSet[Future[Any]]()


def look_apart(call: Callable[[], T]) -> Future[T]:
    """Take a look that may wait for the user, in a thread of its own; the program does not wait for it to end."""
    answer: Future[T] = Future()
    _apart.add(answer)

    def run() -> None:
        try:
            answer.set_result(call())
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for the answer
            answer.set_exception(error)

    Thread(target=run, name="aisync-look-apart", daemon=True).start()
    return answer


def is_anybody_apart() -> bool:
    """Whether a look that was taken apart has not ended yet."""
    return not all(answer.done() for answer in _apart)


class Looker:
    """Takes looks one after another; its thread is there from the first one on."""

    def __init__(self, name: str = "aisync-look") -> None:
        self._name = name
        self._thread: ThreadPoolExecutor | None = None
        self._answers = WeakSet[Future[Any]]()

    def look(self, call: Callable[[], T]) -> Future[T]:
        """Return the answer to come."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, self._name)
        answer = self._thread.submit(call)
        self._answers.add(answer)
        return answer

    def stop(self) -> bool:
        """Take no further look; return whether none is being taken: it ends by itself, nobody waits for it."""
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)
            self._thread = None
        return not any(answer.running() for answer in self._answers)
