"""What a face can ask of the engine, as values: the CLI runs them here, or sends them to the app, which runs them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from aisync_desktop.clients.items import Scope
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import Problem, problem_of
from aisync_desktop.program.world import World
from aisync_desktop.secrets.met import meet
from aisync_desktop.service.settings import require_sound
from aisync_desktop.sync.answering.engine import Engine
from aisync_desktop.sync.applying.applier import Receipt
from aisync_desktop.sync.applying.repairs import Cure, Repair, chosen, mending
from aisync_desktop.sync.model.status import Status
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.reports.doctor import Finding, examine
from aisync_desktop.sync.reports.preview import look
from aisync_desktop.sync.store.export import ExportFormat, ExportKind
from aisync_desktop.sync.terms.projects import ProjectUnknownError

_UNUSABLE = re.compile("[\0\ud800-\udfff]")  # NUL, and halves of characters
_HIGHEST = 2**63 - 1
Past: TypeAlias = Literal["snapshot", "before-last", "first-sight"]


class SyncAnswer(BaseModel):
    """What a sync did, and how things stand after it."""

    model_config = ConfigDict(frozen=True)
    written: tuple[str, ...]
    failed: tuple[Problem, ...]
    status: Status


class UnusableValueError(WorldError):
    """A value that no file, no database and no program could take."""

    def __init__(self) -> None:
        texts = (text("request.unusable"), text("request.unusable.message"), text("request.unusable.next"))
        super().__init__(*texts)


class Request(BaseModel):
    """What all requests have in common: no unknown field, and no value that only fails further down."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _is_usable(cls, given: object) -> object:
        left = [given]
        while left:  # not by recursion: a caller decides how deep it goes
            one = left.pop()
            if isinstance(one, dict):
                left += [*one, *one.values()]
            elif isinstance(one, list | tuple):
                left += one
            elif (isinstance(one, str) and _UNUSABLE.search(one)) or (isinstance(one, int) and abs(one) > _HIGHEST):
                raise UnusableValueError
        return given


class SyncRequest(Request):
    """Bring everything in step; `adopt` is the user's word that we may write, `prefer` settles the first conflicts.

    `agreed` names what the user was shown (of a proposal): where anything else would be written by now, nothing is.
    """

    adopt: bool = False
    prefer: str = ""
    agreed: str = Field("", max_length=64)

    def run(self, engine: Engine) -> SyncAnswer:
        """Do it, in the engine's thread."""
        return answer_of(
            engine.adopt("user", self.prefer, self.agreed) if self.adopt else engine.sync("user", patient=False),
            engine,
        )


class DecideRequest(Request):
    """Settle a decision.

    `take` is a client's id, "base" for what was agreed before, "restore" for the whole file of a client that was reset,
    or "merged" for all that does not clash; then `edit` may be an item written by hand (a server's fields as JSON, a
    rule's text). Of what would loosen a client it is "copy" or "leave", of a secret those or "launch" (the
    client's entry has AISync start the server) or "leave", as far as that is offered. `revision` is that of the
    question that the user saw: where another one is asked by now, nothing is done. `alike` takes the same for every
    other open decision of the same kind and scope that can be answered so. Of a project's servers it is "allow" or
    "leave", for all that are asked about, or only those whose names are in `items`.
    """

    take: str
    edit: str = ""
    revision: str = ""
    alike: bool = False
    items: tuple[str, ...] = ()

    def run(self, engine: Engine, decision: str) -> SyncAnswer:
        """Do it, in the engine's thread."""
        receipt = engine.decide(decision, self.take, self.edit, self.revision, alike=self.alike, items=self.items)
        return answer_of(receipt, engine)


@dataclass(frozen=True)
class RepairPreview:
    """What repairs would do: they themselves, the files they would write, and the plan that does it."""

    repairs: tuple[Repair, ...]
    writes: tuple[str, ...]
    plan: Plan


class RepairRequest(Request):
    """Do what the doctor offers: the repairs of these names, or all that need not be asked for one by one.

    `path` is the PATH of who asks, where that is not ours: by it, they were shown which programs would be started.
    """

    ids: tuple[str, ...] = ()
    path: str = Field("", max_length=65_536)

    def offered(self, world: World) -> tuple[Repair, ...]:
        """Take a look, and return what these names stand for."""
        return self._chosen(self._found(world))

    def preview(self, world: World) -> RepairPreview:
        """Return what it would do, and do nothing."""
        found = self._found(world)
        repairs = self._chosen(found)
        plan = look(world, mending=mending(repairs)).plan
        back = {repair for repair in repairs if repair.cure is Cure.REFERENCE_BACK}
        leaks = {finding.path for finding in found if back.intersection(finding.repairs)}
        writes = {*leaks, *(repair.path for repair in repairs), *(str(target.path) for target in plan.targets)}
        return RepairPreview(repairs, tuple(sorted(writes - {""})), plan)

    def _found(self, world: World) -> tuple[Finding, ...]:
        here = replace(world, environ={**world.environ, "PATH": self.path}) if self.path else world
        return tuple(examine(look(world), here))

    def _chosen(self, found: Iterable[Finding]) -> tuple[Repair, ...]:
        return chosen((repair for finding in found for repair in finding.repairs), self.ids)

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it, in the engine's thread."""
        return answer_of(engine.repair(self.offered(world)), engine)


class ProjectRequest(Request):
    """A project's root folder, to be kept in step or left alone from now on."""

    path: str
    keep: bool = True

    def run(self, engine: Engine) -> SyncAnswer:
        """Do it, in the engine's thread."""
        if self.keep:
            return answer_of(engine.add_project(self.path), engine)
        engine.remove_project(self.path)
        return answer_of(engine.sync("user"), engine)


class GoBackRequest(Request):
    """Go back: to a snapshot (all clients, or one), before the last change, or to first sight and out."""

    to: Past
    snapshot: int = 0
    client: str = ""

    def run(self, engine: Engine) -> SyncAnswer:
        """Do it, in the engine's thread."""
        match self.to:
            case "snapshot":
                return answer_of(engine.rollback(self.snapshot, self.client), engine)
            case "before-last":
                return answer_of(engine.undo(), engine)
            case _:
                return answer_of(engine.leave(), engine)


class ReachRequest(Request):
    """Switch a client, a kind or an item on or off; or have an item at some clients only (all, where none is named)."""

    what: str
    scope: str = "user"
    on: bool | None = None
    clients: tuple[str, ...] = ()

    def run(self, engine: Engine) -> SyncAnswer:
        """Do it, in the engine's thread."""
        scope = Scope.parse(self.scope)
        if scope.root and scope not in engine.projects:
            raise ProjectUnknownError(scope.root)
        if self.on is None:
            return answer_of(engine.pin(scope, self.what, self.clients), engine)
        return answer_of(engine.switch(scope, self.what, on=self.on), engine)


class SecretValue(Request):
    """Another value for a secret, wherever the old one stands in the user's own files."""

    value: str = Field(repr=False, min_length=1, max_length=65_536)

    def run(self, engine: Engine, reference: str) -> SyncAnswer:
        """Do it, in the engine's thread."""
        meet(self.value)
        return answer_of(engine.set_secret(reference, self.value), engine)


class SecretRemoval(Request):
    """Forget the value of a secret; one that an item uses only where `used` is set."""

    used: bool = False

    def run(self, engine: Engine, reference: str) -> None:
        """Do it, in the engine's thread."""
        engine.remove_secret(reference, used=self.used)


class ClientSwitch(Request):
    """Whether a client is kept in step in a scope."""

    enabled: bool
    scope: str = "user"


class PauseRequest(Request):
    """Stop writing, for some minutes or until resumed; or resume and catch up."""

    paused: bool = True
    minutes: int = Field(0, ge=0, le=7 * 24 * 60)

    def run(self, engine: Engine) -> SyncAnswer:
        """Do it, in the engine's thread."""
        if not self.paused:
            return answer_of(engine.resume(), engine)
        engine.pause_for(self.minutes)
        return answer_of(engine.sync("user"), engine)


def answer_of(receipt: Receipt, engine: Engine) -> SyncAnswer:
    """Return what a receipt says, with how things stand now."""
    return SyncAnswer(
        written=tuple(str(replaced.path) for replaced in receipt.written),
        failed=tuple(problem_of(error) for error in receipt.failed.values()),
        status=engine.status(),
    )


class SettingChange(Request):
    """Give a setting another value."""

    name: str
    value: JsonValue

    def run(self, engine: Engine) -> None:
        """Do it, in the engine's thread."""
        require_sound(self.name, self.value)
        engine.set_setting(self.name, self.value)


class ExportRecord(Request):
    """Something left the database: what, how, to where ("" where no file was written), and how many rows."""

    kind: ExportKind
    format: ExportFormat
    path: str = Field(max_length=4096)
    rows: int = Field(ge=0)
    by: str = Field("user", max_length=100)

    def run(self, engine: Engine) -> None:
        """Write it down, in the engine's thread."""
        engine.record_export(self.kind.value, self.format.value, self.path, self.rows, self.by)
