"""What the API needs of the app: the latest status, what to read from, calls on the engine's thread, the window."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Status

T = TypeVar("T")
_ANSWER_SECONDS = 30


class Facade(Protocol):
    """The app, as a route sees it; every member may be used from any thread."""

    @property
    def status(self) -> Status | None:
        """The latest status."""
        ...

    @property
    def world(self) -> World:
        """What the app works in: who only reads opens a reader of it."""
        ...

    def submit(self, call: Callable[[Engine], T]) -> Future[T]:
        """Have the engine make a call in its thread."""
        ...

    def show(self) -> None:
        """Bring the window to the front."""
        ...


async def ask(facade: Facade, call: Callable[[Engine], T]) -> T:
    """Have the engine answer, without holding a thread meanwhile."""
    return await asyncio.wait_for(asyncio.wrap_future(facade.submit(call)), _ANSWER_SECONDS)
