"""What faces in the app's own process need of it, and how a request looks to who has it done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Protocol, TypeVar

from pydantic import BaseModel

from aisync_desktop.kernel.access import EVERYTHING, Grant
from aisync_desktop.program.world import World
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.model.status import Status

T = TypeVar("T")
A = TypeVar("A", bound=BaseModel)
A_co = TypeVar("A_co", bound=BaseModel, covariant=True)


class Submitter(Protocol):
    """Has the engine make a call in its thread."""

    def submit(self, call: Callable[[Engine], T], /) -> Future[T]:
        """Return the call's answer to come."""
        ...


class Facade(Submitter, Protocol):
    """The app, as a face sees it; every member may be used from any thread."""

    @property
    def status(self) -> Status | None:
        """The latest status."""
        ...

    @property
    def world(self) -> World:
        """What the app works in: who only reads opens a reader of it."""
        ...

    def show(self, route: str = "") -> bool:
        """Bring the window to the front, at a place in it; return whether there is one."""
        ...


class ForEngine(Protocol[A_co]):
    """An engine request, by its answer."""

    def run(self, engine: Engine, world: World) -> A_co:
        """Do it."""
        ...


class ForLook(Protocol[A_co]):
    """A look request, by its answer."""

    def run(self, world: World) -> A_co:
        """Look it up."""
        ...


class ForApp(Protocol[A_co]):
    """An app request, by its answer."""

    def run(self, app: Facade) -> A_co:
        """Answer it; not in the engine's thread, which this may wait for."""
        ...


def ask_engine(engine: Submitter, world: World, request: ForEngine[A], by: str, grant: Grant = EVERYTHING) -> Future[A]:
    """Have the engine do what somebody asks; return its answer to come."""
    return engine.submit(partial(run_asked, request=request, world=world, by=by, grant=grant))


def run_asked(engine: Engine, request: ForEngine[A], world: World, by: str, grant: Grant = EVERYTHING) -> A:
    """Do what somebody asks who is allowed so much, in the engine's thread; feed and audit trail say who it was."""
    with engine.asked_by(by, grant):
        return request.run(engine, world)
