"""The doctor: what is wrong, or worth knowing, about every file. It only looks, and contacts nothing.

Items reach it sealed, so that no finding can hold a secret; names and keys are shown short and without what could
move a terminal.
"""

from __future__ import annotations

from collections.abc import Iterator

from aisync_desktop.clients.loader import DescriptorError
from aisync_desktop.documents.errors import EditRefusedError, MalformedDocument
from aisync_desktop.kernel.errors import WorldError
from aisync_desktop.kernel.messages import text
from aisync_desktop.program.world import World
from aisync_desktop.sync.applying.repairs import writing_back
from aisync_desktop.sync.planning.look import Looked
from aisync_desktop.sync.reports.doctor.copies import in_copies
from aisync_desktop.sync.reports.doctor.entries import in_entries, in_overrides
from aisync_desktop.sync.reports.doctor.finding import Finding, Severity, located
from aisync_desktop.sync.reports.doctor.other_files import in_other_files, in_unsynced, read_twice, ways_out
from aisync_desktop.sync.reports.doctor.servers import in_items
from aisync_desktop.sync.reports.inventory import Age, reports
from aisync_desktop.sync.terms.decisions import LEAK, Decision
from aisync_desktop.sync.terms.display_names import shown
from aisync_desktop.sync.terms.endpoints import EndpointState

__all__ = ["Finding", "Severity", "examine"]


def examine(looked: Looked, world: World) -> Iterator[Finding]:
    """Yield everything that is found."""
    for error in looked.catalog.errors:
        yield _of_error(error)
    for notice in looked.survey.notices:
        yield Finding(Severity.ERROR, notice.message, notice.next_step, path=notice.path)
    for state, problem in looked.plan.problems:
        yield _of_error(problem, state)
    for state in looked.survey.endpoints:
        yield from in_items(state, world.environ)
        yield from in_entries(state)
        yield from in_overrides(state, looked.survey.endpoints)
        yield from in_copies(state, world)
        yield from in_other_files(state, world)
    yield from in_unsynced(looked, world)
    yield from _in_versions(looked, world)
    told = [error.path for _, error in looked.plan.problems if error.path]
    yield from ways_out(looked, world, told)
    yield from read_twice(looked.survey.endpoints)
    for decision in looked.plan.decisions:
        if decision.kind == LEAK:
            yield _of_leak(decision, looked.survey.endpoints)


def _in_versions(looked: Looked, world: World) -> Iterator[Finding]:
    """Yield a line for each client here that is newer or older than what was checked: worth knowing, nothing to do."""
    for client in reports(looked, world):
        if client.present and not client.windows_side and client.age in {Age.NEWER, Age.OLDER}:
            message = text("doctor.age", seen=", ".join(client.seen_on), version=client.version)
            yield Finding(Severity.INFO, message, text("doctor.age.next"), client.id, path=client.program)


def _of_error(error: WorldError, state: EndpointState | None = None) -> Finding:
    at = error.location if isinstance(error, MalformedDocument | EditRefusedError | DescriptorError) else None
    path = error.where
    if state is None:
        return Finding(Severity.ERROR, error.message, error.next_step, path=path, at=at)
    broken = next((file.path for file in state.files.values() if file.problem is error), state.path)
    path = path or str(broken)
    return Finding(Severity.ERROR, error.message, error.next_step, state.client, str(state.scope), path, at)


def _of_leak(decision: Decision, endpoints: tuple[EndpointState, ...]) -> Finding:
    step = text("doctor.leak.next", id=decision.id)
    sides = ", ".join(decision.sides)
    states = [one for one in endpoints if one.scope == decision.scope and one.label in decision.sides]
    places = (located(one, decision.key) for one in states if one.kind is decision.key.kind)
    path, at = next(places, ("", None))
    back = writing_back(shown(decision.key.name), decision.scope, decision.id)
    return Finding(Severity.ERROR, decision.summary, step, sides, str(decision.scope), path, at, (back,))
