"""Looks as the looking thread takes them, in the caller's thread: at once, or when a test says so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any


class FakeLooks:
    """Answers at once; with `held` set, answers wait until they are let go."""

    def __init__(self) -> None:
        self.held: list[Callable[[], None]] | None = None

    def look(self, call: Callable[[], Any], /) -> Future[Any]:
        answer: Future[Any] = Future()

        def run() -> None:
            try:
                answer.set_result(call())
            except Exception as error:  # noqa: BLE001 - as an executor does
                answer.set_exception(error)

        if self.held is None:
            run()
        else:
            self.held.append(run)
        return answer
