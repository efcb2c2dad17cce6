"""What is kept in step where: projects, clients, kinds, single items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from aisync_desktop.clients.items import Scope
from aisync_desktop.clients.loader import catalog_of
from aisync_desktop.service.operations.answer import SyncAnswer, answer_of
from aisync_desktop.service.operations.program import SettingsRequest
from aisync_desktop.service.operations.request import EngineRequest
from aisync_desktop.sync.model.policy import placed
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.reports.file_edits import PlannedEdits
from aisync_desktop.sync.reports.preview import look
from aisync_desktop.sync.terms.projects import ProjectUnknownError, project_here

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.engine import Engine
    from aisync_desktop.sync.looking.survey import Survey

_ORDER = "priority"


class SwitchRequest(EngineRequest):
    """Keep a client, a kind or an item in step, or leave it alone from now on; its files stay as they are."""

    what: str
    on: bool
    scope: str = "user"

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.switch(_scope(self.scope, engine), self.what, on=self.on), engine)

    def foreseen(self, engine: Engine, world: World) -> PlannedEdits:
        """Have the engine plan it."""
        del world
        return _edits(engine, engine.switching.foreseen_switch(_scope(self.scope, engine), self.what, on=self.on))


class ClientSwitch(EngineRequest):
    """Whether a client is kept in step in a scope; or which place it has where the first of several wins.

    One of the two at a time. `priority` counts from 1, and is heeded by the policies that have `priority` among their
    steps; the setting of that name holds the whole order.
    """

    client: str
    enabled: bool | None = None
    priority: int | None = Field(None, ge=1, le=1_000)
    scope: str = "user"

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.enabled is None) is (self.priority is None):
            raise ValueError("either `enabled` or `priority`")
        return self

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        if self.priority is None:
            return self._switch.run(engine, world)
        catalog_of(world).require_named(self.client)
        order = SettingsRequest(name=_ORDER).run(world).settings[_ORDER]
        engine.set_setting(_ORDER, placed(str(order), self.client, self.priority))
        return answer_of(engine.sync("user", patient=False), engine)

    def foreseen(self, engine: Engine, world: World) -> PlannedEdits | None:
        """Have the engine plan it; a place in the order writes nothing of itself."""
        return self._switch.foreseen(engine, world) if self.priority is None else None

    @property
    def _switch(self) -> SwitchRequest:
        return SwitchRequest(what=self.client, on=bool(self.enabled), scope=self.scope)


class PinRequest(EngineRequest):
    """Have an item at some clients only, and the others give it up; or at every client, where none is named."""

    item: str
    clients: tuple[str, ...] = ()
    scope: str = "user"

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.pin(_scope(self.scope, engine), self.item, self.clients), engine)

    def foreseen(self, engine: Engine, world: World) -> PlannedEdits:
        """Have the engine plan it."""
        del world
        return _edits(engine, engine.switching.foreseen_pin(_scope(self.scope, engine), self.item, self.clients))


class ProjectAddition(EngineRequest):
    """Keep the project in this folder in step, too."""

    path: str

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        return answer_of(engine.add_project(self.path), engine)

    def foreseen(self, engine: Engine, world: World) -> PlannedEdits:
        """Look, and plan for the project alone."""
        scope = project_here(self.path, world)
        looked = look(world, project=scope)
        return _edits(engine, (Plan(tuple(one for one in looked.plan.scopes if one.scope == scope)), looked.survey))


class ProjectRemoval(EngineRequest):
    """Leave the project in this folder alone from now on; its files stay as they are."""

    path: str

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        del world
        engine.remove_project(self.path)
        return answer_of(engine.sync("user"), engine)


def _edits(engine: Engine, planned: tuple[Plan, Survey]) -> PlannedEdits:
    return PlannedEdits(*planned, engine.read_back, engine.literals)


def _scope(named: str, engine: Engine) -> Scope:
    scope = Scope.parse(named)
    if scope.root and scope not in engine.projects:
        raise ProjectUnknownError(scope.root)
    return scope
