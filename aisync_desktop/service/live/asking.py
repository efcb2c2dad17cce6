"""How a window has something done: by the engine in its thread, or looked up in one that only looks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any, Protocol, TypeVar, overload

from pydantic import BaseModel

from aisync_desktop.kernel.actors import WINDOW
from aisync_desktop.program.world import World
from aisync_desktop.service.facade import ForEngine, ForLook, Submitter, ask_engine
from aisync_desktop.service.live.looker import Looker, look_apart
from aisync_desktop.service.operations.request import LookRequest

A = TypeVar("A", bound=BaseModel)
T = TypeVar("T")


class Asks(Protocol):
    """Has done what it is asked for, elsewhere."""

    @overload
    def ask(self, request: ForEngine[A], /) -> Future[A]: ...

    @overload
    def ask(self, request: ForLook[A], /) -> Future[A]: ...


class LiveAsking:
    """Asks a live engine, and looks beside it: looks take long, and neither windows nor engine wait for them."""

    def __init__(self, engine: Submitter, world: World) -> None:
        self._engine = engine
        self._world = world
        self._looker = Looker()

    @overload
    def ask(self, request: ForEngine[A], /) -> Future[A]: ...

    @overload
    def ask(self, request: ForLook[A], /) -> Future[A]: ...

    def ask(self, request: Any, /) -> Future[Any]:
        """Return the answer to come."""
        if isinstance(request, LookRequest):
            look = look_apart if request.waits_for_user else self._looker.look
            return look(partial(request.run, self._world))  # type: ignore[attr-defined]  # each has one
        return ask_engine(self._engine, self._world, request, WINDOW)

    def aside(self, call: Callable[[], T]) -> Future[T]:
        """Have a small thing done that touches the disk, which no window waits for itself."""
        return self._looker.look(call)

    def stop(self) -> bool:
        """Look up nothing more; return whether nothing is being looked up."""
        return self._looker.stop()
