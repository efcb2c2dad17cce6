"""`aisync plan`, and a plan for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from aisync_desktop.cli.faults import ended
from aisync_desktop.cli.session import Session
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.texts import visible
from aisync_desktop.service.operations.planning import PlanRequest
from aisync_desktop.service.told import FINE, WAITING
from aisync_desktop.sync.reports.plan_report import PlanReport

if TYPE_CHECKING:
    from aisync_desktop.sync.reports.file_edits import FileEdit


def tell(words: Sequence[str]) -> int | None:
    """Look, print the plan and return the exit code; None where the words are for the full reader: Typer is a sixth."""
    if list(words) not in ([], ["--json"]):
        return None
    return ended(lambda: show_plan(as_json=bool(words)))


def show_plan(*, as_json: bool) -> int:
    """Look, print the plan and return the exit code."""
    with Session(as_json=as_json) as session:
        found = session.ask(PlanRequest())
        session.show(found, plan_lines(found, session))
        return plan_exit_code(found)


def show_diff(*, as_json: bool) -> int:
    """Look, print the plan with the bytes of each file, and return the exit code."""
    from aisync_desktop.service.operations.plan_diff import PlanDiffRequest

    with Session(as_json=as_json) as session:
        found = session.ask(PlanDiffRequest())
        files = (line for edit in found.files for line in _edit_lines(edit, session))
        session.show(found, chain(files, _other_lines(found, session)))
        return plan_exit_code(found)


def plan_exit_code(plan: PlanReport) -> int:
    """Return 0 where nothing is to be done, 3 where something waits."""
    return FINE if plan.in_step and not plan.problems else WAITING


def plan_lines(plan: PlanReport, session: Session) -> Iterator[str]:
    """Render a plan for a terminal."""
    for target in plan.targets:
        yield _head(target.name, target.path, target.real_path if target.elsewhere else "", session)
        yield from (f"  {change.sign} {change.item}" for change in target.changes)
    yield from _other_lines(plan, session)


def _head(name: str, path: str, end: str, session: Session) -> str:
    return f"{name}  {session.path(path)}" + (f" -> {session.path(end)}" if end else "")


def _edit_lines(edit: FileEdit, session: Session) -> Iterator[str]:
    """Render a file that would be written: its lines, each with its sign."""
    change = "cli.plan.new" if edit.creates else "cli.plan.removed" if edit.removes else "cli.plan.lines"
    counts = session.say(change, added=edit.added, removed=edit.removed)
    yield f"{_head(edit.name, edit.path, edit.end, session)}  ({counts})"
    for line in edit.lines:
        yield f"  {line.sign} {session.say('cli.plan.more', count=line.count) if line.count else line.text}".rstrip()
    if edit.hidden:
        yield f"  {session.say('cli.plan.hidden')}"


def _other_lines(plan: PlanReport, session: Session) -> Iterator[str]:
    """Render what is not written: what clients cannot have, what would be asked, what cannot be read."""
    output = session.out
    if plan.in_step and not plan.problems:
        yield output.say(text("cli.nothing-to-do"))
    for loss in plan.losses:
        yield f"  - {loss.name}: {loss.item}  {output.say(loss.reason)}"
    for decision in plan.decisions:
        yield f"  ? {decision.id}  {output.say(decision.summary)}"
        for name, lines in decision.servers.items():
            yield from (f"      {visible(name)}: {line}" for line in lines)
    for problem in plan.problems:
        yield f"  ! {problem.label}: {output.say(problem.message)} {output.say(problem.next_step)}"
