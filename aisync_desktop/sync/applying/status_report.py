"""From a plan to the one Status value, and to the problems and decisions that it lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from aisync_desktop import __version__
from aisync_desktop.clients.items import USER, Scope
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import Text, text
from aisync_desktop.kernel.problem import Problem, problem_of
from aisync_desktop.sync.applying.pausing import Pause
from aisync_desktop.sync.looking.survey import Survey
from aisync_desktop.sync.model.status import Activity, ClientState, ClientStatus, Health, Status
from aisync_desktop.sync.planning.drafting import HeldBackError
from aisync_desktop.sync.planning.planner import Plan
from aisync_desktop.sync.terms.agent_proposals import AgentProposal
from aisync_desktop.sync.terms.endpoints import EndpointState


def build_status(
    survey: Survey,
    plan: Plan,
    *,
    adopted: bool,
    adopting: bool = False,
    failed: Mapping[Path, WorldError] | None = None,
    last: Activity | None = None,
    pause: Pause | None = None,
    notices: Iterable[Problem] = (),
    outdated: Collection[tuple[Scope, str]] = (),
    notes: Iterable[Problem] = (),
    proposals: Sequence[AgentProposal] = (),
) -> Status:
    """Return the status of all scopes; `outdated` are the clients that run with an older state of their files.

    While the user's first consent is carried out (`adopting`), it says that files are being written.
    """
    clients = _clients(survey, plan, failed or {}, outdated)
    problems = (*notices, *survey.notices, *dict.fromkeys(client.problem for client in clients if client.problem))
    asked = (*(decision.line for decision in plan.decisions), *(one.line(survey.names) for one in proposals))
    broken = any(client.problem for client in clients)
    health = _health(plan, adopted=adopted, paused=pause is not None, asked=bool(asked), broken=broken)
    health = Health.SYNCING if adopting else health
    trouble = _trouble(clients, problems)
    headline, line = _words(health, plan, clients, pause or Pause(), len(asked), trouble)
    return Status(
        health=health,
        headline=headline,
        line=line,
        trouble=trouble,
        items=plan.items,
        clients=tuple(map(_resting, clients)) if health is Health.PAUSED else clients,
        decisions=asked,
        problems=problems,
        notes=tuple(notes),
        last=last,
        paused=pause is not None,
        pause=pause_words(pause) if pause else None,
        adopted=adopted,
        version=__version__,
    )


def _health(plan: Plan, *, adopted: bool, paused: bool, asked: bool, broken: bool) -> Health:
    if not adopted:
        return Health.NEW
    if paused:
        return Health.PAUSED
    if asked:
        return Health.DECISION
    return Health.PENDING if broken or plan.targets else Health.IN_STEP


def _words(
    health: Health, plan: Plan, clients: tuple[ClientStatus, ...], pause: Pause, asked: int, trouble: Text | None
) -> tuple[Text, Text]:
    """Return the headline, and the line below it: what stands besides."""
    here = len({client.id for client in clients if client.state not in {ClientState.ABSENT, ClientState.OFF}})
    counted: dict[str, int] = {"items": plan.items, "clients": here}
    questions = text("status.decision", count=asked)
    others = _behind(plan) if plan.targets else text("status.else-in-step", **counted)
    match health:
        case Health.NEW:
            return text("status.new", clients=here), text("status.new.line")
        case Health.SYNCING:
            return text("status.writing", files=len(plan.targets)), text("status.writing.line")
        case Health.PAUSED:
            return pause_words(pause), questions if asked else trouble or text("status.paused.line")
        case Health.DECISION:
            return questions, trouble or others
        case Health.PENDING:
            return (trouble, others) if trouble else (others, text("status.else-in-step", **counted))
        case _:
            return text("status.in-step"), trouble or text("status.in-step.line", **counted)


def pause_words(pause: Pause) -> Text:
    """Say until when nothing is written: by the day, too, if that is not the one on which it began."""
    if pause.until is None:
        return text("status.paused")
    end, begin = pause.until.astimezone(), (pause.since or pause.until).astimezone()
    return text("status.snoozed", time=f"{end:%H:%M}" if end.date() == begin.date() else f"{end:%Y-%m-%d %H:%M}")


def _trouble(clients: tuple[ClientStatus, ...], problems: tuple[Problem, ...]) -> Text | None:
    """Say how many problems are listed, and where they are of one sort, of which; clients can have one together."""
    if not problems:
        return None
    for state, code in ((ClientState.UNREADABLE, "status.unreadable"), (ClientState.PENDING, "status.unwritten")):
        if len({client.problem for client in clients if client.state is state and client.problem}) == len(problems):
            return text(code, count=len(problems))
    return text("status.problems", count=len(problems))


def _behind(plan: Plan) -> Text:
    return text("status.pending", count=len(plan.targets))


def _resting(client: ClientStatus) -> ClientStatus:
    """Return the line of a client while all is paused; what wants the user stays to be seen."""
    quiet = client.state in {ClientState.IN_STEP, ClientState.RESTART, ClientState.BEHIND}
    return client.model_copy(update={"state": ClientState.PAUSED}) if quiet else client


def _clients(
    survey: Survey, plan: Plan, failed: Mapping[Path, WorldError], outdated: Collection[tuple[Scope, str]]
) -> tuple[ClientStatus, ...]:
    """Return one line for each client in each scope in which it has an endpoint; first those that are here."""
    lines: dict[tuple[Scope, str], list[EndpointState]] = {}
    for state in survey.endpoints:
        lines.setdefault((state.scope, state.client), []).append(state)
    known = [(place in outdated, _client(place[0], states, plan, failed)) for place, states in lines.items()]
    present = [_after_restart(client) if old else client for old, client in known]
    absent = [
        ClientStatus(id=descriptor.id, name=descriptor.name, scope=str(USER), state=ClientState.ABSENT)
        for descriptor in survey.absent
    ]
    return tuple(sorted([*present, *absent], key=_place_in_list))


def _place_in_list(client: ClientStatus) -> tuple[bool, str, str]:
    return client.state is ClientState.ABSENT, client.scope.removeprefix("user"), client.name.casefold()


def _client(scope: Scope, states: list[EndpointState], plan: Plan, failed: Mapping[Path, WorldError]) -> ClientStatus:
    first = states[0]
    mine = {state.id for state in states}
    errors = [error for state, error in plan.problems if state.scope == scope and state.id in mine]
    paths = tuple(dict.fromkeys(path for state in states for path in _paths(state)))
    late = [failed[path] for path in paths if path in failed]
    error = next(iter([*late, *errors]), None)
    return ClientStatus(
        id=first.client,
        name=first.name,
        scope=str(scope),
        state=_client_state(scope, states, plan, errors, late=bool(late)),
        items=sum(len(state.view.items) for state in states) + plan.covered(scope, first.client),
        losses=sum(loss.client == first.client and of == scope for of, loss in plan.losses),
        paths=tuple(str(path) for path in paths),
        problem=problem_of(error) if error else None,
    )


def _after_restart(client: ClientStatus) -> ClientStatus:
    """Return the line of a client that runs with an older state of its file; what else there is comes first."""
    waits = client.state is ClientState.IN_STEP
    return client.model_copy(update={"state": ClientState.RESTART}) if waits else client


def _paths(state: EndpointState) -> tuple[Path, ...]:
    return (state.path, *(file.path for file in state.files.values()))


def _client_state(
    scope: Scope, states: list[EndpointState], plan: Plan, errors: Collection[WorldError], *, late: bool
) -> ClientState:
    """Return how a client stands; what we would not write into its file does not make that file unreadable."""
    if any(not isinstance(error, HeldBackError) for error in errors) and not late:
        return ClientState.UNREADABLE
    if late or errors:
        return ClientState.PENDING
    left_out = {of for one in plan.scopes if one.scope == scope for of in one.left_out}
    if all(state.id in left_out for state in states):
        return ClientState.OFF
    labels = {state.label for state in states}
    if any(decision.scope == scope and labels & decision.sides.keys() for decision in plan.decisions):
        return ClientState.HELD
    mine = {path for state in states for path in _paths(state)}
    targets = (target for one in plan.scopes if one.scope == scope for target in one.targets)
    return ClientState.BEHIND if any(target.path in mine for target in targets) else ClientState.IN_STEP
