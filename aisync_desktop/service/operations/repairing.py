"""The doctor: what is wrong, what can be repaired, what a repair would write, and doing it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from aisync_desktop.kernel.messages import Text
from aisync_desktop.service.operations.answer import SyncAnswer, answer_of
from aisync_desktop.service.operations.request import EngineRequest, LookRequest
from aisync_desktop.sync.applying.repairs import Cure, Repair, chosen, mending
from aisync_desktop.sync.reports.doctor import Finding, Severity, examine
from aisync_desktop.sync.reports.file_edits import PlannedEdits
from aisync_desktop.sync.reports.plan_report import PlanReport, plan_report
from aisync_desktop.sync.reports.preview import look

if TYPE_CHECKING:
    from aisync_desktop.program.world import World
    from aisync_desktop.sync.answering.engine import Engine


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class RepairReport(_Report):
    """One thing that can be done; `unasked` is done where no repair is named."""

    id: str
    cure: Cure
    summary: Text
    unasked: bool


class FindingReport(_Report):
    """One thing that was found, and what to do about it."""

    code: str
    severity: Severity
    client: str
    scope: str
    path: str
    line: int | None
    column: int | None
    message: Text
    next_step: Text
    repairs: tuple[RepairReport, ...]


class Findings(_Report):
    """Everything that was found."""

    findings: tuple[FindingReport, ...]


class RepairPreview(_Report):
    """What repairs would do: they themselves, the files they would write, and the plan that does it."""

    repairs: tuple[RepairReport, ...]
    writes: tuple[str, ...]
    plan: PlanReport


class DoctorRequest(LookRequest):
    """What is wrong: what cannot be read, what is left alone, secrets in the open, servers that cannot start."""

    def run(self, world: World) -> Findings:
        """Examine every file."""
        return Findings(findings=tuple(map(finding_report, examine(look(world), world))))


class _Repairs(BaseModel):
    """Which repairs: those of these names, or all that need not be asked for one by one.

    `path` is the PATH of who asks, where that is not ours: by it, they were shown which programs would be started.
    """

    ids: tuple[str, ...] = ()
    path: str = Field("", max_length=65_536)

    def found(self, world: World) -> tuple[Finding, ...]:
        """Take a look as who asks would."""
        here = replace(world, environ={**world.environ, "PATH": self.path}) if self.path else world
        return tuple(examine(look(world), here))

    def among(self, found: Iterable[Finding]) -> tuple[Repair, ...]:
        """Return what these names stand for."""
        return chosen((repair for finding in found for repair in finding.repairs), self.ids)


class RepairPreviewRequest(_Repairs, LookRequest):
    """What repairs would do and write; nothing is written."""

    def run(self, world: World) -> RepairPreview:
        """Look, and plan as if they were done."""
        found = self.found(world)
        repairs = self.among(found)
        looked = look(world, mending=mending(repairs))
        back = {repair for repair in repairs if repair.cure is Cure.REFERENCE_BACK}
        leaks = {finding.path for finding in found if back.intersection(finding.repairs)}
        writes = {*leaks, *(repair.path for repair in repairs), *(str(target.path) for target in looked.plan.targets)}
        shown = tuple(map(repair_report, repairs))
        plan = plan_report(looked.plan, looked.catalog)
        return RepairPreview(repairs=shown, writes=tuple(sorted(writes - {""})), plan=plan)


class RepairRequest(_Repairs, EngineRequest):
    """Do what the doctor offers: the repairs of these names, or all that need not be asked for one by one."""

    def run(self, engine: Engine, world: World) -> SyncAnswer:
        """Do it."""
        return answer_of(engine.repair(self.among(self.found(world))), engine)

    def foreseen(self, engine: Engine, world: World) -> PlannedEdits:
        """Look, and plan as if they were done."""
        looked = look(world, mending=mending(self.among(self.found(world))))
        return PlannedEdits(looked.plan, looked.survey, engine.read_back, engine.literals)


def finding_report(finding: Finding) -> FindingReport:
    """Return a finding as a value for every face."""
    return FindingReport(
        code=finding.code,
        severity=finding.severity,
        client=finding.client,
        scope=finding.scope,
        path=finding.path,
        line=finding.at.line if finding.at else None,
        column=finding.at.column if finding.at else None,
        message=finding.message,
        next_step=finding.next_step,
        repairs=tuple(map(repair_report, finding.repairs)),
    )


def repair_report(repair: Repair) -> RepairReport:
    """Return a repair as a value for every face."""
    return RepairReport(id=repair.id, cure=repair.cure, summary=repair.summary, unasked=repair.unasked)
