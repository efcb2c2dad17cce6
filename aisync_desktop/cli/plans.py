"""`aisync plan`, and a plan for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aisync_desktop.cli.faults import ended
from aisync_desktop.cli.output import Output
from aisync_desktop.cli.session import Session
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.texts import visible
from aisync_desktop.service.operations.planning import PlanRequest
from aisync_desktop.service.told import FINE, WAITING
from aisync_desktop.sync.reports.plan_report import PlanReport


def tell(words: Sequence[str]) -> int | None:
    """Look, print the plan and return the exit code; None where the words are for the full reader: Typer is a sixth."""
    if list(words) not in ([], ["--json"]):
        return None
    return ended(lambda: show_plan(as_json=bool(words)))


def show_plan(*, as_json: bool) -> int:
    """Look, print the plan and return the exit code."""
    with Session(as_json=as_json) as session:
        found = session.ask(PlanRequest())
        session.show(found, plan_lines(found, session.out))
        return plan_exit_code(found)


def plan_exit_code(plan: PlanReport) -> int:
    """Return 0 where nothing is to be done, 3 where something waits."""
    return FINE if plan.in_step and not plan.problems else WAITING


def plan_lines(plan: PlanReport, output: Output) -> Iterable[str]:
    """Render a plan for a terminal."""
    if plan.in_step and not plan.problems:
        yield output.say(text("cli.nothing-to-do"))
    for target in plan.targets:
        yield f"{target.client}  {target.path}" + (f" -> {target.real_path}" if target.elsewhere else "")
        yield from (f"  {change.sign} {change.item}" for change in target.changes)
    for loss in plan.losses:
        yield f"  - {loss.client}: {loss.item}  {output.say(loss.reason)}"
    for decision in plan.decisions:
        yield f"  ? {decision.id}  {output.say(decision.summary)}"
        for name, lines in decision.servers.items():
            yield from (f"      {visible(name)}: {line}" for line in lines)
    for problem in plan.problems:
        yield f"  ! {problem.label}: {output.say(problem.message)} {output.say(problem.next_step)}"
