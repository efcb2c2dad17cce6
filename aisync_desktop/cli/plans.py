"""A plan for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable

from aisync_desktop.cli.output import FINE, WAITING, Output
from aisync_desktop.kernel.messages import text
from aisync_desktop.kernel.problem import problem_of
from aisync_desktop.kernel.texts import visible
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.model.diff import Change
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.terms.server_lines import server_lines


def plan_exit_code(plan: Plan) -> int:
    """Return 0 where nothing is to be done, 3 where something waits."""
    return FINE if plan.in_step and not plan.problems else WAITING


def plan_answer(plan: Plan) -> dict[str, Value]:
    """Return the JSON form of a plan."""
    return {
        "in_step": plan.in_step,
        "targets": [
            {
                "client": target.client,
                "path": str(target.path),
                "real_path": str(target.expected.real_path),
                "creates": target.expected.absent,
                "removes": target.data is None,
                "changes": [_change(change) for change in target.changes],
            }
            for target in plan.targets
        ],
        "losses": [
            {
                "client": loss.client,
                "scope": str(scope),
                "item": str(loss.key),
                "field": loss.field,
                "reason": loss.reason.english(),
            }
            for scope, loss in plan.losses
        ],
        "decisions": [
            {
                "id": decision.id,
                "kind": decision.kind,
                "scope": str(decision.scope),
                "item": str(decision.key),
                "clients": [*sorted(decision.sides)],
                "summary": decision.summary.english(),
            }
            for decision in plan.decisions
        ],
        "problems": [
            {"client": state.client, "scope": str(state.scope)} | problem_of(error).model_dump(mode="json")
            for state, error in plan.problems
        ],
    }


def _change(change: Change) -> dict[str, Value]:
    return {
        "item": str(change.key),
        "before": change.before.fields() if change.before else None,
        "after": change.after.fields() if change.after else None,
    }


def plan_lines(plan: Plan, output: Output) -> Iterable[str]:
    """Render a plan for a terminal."""
    if plan.in_step and not plan.problems:
        yield output.say(text("cli.nothing-to-do"))
    for target in plan.targets:
        yield f"{target.client}  {target.path}" + (f" -> {target.elsewhere}" if target.elsewhere else "")
        yield from (f"  {_sign(change)} {change.key}" for change in target.changes)
    for _, loss in plan.losses:
        yield f"  - {loss.client}: {loss.key}  {output.say(loss.reason)}"
    for decision in plan.decisions:
        yield f"  ? {decision.id}  {output.say(decision.summary)}"
        for key, item in sorted(decision.servers.items()):
            yield from (f"      {visible(key.name)}: {line}" for line in server_lines(item))
    for state, error in plan.problems:
        yield f"  ! {state.label}: {output.say(error.message)} {output.say(error.next_step)}"


def _sign(change: Change) -> str:
    if change.before is None:
        return "+"
    return "-" if change.after is None else "~"
