"""From a plan to the one Status value, and to the problems and decisions that it lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aisync_desktop import __version__
from aisync_desktop.core.errors import WorldError
from aisync_desktop.core.messages import Text, text
from aisync_desktop.core.problems import problem_of
from aisync_desktop.core.status import Activity, ClientState, ClientStatus, DecisionStatus, Health, Problem, Status
from aisync_desktop.engine.decisions import Decision
from aisync_desktop.engine.planning import Plan
from aisync_desktop.engine.survey import EndpointState, Survey


def build_status(
    survey: Survey,
    plan: Plan,
    *,
    adopted: bool,
    failed: Mapping[str, WorldError] | None = None,
    last: Activity | None = None,
    paused: bool = False,
    notices: Iterable[Problem] = (),
) -> Status:
    """Return the status of a scope."""
    failures = failed or {}
    clients = _clients(survey, plan, failures)
    problems = (*notices, *(client.problem for client in clients if client.problem))
    health = _health(plan, adopted=adopted, paused=paused, broken=any(client.problem for client in clients))
    return Status(
        health=health,
        headline=_headline(health, plan, clients),
        items=len(plan.after.items()),
        clients=clients,
        decisions=tuple(_decision(decision) for decision in plan.decisions),
        problems=problems,
        last=last,
        paused=paused,
        adopted=adopted,
        version=__version__,
    )


def _health(plan: Plan, *, adopted: bool, paused: bool, broken: bool) -> Health:
    if not adopted:
        return Health.NEW
    if paused:
        return Health.PAUSED
    if plan.decisions:
        return Health.DECISION
    return Health.PENDING if broken or plan.targets else Health.IN_STEP


def _headline(health: Health, plan: Plan, clients: tuple[ClientStatus, ...]) -> Text:
    here = sum(client.state is not ClientState.ABSENT for client in clients)
    match health:
        case Health.NEW:
            return text("status.new", clients=here)
        case Health.PAUSED:
            return text("status.paused")
        case Health.DECISION:
            return text("status.decision", count=len(plan.decisions))
        case Health.PENDING:
            return text("status.pending", count=len(plan.targets) + sum(1 for client in clients if client.problem))
        case _:
            return text("status.in-step", items=len(plan.after.items()), clients=here)


def _clients(survey: Survey, plan: Plan, failed: Mapping[str, WorldError]) -> tuple[ClientStatus, ...]:
    problems = dict(plan.problems) | dict(failed)
    present = [_client(state, plan, problems.get(state.client), failed) for state in survey.endpoints]
    absent = [
        ClientStatus(id=descriptor.id, name=descriptor.name, scope=str(plan.scope), state=ClientState.ABSENT)
        for descriptor in survey.absent
    ]
    return tuple(
        sorted([*present, *absent], key=lambda client: (client.state is ClientState.ABSENT, client.name.casefold()))
    )


def _client(
    state: EndpointState, plan: Plan, error: WorldError | None, failed: Mapping[str, WorldError]
) -> ClientStatus:
    return ClientStatus(
        id=state.client,
        name=state.name,
        scope=str(plan.scope),
        state=_client_state(state.client, plan, error, failed),
        items=len(state.view.items) if state.view else 0,
        losses=sum(loss.client == state.client for loss in plan.losses),
        paths=(str(state.path),),
        problem=problem_of(error) if error else None,
    )


def _client_state(client: str, plan: Plan, error: WorldError | None, failed: Mapping[str, WorldError]) -> ClientState:
    if error is not None:
        return ClientState.PENDING if client in failed else ClientState.UNREADABLE
    if any(client in decision.sides for decision in plan.decisions):
        return ClientState.HELD
    return ClientState.BEHIND if any(target.client == client for target in plan.targets) else ClientState.IN_STEP


def _decision(decision: Decision) -> DecisionStatus:
    return DecisionStatus(
        id=decision.id,
        kind=decision.kind,
        item=str(decision.key),
        scope=str(decision.scope),
        summary=decision.summary,
    )
