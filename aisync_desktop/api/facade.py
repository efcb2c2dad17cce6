"""What the API needs of the app: the latest status, calls on the engine's thread, and the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from aisync_desktop.core.status import Status
from aisync_desktop.engine.facade import Engine

T = TypeVar("T")


class Facade(Protocol):
    """The app, as a route sees it; every member may be used from any thread."""

    @property
    def status(self) -> Status | None:
        """The latest status."""
        ...

    def submit(self, call: Callable[[Engine], T]) -> Future[T]:
        """Have the engine make a call in its thread."""
        ...

    def show(self) -> None:
        """Bring the window to the front."""
        ...
