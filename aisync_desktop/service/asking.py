"""How a command has something done: by the running app where there is one, else here, under the instance lock.

What only reads is looked up here in any case: nobody needs to be asked for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, overload

from aisync_desktop.kernel.access import Access
from aisync_desktop.kernel.actors import COMMAND_LINE
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.program.world import World
from aisync_desktop.service import who_asks
from aisync_desktop.service.operations.listed import OPERATIONS, operation_of
from aisync_desktop.service.proposals import propose
from aisync_desktop.service.running_app import running_app

if TYPE_CHECKING:
    from pydantic import BaseModel

    from aisync_desktop.service.client import AppClient
    from aisync_desktop.service.facade import ForApp, ForEngine, ForLook
    from aisync_desktop.sync.answering.engine import Engine

    A = TypeVar("A", bound=BaseModel)


def refusal_of(error: BaseException) -> WorldError | None:
    """Return what is wrong with a request that cannot be made of what somebody wrote, in words; None if it is not that.

    Pydantic is not imported for it: where it was not, there is no request.
    """
    if type(error).__name__ != "ValidationError":
        return None
    from pydantic import ValidationError

    from aisync_desktop.service.operations.request import RequestRefusedError

    requests = {operation.found.partition(":")[2] for operation in OPERATIONS}
    if not isinstance(error, ValidationError) or error.title not in requests:
        return None
    first = error.errors(include_url=False, include_input=False)[0]
    return RequestRefusedError(".".join(map(str, first["loc"])), first["msg"])


class Asking:
    """Has done what it is asked for, in a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    @overload
    def ask(self, request: ForEngine[A]) -> A: ...

    @overload
    def ask(self, request: ForLook[A]) -> A: ...

    @overload
    def ask(self, request: ForApp[A]) -> A: ...

    def ask(self, request: Any) -> Any:
        """Have something done, or look it up; return the answer."""
        from aisync_desktop.service.operations.request import LookRequest

        if isinstance(request, LookRequest):
            return request.run(self._world)  # type: ignore[attr-defined]  # each has one
        operation = operation_of(type(request))
        by = "" if operation.access is Access.READ else who_asks.assistant_above(self._world)
        if app := self.app():
            return app.ask(request, by)
        if alone := getattr(request, "alone", None):
            return alone(self._world)
        from aisync_desktop.service.facade import run_asked  # brings the engine along

        with self._own_engine() as engine:
            if by and operation.access is Access.PERSON:
                raise propose(engine, operation, request, by)
            return run_asked(engine, request, self._world, by or COMMAND_LINE)

    def app(self) -> AppClient | None:
        """Return the running app, if one answers."""
        if running_app(self._world.places.state) is None:
            return None
        from aisync_desktop.service.client import AppClient  # imports http.client

        return AppClient.find(self._world.places)

    @contextmanager
    def _own_engine(self) -> Iterator[Engine]:
        from aisync_desktop.files.instance import InstanceLock
        from aisync_desktop.sync.answering.opening import open_engine, recovered

        with InstanceLock(self._world.places.lock):
            engine = recovered(partial(open_engine, self._world))
            try:
                yield engine
            finally:
                engine.close()
