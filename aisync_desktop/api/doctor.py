"""The doctor over HTTP: what is wrong, what can be repaired, what a repair would write, and doing it.

A look is taken in a thread of its own; the repairs are done in the engine's.
"""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter
from pydantic import BaseModel

from aisync_desktop.kernel.messages import Text
from aisync_desktop.service.facade import Facade, ask
from aisync_desktop.service.operations import RepairRequest, SyncAnswer
from aisync_desktop.sync.applying.repairs import Cure, Repair
from aisync_desktop.sync.reports.doctor import Finding, Severity, examine
from aisync_desktop.sync.reports.preview import look


class RepairReport(BaseModel):
    """One thing that can be done; `unasked` is done where no repair is named."""

    id: str
    cure: Cure
    summary: Text
    unasked: bool


class FindingReport(BaseModel):
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


class Findings(BaseModel):
    """Everything that was found."""

    findings: tuple[FindingReport, ...]


class Preview(BaseModel):
    """What repairs would do, and which files they would write."""

    repairs: tuple[RepairReport, ...]
    writes: tuple[str, ...]


def doctor_routes(facade: Facade) -> APIRouter:
    """Return the routes of the doctor."""
    routes = APIRouter()

    @routes.get("/doctor")
    def findings() -> Findings:
        found = examine(look(facade.world), facade.world)
        return Findings(findings=tuple(map(_finding, found)))

    @routes.post("/doctor/repairs/preview")
    def preview(request: RepairRequest) -> Preview:
        shown = request.preview(facade.world)
        return Preview(repairs=tuple(map(_repair, shown.repairs)), writes=shown.writes)

    @routes.post("/doctor/repairs")
    async def repair(request: RepairRequest) -> SyncAnswer:
        return await ask(facade, partial(request.run, world=facade.world))

    return routes


def _finding(finding: Finding) -> FindingReport:
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
        repairs=tuple(map(_repair, finding.repairs)),
    )


def _repair(repair: Repair) -> RepairReport:
    return RepairReport(id=repair.id, cure=repair.cure, summary=repair.summary, unasked=repair.unasked)
