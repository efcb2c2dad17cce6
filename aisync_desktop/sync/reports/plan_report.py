"""A plan as a value for every face: what would be written, lost and asked, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict

from aisync_desktop.clients.items import Item, Scope
from aisync_desktop.clients.loader import Catalog
from aisync_desktop.kernel.messages import Text
from aisync_desktop.kernel.problem import Problem, problem_of
from aisync_desktop.kernel.values import Value
from aisync_desktop.sync.answering.adoption import agreed_by
from aisync_desktop.sync.model.diff import Change
from aisync_desktop.sync.planning.drafting import Target
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.terms.decisions import Decision
from aisync_desktop.sync.terms.server_lines import server_lines


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class PlannedChange(_Report):
    """An item before and after; null where it is not there."""

    item: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def sign(self) -> str:
        """The change as one character."""
        if self.before is None:
            return "+"
        return "-" if self.after is None else "~"


class PlannedFile(_Report):
    """A file that would be written: `name` is the client's, `real_path` where it really is, behind links."""

    client: str
    name: str
    path: str
    real_path: str
    elsewhere: bool
    creates: bool
    removes: bool
    changes: tuple[PlannedChange, ...]


class PlannedLoss(_Report):
    """What a client cannot express."""

    client: str
    name: str
    scope: str
    item: str
    field: str
    reason: Text


class PlannedDecision(_Report):
    """What would be asked; of a project's new servers, what each would start or connect to."""

    id: str
    kind: str
    scope: str
    item: str
    clients: tuple[str, ...]
    summary: Text
    servers: dict[str, tuple[str, ...]]


class PlannedProblem(Problem):
    """A file that cannot be read, or written."""

    client: str
    scope: str
    label: str


class PlanReport(_Report):
    """What would be done; `agreed` names what would be written, for who agrees to exactly that."""

    in_step: bool
    targets: tuple[PlannedFile, ...]
    losses: tuple[PlannedLoss, ...]
    decisions: tuple[PlannedDecision, ...]
    problems: tuple[PlannedProblem, ...]
    agreed: str


def only_in(plan: Plan, scope: Scope | None) -> Plan:
    """Return a plan's part of one scope, if one is named."""
    return plan if scope is None else Plan(tuple(part for part in plan.scopes if part.scope == scope))


def plan_report(plan: Plan, catalog: Catalog) -> PlanReport:
    """Return what a plan would do; `catalog` knows what people call the clients."""
    names = {known.id: known.name for known in catalog.descriptors}
    return PlanReport(
        in_step=plan.in_step,
        targets=tuple(_file(target, names.get(target.client, target.client)) for target in plan.targets),
        losses=tuple(
            PlannedLoss(
                client=loss.client,
                name=names.get(loss.client, loss.client),
                scope=str(scope),
                item=str(loss.key),
                field=loss.field,
                reason=loss.reason,
            )
            for scope, loss in plan.losses
        ),
        decisions=tuple(map(_decision, plan.decisions)),
        problems=tuple(_problems(plan)),
        agreed=agreed_by(plan),
    )


def _file(target: Target, name: str) -> PlannedFile:
    return PlannedFile(
        client=target.client,
        name=name,
        path=str(target.path),
        real_path=str(target.expected.real_path),
        elsewhere=bool(target.elsewhere),
        creates=target.expected.absent,
        removes=target.data is None,
        changes=tuple(map(_change, target.changes)),
    )


def _change(change: Change) -> PlannedChange:
    return PlannedChange(item=str(change.key), before=_fields(change.before), after=_fields(change.after))


def _fields(item: Item | None) -> dict[str, Value] | None:
    return item.fields() if item else None


def _decision(decision: Decision) -> PlannedDecision:
    return PlannedDecision(
        id=decision.id,
        kind=decision.kind,
        scope=str(decision.scope),
        item=str(decision.key),
        clients=tuple(sorted(decision.sides)),
        summary=decision.summary,
        servers={key.name: server_lines(item) for key, item in sorted(decision.servers.items())},
    )


def _problems(plan: Plan) -> Iterator[PlannedProblem]:
    for state, error in plan.problems:
        told = dict(problem_of(error))
        yield PlannedProblem(**told, client=state.client, scope=str(state.scope), label=state.label)
