"""`aisync doctor --repair`: what would be done, and what would be written; then it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aisync_desktop.cli.clients import repair_lines
from aisync_desktop.cli.output import FINE
from aisync_desktop.cli.plans import plan_lines
from aisync_desktop.kernel.messages import text
from aisync_desktop.sync.applying.repairs import chosen, mending
from aisync_desktop.sync.reports.preview import look

if TYPE_CHECKING:
    from aisync_desktop.cli.session import Session


def repair_all(session: Session, ids: tuple[str, ...], *, yes: bool) -> int:
    """Show the chosen repairs, ask unless that is answered, do them, and return the exit code."""
    repairs = chosen((repair for finding in session.findings() for repair in finding.repairs), ids)
    if not repairs:
        session.out.answer({"repairs": []}, [session.out.say(text("doctor.no-repair"))])
        return FINE
    if not yes:
        plan = look(session.world, mending=mending(repairs)).plan
        session.out.show((*repair_lines(repairs, session.out), *plan_lines(plan, session.out)))
        session.require_consent("doctor.repair.question")
    return session.show_sync(session.repair(tuple(repair.id for repair in repairs)))
