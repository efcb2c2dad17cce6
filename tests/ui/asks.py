"""What windows ask for, answered in the caller's thread: at once, or when a test says so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any


class NeverAnsweredError(Exception):
    """What is asked stays without an answer."""


class FakeAsks:
    """Answers at once, as `answer` says; with `held` set, answers wait until they are let go."""

    def __init__(self, answer: Callable[[Any], Any]) -> None:
        self._answer = answer
        self.held: list[Callable[[], None]] | None = None

    def ask(self, request: Any, /) -> Future[Any]:
        answer: Future[Any] = Future()

        def run() -> None:
            try:
                answer.set_result(self._answer(request))
            except NeverAnsweredError:
                return
            except Exception as error:  # noqa: BLE001 - as an executor does
                answer.set_exception(error)

        if self.held is None:
            run()
        else:
            self.held.append(run)
        return answer
