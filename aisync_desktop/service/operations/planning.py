"""What would be written: a module of its own, as `aisync plan` has no time for what the other looks are told with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from aisync_desktop.service.operations.request import LONGEST_PATH, LookRequest
from aisync_desktop.sync.reports.plan_report import PlanReport, only_in, plan_report
from aisync_desktop.sync.reports.preview import look
from aisync_desktop.sync.terms.projects import project_here

if TYPE_CHECKING:
    from aisync_desktop.program.world import World


class PlanRequest(LookRequest):
    """What would be written, what would be lost and what would be asked; nothing is written.

    `prefer` is a client that wins where clients differ at first, `project` a folder as if it had been added: then the
    plan is that of the project alone.
    """

    prefer: str = Field("", max_length=LONGEST_PATH)
    project: str = Field("", max_length=LONGEST_PATH, description="The root folder of what may become a project.")

    def run(self, world: World) -> PlanReport:
        """Look and plan."""
        scope = project_here(self.project, world) if self.project else None
        looked = look(world, self.prefer, scope)
        return plan_report(only_in(looked.plan, scope), looked.catalog)
