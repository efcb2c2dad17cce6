"""Apps for the faces to ask: one without an engine, and one with it in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aisync_desktop.files.disk import RealDisk
from aisync_desktop.files.places import Places
from aisync_desktop.kernel.access import EVERYTHING, Grant
from aisync_desktop.kernel.messages import text
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.answering.opening import open_engine
from aisync_desktop.sync.model.status import Health, Status
from tests.helpers.clock import LeapingClock

STATUS = Status(health=Health.IN_STEP, headline=text("status.in-step", items=3, clients=4), items=3, adopted=True)


class FakeEngine:
    """The root of engines that only take note of what they are asked."""

    asker = ""

    @contextmanager
    def asked_by(self, actor: str, grant: Grant = EVERYTHING) -> Iterator[None]:
        del grant
        self.asker = actor
        yield


def nowhere() -> World:
    """Return a world in which there is nothing."""
    nothing, clock = Path("/nowhere"), LeapingClock()
    return World(Places(nothing, nothing, nothing, nothing), nothing, {}, RealDisk(clock), clock)


class FakeFacade:
    """Answers as the app does, without one."""

    def __init__(self) -> None:
        self.status: Status | None = STATUS
        self.shown, self.route = 0, ""
        self.engine: Any = None
        self.world: Any = nowhere()
        self.error: Exception | None = None

    def submit(self, call: Callable[[Any], Any]) -> Future[Any]:
        future: Future[Any] = Future()
        if self.error:
            future.set_exception(self.error)
        else:
            future.set_result(call(self.engine))
        return future

    def show(self, route: str = "") -> bool:
        self.shown += 1
        self.route = route
        return True


class RealFacade(FakeFacade):
    """An engine over the files of the scratch home, in a thread of its own, as the app has it."""

    def __init__(self, world: World, *, adopt: bool = False) -> None:
        super().__init__()
        self.world = world
        self.thread = ThreadPoolExecutor(1)
        self.engine: Engine = self.thread.submit(open_engine, world).result()
        self.status: Status | None = self.thread.submit(self._begin, adopt=adopt).result()

    def _begin(self, *, adopt: bool) -> Status:
        if adopt:
            self.engine.adopt("user")
        return self.engine.status()

    def submit(self, call: Callable[[Any], Any]) -> Future[Any]:
        return self.thread.submit(call, self.engine)

    def close(self) -> None:
        self.thread.submit(self.engine.close).result()
        self.thread.shutdown()
