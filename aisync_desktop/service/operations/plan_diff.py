"""What would be written, with the bytes: a module of its own, as `aisync plan` without them is quick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aisync_desktop.service.operations.planning import PlanRequest
from aisync_desktop.sync.reports.file_edits import FileEdit
from aisync_desktop.sync.reports.plan_report import PlanReport, only_in, plan_report
from aisync_desktop.sync.reports.preview import look_at_edits
from aisync_desktop.sync.terms.projects import project_here

if TYPE_CHECKING:
    from aisync_desktop.program.world import World


class PlanDiff(PlanReport):
    """What would be done, and each file that would be written as a diff of its bytes, without the secrets in them."""

    files: tuple[FileEdit, ...]


class PlanDiffRequest(PlanRequest):
    """What would be written, byte for byte, what would be lost and what would be asked; nothing is written.

    It takes what `plan` takes.
    """

    def run(self, world: World) -> PlanDiff:
        """Look and plan."""
        scope = project_here(self.project, world) if self.project else None
        looked, files = look_at_edits(world, self.prefer, scope)
        return PlanDiff(**dict(plan_report(only_in(looked.plan, scope), looked.catalog)), files=files)
